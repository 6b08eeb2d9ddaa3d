// One-click setup, the recipe: gather, plan; then apply, gather and plan again, prove. The plan is saved
// in between, and applying takes its id and nothing else.
import type { Target } from '../../shared/contract/contract.ts'
import { addressText } from '../../shared/domain/appliance.ts'
import type { Artifact } from '../../shared/domain/artifact.ts'
import type { ByteSource, Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Plan } from '../../shared/domain/plan.ts'
import { valueOr } from '../../shared/domain/reading.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import { canonicalJson, digestOf } from '../../shared/plan/canonical.ts'
import { answerDifferences, answersOf } from '../../shared/plan/fingerprint.ts'
import { makePlan } from '../../shared/plan/make-plan.ts'
import { applyPlan, noteVerified } from '../apply/run.ts'
import { type Bundle, byteSourceOf } from '../catalog/bundle.ts'
import { openingOf } from './appliances.ts'
import { bundleOf } from './bundles.ts'
import type { CallContext, Core } from './context.ts'
import { askerFor, gatherNow } from './gather.ts'
import { proveDeployments } from './prove.ts'
import { refuse } from './refusal.ts'

type PlanInput = { readonly target: Target; readonly bundleId: string; readonly solution: string }

export async function planSetup(core: Core, input: PlanInput): Promise<Result<Plan>> {
  const opening = openingOf(core, input.target)
  if (!opening.ok) return opening
  const bundle = bundleOf(core, input.bundleId)
  if (!bundle.ok) return bundle
  return core.sessions.withConnection(opening.value, async (connection) => {
    const facts = await gatherNow(core, connection)
    if (!facts.ok) return facts
    const wish = { solution: input.solution, address: opening.value.address, bundleId: input.bundleId }
    const plan = planFrom(core, facts.value, bundle.value, wish)
    if (!plan.ok) return plan
    const saved = core.state.savePlan(plan.value)
    return saved.ok ? plan : saved
  })
}

type Wish = Pick<Plan, 'solution' | 'address' | 'bundleId'>

function planFrom(core: Core, facts: Facts, bundle: Bundle, wish: Wish): Result<Plan> {
  const tools = { sha256: core.tools.sha256, now: core.tools.now() }
  return makePlan(facts, bundle, { ...wish, signed: bundle.header.signed }, tools)
}

type ApplyInput = { readonly planId: string; readonly target: Target }

/** Throws a refusal for what stands in the way before the run; what happens in the run is in its events. */
export async function* applySetup(context: CallContext, input: ApplyInput): AsyncGenerator<RunEvent> {
  const { core } = context
  const prepared = await prepare(core, input)
  if (!prepared.ok) {
    await forgetLost(core, input.target, prepared.failure)
    throw refuse(prepared.failure)
  }
  const { plan, bundle, connection, facts } = prepared.value
  const ticker = core.runs.begin(plan.id)
  try {
    let ended: Extract<RunEvent, { event: 'run-end' }> | undefined
    const events = applyPlan(connection, plan, {
      runId: newRunId(core),
      who: context.operator,
      at: core.tools.now(),
      ask: askerFor(core, connection, facts),
      checkPremises: async () => {
        const still = await checkPremises(core, connection, plan, bundle)
        return still.ok ? ok(undefined) : still
      },
      source: (artifact: Artifact): ByteSource => byteSourceOf(bundle.folder, artifact),
      onProgress: ticker.show,
      pause: core.tools.pause,
      clock: core.tools.clock,
      signal: ticker.signal,
    })
    for await (const event of events) {
      if (event.event === 'run-end') ended = event
      yield event
    }
    if (ended?.failure !== undefined) await forgetLost(core, input.target, ended.failure)
    if (ended === undefined || ended.failure !== undefined) return
    const verified = await verify(core, connection, plan, bundle)
    // A run that changed nothing left no journal, and needs none.
    if (ended.changed > 0) await recordVerdict(connection, ended.run, verified)
    yield verified
  } finally {
    ticker.end()
  }
}

/** A lost link is not used again: the next call dials anew. */
async function forgetLost(core: Core, target: Target, failure: Failure): Promise<void> {
  const opening = openingOf(core, target)
  if (failure.kind === 'link-lost' && opening.ok) await core.sessions.forget(opening.value)
}

export function cancelSetup(core: Core, planId: string): Result<{ running: boolean }> {
  return ok({ running: core.runs.cancel(planId) })
}

type Prepared = { plan: Plan; bundle: Bundle; connection: Connection; facts: Facts }

async function prepare(core: Core, input: ApplyInput): Promise<Result<Prepared>> {
  const saved = core.state.readPlan(input.planId)
  if (!saved.ok) return saved
  const plan = saved.value
  // A plan file that somebody edited is not the plan that was shown.
  if (digestOf(plan.steps, core.tools.sha256) !== plan.digest) return fail({ kind: 'plan-unknown', planId: plan.id })
  const [blocker] = plan.blockers
  if (blocker !== undefined) return fail(blocker)
  const opening = openingOf(core, input.target)
  if (!opening.ok) return opening
  const { address } = opening.value
  if (canonicalJson(address) !== canonicalJson(plan.address)) {
    const differences = [`address: ${addressText(plan.address)} -> ${addressText(address)}`]
    return fail({ kind: 'plan-outdated', differences })
  }
  const bundle = bundleOf(core, plan.bundleId)
  if (!bundle.ok) return bundle
  const connection = await core.sessions.open(opening.value)
  if (!connection.ok) return connection
  const facts = await checkPremises(core, connection.value, plan, bundle.value)
  return facts.ok ? ok({ plan, bundle: bundle.value, connection: connection.value, facts: facts.value }) : facts
}

/** Looks again: nothing the plan read has changed, and nothing stands in its way now. */
async function checkPremises(core: Core, connection: Connection, plan: Plan, bundle: Bundle): Promise<Result<Facts>> {
  const facts = await gatherNow(core, connection)
  if (!facts.ok) return facts
  const specs = plan.steps.flatMap((s) => (s.spec.kind === 'container' ? [s.spec.spec] : []))
  const moved = answerDifferences(plan, answersOf(facts.value, specs))
  if (moved.length > 0) return fail({ kind: 'plan-outdated', differences: moved })
  const again = planFrom(core, facts.value, bundle, plan)
  if (!again.ok) return again
  const [blocker] = again.value.blockers
  return blocker === undefined ? facts : fail(blocker)
}

type VerifiedEvent = Extract<RunEvent, { event: 'verified' }>

async function verify(core: Core, connection: Connection, plan: Plan, bundle: Bundle): Promise<VerifiedEvent> {
  const facts = await gatherNow(core, connection)
  if (!facts.ok) throw refuse(facts.failure)
  const again = planFrom(core, facts.value, bundle, plan)
  if (!again.ok) throw refuse(again.failure)
  const verdict = await proveDeployments(core, connection, facts.value)
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

function newRunId(core: Core): string {
  const stamp = core.tools
    .now()
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z')
  return `run-${stamp}-${core.tools.randomId()}`
}
