// One-click setup, the recipe: gather, plan; then apply, gather and plan again, prove. The plan is saved
// in between, and applying takes its id and nothing else.
import type { Target } from '../../shared/contract/contract.ts'
import type { Artifact } from '../../shared/domain/artifact.ts'
import type { ByteSource, Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Plan } from '../../shared/domain/plan.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import { diskBlockers } from '../../shared/plan/blockers.ts'
import { answerDifferences, answersOf } from '../../shared/plan/fingerprint.ts'
import { makePlan } from '../../shared/plan/make-plan.ts'
import { applyPlan } from '../apply/run.ts'
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
  if (!prepared.ok) throw refuse(prepared.failure)
  const { plan, bundle, connection, facts } = prepared.value
  const ticker = core.runs.begin(plan.id)
  try {
    let failed = false
    const events = applyPlan(connection, plan, {
      runId: newRunId(core),
      who: context.operator,
      at: core.tools.now(),
      ask: askerFor(core, connection, facts),
      source: (artifact: Artifact): ByteSource => byteSourceOf(bundle.folder, artifact),
      onProgress: ticker.show,
      pause: core.tools.pause,
      clock: core.tools.clock,
      signal: ticker.signal,
    })
    for await (const event of events) {
      if (event.event === 'run-end') failed = event.failure !== undefined
      yield event
    }
    if (!failed) yield await verify(core, connection, plan, bundle)
  } finally {
    ticker.end()
  }
}

export function cancelSetup(core: Core, planId: string): Result<{ running: boolean }> {
  return ok({ running: core.runs.cancel(planId) })
}

type Prepared = { plan: Plan; bundle: Bundle; connection: Connection; facts: Facts }

async function prepare(core: Core, input: ApplyInput): Promise<Result<Prepared>> {
  const plan = core.state.readPlan(input.planId)
  if (!plan.ok) return plan
  const [blocker] = plan.value.blockers
  if (blocker !== undefined) return fail(blocker)
  const opening = openingOf(core, input.target)
  if (!opening.ok) return opening
  const bundle = bundleOf(core, plan.value.bundleId)
  if (!bundle.ok) return bundle
  const facts = await core.sessions.withConnection(opening.value, (connection) => gatherNow(core, connection))
  if (!facts.ok) return facts
  const connection = await core.sessions.open(opening.value)
  if (!connection.ok) return connection
  const moved = whatMoved(plan.value, facts.value)
  if (moved.length > 0) return fail({ kind: 'plan-outdated', differences: moved })
  const [full] = diskBlockers(plan.value.steps, facts.value)
  if (full !== undefined) return fail(full)
  return ok({ plan: plan.value, bundle: bundle.value, connection: connection.value, facts: facts.value })
}

function whatMoved(plan: Plan, facts: Facts): string[] {
  const specs = plan.steps.flatMap((s) => (s.spec.kind === 'container' ? [s.spec.spec] : []))
  const deployments = specs.map((s) => s.deployment)
  const ports = specs.map((s) => s.hostPort)
  return answerDifferences(plan, answersOf(facts, deployments, ports))
}

async function verify(core: Core, connection: Connection, plan: Plan, bundle: Bundle): Promise<RunEvent> {
  const facts = await gatherNow(core, connection)
  if (!facts.ok) throw refuse(facts.failure)
  const again = planFrom(core, facts.value, bundle, plan)
  if (!again.ok) throw refuse(again.failure)
  const verdict = await proveDeployments(core, connection, facts.value)
  if (!verdict.ok) throw refuse(verdict.failure)
  const stillToDo = again.value.steps.filter((s) => s.change).map((s) => s.id)
  return { event: 'verified', stillToDo, verdict: verdict.value }
}

function newRunId(core: Core): string {
  const stamp = core.tools
    .now()
    .replaceAll(/[-:]/g, '')
    .replace(/\.\d+Z$/, 'Z')
  return `run-${stamp}-${core.tools.randomId()}`
}
