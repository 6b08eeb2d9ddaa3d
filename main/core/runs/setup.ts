// One-click setup, the recipe: gather, plan; then apply, gather and plan again, prove. The plan is saved
// in between, and applying takes its id and nothing else.
import type { Target } from '../../../shared/contract/contract.ts'
import { addressText } from '../../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { UseWishes } from '../../../shared/domain/installed-model.ts'
import type { InterruptionRules } from '../../../shared/domain/interruption.ts'
import { unacceptedTerms } from '../../../shared/domain/licence-terms.ts'
import { defaultSoakSeconds, isSetUp, type Plan, type SetUpPlan } from '../../../shared/domain/plan.ts'
import { unagreedPrivileges } from '../../../shared/domain/privilege.ts'
import type { JournaledRun, RunEvent } from '../../../shared/domain/run.ts'
import { type Publishing, unagreedOpenings } from '../../../shared/domain/service-address.ts'
import type { PortWishes } from '../../../shared/domain/service-port.ts'
import type { SettingWishes } from '../../../shared/domain/setting.ts'
import { canonicalJson } from '../../../shared/plan/canonical.ts'
import { solutionIds } from '../../../shared/plan/catalog.ts'
import { readLastRun } from '../../apply/last-run.ts'
import type { Bundle } from '../../catalog/bundle.ts'
import type { Opening } from '../access/opening.ts'
import { openingOf, openingToChange } from '../appliances.ts'
import type { CallContext, Core } from '../context.ts'
import { bundleFor } from '../desk/bundles.ts'
import { gatherNow } from '../gather.ts'
import { approvedOf } from '../operators/approvals.ts'
import { refuse } from '../refusal.ts'
import { withAccepted } from './accepted-terms.ts'
import type { RunReader } from './console-runs.ts'
import { planFrom, type Wishes } from './plan-now.ts'
import { rankPlans } from './rank-plans.ts'
import { readPlan } from './read-plan.ts'
import { prepareRun } from './setup-run.ts'

type ProposeInput = { readonly target: Target; readonly bundleId: string }
type PlanInput = ProposeInput & {
  readonly solution: string
  readonly soakSeconds?: number | undefined
  readonly stopFirst?: true | undefined
  readonly rotatesKeys?: true | undefined
  readonly record?: true | undefined
  readonly recordAlert?: string | undefined
  readonly publish?: Publishing | undefined
  readonly settings?: SettingWishes | undefined
  readonly ports?: PortWishes | undefined
  readonly ignoreFit?: string[] | undefined
  readonly uses?: UseWishes | undefined
  readonly takeFrom?: string[] | undefined
}

/** A channel is the site's own: whoever only delivers does not get its secret onto a server. */
export function planSetupFor({ core, who }: CallContext, input: PlanInput): Promise<Result<SetUpPlan>> {
  if (input.recordAlert === undefined || who.rights.has('operate')) return planSetup(core, input)
  return Promise.resolve(fail({ kind: 'not-permitted', call: 'setup.plan', needs: ['operate'] }))
}

export async function planSetup(core: Core, input: PlanInput): Promise<Result<SetUpPlan>> {
  const plans = await planEach(core, input, () => [input])
  if (!plans.ok) return plans
  const [plan] = plans.value
  if (plan === undefined) throw new Error('one solution makes one plan')
  return ok(plan)
}

/** What could be installed from a bundle: a plan for each of its solutions, those that fit first. */
export async function proposeSetups(core: Core, input: ProposeInput): Promise<Result<SetUpPlan[]>> {
  const plans = await planEach(core, input, (bundle) => solutionIds(bundle).map((solution) => ({ solution })))
  return plans.ok ? ok(rankPlans(plans.value)) : plans
}

type Wanted = Pick<PlanInput, 'soakSeconds' | Wishes>

/** One look at the appliance, and from it a plan for each; all are saved. */
async function planEach(
  core: Core,
  { target, bundleId }: ProposeInput,
  wantedOf: (bundle: Bundle) => readonly Wanted[],
): Promise<Result<SetUpPlan[]>> {
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  const { address } = opening.value
  const bundle = bundleFor(core, { bundleId, address })
  if (!bundle.ok) return bundle
  return core.sessions.withConnection(opening.value, async (connection) => {
    const facts = await gatherNow(core, connection)
    if (!facts.ok) return facts
    const plans: SetUpPlan[] = []
    for (const { soakSeconds = defaultSoakSeconds, ...wanted } of wantedOf(bundle.value)) {
      const gathered = { connection, facts: facts.value, bundle: bundle.value }
      const plan = await planFrom(core, gathered, { ...wanted, address, bundleId, soakSeconds })
      if (!plan.ok) return plan
      const saved = core.state.savePlan(plan.value)
      if (!saved.ok) return saved
      plans.push(plan.value)
    }
    return ok(plans)
  })
}

/** `act`: what the call is for; a plan of another kind is not applied by it. */
type ApplyInput = InterruptionRules & {
  readonly planId: string
  readonly target: Target
  readonly takesOver?: string | undefined
  /** Names of licence terms. */
  readonly accepts?: readonly string[] | undefined
  /** What is opened to the local network, by address and port. */
  readonly opens?: readonly string[] | undefined
  /** What containers get beyond their limits, by service and name. */
  readonly privileges?: readonly string[] | undefined
  readonly acceptsExpired?: true | undefined
  readonly limitMbit?: number | undefined
  readonly act?: 'uninstall'
}

/**
 * Throws a refusal for what stands in the way before the run; what happens in the run is in its events. The
 * run begins with the call, not with the first read, so that a cancel after it finds it; it goes on when its reader
 * leaves, and a plan that is being applied is joined.
 */
export function applySetup(
  context: CallContext,
  { planId, act, ...wish }: ApplyInput,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  const plan = readPlan(context.core, planId)
  if (!plan.ok) throw refuse(plan.failure)
  if ((plan.value.purpose.act === 'uninstall') !== (act === 'uninstall')) {
    throw refuse({ kind: 'plan-unknown', planId })
  }
  const approved = approvedOf(context.core, context.who, planId)
  if (!approved.ok) throw refuse(approved.failure)
  return carryOut(context, { plan: plan.value, ...wish }, signal)
}

type Wish = Omit<ApplyInput, 'planId' | 'act'> & { readonly plan: Plan }

/** The same for a plan that somebody holds in their hands. */
export function carryOut(context: CallContext, wish: Wish, signal?: AbortSignal): AsyncGenerator<RunEvent> {
  const { core } = context
  const { plan, target, takesOver, limitMbit, accepts, opens, privileges: agreed, acceptsExpired, ...rules } = wish
  const licences = unacceptedTerms(plan.licences ?? [], accepts ?? [])
  if (licences.length > 0) throw refuse({ kind: 'licence-not-accepted', licences })
  const openings = unagreedOpenings(plan.openings ?? [], opens ?? [])
  if (openings.length > 0) throw refuse({ kind: 'opening-not-agreed', openings })
  const privileges = unagreedPrivileges(plan.privileges ?? [], agreed ?? [])
  if (privileges.length > 0) throw refuse({ kind: 'privilege-not-agreed', privileges })
  const expired = isSetUp(plan) ? plan.purpose.expired : undefined
  if (expired !== undefined && acceptsExpired !== true) {
    throw refuse({ kind: 'bundle-expired', publisher: expired.publisher, expires: expired.until })
  }
  const opening = placeFor(core, plan, target)
  if (!opening.ok) throw refuse(opening.failure)
  const entry = { opening: opening.value, rules, takesOver, limitMbit }
  const { id: planId, address, purpose } = plan
  const startedAt = core.tools.now()
  const head = { planId, address, purpose, startedAt }
  const noted = withAccepted(plan, { by: context.operator, at: startedAt, sha256: core.tools.sha256 })
  const joined = core.consoleRuns.join(head, (ticker) => prepareRun(context, { plan: noted, ticker, ...entry }))
  // It is under way by now; a bug in it waits for whoever reads.
  joined.catch(() => undefined)
  return eventsOnce(joined, signal)
}

async function* eventsOnce(joined: Promise<Result<RunReader>>, signal?: AbortSignal): AsyncGenerator<RunEvent> {
  const run = await joined
  if (!run.ok) throw refuse(run.failure)
  yield* run.value(signal)
}

/** Where the plan is to be carried out, where nothing that is known here already stands in its way. */
function placeFor(core: Core, plan: Plan, target: Target): Result<Opening> {
  const [blocker] = plan.blockers
  if (blocker !== undefined) return fail(blocker)
  const opening = openingToChange(core, target)
  if (!opening.ok) return opening
  const { address } = opening.value
  if (canonicalJson(address) === canonicalJson(plan.address)) return opening
  const differences = [`address: ${addressText(plan.address)} -> ${addressText(address)}`]
  return fail({ kind: 'plan-outdated', differences })
}

export function cancelSetup(core: Core, planId: string): Result<{ running: boolean }> {
  return ok({ running: core.consoleRuns.cancel(planId) })
}

/** What the appliance's own journal tells of its newest run. */
export async function lastRun(core: Core, target: Target): Promise<Result<JournaledRun | null>> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  return core.sessions.withConnection(opening.value, readLastRun)
}
