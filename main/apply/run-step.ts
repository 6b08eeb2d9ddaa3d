// One step of a run: asked once more, left alone where it holds by now, made true in the way of its kind, and looked at
// once more.
import { asksOf, kindOf } from '../../shared/apply/all-kinds.ts'
import type { Asked } from '../../shared/apply/asked.ts'
import type { Made } from '../../shared/apply/made-kind.ts'
import type { ActingKind, SecretInput } from '../../shared/apply/step-kind.ts'
import type { Script } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { PlanStep, StepKindName } from '../../shared/domain/plan.ts'
import { askForStep, whyNotRead } from './ask-step.ts'
import { farewellScript } from './farewell.ts'
import { runScript } from './run-script.ts'
import type { RunTools, Stop } from './run-tools.ts'
import { type Act, commandsScript, noteScript, type StepRun, unitScript } from './step-script.ts'
import { transfer } from './transfer.ts'
import { unmakeCommands } from './unmake.ts'
import { waitReady } from './wait-ready.ts'

const commandsDeadlineSeconds = 300
/** Loading a 20 GB image from a slow disk takes this long; the unit itself has no limit. */
const unitDeadlineSeconds = 3600
/** Model weights are large, and few. */
const farewellDeadlineSeconds = 600
/** A run that is to stop waits this much longer for what would go on without it. */
const patienceMilliseconds = 20_000

type Doing = {
  readonly connection: Connection
  readonly step: PlanStep
  readonly tools: RunTools
  readonly count: (sentBytes: number) => void
  readonly stop: Stop
  /** Whether an earlier step of this run changed something. */
  readonly afterChange: boolean
}

export type Acting = Doing & { readonly run: StepRun; readonly facts: Asked }

export async function runStep(doing: Doing): Promise<Result<'done' | 'already'>> {
  const { step, tools } = doing
  const asked = await askForStep(doing)
  if (!asked.ok) return asked
  const acting = { ...doing, run: { runId: tools.runId, step: step.id }, facts: asked.value }
  const unread = unreadIn(acting)
  if (unread !== undefined) return fail(unread)
  if (isDoneAlready(acting)) return foundDone(acting)
  const problem = kindOf(step.spec).problem?.(step.spec, asked.value)
  if (problem !== undefined) return fail(problem)
  const acted = await act(acting)
  return acted.ok ? lookAgain(doing) : acted
}

/** Unreadable is not absent: what cannot be seen is neither made again nor taken away. */
function unreadIn({ step, facts }: Acting): Failure | undefined {
  const unread = [facts.containers, facts.images, facts.networks].find((r) => r.state === 'unreadable')
  if (unread && asksOf(step.spec).includes('engine')) return { kind: 'engine-unreadable', detail: unread.why }
  const { reason } = kindOf(step.spec).isTrue(step.spec, facts)
  return reason === 'not-read' ? { kind: 'facts-unreadable', detail: whyNotRead(step, facts) } : undefined
}

function isDoneAlready({ step, facts, afterChange, tools }: Acting): boolean {
  const kind = kindOf(step.spec)
  // Where an earlier run has done all of it, what that one found out still holds.
  if (step.change && afterChange && kind.isOfRun?.(step.spec, facts, tools.runId) === false) return false
  // A wait for what this run started is waited for, also when the program was quicker than this look at it.
  const waits = kind.by === 'wait' && step.change && afterChange
  return !waits && kind.isTrue(step.spec, facts).holds
}

/** What the plan already knew to be true needs no line; what came true since does. */
async function foundDone({ connection, step, run }: Acting): Promise<Result<'already'>> {
  if (!step.change) return ok('already')
  const noted = await runScript(connection, noteScript(run, 'already'), 60)
  return noted.ok ? ok('already') : noted
}

async function act(acting: Acting): Promise<Result<void>> {
  const { connection, step, tools, run, stop } = acting
  const { spec } = step
  const kind = kindOf(spec)
  switch (kind.by) {
    case 'commands': {
      const input = await secretInput(acting, kind.input?.(spec))
      if (!input.ok) return input
      return byCommands(acting, kind, (work) =>
        runScript(connection, commandsScript(run, work), commandsDeadlineSeconds, input.value),
      )
    }
    case 'unit': {
      const key = kind.unitKey?.(spec) ?? step.id
      return byCommands(acting, kind, (work) => waitForUnit(acting, unitScript(run, key, work)))
    }
    case 'transfer':
      return transfer(acting, kind.sends(spec))
    case 'wait': {
      const { pause, clock } = tools
      return waitReady(connection, kind.awaits(spec), { ask: () => tools.ask(kind.asks), pause, clock, stop })
    }
    case 'person':
      return fail(kind.leaves(spec))
    case 'unmake':
      return unmake(acting, kind.unmakes(spec))
    case 'farewell':
      return runScript(connection, farewellScript(tools.runId, kind.keepsData(spec)), farewellDeadlineSeconds)
  }
}

async function secretInput({ tools }: Acting, wanted: SecretInput | undefined): Promise<Result<{ stdin?: string }>> {
  if (wanted === undefined) return ok({})
  if (tools.secretInput === undefined) throw new Error('a run without secrets was given a step that needs one')
  const secret = await tools.secretInput(wanted)
  return secret.ok ? ok({ stdin: secret.value.reveal() }) : secret
}

async function lookAgain(doing: Doing): Promise<Result<'done'>> {
  const { id, spec } = doing.step
  const kind = kindOf(spec)
  // What the look would rest on is gone, and its script has looked itself.
  if (kind.by === 'farewell' || kind.by === 'unmake') return ok('done')
  const after = await askForStep(doing)
  if (!after.ok) return after
  if (kind.by === 'wait' || kind.isTrue(spec, after.value).holds) return ok('done')
  const detail = 'it ended without an error, but what it should bring about is not there'
  return fail({ kind: 'step-failed', step: id, detail })
}

/** The commands, and for each that may fail what undoes as far as it got. */
async function byCommands(
  { step: { id, spec }, tools: { runId }, facts }: Acting,
  kind: ActingKind<StepKindName>,
  carryOut: (work: Act) => Promise<Result<void>>,
): Promise<Result<void>> {
  const commands = kind.commands(spec, facts, runId)
  if (commands.length === 0) {
    return fail({ kind: 'step-failed', step: id, detail: 'the image it needs is not in the engine' })
  }
  return carryOut({ commands, undo: (failedAt) => kind.undo(spec, facts, { runId, failedAt }) })
}

async function unmake(acting: Acting, made: Made): Promise<Result<void>> {
  const { connection, step, run, facts } = acting
  const commands = await unmakeCommands(connection, made, facts)
  if (!commands.ok) return commands
  if (commands.value.length === 0) return ok(undefined)
  return waitForUnit(acting, unitScript(run, step.id, { commands: commands.value, undo: () => [] }))
}

/** Ends when the unit has ended, or a little after the run was told to stop: then the unit goes on by itself. */
async function waitForUnit({ connection, tools }: Acting, script: Script): Promise<Result<void>> {
  let stop = (): void => undefined
  const stopped = new Promise<void>((resolve) => {
    stop = () => void tools.pause(patienceMilliseconds).then(resolve)
  })
  if (tools.signal.aborted) stop()
  tools.signal.addEventListener('abort', stop, { once: true })
  try {
    return await runScript(connection, script, unitDeadlineSeconds, { stopped })
  } finally {
    tools.signal.removeEventListener('abort', stop)
  }
}
