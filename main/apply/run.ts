// Executes a plan: under the appliance's lock, journaled step by step, each step asked once more before
// it acts and once more after. Whatever already holds is left alone, so a rerun resumes.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { changesNothing, type Plan, type PlanStep } from '../../shared/domain/plan.ts'
import { remoteRoot } from '../../shared/domain/remote-layout.ts'
import type { JournalRecord, RunEvent } from '../../shared/domain/run.ts'
import { type Entry, journalScript } from './journal.ts'
import { acquireLock, type HeldLock } from './lock.ts'
import { failureFromOutput } from './remote-error.ts'
import { runStep } from './run-step.ts'
import type { RunTools, Stop } from './run-tools.ts'
import { waitForUnits } from './units-at-work.ts'

type Verified = Omit<Extract<JournalRecord, { record: 'verified' }>, 'record' | 'at'>

/** Adds to the journal of a run how it was found afterwards. */
export function noteVerified(connection: Connection, found: Verified): Promise<Result<void>> {
  return note(connection, { record: 'verified', ...found })
}

/** Yields what happens; the last event is `run-end`, with a failure when the run did not finish. */
export async function* applyPlan(connection: Connection, plan: Plan, tools: RunTools): AsyncGenerator<RunEvent> {
  const { runId } = tools
  const counts = { changed: 0, unchanged: 0, sentBytes: 0 }
  const ended = (failure?: Failure): RunEvent => ({
    event: 'run-end',
    run: runId,
    ...counts,
    ...(failure && { failure }),
  })

  if (tools.signal.aborted) {
    yield ended({ kind: 'cancelled', at: firstOf(plan) })
    return
  }
  // Nothing to change means nothing to lock, to journal or to restart.
  if (changesNothing(plan) && tools.closesAnother !== true) {
    counts.unchanged = plan.steps.length
    yield { event: 'run-begin', run: runId, steps: plan.steps.length }
    yield ended()
    return
  }

  const lock = yield* acquireLock(connection, { run: runId, who: tools.who, at: tools.at }, tools)
  if (!lock.ok) {
    yield ended(lock.failure)
    return
  }
  try {
    yield { event: 'run-begin', run: runId, steps: plan.steps.length }
    const run: Run = { connection, plan, tools, lock: lock.value, counts }
    const failure = (yield* begin(run)) ?? (yield* carryOut(run))
    const closed = await close(run, failure)
    yield ended(failure ?? (closed.ok ? undefined : closed.failure))
  } finally {
    lock.value.release()
  }
}

type Run = {
  readonly connection: Connection
  readonly plan: Plan
  readonly tools: RunTools
  readonly lock: HeldLock
  /** Of the steps so far. */
  readonly counts: { changed: number; unchanged: number; sentBytes: number }
}

type Progress = AsyncGenerator<RunEvent, Failure | undefined>

/**
 * The record that the run begins; then, now that nobody else can change anything, what an earlier run left at work is
 * waited for, and the premises are asked once more.
 */
async function* begin(run: Run): Progress {
  const { connection, plan, tools } = run
  const begun = await note(connection, beginEntry(run))
  if (!begun.ok) return begun.failure
  const stop: Stop = () => reasonToStop(firstOf(plan), run)
  const stopped = yield* waitForUnits(connection, { pause: tools.pause, stop })
  if (stopped !== undefined) return stopped
  const premises = await tools.checkPremises()
  return premises.ok ? undefined : premises.failure
}

/** One step after the other, up to the first that fails. */
async function* carryOut(run: Run): Progress {
  const { plan, tools } = run
  for (const [index, step] of plan.steps.entries()) {
    const stop: Stop = () => reasonToStop(step.id, run)
    const ask = step.change && step.interrupts ? tools.beforeInterruption : undefined
    const stopped = stop() ?? (ask && (yield* ask(step, stop)))
    if (stopped !== undefined) return stopped
    yield { event: 'step-begin', step: step.id, number: index + 1, of: plan.steps.length }
    const began = tools.clock()
    const done = await runCounted(run, step, stop)
    const milliseconds = Math.max(0, tools.clock() - began)
    const outcome = done.ok ? done.value : 'failed'
    yield { event: 'step-end', step: step.id, outcome, reason: step.reason, milliseconds }
    if (!done.ok) return done.failure
  }
  return undefined
}

async function runCounted({ connection, tools, counts }: Run, step: PlanStep, stop: Stop): ReturnType<typeof runStep> {
  const count = (bytes: number) => {
    counts.sentBytes += bytes
  }
  const done = await runStep({ connection, step, tools, count, stop, afterChange: counts.changed > 0 })
  if (done.ok) counts[done.value === 'done' ? 'changed' : 'unchanged'] += 1
  return done
}

/** The record of how the run ended. Somebody else may have written the lock by now: it is theirs to clear. */
async function close({ connection, plan, tools, lock }: Run, failure: Failure | undefined): Promise<Result<void>> {
  const last = plan.steps.at(-1)
  // The journal went with the rest.
  if (failure === undefined && last !== undefined && kindOf(last.spec).by === 'farewell') return ok(undefined)
  const outcome = failure === undefined ? 'done' : failure.kind === 'cancelled' ? 'cancelled' : 'failed'
  return note(connection, { record: 'run-end', run: tools.runId, outcome }, lock.held())
}

/** What a run that stops before its first step stops before. */
export function firstOf(plan: Plan): string {
  return plan.steps[0]?.id ?? 'run lock'
}

function reasonToStop(at: string, { tools, lock }: Run): Failure | undefined {
  if (tools.signal.aborted) return { kind: 'cancelled', at }
  return lock.held() ? undefined : { kind: 'lock-lost', at }
}

function beginEntry({ plan, tools, lock: { resumes } }: Run): Entry {
  return {
    record: 'run-begin',
    run: tools.runId,
    plan: plan.id,
    planDigest: plan.digest,
    who: tools.who,
    ...(resumes === undefined ? {} : { resumes }),
  }
}

async function note(connection: Connection, entry: Entry, clearsLock = false): Promise<Result<void>> {
  const done = await connection.run(journalScript('journal', entry, clearsLock), { as: 'root', deadlineSeconds: 60 })
  if (!done.ok) return done
  return done.value.exitCode === 0 ? ok(undefined) : fail(failureFromOutput('journal', remoteRoot, done.value.stderr))
}
