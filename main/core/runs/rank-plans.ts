// The order in which solutions are proposed: what fits before what does not, and the larger before the
// smaller: who has a machine for the large model wants to see that first.
import { isAsked } from '../../../shared/domain/deployment.ts'
import type { Plan, SetUpPlan } from '../../../shared/domain/plan.ts'

export function rankPlans(plans: readonly SetUpPlan[]): SetUpPlan[] {
  return [...plans].sort(
    (a, b) =>
      Number(a.blockers.length > 0) - Number(b.blockers.length > 0) ||
      artifactBytes(b) - artifactBytes(a) ||
      containers(b) - containers(a) ||
      (a.purpose.solution < b.purpose.solution ? -1 : 1),
  )
}

/** Of everything the solution is made of, also of what lies there already. */
function artifactBytes({ steps }: Plan): number {
  return steps.reduce((sum, { spec }) => sum + (spec.kind === 'artifact' ? spec.artifact.bytes : 0), 0)
}

function containers({ steps }: Plan): number {
  return steps.filter(({ spec }) => spec.kind === 'container' && isAsked(spec.proof)).length
}
