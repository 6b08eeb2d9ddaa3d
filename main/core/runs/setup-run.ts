// One run of a plan, from the last look before it to the proof after it. Preparing can be refused, or cancelled; what
// happens once the events are read is in the events.
import { heldParts } from '../../../shared/apply/held-parts.ts'
import type { Artifact } from '../../../shared/domain/artifact.ts'
import type { ByteSource, Connection } from '../../../shared/domain/connection.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../../shared/domain/interruption.ts'
import { changesNothing, isSetUp, type Plan } from '../../../shared/domain/plan.ts'
import { valueOr } from '../../../shared/domain/reading.ts'
import { type RunEvent, stateAfter, type VerifiedEvent } from '../../../shared/domain/run.ts'
import { changedSince, installedSince } from '../../../shared/plan/changed-since.ts'
import { answerDifferences, answersOf, wantedIn } from '../../../shared/plan/fingerprint.ts'
import { writeBaseline } from '../../apply/baseline.ts'
import { isLeftOpen } from '../../apply/last-run.ts'
import { applyPlan, firstOf, noteVerified } from '../../apply/run.ts'
import type { RunTools } from '../../apply/run-tools.ts'
import { byteSourceOf } from '../../catalog/bundle.ts'
import { gatherEngineFacts } from '../../facts/engine-facts.ts'
import { gatherKept } from '../../facts/kept.ts'
import type { Opening } from '../access/opening.ts'
import { copyToAppliance } from '../audit/copy-to-appliance.ts'
import { askAfterSetup } from '../canary/after-setup.ts'
import type { CallContext, Core } from '../context.ts'
import { bundleFor } from '../desk/bundles.ts'
import type { VouchedBundle } from '../desk/trusted-bundle.ts'
import { withPlaces } from '../devices/on-processor.ts'
import { askerFor, gatherNow } from '../gather.ts'
import { recorderAlertConfig } from '../recorder/recorder-alert.ts'
import { refuse } from '../refusal.ts'
import { auditRun } from './audit-run.ts'
import { beforeInterruption } from './before-interruption.ts'
import type { RunTicker } from './console-runs.ts'
import { asDone, planAgain } from './plan-now.ts'
import { lasting, proveDeployments } from './prove.ts'
import { withOrigins } from './verdict-origins.ts'

type Ready = {
  readonly plan: Plan
  readonly ticker: RunTicker
  readonly run: string
  /** Where the plan's bytes come from; one that goes back or takes away needs none. */
  readonly bundle?: VouchedBundle
  readonly opening: Opening
  readonly takesOver?: string | undefined
  readonly limitMbit?: number | undefined
  readonly rules: InterruptionRules
  readonly connection: Connection
  readonly facts: Facts
}

/** What, where, what is kept to before a service is interrupted, whose live run gives way, and what uploads may take. */
type Asked = Pick<Ready, 'plan' | 'ticker' | 'opening' | 'rules' | 'takesOver' | 'limitMbit'>

export async function prepareRun(context: CallContext, asked: Asked): Promise<Result<AsyncIterable<RunEvent>>> {
  const { core } = context
  const { plan, ticker } = asked
  const run = newRunId(core)
  // Looking changes nothing: whoever cancels does not wait for it to end.
  const looked = await unlessAborted(ticker.signal, () => lookBefore(core, asked))
  if (looked === 'aborted') return ok(auditRun(context, { plan, run, machineId: null }, cancelledBefore(plan, run)))
  if (!looked.ok) return looked
  const ready = { ...asked, run, ...looked.value }
  const machineId = valueOr(ready.facts.machineId, null)
  return ok(auditRun(context, { plan, run, machineId }, eventsOfRun(context, ready)))
}

async function lookBefore(
  core: Core,
  { plan, opening }: Asked,
): Promise<Result<Pick<Ready, 'bundle' | 'connection' | 'facts'>>> {
  const found = isSetUp(plan) ? bundleFor(core, { ...plan.purpose, address: plan.address }) : ok(undefined)
  if (!found.ok) return found
  const bundle = found.value === undefined ? {} : { bundle: found.value }
  if (hasExpiredSince(plan, found.value)) return fail({ kind: 'plan-outdated', differences: ['bundle: expired'] })
  const connection = await core.sessions.open(opening)
  if (!connection.ok) return connection
  const facts = await checkPremises(core, { plan, connection: connection.value, ...bundle }, changedSince)
  if (facts.ok) return ok({ ...bundle, connection: connection.value, facts: facts.value })
  await forgetLost(core, opening, facts.failure)
  return facts
}

/** Whoever agreed to the plan did not hear that nobody vouches for it any more. */
function hasExpiredSince(plan: Plan, bundle: VouchedBundle | undefined): boolean {
  const isExpired = bundle?.vouching.signed === true && bundle.vouching.expired
  return isExpired && isSetUp(plan) && plan.purpose.expired === undefined
}

async function unlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | 'aborted'> {
  if (signal.aborted) return 'aborted'
  const aborted = new Promise<'aborted'>((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'), { once: true })
  })
  return Promise.race([aborted, work()])
}

async function* cancelledBefore(plan: Plan, run: string): AsyncGenerator<RunEvent> {
  const failure: Failure = { kind: 'cancelled', at: firstOf(plan) }
  yield { event: 'run-end', run, changed: 0, unchanged: 0, sentBytes: 0, failure }
}

async function* eventsOfRun(context: CallContext, ready: Ready): AsyncGenerator<RunEvent> {
  const { core } = context
  const { plan, connection } = ready
  const closesAnother = changesNothing(plan) && (await isLeftOpen(connection))
  const tools = { ...runTools(context, ready), closesAnother }
  let ended: Extract<RunEvent, { event: 'run-end' }> | undefined
  for await (const event of applyPlan(connection, plan, tools)) {
    if (event.event === 'run-end') ended = await withHeld(connection, plan, event)
    yield event.event === 'run-end' && ended !== undefined ? ended : event
  }
  if (ended !== undefined && (leavesJournal(plan, ended) || closesAnother)) {
    await copyToAppliance(core, connection, { plan, machineId: valueOr(ready.facts.machineId, null) })
  }
  if (ended?.failure !== undefined) await forgetLost(core, ready.opening, ended.failure)
  if (ended === undefined || ended.failure !== undefined) return
  // A plan that changes nothing takes no time: the look before it still says how things are.
  const facts = changesNothing(plan) ? ok(ready.facts) : await gatherNow(core, connection)
  if (!facts.ok) throw refuse(facts.failure)
  const verified = await verify(context, { ...ready, facts: facts.value })
  // A run that changed nothing left no journal, and needs none; one that took it away has none any more.
  if ((ended.changed > 0 || closesAnother) && plan.purpose.act !== 'uninstall') {
    if (isSetUp(plan) && stateAfter(verified) === 'healthy') await recordServer(connection, facts.value)
    // The verdict closes the run: a console that dies before leaves all of this to the next one.
    await recordVerdict(connection, ended.run, verified)
  }
  yield verified
}

/** One that changed something, as far as it came; one that took everything away leaves nothing. */
function leavesJournal({ purpose }: Plan, { changed, failure }: RunEnd): boolean {
  return changed > 0 && purpose.act !== 'uninstall' && failure?.kind !== 'link-lost' && failure?.kind !== 'lock-lost'
}

type RunEnd = Extract<RunEvent, { event: 'run-end' }>

/** A run that stopped between the parts of a service and the service says what it left. */
async function withHeld(connection: Connection, { steps }: Plan, end: RunEnd): Promise<RunEnd> {
  const hasParts = steps.some(({ change, spec }) => change && spec.kind === 'container' && spec.heldFor !== undefined)
  if (end.failure === undefined || !hasParts || end.failure.kind === 'link-lost') return end
  const engine = await gatherEngineFacts(connection)
  const held = engine.ok ? heldParts(engine.value) : []
  return held.length === 0 ? end : { ...end, held }
}

function runTools({ core, operator }: CallContext, ready: Ready): RunTools {
  const { bundle, connection, facts, rules, takesOver, limitMbit, ticker } = ready
  const { tools } = core
  const ask = askerFor(core, connection, facts)
  return {
    takesOver,
    runId: ready.run,
    who: operator,
    at: core.tools.now(),
    ask,
    beforeInterruption: beforeInterruption({ connection, ask, rules, tools, signal: ticker.signal }),
    checkPremises: async () => {
      const still = await checkPremises(core, ready)
      return still.ok ? ok(undefined) : still
    },
    source: (artifact: Artifact): ByteSource => {
      if (bundle === undefined) throw new Error(`a plan without a bundle sends ${artifact.id}`)
      return byteSourceOf(bundle.folder, artifact, core.reading)
    },
    secretInput: ({ recorderAlert }) => recorderAlertConfig(core, recorderAlert, ready.plan.address),
    onProgress: ticker.show,
    limitBytesPerSecond: limitMbit === undefined ? undefined : (limitMbit * 1_000_000) / 8,
    pause: core.tools.pause,
    clock: core.tools.clock,
    signal: ticker.signal,
  }
}

/** A lost link is not used again: the next call dials anew. */
async function forgetLost(core: Core, opening: Opening, failure: Failure): Promise<void> {
  if (failure.kind === 'link-lost') await core.sessions.forget(opening)
}

/** Looks again: nothing the plan read has changed, and nothing stands in its way now. */
async function checkPremises(
  core: Core,
  { plan, connection, bundle }: Pick<Ready, 'plan' | 'connection' | 'bundle'>,
  moreDifferences: (plan: Plan, again: Plan) => string[] = () => [],
): Promise<Result<Facts>> {
  const facts = await gatherNow(core, connection)
  if (!facts.ok) return facts
  const moved = answerDifferences(plan, answersOf(facts.value, wantedIn(plan.steps)))
  if (moved.length > 0) return fail({ kind: 'plan-outdated', differences: moved })
  const again = await planAgain(core, { plan, connection, facts: facts.value, bundle })
  if (!again.ok) return again
  const changed = [...installedSince(plan, again.value), ...moreDifferences(plan, again.value)]
  if (changed.length > 0) return fail({ kind: 'plan-outdated', differences: changed })
  const [blocker] = again.value.blockers
  return blocker === undefined ? facts : fail(blocker)
}

async function verify(context: CallContext, ready: Ready): Promise<VerifiedEvent> {
  const { core } = context
  const { plan, connection, facts, ticker } = ready
  const again = await planAgain(core, { ...ready, plan: asDone(plan) })
  if (!again.ok) throw refuse(again.failure)
  const proven = await proveDeployments(connection, facts, { clock: core.tools.clock })
  if (proven.ok) {
    const setup = { plan, facts, verdict: proven.value, signal: ticker.signal }
    const asked = await askAfterSetup(context, { address: plan.address, connection }, setup)
    if (!asked.ok) throw refuse(asked.failure)
  }
  const placed = await withPlaces(core, { connection }, proven)
  const verdict = lasting(core, plan.address, withOrigins(core, facts, placed))
  if (!verdict.ok) throw refuse(verdict.failure)
  const stillToDo = again.value.steps.filter((s) => s.change).map((s) => s.id)
  return { event: 'verified', stillToDo, verdict: verdict.value }
}

async function recordVerdict(
  connection: Connection,
  run: string,
  { verdict, stillToDo }: VerifiedEvent,
): Promise<void> {
  const proofs = verdict.deployments.flatMap(({ deployment, proof }) =>
    proof === undefined
      ? []
      : [{ deployment, ttftMs: proof.ttftMs, tokensPerSecond: valueOr(proof.tokensPerSecond, null) }],
  )
  const noted = await noteVerified(connection, { run, verdict: verdict.state, stillToDo, proofs })
  if (!noted.ok) throw refuse(noted.failure)
}

/** How the server is under the stack that was just proven. */
async function recordServer(connection: Connection, facts: Facts): Promise<void> {
  const kept = await gatherKept(connection)
  const written = kept.ok ? await writeBaseline(connection, facts, kept.value) : kept
  if (!written.ok) throw refuse(written.failure)
}

function newRunId(core: Core): string {
  const stamp = core.tools
    .now()
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z')
  return `run-${stamp}-${core.tools.randomId()}`
}
