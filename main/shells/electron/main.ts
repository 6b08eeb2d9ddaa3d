// The entry of the desktop shell, run by Electron as dist/electron/main.mjs. Nothing is awaited at the top of the
// module: Electron gets ready only after it. The launcher is told once a window is there, be it of this process or of
// the one that runs already.

import { fileURLToPath } from 'node:url'
import { fail, type Result } from '../../../shared/domain/failure.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import { keepConsole } from '../../console-host/keep-console.ts'
import { runUpdate, type UpdateWish } from '../../console-host/run-update.ts'
import { operatorName, pause } from '../../console-host/this-computer.ts'
import { windowFolder } from '../../console-host/window-folder.ts'
import { readPageFiles } from '../../core/page/page-files.ts'
import { endWith, internal } from '../../terminal/end.ts'
import { tellWindowOpen } from '../../terminal/launcher-channel.ts'
import { spokenLanguage } from '../../terminal/spoken-language.ts'
import { openTerminal } from '../../terminal/terminal.ts'
import { builtVersionIn } from '../../terminal/version.ts'
import { type Desktop, openDesktop } from './desktop.ts'
import { endAt, launcherOf } from './edge.ts'
import { electronKeychain } from './keychain.ts'
import { electronPlatform as platform } from './platform.ts'
import { startedFor } from './started-words.ts'
import { showsTray } from './tray-host.ts'

const { env: environment } = process
const words = wordsOf(spokenLanguage(process.argv, environment))
const terminal = openTerminal(false)
const launcher = launcherOf(process.send === undefined ? undefined : tellWindowOpen)
const edge = { platform, terminal, words, terminalIsRead: launcher.listens }

/** From dist/electron: the page is beside it, and the rest where the product lies. */
const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const version = builtVersionIn(at('../../package.json'))

async function main(): Promise<Result<Desktop | undefined>> {
  const profile = windowFolder(environment)
  if (!profile.ok) return profile
  const pageFolder = at('../renderer')
  const pages = readPageFiles(pageFolder)
  if (pages === undefined) return fail({ kind: 'internal', detail: words.desktop.noPage(pageFolder) })
  return openDesktop({
    platform,
    profileFolder: profile.value,
    pages,
    look: { title: 'Rackside', preloadFile: at('preload.cjs'), iconFile: at('../../resources/icons/icon.png') },
    trayIcon: at('../../resources/icons/tray.png'),
    showsTray: () => showsTray(platform.system, environment),
    openConsole: () =>
      keepConsole(environment, undefined, { keychain: electronKeychain(platform.safeStore(), platform.system) }),
    about: {
      version,
      operator: operatorName(),
      openedAt: new Date().toISOString(),
    },
    clock: () => performance.now(),
    pause,
    report: terminal.complain,
  })
}

/** Ctrl-C asks as the window does, and insists the second time; whoever ends the process means it. */
function endOnSignals(desktop: Desktop): void {
  process.on('SIGINT', () => void (desktop.state() === 'asking' ? desktop.leave(0) : desktop.askToQuit()))
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void desktop.leave(0))
}

// The one catch at the edge. What is thrown where nobody waits for it ends the process at once: its state is unknown.
process.once('uncaughtException', (error) => endAt(edge, internal(error)))
process.once('unhandledRejection', (error) => endAt(edge, internal(error)))
// Whoever started this may be gone before it.
process.on('disconnect', () => undefined)
const started = startedFor(process.argv)
if (started === 'window') start()
else if (started === 'version') say(`${version}\n`, 0)
else update(started)

/** Whatever was written before it is out first. */
function say(text: string, code: number): void {
  process.stdout.write(text, () => platform.exit(code))
}

function update(wish: UpdateWish): void {
  runUpdate({ terminal, words }, wish)
    .then((outcome) => say('', outcome.ok ? outcome.value : endWith(outcome.failure, terminal, words)))
    .catch((error: unknown) => say('', endWith(internal(error), terminal, words)))
}

function start(): void {
  main()
    .then((opened) => {
      if (!opened.ok) return endAt(edge, opened.failure)
      launcher.tellOpen()
      if (opened.value === undefined) return platform.exit(0)
      endOnSignals(opened.value)
    })
    .catch((error: unknown) => endAt(edge, internal(error)))
}
