// How many answers were right, and between which bounds that share lies: the score interval of Wilson (1927), which says
// something sensible of few questions, and of none or all of them right. Failed requests are in none of it.
import type { EvaluationRecord, EvaluationScore, Interval } from '../../domain/evaluation.ts'

/** Of the normal distribution: 95 % lie within so many standard deviations. */
const z95 = 1.959963984540054

/** `of` more than 0. */
export function wilson(right: number, of: number): Interval {
  const share = right / of
  const square = z95 ** 2
  const middle = (share + square / (2 * of)) / (1 + square / of)
  const half = (z95 / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of ** 2))
  return { share, low: right === 0 ? 0 : middle - half, high: right === of ? 1 : middle + half }
}

export function scoreOf(records: Iterable<Pick<EvaluationRecord, 'verdict'>>): EvaluationScore {
  const counts = { right: 0, wrong: 0, unreadable: 0, failed: 0 }
  for (const { verdict } of records) counts[verdict] += 1
  const asked = counts.right + counts.wrong + counts.unreadable
  return { ...counts, asked, ...(asked > 0 && { interval: wilson(counts.right, asked) }) }
}

type Categorised = { readonly category?: string | undefined; readonly record: EvaluationRecord }

/** Those that belong to none are left out; of very many categories the first by name are told. */
export function scoresByCategory(records: readonly Categorised[]): { name: string; score: EvaluationScore }[] {
  const byName = new Map<string, EvaluationRecord[]>()
  for (const { category, record } of records) {
    if (category === undefined) continue
    const known = byName.get(category)
    if (known === undefined) byName.set(category, [record])
    else known.push(record)
  }
  const names = [...byName.keys()].sort().slice(0, mostCategories)
  return names.map((name) => ({ name, score: scoreOf(byName.get(name) ?? []) }))
}

const mostCategories = 500
