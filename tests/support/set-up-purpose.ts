// What plans and runs of tests are made for.
import type { Plan, PlanPurpose, SetUp } from '../../shared/domain/plan.ts'
import { planDigest } from '../../shared/plan/assemble-plan.ts'
import { tools } from './plan-cases.ts'

export function settingUp(solution: string, bundleId = 'bundle-1'): SetUp {
  return { act: 'set-up', bundleId, signed: false, solution, solutionVersion: '1' }
}

/** As if it had been made for this: a plan that somebody edited is not read again. */
export function madeFor<P extends PlanPurpose>(plan: Plan, purpose: P): Plan & { readonly purpose: P } {
  return { ...plan, purpose, digest: planDigest({ ...plan, purpose }, tools.sha256) }
}
