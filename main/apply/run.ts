// Executes a plan: under the appliance's lock, journaled step by step, each step asked once more before
// it acts and once more after. Whatever already holds is left alone, so a rerun resumes.
import { asksOf, kindOf } from '../../shared/apply/all-kinds.ts'
import type { Asked, AskGroup } from '../../shared/apply/step-kind.ts'
import type { Artifact } from '../../shared/domain/artifact.ts'
import type { Script } from '../../shared/domain/command.ts'
import type { ByteSource, Connection, PutProgress } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { changesNothing, type Plan, type PlanStep } from '../../shared/domain/plan.ts'
import { remoteRoot } from '../../shared/domain/remote-layout.ts'
import type { JournalRecord, RunEvent, RunProgress } from '../../shared/domain/run.ts'
import { lostLockExitCode, undoneExitCode } from '../../shared/domain/script-exits.ts'
import { askForStep, whyNotRead } from './ask-step.ts'
import { farewellScript } from './farewell.ts'
import { type Entry, journalScript } from './journal.ts'
import { acquireLock, type HeldLock } from './lock.ts'
import { failureFromOutput } from './remote-error.ts'
import { commandsScript, noteScript, type StepRun, unitScript } from './step-script.ts'
import { waitForUnits } from './units-at-work.ts'
import { unmakeCommands } from './unmake.ts'
import { waitReady } from './wait-ready.ts'

const commandsDeadlineSeconds = 300
/** Loading a 20 GB image from a slow disk takes this long; the unit itself has no limit. */
const unitDeadlineSeconds = 3600
/** Model weights are large, and few. */
const farewellDeadlineSeconds = 600
/** A run that is to stop waits this much longer for what would go on without it. */
const patienceMilliseconds = 20_000

/** Why the run must not wait any longer, asked while it waits. */
export type Stop = () => Failure | undefined

export type RunTools = {
  readonly runId: string
  readonly who: string
  /** UTC, ISO 8601: when this run was started, by the console's clock. */
  readonly at: string
  /** Whether the appliance is still as the plan found it; asked once the lock is held. */
  readonly checkPremises: () => Promise<Result<void>>
  readonly ask: (groups: readonly AskGroup[]) => Promise<Result<Asked>>
  /** Asked right before a step that interrupts a service: says what it waits for; a failure ends the run there. */
  readonly beforeInterruption?: (step: PlanStep, stop: Stop) => AsyncGenerator<RunEvent, Failure | undefined>
  readonly source: (artifact: Artifact) => ByteSource
  readonly onProgress: (progress: RunProgress) => void
  /** What its uploads may take of the network. */
  readonly limitBytesPerSecond?: number | undefined
  readonly pause: (milliseconds: number) => Promise<void>
  readonly clock: () => number
  readonly signal: AbortSignal
  /** Journaled also where nothing is left to change: the run before it did not say how it ended. */
  readonly closesAnother?: boolean
  /** The run whose live console loses the appliance to this one, as a person typed it. */
  readonly takesOver?: string | undefined
}

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
    const mine = lock.value
    let failure = yield* begin(connection, plan, tools, mine)
    for (const [index, step] of plan.steps.entries()) {
      const stop: Stop = () => reasonToStop(step.id, tools, mine)
      failure ??= stop()
      const ask = step.change && step.interrupts ? tools.beforeInterruption : undefined
      if (ask !== undefined) failure ??= yield* ask(step, stop)
      if (failure !== undefined) break
      yield { event: 'step-begin', step: step.id, number: index + 1, of: plan.steps.length }
      const count = (bytes: number) => {
        counts.sentBytes += bytes
      }
      const began = tools.clock()
      const afterChange = counts.changed > 0
      const outcome = await runStep({ connection, step, tools, count, stop, afterChange })
      const milliseconds = Math.max(0, tools.clock() - began)
      if (!outcome.ok) failure = outcome.failure
      else if (outcome.value === 'done') counts.changed += 1
      else counts.unchanged += 1
      const result = outcome.ok ? outcome.value : 'failed'
      yield { event: 'step-end', step: step.id, outcome: result, reason: step.reason, milliseconds }
    }
    const outcome = failure === undefined ? 'done' : failure.kind === 'cancelled' ? 'cancelled' : 'failed'
    const record = { record: 'run-end', run: runId, outcome } as const
    // The journal went with the rest. Somebody else may have written the lock by now: it is theirs to clear.
    const gone = failure === undefined && plan.steps.at(-1)?.spec.kind === 'absent-rackside'
    const closed = gone ? ok(undefined) : await note(connection, record, lock.value.held())
    yield ended(failure ?? (closed.ok ? undefined : closed.failure))
  } finally {
    lock.value.release()
  }
}

/**
 * The record that the run begins; then, now that nobody else can change anything, what an earlier run left at work is
 * waited for, and the premises are asked once more.
 */
async function* begin(
  connection: Connection,
  plan: Plan,
  tools: RunTools,
  lock: HeldLock,
): AsyncGenerator<RunEvent, Failure | undefined> {
  const begun = await note(connection, beginEntry(plan, tools, lock.resumes))
  if (!begun.ok) return begun.failure
  const stop: Stop = () => reasonToStop(plan.steps[0]?.id ?? 'run lock', tools, lock)
  const stopped = yield* waitForUnits(connection, { pause: tools.pause, stop })
  if (stopped !== undefined) return stopped
  const premises = await tools.checkPremises()
  return premises.ok ? undefined : premises.failure
}

function reasonToStop(at: string, tools: RunTools, lock: HeldLock): Failure | undefined {
  if (tools.signal.aborted) return { kind: 'cancelled', at }
  return lock.held() ? undefined : { kind: 'lock-lost', at }
}

function beginEntry(plan: Plan, tools: RunTools, resumes: string | undefined): Entry {
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

type Doing = {
  readonly connection: Connection
  readonly step: PlanStep
  readonly tools: RunTools
  readonly count: (sentBytes: number) => void
  readonly stop: Stop
  /** Whether an earlier step of this run changed something. */
  readonly afterChange: boolean
}

async function runStep(doing: Doing): Promise<Result<'done' | 'already'>> {
  const { connection, step, tools } = doing
  const kind = kindOf(step.spec)
  const asked = await askForStep(doing)
  if (!asked.ok) return asked
  // Unreadable is not absent: what cannot be seen is neither made again nor taken away.
  const { containers, images, networks } = asked.value
  const unread = [containers, images, networks].find((r) => r.state === 'unreadable')
  if (unread && asksOf(step.spec).includes('engine')) return fail({ kind: 'engine-unreadable', detail: unread.why })
  const isTrue = kind.isTrue(step.spec as never, asked.value)
  if (isTrue.reason === 'not-read') return fail({ kind: 'facts-unreadable', detail: whyNotRead(step, asked.value) })
  const run: StepRun = { runId: tools.runId, step: step.id }
  // A wait for what this run started is waited for, also when the program was quicker than this look at it.
  const waits = kind.by === 'wait' && step.change && doing.afterChange
  if (!waits && isTrue.holds) {
    // What the plan already knew to be true needs no line; what came true since does.
    if (!step.change) return ok('already')
    const noted = await runScript(connection, noteScript(run, 'already'), 60)
    return noted.ok ? ok('already') : noted
  }
  const problem = kind.problem?.(step.spec as never, asked.value)
  if (problem !== undefined) return fail(problem)
  const acted = await act({ ...doing, run, facts: asked.value })
  if (!acted.ok) return acted
  // What the look would rest on is gone, and its script has looked itself.
  if (kind.by === 'farewell' || step.spec.kind === 'absent-made') return ok('done')
  const after = await askForStep(doing)
  if (!after.ok) return after
  if (kind.by === 'wait' || kind.isTrue(step.spec as never, after.value).holds) return ok('done')
  return fail({
    kind: 'step-failed',
    step: step.id,
    detail: 'it ended without an error, but what it should bring about is not there',
  })
}

type Act = Doing & { readonly run: StepRun; readonly facts: Asked }

async function act(doing: Act): Promise<Result<void>> {
  const { connection, step, run, facts, tools } = doing
  const { spec } = step
  const kind = kindOf(spec)
  if (spec.kind === 'absent-rackside')
    return runScript(connection, farewellScript(tools.runId, spec.keeps !== undefined), farewellDeadlineSeconds)
  if (spec.kind === 'artifact') return transfer(doing, spec.artifact)
  if (spec.kind === 'ready') {
    return waitReady(connection, spec, {
      ask: () => tools.ask(kind.asks),
      pause: tools.pause,
      clock: tools.clock,
      stop: doing.stop,
    })
  }
  if (spec.kind === 'reboot') return fail({ kind: 'reboot-needed', package: spec.package })
  const listed =
    spec.kind === 'absent-made'
      ? await unmakeCommands(connection, spec, facts)
      : ok(kind.commands(spec as never, facts, tools.runId))
  if (!listed.ok) return listed
  const commands = listed.value
  if (commands.length === 0 && spec.kind === 'absent-made') return ok(undefined)
  if (commands.length === 0) {
    return fail({ kind: 'step-failed', step: step.id, detail: 'the image it needs is not in the engine' })
  }
  const words = {
    commands,
    undo: (failedAt: number) => kind.undo(spec as never, facts, { runId: tools.runId, failedAt }),
  }
  return kind.by === 'unit'
    ? waitForUnit(doing, unitScript(run, unitKey(step), words))
    : runScript(connection, commandsScript(run, words), commandsDeadlineSeconds)
}

/** Ends when the unit has ended, or a little after the run was told to stop: then the unit goes on by itself. */
async function waitForUnit({ connection, tools }: Act, script: Script): Promise<Result<void>> {
  let stop = (): void => undefined
  const stopped = new Promise<void>((resolve) => {
    stop = () => void tools.pause(patienceMilliseconds).then(resolve)
  })
  if (tools.signal.aborted) stop()
  tools.signal.addEventListener('abort', stop, { once: true })
  try {
    return await runScript(connection, script, unitDeadlineSeconds, stopped)
  } finally {
    tools.signal.removeEventListener('abort', stop)
  }
}

/** One unit for one thing to bring about: a second run finds the first one's unit by it. */
function unitKey({ id, spec }: PlanStep): string {
  return spec.kind === 'image' ? `load-${spec.artifactSha256.slice(0, 16)}` : id
}

async function transfer({ connection, run, tools, count }: Act, artifact: Artifact): Promise<Result<void>> {
  const begun = await runScript(connection, noteScript(run, 'begin'), 60)
  if (!begun.ok) return begun
  const stopped = aborted(tools.signal)
  const source = tools.source(artifact)
  const onProgress = (progress: PutProgress) => tools.onProgress({ run: tools.runId, step: run.step, ...progress })
  const options = { onProgress, limitBytesPerSecond: tools.limitBytesPerSecond, stopped }
  const sending = connection.put(artifact, source, options).catch((error: unknown) => {
    const problem = source.problem?.()
    if (problem === undefined) throw error
    return fail(problem)
  })
  const close = () => source.close?.()
  void sending.then(close, close)
  // Also where it waits for another upload of the same artifact.
  const sent = await Promise.race([sending, stopped.then(() => fail({ kind: 'cancelled', at: run.step }))])
  const noted = await runScript(connection, noteScript(run, sent.ok ? 'done' : 'failed'), 60)
  if (!sent.ok) return sent
  count(sent.value.sentBytes)
  return noted
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

async function runScript(
  connection: Connection,
  script: Script,
  deadlineSeconds: number,
  stopped?: Promise<void>,
): Promise<Result<void>> {
  const done = await connection.run(script, { as: 'root', deadlineSeconds, ...(stopped && { stopped }) })
  if (!done.ok) return done
  if (done.value.exitCode === 0) return ok(undefined)
  if (done.value.exitCode === lostLockExitCode) return fail({ kind: 'lock-lost', at: script.name })
  const failure = failureFromOutput(script.name, remoteRoot, done.value.stderr || `exit code ${done.value.exitCode}`)
  if (done.value.exitCode !== undoneExitCode) return fail(failure)
  return fail(failure.kind === 'step-failed' || failure.kind === 'disk-full' ? { ...failure, undone: true } : failure)
}
