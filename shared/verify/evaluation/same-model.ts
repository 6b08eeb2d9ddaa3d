// Whether what is asked now is what was asked before: half an evaluation of one model and half of another says nothing.
import type { EvaluationSubject } from '../../domain/evaluation.ts'

/** The same deployment, made of the same weights and image in the same way; where it stands may have changed. */
export function isSameModel(before: EvaluationSubject, now: EvaluationSubject): boolean {
  const parts = ['deployment', 'model', 'entry', 'version', 'image', 'spec'] as const
  const isAlike = parts.every((one) => before[one] === now[one])
  const isKnown = before.weights !== undefined && now.weights !== undefined
  return isAlike && (!isKnown || before.weights === now.weights)
}
