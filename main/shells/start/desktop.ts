// The way to a desktop window, in the order in which it can fail: a display, the runtime (fetched where it is not
// there), and Electron itself. Each step that fails says so within seconds.
import { join } from 'node:path'
import { type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import type { ShellWords } from '../../../shared/words/words.ts'
import type { Terminal } from '../../terminal/terminal.ts'
import { hasDisplay } from './display.ts'
import { installedProgram, programIn } from './electron-runtime.ts'
import { fetchRuntime } from './fetch-runtime.ts'
import { runElectron } from './run-electron.ts'

export type Desktop = {
  /** The folder with the built product, its package.json and its packages. */
  readonly place: string
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  /** Undefined where the system has no such numbers. */
  readonly userId: number | undefined
  readonly language: string
  readonly patience: { readonly stallMilliseconds: number; readonly windowMilliseconds: number }
}

/** The exit code of the desktop shell, once it has ended. */
export async function openDesktopWindow(
  desktop: Desktop,
  terminal: Terminal,
  words: ShellWords,
): Promise<Result<number>> {
  if (!hasDisplay(desktop.platform, desktop.environment)) return unavailable('no-display')
  const program = await runtimeProgram(desktop, terminal, words)
  if (!program.ok) return program
  const asRoot = desktop.platform === 'linux' && desktop.userId === 0
  // Chromium does not start as root with its sandbox. Nobody else goes without it, and nobody unknowingly.
  if (asRoot) terminal.complain(words.withoutSandbox)
  const { windowMilliseconds } = desktop.patience
  return runElectron({
    program: program.value,
    words: [...(asRoot ? ['--no-sandbox'] : []), desktop.place, `--lang=${desktop.language}`],
    environment: desktop.environment,
    patienceMilliseconds: windowMilliseconds,
    noWindow: words.noWindow(Math.round(windowMilliseconds / 1000)),
    ended: words.ended,
    complain: terminal.complain,
  })
}

async function runtimeProgram(desktop: Desktop, terminal: Terminal, words: ShellWords): Promise<Result<string>> {
  const { place, platform, environment } = desktop
  const given = environment['ELECTRON_OVERRIDE_DIST_PATH']
  if (given) {
    const program = programIn(given, platform)
    return program === undefined ? unavailable('not-installed', words.runtimeMissing(given)) : ok(program)
  }
  const packageFolder = join(place, 'node_modules', 'electron')
  const program = installedProgram({ packageFolder, platform })
  if (program !== undefined) return ok(program)
  terminal.complain(words.fetching)
  return fetchRuntime({
    packageFolder,
    platform,
    environment,
    stallMilliseconds: desktop.patience.stallMilliseconds,
    onBytes: (bytes) => terminal.tick(words.fetched(bytesText(bytes))),
  })
}

function unavailable(reason: FailureOf<'desktop-unavailable'>['reason'], detail = ''): Result<never> {
  return fail({ kind: 'desktop-unavailable', reason, detail })
}
