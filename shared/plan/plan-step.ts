// One step of a plan: asked whether it already holds, and weighed.
import { kindOf } from '../apply/all-kinds.ts'
import type { Artifact } from '../domain/artifact.ts'
import type { Facts } from '../domain/facts.ts'
import type { PlanStep, StepSpec } from '../domain/plan.ts'

export function planStepOf(id: string, spec: StepSpec, facts: Facts): PlanStep {
  const truth = kindOf(spec).isTrue(spec as never, facts)
  const missingBytes = spec.kind === 'artifact' ? missingBytesOf(spec.artifact, facts) : 0
  return {
    id,
    change: !truth.holds,
    reason: truth.reason,
    uploadBytes: missingBytes,
    diskBytes: spec.kind === 'image' ? spec.image.unpackedBytes : missingBytes,
    interrupts: truth.reason === 'container-differs' || (spec.kind === 'absent-container' && !truth.holds),
    spec,
  }
}

/** What an earlier run has sent lies there already and takes no more room. */
function missingBytesOf(artifact: Artifact, facts: Facts): number {
  const staged =
    facts.staged.state === 'known' ? facts.staged.value.find((f) => f.sha256 === artifact.sha256) : undefined
  return Math.max(0, artifact.bytes - (staged?.bytes ?? 0))
}
