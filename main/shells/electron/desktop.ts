// The desktop shell as a recipe: one instance, one console, locked pages, windows with a link each; a run outlives
// the windows, and nothing ends it unasked. Everything it needs comes in, so a test can open it on any console.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { languageOfLocale } from '../../../shared/words/language.ts'
import type { DesktopWords } from '../../../shared/words/words.ts'
import { wordsOf } from '../../../shared/words/words-of.ts'
import type { KeptConsole } from '../../console-host/keep-console.ts'
import { type EndsHere, endsAnything, endsHere, readWork } from '../../core/link/own-runs.ts'
import { type ClientOf, pageServer, type WindowCalls } from '../../core/link/serve-page.ts'
import { type AboutShell, sharedWindowCalls } from '../../core/link/window-calls.ts'
import type { PageFiles } from '../../core/page/page-files.ts'
import { background } from './background.ts'
import { decideClosing } from './decisions.ts'
import { nativeDialogs, oneAtATime, type Picking } from './dialogs.ts'
import { keepAwake } from './keep-awake.ts'
import { type LeaveTaking, leaveTaking } from './leave-taking.ts'
import { answerFrom } from './page-answer.ts'
import { mayOpen, mayRequest, mayUse, pageScheme } from './page-rules.ts'
import { pageTroubles } from './page-troubles.ts'
import type { Platform, WindowLook } from './platform-shape.ts'
import { watchRuns } from './run-watch.ts'
import { windowSet } from './window-set.ts'

export type DesktopParts = {
  readonly platform: Platform
  readonly profileFolder: string
  readonly pages: PageFiles
  readonly look: WindowLook
  readonly trayIcon: string
  readonly showsTray: () => Promise<boolean>
  readonly openConsole: () => Promise<Result<KeptConsole>>
  readonly about: Pick<AboutShell, 'version' | 'operator' | 'openedAt'>
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  readonly pause: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  readonly report: (line: string) => void
}

export type Desktop = {
  /** In front of everything; opens a window where there is none. */
  show(): Promise<void>
  askToQuit(): Promise<void>
  leave(code: number): Promise<void>
  readonly state: LeaveTaking['state']
}

const watchMilliseconds = 1000
/** The core ends its runs and links, and lets its guests go, in this time. */
const farewellMilliseconds = 15_000

/** Undefined: another process of this profile shows its window instead. */
export async function openDesktop(parts: DesktopParts): Promise<Result<Desktop | undefined>> {
  const { platform, pages } = parts
  let desktop: Desktop | undefined
  platform.prepare(parts.profileFolder, pageScheme)
  if (!platform.claimInstance(() => void desktop?.show())) return ok(undefined)
  await platform.ready()
  platform.lockPages({ mayRequest, mayOpen, mayUse })
  platform.servePages(pageScheme, async (request) => answerFrom(pages, request))
  const console = await parts.openConsole()
  if (!console.ok) return console
  desktop = desktopOn(console.value, parts, wordsOf(languageOfLocale(platform.locale())).desktop)
  await desktop.show()
  return ok(desktop)
}

function desktopOn(console: KeptConsole, parts: DesktopParts, words: DesktopWords): Desktop {
  const { platform, clock, pause, report } = parts
  const show = async () => {
    if (leaving.state() !== 'leaving') await hidden.leave()
  }
  const quit = () => void leaving.ask()
  const troubles = pageTroubles(platform, words, { quit, show: () => void show() })
  const picking = oneAtATime(platform)
  const openWindow = () => windows.open()
  const own = console.client
  const pages = pageServer(console.clientAs, (mine) => windowCalls(mine, parts, { words, picking, openWindow, own }))
  const windows = windowSet({
    ...{ platform, clock, report, look: parts.look },
    serve: pages.overPort,
    onLastClosing: () => void closeLast(),
    onBroken: (reload, again) => void troubles.broken(reload, again),
    onHanging: (reload) => void troubles.hanging(reload),
  })
  const hidden = background({ platform, words, windows, trayIcon: parts.trayIcon, quit })
  const awake = keepAwake(platform.holdAwake)
  const watch = watchRuns({
    read: () => readWork(console, pause),
    pause: (signal) => pause(watchMilliseconds, signal),
    onLook(work) {
      awake.need(endsAnything(endsHere(console, work)))
      hidden.follow(work)
    },
  })
  const leaving = leaveTaking({
    endsHere: async () => endsHere(console, await watch.look()),
    confirm: (ends) => confirmQuit(platform, words, ends),
    pause: () => pause(farewellMilliseconds),
    exit: platform.exit,
    async close() {
      watch.stop()
      hidden.end()
      windows.destroyAll()
      await console.close(() => undefined, { now: true })
      awake.need(false)
    },
  })
  const closeLast = async () => {
    if (leaving.state() !== 'staying') return
    const work = await watch.look()
    const ends = endsAnything(endsHere(console, work))
    const how = decideClosing({ ends, tray: ends && (await parts.showsTray()) })
    if (how === 'quit') quit()
    else hidden.enter(how, work)
  }
  platform.onQuit((prevent) => {
    prevent()
    quit()
  })
  platform.onActivate(() => void show())
  return { show, askToQuit: leaving.ask, leave: leaving.leave, state: leaving.state }
}

type Around = {
  readonly words: DesktopWords
  readonly picking: Picking
  readonly openWindow: () => Promise<void>
  readonly own: ClientOf
}

function windowCalls(
  client: ClientOf,
  { platform, about }: DesktopParts,
  { words, picking, openWindow, own }: Around,
): WindowCalls {
  return {
    ...sharedWindowCalls(client, { ...about, shell: 'desktop', dialogs: true, locale: platform.locale() }, own),
    ...nativeDialogs(picking, client, words),
    // The provider's page would send the browser of this computer back, and not this window.
    beginProviderSignIn: async () => fail({ kind: 'provider-unusable', host: '', problem: 'web-only', detail: '' }),
    async openWindow() {
      await openWindow()
      return ok({ address: null })
    },
  }
}

async function confirmQuit(platform: Platform, words: DesktopWords, ends: EndsHere): Promise<boolean> {
  const { message, detail, keep, rollout } = words.quitQuestion
  const asked =
    ends.rollouts > 0 ? { ...rollout, message: rollout.message(ends) } : { message: message(ends.runs), detail }
  return (await platform.ask({ ...asked, buttons: [keep, words.quit] })) === 1
}
