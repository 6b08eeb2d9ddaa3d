// The commands of a step and what undoes them, of a kind that has any.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { ActingKind } from '../../shared/apply/step-kind.ts'
import type { StepSpec } from '../../shared/domain/plan.ts'

export function actingKindOf<S extends StepSpec>(spec: S): ActingKind<S['kind']> {
  const kind = kindOf(spec)
  if (!('commands' in kind)) throw new Error(`${spec.kind} has no commands`)
  return kind as ActingKind<S['kind']>
}
