// Evaluations, their sets and what two of them differ by, as lines for a person.
import type { EvaluationComparison, EvaluationResult } from '../../../shared/domain/evaluation.ts'
import { isResumable } from '../../../shared/domain/evaluation.ts'
import type { BroughtSet } from '../../../shared/domain/evaluation-set.ts'
import type { Words } from '../../../shared/words/words.ts'

/** Of what was refused so many lines are shown. */
const refusalsShown = 10

export function broughtLines({ set, refusals }: BroughtSet, { evaluation: said }: Words): string[] {
  const shown = refusals.slice(0, refusalsShown)
  const more = set.refused - shown.length
  return [
    said.brought(set),
    ...shown.map((one) => `  ${said.refusal(one)}`),
    ...(more > 0 ? [`  ${said.moreRefused(more)}`] : []),
  ]
}

export function evaluationLines(result: EvaluationResult, { evaluation: said }: Words): string[] {
  const { score, categories, end, thinks, set, settings, planned, evaluationId } = result
  const [ended, sample] = [said.ends[end], said.sample(settings, planned)]
  return [
    ...(ended === undefined ? [] : [ended]),
    ...(sample === undefined ? [] : [sample]),
    said.score(score),
    ...categories.map((one) => `  ${said.category(one.name, one.score)}`),
    ...(score.unreadable > 0 ? [said.unreadable(score.unreadable)] : []),
    ...(score.failed > 0 ? [said.failed(score.failed)] : []),
    ...(thinks === true ? [said.thinks] : []),
    set.builtIn === true ? said.smoke : said.caveat,
    said.took(result),
    ...(isResumable(result) ? [said.resumable(evaluationId)] : []),
  ]
}

export function evaluationComparisonLines(
  { before, after, difference, unlike }: EvaluationComparison,
  { evaluation: said }: Words,
): string[] {
  const compared =
    difference === undefined ? [said.notComparable] : [said.difference(difference), said.told[difference.told]]
  const differs = said.unlike(unlike)
  return [
    ...[said.head(before), said.head(after), ...compared],
    ...(differs === undefined ? [] : [differs]),
    said.caveat,
  ]
}
