// The time between closing the last window during a run and opening it again: an icon in the tray where one is
// seen, a minimized window elsewhere, and one notification that says so.
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import type { DesktopWords } from '../../../shared/words/words.ts'
import { type AtWork, goingOn } from '../../core/link/own-runs.ts'
import type { Platform, Tray } from './platform-shape.ts'
import { runText, workText } from './run-words.ts'
import type { WindowSet } from './window-set.ts'

export type BackgroundParts = {
  readonly platform: Pick<Platform, 'tray' | 'notify'>
  readonly words: DesktopWords
  readonly trayIcon: string
  readonly windows: Pick<WindowSet, 'hide' | 'minimize' | 'bringBack'>
  readonly quit: () => void
}

export type Background = {
  enter(how: 'hide' | 'minimize', work: AtWork): void
  /** What became of the runs meanwhile. */
  follow(work: AtWork): void
  /** Back to the windows. */
  leave(): Promise<void>
  end(): void
}

export function background({ platform, words, trayIcon, windows, quit }: BackgroundParts): Background {
  let tray: Tray | undefined
  let shown: string | undefined
  let followed: readonly ConsoleRun[] | undefined
  const end = () => {
    tray?.remove()
    tray = undefined
    shown = undefined
    followed = undefined
  }
  const leave = async () => {
    end()
    await windows.bringBack()
  }
  const open = () => void leave()
  const show = (work: AtWork) => {
    const state = workText(work, words)
    // A menu that is open just now must not be taken from under the pointer.
    if (state !== shown) tray?.show({ open: words.open, state, quit: words.quit })
    shown = state
  }
  return {
    enter(how, work) {
      if (how === 'hide') tray ??= platform.tray(trayIcon, { open, quit })
      // A window that was minimized may be brought back and closed again: nothing new to tell.
      const told = followed !== undefined
      followed = goingOn(work.runs)
      show(work)
      if (tray === undefined) windows.minimize()
      else windows.hide()
      const { title, inTray, minimized } = words.goesOn
      if (!told) platform.notify(title, tray === undefined ? minimized : inTray, open)
    },
    follow(work) {
      if (followed === undefined) return
      show(work)
      const before = followed
      followed = goingOn(work.runs)
      for (const run of work.runs) {
        const ended = run.state !== 'running' && before.some((b) => isSame(b, run))
        if (ended) platform.notify(runText(run, words), words.open, open)
      }
    },
    leave,
    end,
  }
}

function isSame(a: ConsoleRun, b: ConsoleRun): boolean {
  return a.planId === b.planId && a.startedAt === b.startedAt
}
