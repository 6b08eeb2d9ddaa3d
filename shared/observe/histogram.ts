// Latencies as engines publish them: how many observations were at most so long, since the process started. They
// stay histograms to the end: quantiles are asked of what came between two scrapes, never averaged over engines.
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'

export type Histogram = {
  /** Upper bounds, growing, without the infinite one. None: the engine says only sum and count. */
  readonly bounds: readonly number[]
  /** At most so long as the bound of the same place: cumulative. */
  readonly counts: readonly number[]
  readonly sum: number
  readonly count: number
}

/** `above`: it is longer than the last bound, and nobody knows by how much. */
export type Quantile = { readonly value: number; readonly above: boolean }

/** What `after` counted since `before`. A process that was started anew counts from zero: all of it is new. */
export function histogramSince(before: Histogram | undefined, after: Histogram): Histogram {
  if (before === undefined || !isGrowthOf(before, after)) return after
  return {
    bounds: after.bounds,
    counts: after.counts.map((count, at) => count - (before.counts[at] ?? 0)),
    // A sum of many small numbers may lose its last digits on the way.
    sum: Math.max(0, after.sum - before.sum),
    count: after.count - before.count,
  }
}

function isGrowthOf(before: Histogram, after: Histogram): boolean {
  if (before.bounds.length !== after.bounds.length || after.count < before.count) return false
  return after.bounds.every(
    (bound, at) => bound === before.bounds[at] && (after.counts[at] ?? 0) >= (before.counts[at] ?? 0),
  )
}

/** Absent where nothing was observed, or where the engine has no buckets. `share`: 0 to 1. */
export function quantile({ bounds, counts, count }: Histogram, share: number): Reading<Quantile> {
  const last = bounds.at(-1)
  if (count <= 0 || last === undefined) return absent
  const rank = share * count
  const at = counts.findIndex((atMost) => atMost >= rank && atMost > 0)
  if (at < 0) return known({ value: last, above: true })
  const [upper = last, atMost = count] = [bounds[at], counts[at]]
  // Times are never negative: the first bucket begins at 0.
  const [lower, below] = at === 0 ? [Math.min(0, upper), 0] : [bounds[at - 1] ?? 0, counts[at - 1] ?? 0]
  const within = atMost > below ? (rank - below) / (atMost - below) : 1
  return known({ value: lower + (upper - lower) * Math.max(0, within), above: false })
}

/** Absent where nothing was observed. */
export function mean({ sum, count }: Histogram): Reading<number> {
  if (count <= 0) return absent
  const value = sum / count
  return Number.isFinite(value) ? known(value) : unreadable('more than can be counted')
}

/** What a counter counted since `before`; all of it where the process was started anew. */
export function increase(before: number | undefined, after: number): number {
  return before === undefined || after < before ? after : after - before
}
