// What goes on in the console that a shell uses, and how much of it would end with this process: nothing where another
// process runs the core. A rollout goes on between its rings too, when no run does.
import type { Rollout } from '../../../shared/domain/rollout.ts'
import type { ConsoleRun } from '../../../shared/domain/run.ts'
import type { ClientOf } from './serve-page.ts'

const patienceMilliseconds = 3000

/** `rollouts`: those that go on. */
export type AtWork = { readonly runs: readonly ConsoleRun[]; readonly rollouts: readonly Rollout[] }

type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>

/** Undefined when there is no answer in time: an owner that hangs must not keep a shell from ending. */
export async function readWork({ client }: { readonly client: ClientOf }, pause: Pause): Promise<AtWork | undefined> {
  const answered = new AbortController()
  const late = pause(patienceMilliseconds, answered.signal).then(() => undefined)
  const ask = async () => {
    const { setup, rollouts } = (await client()).product
    const [runs, all] = await Promise.all([setup.runs({}), rollouts.list({})])
    if (!runs.ok || !all.ok) return undefined
    return { runs: runs.value, rollouts: all.value.filter(({ state }) => state === 'running') }
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

/** `waiting`: appliances whose turn in a rollout has not come. */
export type EndsHere = { readonly runs: number; readonly rollouts: number; readonly waiting: number }

/** `owner`: whether the core runs in this process. */
export function endsHere({ owner }: { readonly owner: () => boolean }, { runs, rollouts }: AtWork): EndsHere {
  if (!owner()) return { runs: 0, rollouts: 0, waiting: 0 }
  const waiting = rollouts.flatMap(({ members }) => members.filter(({ stand }) => stand.state === 'waiting'))
  return { runs: goingOn(runs).length, rollouts: rollouts.length, waiting: waiting.length }
}

export function endsAnything({ runs, rollouts }: EndsHere): boolean {
  return runs + rollouts > 0
}

/** What the end of this process would stop. */
export async function stoppedByEnd(
  console: { readonly client: ClientOf; readonly owner: () => boolean },
  pause: Pause,
): Promise<'nothing' | 'run' | 'rollout'> {
  const work = console.owner() ? await readWork(console, pause) : undefined
  if (work === undefined) return 'nothing'
  const { runs, rollouts } = endsHere(console, work)
  if (rollouts > 0) return 'rollout'
  return runs > 0 ? 'run' : 'nothing'
}
