// Executes a plan: under the appliance's lock, journaled step by step, each step asked once more before
// it acts and once more after. Whatever already holds is left alone, so a rerun resumes.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Asked } from '../../shared/apply/step-kind.ts'
import type { Artifact } from '../../shared/domain/artifact.ts'
import type { ByteSource, Connection } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Plan, PlanStep } from '../../shared/domain/plan.ts'
import { remoteRoot } from '../../shared/domain/remote-layout.ts'
import type { RunEvent, RunProgress } from '../../shared/domain/run.ts'
import { appendShell } from './journal.ts'
import { acquireLock, clearLockShell } from './lock.ts'
import { failureFromOutput } from './remote-error.ts'
import { commandsScript, noteScript, type StepRun, unitScript } from './step-script.ts'
import { waitReady } from './wait-ready.ts'

const commandsDeadlineSeconds = 300
/** Loading a 20 GB image from a slow disk takes this long; the unit itself has no limit. */
const unitDeadlineSeconds = 3600

export type RunTools = {
  readonly runId: string
  readonly who: string
  /** UTC, ISO 8601: when this run was started, by the console's clock. */
  readonly at: string
  readonly ask: (groups: readonly ('engine' | 'artifacts')[]) => Promise<Result<Asked>>
  readonly source: (artifact: Artifact) => ByteSource
  readonly onProgress: (progress: RunProgress) => void
  readonly pause: (milliseconds: number) => Promise<void>
  readonly clock: () => number
  readonly signal: AbortSignal
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
  if (plan.steps.every((step) => !step.change)) {
    counts.unchanged = plan.steps.length
    yield { event: 'run-begin', run: runId, steps: plan.steps.length }
    yield ended()
    return
  }

  const lock = yield* acquireLock(connection, { run: runId, who: tools.who, at: tools.at }, tools.pause)
  if (!lock.ok) {
    yield ended(lock.failure)
    return
  }
  try {
    yield { event: 'run-begin', run: runId, steps: plan.steps.length }
    const begun = await note(connection, beginShell(plan, tools, lock.value.resumes))
    let failure = begun.ok ? undefined : begun.failure
    for (const [index, step] of plan.steps.entries()) {
      if (failure !== undefined) break
      if (tools.signal.aborted) {
        failure = { kind: 'cancelled', at: step.id }
        break
      }
      yield { event: 'step-begin', step: step.id, number: index + 1, of: plan.steps.length }
      const outcome = await runStep(connection, step, tools, (bytes) => {
        counts.sentBytes += bytes
      })
      if (!outcome.ok) failure = outcome.failure
      else if (outcome.value === 'done') counts.changed += 1
      else counts.unchanged += 1
      yield { event: 'step-end', step: step.id, outcome: outcome.ok ? outcome.value : 'failed', reason: step.reason }
    }
    const outcome = failure === undefined ? 'done' : failure.kind === 'cancelled' ? 'cancelled' : 'failed'
    const closed = await note(
      connection,
      `${appendShell({ record: 'run-end', run: runId, outcome })}\n${clearLockShell}`,
    )
    yield ended(failure ?? (closed.ok ? undefined : closed.failure))
  } finally {
    lock.value.release()
  }
}

function beginShell(plan: Plan, tools: RunTools, resumes: string | undefined): string {
  return appendShell({
    record: 'run-begin',
    run: tools.runId,
    plan: plan.id,
    planDigest: plan.digest,
    who: tools.who,
    ...(resumes === undefined ? {} : { resumes }),
  })
}

async function note(connection: Connection, shell: string): Promise<Result<void>> {
  const done = await connection.run({ name: 'journal', text: `${shell}\n` }, { as: 'root', deadlineSeconds: 60 })
  if (!done.ok) return done
  return done.value.exitCode === 0 ? ok(undefined) : fail(failureFromOutput('journal', remoteRoot, done.value.stderr))
}

type Count = (sentBytes: number) => void

async function runStep(
  connection: Connection,
  step: PlanStep,
  tools: RunTools,
  count: Count,
): Promise<Result<'done' | 'already'>> {
  const kind = kindOf(step.spec)
  const asked = await tools.ask(kind.asks)
  if (!asked.ok) return asked
  // Unreadable is not absent: what cannot be seen is neither made again nor taken away.
  const { containers, images, networks } = asked.value
  const unread = [containers, images, networks].find((r) => r.state === 'unreadable')
  if (unread) return fail({ kind: 'engine-unreadable', detail: unread.why })
  const run: StepRun = { runId: tools.runId, step: step.id }
  if (kind.isTrue(step.spec as never, asked.value).holds) {
    // What the plan already knew to be true needs no line; what came true since does.
    if (!step.change) return ok('already')
    const noted = await runScript(connection, noteScript(run, 'already'), 60)
    return noted.ok ? ok('already') : noted
  }
  const acted = await act({ connection, step, run, facts: asked.value, tools, count })
  if (!acted.ok) return acted
  const after = await tools.ask(kind.asks)
  if (!after.ok) return after
  if (kind.by === 'wait' || kind.isTrue(step.spec as never, after.value).holds) return ok('done')
  return fail({
    kind: 'step-failed',
    step: step.id,
    detail: 'it ended without an error, but what it should bring about is not there',
  })
}

type Act = {
  readonly connection: Connection
  readonly step: PlanStep
  readonly run: StepRun
  readonly facts: Asked
  readonly tools: RunTools
  readonly count: Count
}

async function act(doing: Act): Promise<Result<void>> {
  const { connection, step, run, facts, tools } = doing
  const { spec } = step
  const kind = kindOf(spec)
  if (spec.kind === 'artifact') return transfer(doing, spec.artifact)
  if (spec.kind === 'ready') {
    return waitReady(connection, spec, { ask: () => tools.ask(kind.asks), pause: tools.pause, clock: tools.clock })
  }
  const commands = kind.commands(spec as never, facts, tools.runId)
  if (commands.length === 0) {
    return fail({ kind: 'step-failed', step: step.id, detail: 'the image it needs is not in the engine' })
  }
  const words = {
    commands,
    undo: (failedAt: number) => kind.undo(spec as never, facts, { runId: tools.runId, failedAt }),
  }
  return kind.by === 'unit'
    ? runScript(connection, unitScript(run, unitKey(step), words), unitDeadlineSeconds)
    : runScript(connection, commandsScript(run, words), commandsDeadlineSeconds)
}

/** One unit for one thing to bring about: a second run finds the first one's unit by it. */
function unitKey({ id, spec }: PlanStep): string {
  if (spec.kind === 'image') return `load-${spec.artifactSha256.slice(0, 16)}`
  return spec.kind === 'container' ? `${id}-${spec.specDigest.slice(0, 16)}` : id
}

async function transfer({ connection, run, tools, count }: Act, artifact: Artifact): Promise<Result<void>> {
  const begun = await runScript(connection, noteScript(run, 'begin'), 60)
  if (!begun.ok) return begun
  const sent = await connection.put(artifact, tools.source(artifact), (p) =>
    tools.onProgress({ run: tools.runId, step: run.step, ...p }),
  )
  const noted = await runScript(connection, noteScript(run, sent.ok ? 'done' : 'failed'), 60)
  if (!sent.ok) return sent
  count(sent.value.sentBytes)
  return noted
}

async function runScript(
  connection: Connection,
  script: { name: string; text: string },
  deadlineSeconds: number,
): Promise<Result<void>> {
  const done = await connection.run(script, { as: 'root', deadlineSeconds })
  if (!done.ok) return done
  if (done.value.exitCode === 0) return ok(undefined)
  return fail(failureFromOutput(script.name, remoteRoot, done.value.stderr || `exit code ${done.value.exitCode}`))
}
