// The series of one histogram, of all parts of an engine together. Parts that have other buckets share those that
// they have in common: what is at most one second is the same in both.
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import type { Histogram } from '../histogram.ts'
import { labelsWithout, type MetricPage, type Series, seriesNamed, sumOf } from './series.ts'

/** More bounds than any engine has. */
const mostBounds = 200

/** By the first of the names that is there. A summary, which has no buckets, is a sum and a count. */
export function histogramNamed(page: MetricPage, ...names: readonly string[]): Reading<Histogram> {
  const name = names.find((one) => page.has(`${one}_count`) || page.has(`${one}_bucket`))
  if (name === undefined) return absent
  const count = sumOf(seriesNamed(page, `${name}_count`))
  const sum = sumOf(seriesNamed(page, `${name}_sum`))
  if (count.state !== 'known' || sum.state !== 'known') return unreadable(`${name} has no sum and count`)
  const buckets = seriesNamed(page, `${name}_bucket`)
  if (buckets.state === 'unreadable') return buckets
  const together = buckets.state === 'known' ? addedUp(buckets.value) : { bounds: [], counts: [] }
  if (together === undefined) return unreadable(`${name} has a bucket without a bound`)
  const { bounds, counts } = together
  const isOne = counts.every((one, at) => one >= (counts[at - 1] ?? 0)) && (counts.at(-1) ?? 0) <= count.value
  if (!isOne || bounds.length > mostBounds) return unreadable(`the buckets of ${name} are not those of a histogram`)
  return known({ bounds, counts, sum: sum.value, count: count.value })
}

/** A histogram without buckets: how often something was, and how long all of it took. */
export function onlyMean(sum: Reading<number>, count: Reading<number>): Reading<Histogram> {
  if (sum.state !== 'known') return sum
  if (count.state !== 'known') return count
  return known({ bounds: [], counts: [], sum: sum.value, count: count.value })
}

/** Of the bounds that every part has; undefined where a bucket has none. */
function addedUp(buckets: readonly Series[]): Pick<Histogram, 'bounds' | 'counts'> | undefined {
  const parts = new Set<string>()
  const atMost = new Map<number, { sum: number; parts: number }>()
  for (const { labels, value } of buckets) {
    const bound = boundOf(labels.get('le') ?? '')
    if (bound === undefined) return undefined
    parts.add(labelsWithout(labels, ['le']))
    const one = atMost.get(bound) ?? { sum: 0, parts: 0 }
    atMost.set(bound, { sum: one.sum + value, parts: one.parts + 1 })
  }
  const bounds = [...atMost.keys()]
    .filter((bound) => bound !== Number.POSITIVE_INFINITY && atMost.get(bound)?.parts === parts.size)
    .sort((a, b) => a - b)
  return { bounds, counts: bounds.map((bound) => atMost.get(bound)?.sum ?? 0) }
}

function boundOf(text: string): number | undefined {
  if (text === '+Inf') return Number.POSITIVE_INFINITY
  return /^\d+(\.\d*)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined
}
