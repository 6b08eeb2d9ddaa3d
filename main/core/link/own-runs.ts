// The runs of the console a shell uses, and how many of them would end with this process: none where another process
// runs the core.
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import type { ClientOf } from './serve-page.ts'

const patienceMilliseconds = 3000

/** Undefined when there is no answer in time: an owner that hangs must not keep a shell from ending. */
export async function readRuns(
  { client }: { readonly client: ClientOf },
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>,
): Promise<readonly ConsoleRun[] | undefined> {
  const answered = new AbortController()
  const late = pause(patienceMilliseconds, answered.signal).then(() => undefined)
  const ask = async () => {
    const answer = await (await client()).product.setup.runs({})
    return answer.ok ? answer.value : undefined
  }
  try {
    // A console that is changing its owner answers the next time.
    return await Promise.race([ask().catch(() => undefined), late])
  } finally {
    answered.abort()
  }
}

export function goingOn(runs: readonly ConsoleRun[]): readonly ConsoleRun[] {
  return runs.filter((run) => run.state === 'running')
}

/** `owner`: whether the core runs in this process. */
export function runsHere({ owner }: { readonly owner: () => boolean }, runs: readonly ConsoleRun[]): number {
  return owner() ? goingOn(runs).length : 0
}

/** Whether the end of this process would stop a run. */
export async function runGoesOn(
  console: { readonly client: ClientOf; readonly owner: () => boolean },
  pause: (milliseconds: number, signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  return console.owner() && runsHere(console, (await readRuns(console, pause)) ?? []) > 0
}
