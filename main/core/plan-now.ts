// A plan from what was just gathered: made when somebody asks for one, and again around every run, to see
// whether it still holds. Where it would change the system itself, that is looked at and the plan made once more.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { Kept, KeptVersion } from '../../shared/domain/kept.ts'
import { isSetUp, type Plan, type PlanStep, type SetUp, type SetUpPlan } from '../../shared/domain/plan.ts'
import type { PlanTools } from '../../shared/plan/assemble-plan.ts'
import type { PlanFacts } from '../../shared/plan/host-packages.ts'
import { makePlan } from '../../shared/plan/make-plan.ts'
import { makeRollBack, type RollBackWish } from '../../shared/plan/roll-back.ts'
import { replacesSomething } from '../../shared/plan/spare.ts'
import { makeUninstall } from '../../shared/plan/uninstall.ts'
import { lookAtHost } from '../apply/host-look.ts'
import { gatherMade } from '../apply/made.ts'
import type { Bundle } from '../catalog/bundle.ts'
import { gatherKept } from '../facts/kept.ts'
import type { Core } from './context.ts'

export type Wish = Pick<Plan, 'address' | 'soakSeconds'> & Pick<SetUp, 'solution' | 'bundleId' | 'stopFirst'>

export function planTools({ tools }: Core): PlanTools {
  return { sha256: tools.sha256, now: tools.now() }
}

type Gathered = { readonly connection: Connection; readonly facts: Facts; readonly bundle: Bundle }

export async function planFrom(
  core: Core,
  { connection, facts, bundle }: Gathered,
  wish: Wish,
): Promise<Result<SetUpPlan>> {
  const { solution, address, bundleId, soakSeconds, stopFirst } = wish
  const wanted = { solution, address, bundleId, soakSeconds, stopFirst, signed: bundle.header.signed }
  return withHost(connection, facts, (known) => makePlan(known, bundle, wanted, planTools(core)))
}

/** Back to a kept version, from how things are now. */
export function rollBackFrom(
  core: Core,
  { connection, facts }: Omit<Gathered, 'bundle'>,
  version: KeptVersion,
  wish: RollBackWish,
): Promise<Result<Plan>> {
  return withHost(connection, facts, (known) => ok(makeRollBack(known, version, wish, planTools(core))))
}

async function withHost<P extends Plan>(
  connection: Connection,
  facts: Facts,
  plan: (known: PlanFacts) => Result<P>,
): Promise<Result<P>> {
  const first = plan(facts)
  const steps = first.ok ? first.value.steps : []
  // Most plans ask nothing of the system but what the facts say.
  const specs = steps.map(({ spec }) => spec)
  const looks = specs.some((spec) => kindOf(spec).look !== undefined)
  if (!looks && !replacesSomething(steps)) return first
  const host = looks ? await lookAtHost(connection, specs) : ok(undefined)
  if (!host.ok) return host.failure.kind === 'replay-only' ? first : host
  const kept = await keptBy(connection, steps)
  if (!kept.ok) return kept
  return plan({ ...facts, ...(host.value && { host: host.value }), ...(kept.value && { kept: kept.value }) })
}

/** Of what cannot be read nothing is taken away; it stands in no other way. */
async function keptBy(connection: Connection, steps: readonly PlanStep[]): Promise<Result<Kept | undefined>> {
  const kept = replacesSomething(steps) ? await gatherKept(connection) : ok(undefined)
  if (kept.ok) return kept
  const { kind } = kept.failure
  return kind === 'replay-only' || kind === 'facts-unreadable' ? ok(undefined) : kept
}

type Again = {
  readonly plan: Plan
  readonly facts: Facts
  readonly connection: Connection
  readonly bundle?: Bundle | undefined
}

/** The same wish again, from how things are now. */
export async function planAgain(core: Core, { plan, facts, connection, bundle }: Again): Promise<Result<Plan>> {
  if (isSetUp(plan)) {
    const { address, soakSeconds, purpose } = plan
    if (bundle === undefined) return fail({ kind: 'bundle-unknown', bundleId: purpose.bundleId })
    return planFrom(core, { connection, facts, bundle }, { ...purpose, address, soakSeconds })
  }
  if (plan.purpose.act === 'uninstall') {
    const [kept, made] = [await gatherKept(connection), await gatherMade(connection)]
    if (!kept.ok) return kept
    if (!made.ok) return made
    const { address, purpose } = plan
    const installed = { facts, kept: kept.value, made: made.value }
    return ok(makeUninstall(installed, { address, ...purpose }, planTools(core)))
  }
  const step = plan.steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec] : []))[0]
  if (step === undefined) return fail({ kind: 'plan-unknown', planId: plan.id })
  return rollBackFrom(core, { connection, facts }, { keptAt: plan.createdAt, step }, plan)
}
