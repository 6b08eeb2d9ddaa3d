// Evaluations that are kept: listed, read, and two of them compared. Of one that was cut off the answers that were heard lie
// on the disk, and are counted here.
import type {
  EvaluationComparison,
  EvaluationHead,
  EvaluationRecord,
  EvaluationResult,
} from '../../../shared/domain/evaluation.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { compareEvaluations, type Evaluated } from '../../../shared/verify/evaluation/compare.ts'
import { scoreOf } from '../../../shared/verify/evaluation/score.ts'
import type { Core } from '../context.ts'

type Part = Pick<Core, 'state' | 'benches'>

export function listEvaluations({ state, benches }: Part): Result<EvaluationHead[]> {
  return ok(
    state.evaluations.list().map((head) => {
      const going = benches.isGoing(head.evaluationId) ? { going: true as const } : {}
      if (head.end !== 'cut-off') return { ...head, ...going }
      const records = state.evaluations.records(head.evaluationId)
      return { ...head, ...going, ...(records.ok && { score: scoreOf(records.value) }) }
    }),
  )
}

export function readEvaluation(core: Pick<Core, 'state'>, evaluationId: string): Result<EvaluationResult | null> {
  const read = evaluatedOf(core, evaluationId)
  return read.ok ? ok(read.value?.result ?? null) : read
}

/** Those with a place in the set from `from` on, so many of them. */
export function recordsOf(
  { state }: Pick<Core, 'state'>,
  { evaluationId, from }: { readonly evaluationId: string; readonly from: number },
  atOnce: number,
): Result<EvaluationRecord[]> {
  const records = state.evaluations.records(evaluationId)
  return records.ok ? ok(records.value.filter(({ item }) => item >= from).slice(0, atOnce)) : records
}

type Two = { readonly before: string; readonly after: string }

export function compareKeptEvaluations(core: Pick<Core, 'state'>, two: Two): Result<EvaluationComparison | null> {
  const before = evaluatedOf(core, two.before)
  if (!before.ok) return before
  const after = evaluatedOf(core, two.after)
  if (!after.ok) return after
  return ok(before.value === null || after.value === null ? null : compareEvaluations(before.value, after.value))
}

/** With its answers; null where none of that id is kept. */
export function evaluatedOf({ state }: Pick<Core, 'state'>, evaluationId: string): Result<Evaluated | null> {
  const result = state.evaluations.read(evaluationId)
  if (!result.ok) return result
  if (result.value === null) return ok(null)
  const records = state.evaluations.records(evaluationId)
  if (!records.ok) return records
  const isCutOff = result.value.end === 'cut-off'
  const counted = isCutOff ? { ...result.value, score: scoreOf(records.value) } : result.value
  return ok({ result: counted, records: records.value })
}
