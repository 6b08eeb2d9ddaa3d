// Two evaluations beside each other: of the questions that both were asked, how far their shares of right answers differ,
// with the interval of Newcombe (1998) for pairs, which counts that the same questions are hard for both.
import {
  type EvaluationComparison,
  type EvaluationRecord,
  type EvaluationResult,
  type EvaluationUnlike,
  evaluationHeadOf,
} from '../../domain/evaluation.ts'
import { wilson } from './score.ts'

export type Evaluated = { readonly result: EvaluationResult; readonly records: readonly EvaluationRecord[] }

/** Of what was asked of either so much may have failed: what fails is seldom a fair sample. */
const mostFailed = 0.02

/** The older one comes first, in whichever order they are given. */
export function compareEvaluations(one: Evaluated, other: Evaluated): EvaluationComparison {
  const [before, after] =
    Date.parse(other.result.startedAt) < Date.parse(one.result.startedAt) ? [other, one] : [one, other]
  const heads = {
    ...{ before: evaluationHeadOf(before.result), after: evaluationHeadOf(after.result) },
    unlike: unlikeIn(before.result, after.result),
  }
  if (before.result.set.digest !== after.result.set.digest) return heads
  const pairs = pairsOf(before.records, after.records)
  if (pairs.items === 0) return heads
  const difference = differenceOf(pairs)
  const isTold = [before, after].every(({ result }) => failedShare(result) <= mostFailed)
  return { ...heads, difference: isTold ? difference : { ...difference, told: 'too-many-failed' } }
}

function failedShare({ score: { failed, asked } }: EvaluationResult): number {
  return failed === 0 ? 0 : failed / (failed + asked)
}

function unlikeIn(before: EvaluationResult, after: EvaluationResult): EvaluationUnlike[] {
  const settings = (['outputTokens', 'limit', 'seed'] as const).filter(
    (one) => before.settings[one] !== after.settings[one],
  )
  return [
    ...settings,
    ...(before.subject.demo !== after.subject.demo ? (['demo'] as const) : []),
    ...(before.thinks !== after.thinks ? (['thinks'] as const) : []),
  ]
}

/** How many questions both had right, only one of them, and neither. */
export type Pairs = {
  readonly items: number
  readonly both: number
  readonly onlyBefore: number
  readonly onlyAfter: number
}

function pairsOf(before: readonly EvaluationRecord[], after: readonly EvaluationRecord[]): Pairs {
  const known = new Map(before.filter(isAnswered).map((one) => [one.item, one.verdict === 'right']))
  const pairs = { items: 0, both: 0, onlyBefore: 0, onlyAfter: 0 }
  for (const { item, verdict } of after.filter(isAnswered)) {
    const was = known.get(item)
    if (was === undefined) continue
    const is = verdict === 'right'
    pairs.items += 1
    if (was && is) pairs.both += 1
    else if (was) pairs.onlyBefore += 1
    else if (is) pairs.onlyAfter += 1
  }
  return pairs
}

function isAnswered({ verdict }: EvaluationRecord): boolean {
  return verdict !== 'failed'
}

export function differenceOf({
  items,
  both,
  onlyBefore,
  onlyAfter,
}: Pairs): NonNullable<EvaluationComparison['difference']> {
  const [before, after] = [both + onlyBefore, both + onlyAfter]
  const [first, second] = [wilson(before, items), wilson(after, items)]
  const share = second.share - first.share
  const together = correlation({ items, both, onlyBefore, onlyAfter })
  const reach = (up: number, down: number) => Math.sqrt(Math.max(0, up ** 2 - 2 * together * up * down + down ** 2))
  const low = Math.max(-1, share - reach(second.share - second.low, first.high - first.share))
  const high = Math.min(1, share + reach(second.high - second.share, first.share - first.low))
  const told = low > 0 ? 'better' : high < 0 ? 'worse' : 'none-told'
  return { items, before, after, onlyBefore, onlyAfter, share, low, high, told }
}

/** Phi of the two, drawn towards 0 where it is positive (Newcombe's method 10). 0 where one had all right, or nothing. */
function correlation({ items, both, onlyBefore, onlyAfter }: Pairs): number {
  const neither = items - both - onlyBefore - onlyAfter
  const below = (both + onlyBefore) * (onlyAfter + neither) * (both + onlyAfter) * (onlyBefore + neither)
  if (below === 0) return 0
  const product = both * neither - onlyBefore * onlyAfter
  const drawn = product > 0 ? Math.max(product - items / 2, 0) : product
  return drawn / Math.sqrt(below)
}
