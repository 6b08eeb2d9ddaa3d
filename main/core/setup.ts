// One-click setup, the recipe: gather, plan; then apply, gather and plan again, prove. The plan is saved
// in between, and applying takes its id and nothing else.
import type { Target } from '../../shared/contract/contract.ts'
import { addressText } from '../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { defaultSoakSeconds, type Plan } from '../../shared/domain/plan.ts'
import type { JournaledRun, RunEvent } from '../../shared/domain/run.ts'
import { canonicalJson, digestOf } from '../../shared/plan/canonical.ts'
import { solutionIds } from '../../shared/plan/catalog.ts'
import { readLastRun } from '../apply/last-run.ts'
import type { Bundle } from '../catalog/bundle.ts'
import { openingOf, openingToChange } from './appliances.ts'
import { bundleFor } from './bundles.ts'
import type { CallContext, Core } from './context.ts'
import { gatherNow } from './gather.ts'
import type { Opening } from './opening.ts'
import { planFrom } from './plan-now.ts'
import { rankPlans } from './rank-plans.ts'
import { refuse } from './refusal.ts'
import { prepareRun } from './setup-run.ts'

type ProposeInput = { readonly target: Target; readonly bundleId: string }
type PlanInput = ProposeInput & { readonly solution: string; readonly soakSeconds?: number | undefined }

export async function planSetup(core: Core, input: PlanInput): Promise<Result<Plan>> {
  const { solution, soakSeconds } = input
  const plans = await planEach(core, input, () => [{ solution, soakSeconds }])
  if (!plans.ok) return plans
  const [plan] = plans.value
  if (plan === undefined) throw new Error('one solution makes one plan')
  return ok(plan)
}

/** What could be installed from a bundle: a plan for each of its solutions, those that fit first. */
export async function proposeSetups(core: Core, input: ProposeInput): Promise<Result<Plan[]>> {
  const plans = await planEach(core, input, (bundle) => solutionIds(bundle).map((solution) => ({ solution })))
  return plans.ok ? ok(rankPlans(plans.value)) : plans
}

type Wanted = Pick<PlanInput, 'solution' | 'soakSeconds'>

/** One look at the appliance, and from it a plan for each; all are saved. */
async function planEach(
  core: Core,
  { target, bundleId }: ProposeInput,
  wantedOf: (bundle: Bundle) => readonly Wanted[],
): Promise<Result<Plan[]>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  const { address } = opening.value
  const bundle = bundleFor(core, { bundleId, address })
  if (!bundle.ok) return bundle
  return core.sessions.withConnection(opening.value, async (connection) => {
    const facts = await gatherNow(core, connection)
    if (!facts.ok) return facts
    const plans: Plan[] = []
    for (const { solution, soakSeconds = defaultSoakSeconds } of wantedOf(bundle.value)) {
      const gathered = { connection, facts: facts.value, bundle: bundle.value }
      const plan = await planFrom(core, gathered, { solution, address, bundleId, soakSeconds })
      if (!plan.ok) return plan
      const saved = core.state.savePlan(plan.value)
      if (!saved.ok) return saved
      plans.push(plan.value)
    }
    return ok(plans)
  })
}

/** A saved plan. A file that somebody edited is not the plan that was shown. */
export function readPlan(core: Core, planId: string): Result<Plan> {
  const saved = core.state.readPlan(planId)
  if (!saved.ok) return saved
  return digestOf(saved.value.steps, core.tools.sha256) === saved.value.digest
    ? saved
    : fail({ kind: 'plan-unknown', planId })
}

type ApplyInput = { readonly planId: string; readonly target: Target }

/**
 * Throws a refusal for what stands in the way before the run; what happens in the run is in its events. The
 * run goes on when its reader leaves; a plan that is being applied is joined.
 */
export async function* applySetup(
  context: CallContext,
  input: ApplyInput,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { core } = context
  const plan = applicable(core, input)
  if (!plan.ok) throw refuse(plan.failure)
  const { opening } = plan.value
  const run = await core.consoleRuns.join(input.planId, () => prepareRun(context, plan.value.plan, opening))
  if (!run.ok) throw refuse(run.failure)
  yield* run.value(signal)
}

/** The plan, where nothing that is known here already stands in its way. */
function applicable(core: Core, { planId, target }: ApplyInput): Result<{ plan: Plan; opening: Opening }> {
  const plan = readPlan(core, planId)
  if (!plan.ok) return plan
  const [blocker] = plan.value.blockers
  if (blocker !== undefined) return fail(blocker)
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  const { address } = opening.value
  if (canonicalJson(address) !== canonicalJson(plan.value.address)) {
    const differences = [`address: ${addressText(plan.value.address)} -> ${addressText(address)}`]
    return fail({ kind: 'plan-outdated', differences })
  }
  return ok({ plan: plan.value, opening: opening.value })
}

export function cancelSetup(core: Core, planId: string): Result<{ running: boolean }> {
  return ok({ running: core.runs.cancel(planId) })
}

/** What the appliance's own journal tells of its newest run. */
export async function lastRun(core: Core, target: Target): Promise<Result<JournaledRun | null>> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, readLastRun)
}
