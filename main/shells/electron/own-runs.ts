// The runs of the console, and how many of them would end with this process: none where another process runs the core.
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import type { KeptConsole } from '../../console-host.ts'
import { goingOn } from './run-watch.ts'

const patienceMilliseconds = 3000

/** Undefined when there is no answer in time: an owner that hangs must not keep a window from closing. */
export async function readRuns(
  console: Pick<KeptConsole, 'client'>,
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>,
): Promise<readonly ConsoleRun[] | undefined> {
  const answered = new AbortController()
  const late = pause(patienceMilliseconds, answered.signal).then(() => undefined)
  const ask = async () => {
    const answer = await (await console.client()).product.setup.runs({})
    return answer.ok ? answer.value : undefined
  }
  try {
    // A console that is changing its owner answers the next time.
    return await Promise.race([ask().catch(() => undefined), late])
  } finally {
    answered.abort()
  }
}

export function runsHere(console: Pick<KeptConsole, 'owner'>, runs: readonly ConsoleRun[]): number {
  return console.owner() ? goingOn(runs).length : 0
}
