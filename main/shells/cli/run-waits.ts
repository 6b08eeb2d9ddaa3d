// What a run says it waits for: somebody else's lock, its maintenance window, a moment without requests.
import type { RunEvent } from '../../../shared/domain/run.ts'
import type { Words } from '../../../shared/words/words.ts'

export function waitText(heard: RunEvent, { rollout, cli }: Words): string | undefined {
  if (heard.event === 'waiting-for-lock') return cli.waitingForLock(heard.holder, heard.run)
  if (heard.event === 'waiting-for-window') return rollout.waitingForWindow(localTime(heard.until))
  if (heard.event === 'waiting-while-busy') return rollout.waitingWhileBusy(heard.deployment, heard.requests)
  if (heard.event === 'requests-unknown') return rollout.requestsUnknown(heard.deployment, heard.why)
  return undefined
}

/** With the day: a window may open tomorrow. */
export function localTime(at: string): string {
  const time = new Date(at)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`
}
