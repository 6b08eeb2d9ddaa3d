// The runs of this console. A run belongs to the core, not to whoever started it: it goes on when nobody
// reads its events any more, and whoever comes later gets them from the first one on. A plan is applied
// once at a time: who applies it again meanwhile joins.
import { type Failure, ok, type Result } from '../../../shared/domain/failure.ts'
import { type ConsoleRun, type RunEvent, stateAfter } from '../../../shared/domain/run.ts'
import { nextChange } from '../newest-value.ts'

/** More than a console sees in a day; the oldest that ended are forgotten. */
const runsKept = 50

/** Ready to start: reading the events is what carries it out. */
export type PreparedRun = {
  readonly head: Omit<ConsoleRun, 'state' | 'verdict'>
  readonly events: AsyncIterable<RunEvent>
}

export type ConsoleRuns = {
  /** Starts what `prepare` makes ready and yields its events, or those of the run of this plan that is under way. */
  join(planId: string, prepare: () => Promise<Result<PreparedRun>>): Promise<Result<RunReader>>
  /** Events of the newest run of a plan, from the first on; ends at once when there was none. */
  follow(planId: string, signal?: AbortSignal): AsyncGenerator<RunEvent>
  list(): ConsoleRun[]
  /** Plans that are being applied. */
  going(): string[]
  /** From now on no run is started any more. */
  refuseMore(): void
  /** Resolves when nothing is being applied. */
  idle(): Promise<void>
}

export type RunReader = (signal?: AbortSignal) => AsyncGenerator<RunEvent>

export type EventLog<T> = {
  readonly events: T[]
  readonly wake: Set<() => void>
  over: boolean
  /** What was thrown instead of an orderly end: every reader gets it. */
  broke: { readonly error: unknown } | undefined
}

type Kept = EventLog<RunEvent> & { readonly head: PreparedRun['head']; readonly ended: Promise<void> }

const closing: Failure = { kind: 'cancelled', at: 'the end of the console' }

export function consoleRuns(): ConsoleRuns {
  const kept: Kept[] = []
  const starting = new Map<string, Promise<Result<Kept>>>()
  let closed = false
  const newest = (planId: string) => kept.find((run) => run.head.planId === planId)

  async function start(prepare: () => Promise<Result<PreparedRun>>): Promise<Result<Kept>> {
    const prepared = await prepare()
    if (!prepared.ok) return prepared
    if (closed) return { ok: false, failure: closing }
    const run = carryOut(prepared.value)
    kept.unshift(run)
    forgetOldest(kept)
    return ok(run)
  }

  function current(planId: string): Promise<Result<Kept>> | undefined {
    const run = newest(planId)
    return run === undefined || run.over ? starting.get(planId) : Promise.resolve(ok(run))
  }

  return {
    async join(planId, prepare) {
      if (closed) return { ok: false, failure: closing }
      let run = current(planId)
      if (run === undefined) {
        run = start(prepare).finally(() => starting.delete(planId))
        starting.set(planId, run)
      }
      const joined = await run
      return joined.ok ? ok((signal) => eventsOf(joined.value, signal)) : joined
    },
    async *follow(planId, signal) {
      const coming = await starting.get(planId)?.catch(() => undefined)
      const run = coming?.ok ? coming.value : newest(planId)
      if (run !== undefined) yield* eventsOf(run, signal)
    },
    list: () => kept.map(shown),
    going: () => kept.filter((run) => !run.over).map((run) => run.head.planId),
    refuseMore: () => {
      closed = true
    },
    async idle() {
      const waiting = () => [...starting.values(), ...kept.filter((run) => !run.over).map((run) => run.ended)]
      while (waiting().length > 0) await Promise.allSettled(waiting())
    },
  }
}

function forgetOldest(kept: Kept[]): void {
  const at = kept.findLastIndex((run) => run.over)
  if (kept.length > runsKept && at >= 0) kept.splice(at, 1)
}

function carryOut({ head, events }: PreparedRun): Kept {
  const wake = new Set<() => void>()
  const wakeAll = () => {
    for (const one of [...wake]) one()
  }
  const read = async () => {
    try {
      for await (const event of events) {
        run.events.push(event)
        wakeAll()
      }
    } catch (error) {
      run.broke = { error }
    } finally {
      run.over = true
      wakeAll()
    }
  }
  // The first event is read once the run is known to everybody.
  const ended = Promise.resolve().then(read)
  const run: Kept = { head, events: [], wake, ended, over: false, broke: undefined }
  return run
}

/** Everything from the first event on, also for whoever comes late. */
export async function* eventsOf<T>(run: EventLog<T>, signal: AbortSignal | undefined): AsyncGenerator<T> {
  for (let at = 0; signal?.aborted !== true; ) {
    const event = run.events[at]
    if (event !== undefined) {
      at += 1
      yield event
    } else if (run.over) {
      if (run.broke !== undefined) throw run.broke.error
      return
    } else await nextChange(run.wake, signal)
  }
}

function shown(run: Kept): ConsoleRun {
  const verified = run.events.find((e) => e.event === 'verified')
  const end = run.events.find((e) => e.event === 'run-end')
  if (!run.over) return { ...run.head, state: 'running' }
  if (verified !== undefined) return { ...run.head, state: 'done', verdict: stateAfter(verified) }
  // A run whose result nobody could look at is not done: nothing is green without proof.
  return { ...run.head, state: end?.failure?.kind === 'cancelled' ? 'cancelled' : 'failed' }
}
