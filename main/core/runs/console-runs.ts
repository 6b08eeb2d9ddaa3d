// The runs of this console. A run belongs to the core, not to whoever started it: it goes on when nobody
// reads its events any more, and whoever comes later gets them from the first one on. A plan is applied
// once at a time: who applies it again meanwhile joins. It is known here from the moment that it is asked for, so it
// can be cancelled while it is still being prepared.
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { RunWait } from '../../../shared/domain/notification.ts'
import { type ConsoleRun, type RunEvent, type RunProgress, stateAfter } from '../../../shared/domain/run.ts'
import { type NewestValue, newestValue, nextChange, wakeAll } from '../newest-value.ts'

/** More than a console sees in a day; the oldest that ended are forgotten. */
const runsKept = 50

export type RunHead = Omit<ConsoleRun, 'state' | 'verdict'>

export type RunTicker = {
  /** Aborted when somebody cancelled the run. */
  readonly signal: AbortSignal
  show(progress: RunProgress): void
}

/** A refusal leaves no run behind; reading the events is what carries it out. */
export type Prepare = (ticker: RunTicker) => Promise<Result<AsyncIterable<RunEvent>>>

export type ConsoleRuns = {
  /** Knows the run at once, before it first waits, and yields its events, or those of the run of this plan under way. */
  join(head: RunHead, prepare: Prepare): Promise<Result<RunReader>>
  /** Events of the newest run of a plan, from the first on; ends at once when there was none. */
  follow(planId: string, signal?: AbortSignal): AsyncGenerator<RunEvent>
  /** Where it is now; ends at once when no run of this plan is going on. */
  progress(planId: string, signal?: AbortSignal): AsyncGenerator<RunProgress>
  /** Asks the run to stop after its current step, or before its first; false when no run of this plan is going on. */
  cancel(planId: string): boolean
  /** What is being prepared is shown as running. */
  list(): ConsoleRun[]
  /** Of those that go on: which do nothing now, and since when. */
  waiting(): WaitingRun[]
  /** Plans that are being applied, or prepared for it. */
  going(): string[]
  /** From now on no run is started any more, and those that go on are cancelled. */
  stopAll(): void
  /** Resolves when nothing is being applied. */
  idle(): Promise<void>
}

export type WaitingRun = { readonly head: RunHead; readonly waits: RunWait; readonly sinceMs: number }

type RunsTools = {
  readonly nowMs: () => number
  /** Called once for each run that had begun; `failure`: why it did not come to its end. */
  readonly onEnd: (run: ConsoleRun, failure: Failure | undefined) => void
}

export type RunReader = (signal?: AbortSignal) => AsyncGenerator<RunEvent>

export type EventLog<T> = {
  readonly events: T[]
  readonly wake: Set<() => void>
  over: boolean
  /** What was thrown instead of an orderly end: every reader gets it. */
  broke: { readonly error: unknown } | undefined
}

type Kept = EventLog<RunEvent> & {
  readonly head: RunHead
  readonly stop: AbortController
  readonly progress: NewestValue<RunProgress>
  readonly prepared: Promise<Result<AsyncIterable<RunEvent>>>
  readonly ended: Promise<void>
  readonly tools: RunsTools
  wait: Pick<WaitingRun, 'waits' | 'sinceMs'> | undefined
}

const closing: Failure = { kind: 'cancelled', at: 'the end of the console' }

export function consoleRuns(tools: RunsTools): ConsoleRuns {
  const kept: Kept[] = []
  const prepareRun = (head: RunHead, prepare: Prepare) => begin(kept, { head, prepare, tools })
  let closed = false
  const newest = (planId: string) => kept.find((run) => run.head.planId === planId)
  const goingOn = () => kept.filter((run) => !run.over)
  const current = (planId: string) => goingOn().find((run) => run.head.planId === planId)
  return {
    async join(head, prepare) {
      if (closed) return fail(closing)
      const run = current(head.planId) ?? prepareRun(head, prepare)
      const prepared = await run.prepared
      return prepared.ok ? ok((signal) => eventsOf(run, signal)) : prepared
    },
    async *follow(planId, signal) {
      const run = newest(planId)
      if (run !== undefined) yield* eventsOf(run, signal)
    },
    async *progress(planId, signal) {
      const run = current(planId)
      if (run !== undefined) yield* run.progress.follow(signal)
    },
    cancel(planId) {
      const run = current(planId)
      run?.stop.abort()
      return run !== undefined
    },
    list: () => kept.map(shown),
    waiting: () => goingOn().flatMap(({ head, wait }) => (wait === undefined ? [] : [{ head, ...wait }])),
    going: () => goingOn().map((run) => run.head.planId),
    stopAll() {
      closed = true
      for (const run of goingOn()) run.stop.abort()
    },
    async idle() {
      while (goingOn().length > 0) await Promise.all(goingOn().map((run) => run.ended))
    },
  }
}

type Begun = { readonly head: RunHead; readonly prepare: Prepare; readonly tools: RunsTools }

function begin(kept: Kept[], { head, prepare, tools }: Begun): Kept {
  const stop = new AbortController()
  const progress = newestValue<RunProgress>()
  const refused = () => {
    kept.splice(kept.indexOf(run), 1)
    close(run)
  }
  // It is known to everybody before anything is done for it.
  const prepared = Promise.resolve({ signal: stop.signal, show: progress.show })
    .then(prepare)
    .then(
      (made) => {
        if (!made.ok) refused()
        return made
      },
      (bug) => {
        refused()
        throw bug
      },
    )
  // Of a bug in preparing whoever joined is told.
  const ended = prepared.then(
    (made) => (made.ok ? carryOut(run, made.value) : undefined),
    () => undefined,
  )
  const run: Kept = {
    ...{ head, stop, progress, prepared, ended, tools },
    ...{ events: [], wake: new Set(), over: false, broke: undefined, wait: undefined },
  }
  kept.unshift(run)
  forgetOldest(kept)
  return run
}

function forgetOldest(kept: Kept[]): void {
  const at = kept.findLastIndex((run) => run.over)
  if (kept.length > runsKept && at >= 0) kept.splice(at, 1)
}

async function carryOut(run: Kept, events: AsyncIterable<RunEvent>): Promise<void> {
  try {
    for await (const event of events) {
      run.events.push(event)
      run.wait = waitAfter(event, run)
      wakeAll(run.wake)
    }
  } catch (error) {
    run.broke = { error }
  } finally {
    close(run)
    const end = run.events.find((e) => e.event === 'run-end')
    run.tools.onEnd(shown(run), end?.failure)
  }
}

const waits: { readonly [E in RunEvent['event']]?: RunWait } = {
  'waiting-for-lock': 'lock',
  'waiting-for-window': 'window',
  'waiting-while-busy': 'busy',
}

/** The same said again begins no new wait. */
function waitAfter(event: RunEvent, { wait, tools }: Kept): Kept['wait'] {
  const now = waits[event.event]
  if (now === undefined) return undefined
  return wait?.waits === now ? wait : { waits: now, sinceMs: tools.nowMs() }
}

function close(run: Kept): void {
  run.over = true
  run.progress.end()
  wakeAll(run.wake)
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
