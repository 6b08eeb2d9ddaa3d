// Whether what is asked now is what was asked before: half an evaluation of one model and half of another, or of two machines,
// says nothing.
import type { EvaluationSubject } from '../../domain/evaluation.ts'

/** The same deployment on the same appliance, made of the same weights and image in the same way. */
export function isSameModel(before: EvaluationSubject, now: EvaluationSubject): boolean {
  const parts = ['host', 'port', 'demo', 'deployment', 'model', 'entry', 'version', 'image', 'spec'] as const
  if (parts.some((one) => before[one] !== now[one])) return false
  return isAlike(before.weights, now.weights) && isSameEntry(before.modelEntry, now.modelEntry)
}

type ModelEntry = EvaluationSubject['modelEntry']

function isSameEntry(before: ModelEntry, now: ModelEntry): boolean {
  if (before === undefined || now === undefined) return true
  return before.entry === now.entry && before.version === now.version && isAlike(before.form, now.form)
}

/** Where one of the two is not known, nothing speaks against it. */
function isAlike(before: string | undefined, now: string | undefined): boolean {
  return before === undefined || now === undefined || before === now
}
