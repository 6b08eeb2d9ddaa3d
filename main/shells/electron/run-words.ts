// Where the runs and rollouts of this console are, in one line for a tray and a notification.
import { addressText } from '../../../shared/domain/appliance.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import type { DesktopWords } from '../../../shared/words/words.ts'
import { type AtWork, goingOn } from '../../core/link/own-runs.ts'

export function workText({ runs, rollouts }: AtWork, words: DesktopWords): string {
  const running = goingOn(runs)
  if (running.length === 0 && rollouts.length > 0) return words.betweenRings
  const [newest] = running.length > 0 ? running : runs
  if (newest === undefined) return words.noRun
  return running.length > 1 ? words.severalRuns(running.length) : runText(newest, words)
}

export function runText(run: ConsoleRun, words: DesktopWords): string {
  return words.run[run.purpose.act][run.state](subjectOf(run), addressText(run.address))
}

/** What is set up or rolled back. */
function subjectOf({ purpose }: ConsoleRun): string {
  if (purpose.act === 'uninstall') return ''
  return purpose.act === 'set-up' ? purpose.solution : purpose.deployment
}
