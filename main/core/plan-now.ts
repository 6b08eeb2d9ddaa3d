// A plan from what was just gathered: made when somebody asks for one, and again around every run, to see
// whether it still holds.
import type { Facts } from '../../shared/domain/facts.ts'
import type { Result } from '../../shared/domain/failure.ts'
import type { Plan } from '../../shared/domain/plan.ts'
import { makePlan } from '../../shared/plan/make-plan.ts'
import type { Bundle } from '../catalog/bundle.ts'
import type { Core } from './context.ts'

export type Wish = Pick<Plan, 'solution' | 'address' | 'bundleId' | 'soakSeconds'>

export function planFrom(core: Core, facts: Facts, bundle: Bundle, wish: Wish): Result<Plan> {
  const tools = { sha256: core.tools.sha256, now: core.tools.now() }
  const { solution, address, bundleId, soakSeconds } = wish
  return makePlan(facts, bundle, { solution, address, bundleId, soakSeconds, signed: bundle.header.signed }, tools)
}
