// A plan from what was just gathered: made when somebody asks for one, and again around every run, to see
// whether it still holds.
import type { Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { isSetUp, type Plan, type SetUp, type SetUpPlan } from '../../shared/domain/plan.ts'
import type { PlanTools } from '../../shared/plan/assemble-plan.ts'
import { makePlan } from '../../shared/plan/make-plan.ts'
import { makeRollBack } from '../../shared/plan/roll-back.ts'
import { makeUninstall } from '../../shared/plan/uninstall.ts'
import type { Bundle } from '../catalog/bundle.ts'
import { gatherKept } from '../facts/kept.ts'
import type { Core } from './context.ts'

export type Wish = Pick<Plan, 'address' | 'soakSeconds'> & Pick<SetUp, 'solution' | 'bundleId'>

export function planTools({ tools }: Core): PlanTools {
  return { sha256: tools.sha256, now: tools.now() }
}

export function planFrom(core: Core, facts: Facts, bundle: Bundle, wish: Wish): Result<SetUpPlan> {
  const { solution, address, bundleId, soakSeconds } = wish
  const { signed } = bundle.header
  return makePlan(facts, bundle, { solution, address, bundleId, soakSeconds, signed }, planTools(core))
}

type Again = { readonly plan: Plan; readonly facts: Facts; readonly connection: Connection; readonly bundle?: Bundle }

/** The same wish again, from how things are now. */
export async function planAgain(core: Core, { plan, facts, connection, bundle }: Again): Promise<Result<Plan>> {
  if (isSetUp(plan)) {
    const { address, soakSeconds, purpose } = plan
    if (bundle === undefined) return fail({ kind: 'bundle-unknown', bundleId: purpose.bundleId })
    return planFrom(core, facts, bundle, { ...purpose, address, soakSeconds })
  }
  if (plan.purpose.act === 'uninstall') {
    const kept = await gatherKept(connection)
    return kept.ok ? ok(makeUninstall(facts, kept.value, plan.address, planTools(core))) : kept
  }
  const step = plan.steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec] : []))[0]
  if (step === undefined) return fail({ kind: 'plan-unknown', planId: plan.id })
  return ok(makeRollBack(facts, { keptAt: plan.createdAt, step }, plan, planTools(core)))
}
