// A plan that was made here, as it was saved.
import { fail, type Result } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { isAsMade } from '../../../shared/plan/assemble-plan.ts'
import type { Core } from '../context.ts'

/** A file that somebody edited is not the plan that was shown. */
export function readPlan(core: Core, planId: string): Result<Plan> {
  const saved = core.state.readPlan(planId)
  if (!saved.ok) return saved
  return isAsMade(saved.value, core.tools.sha256) ? saved : fail({ kind: 'plan-unknown', planId })
}
