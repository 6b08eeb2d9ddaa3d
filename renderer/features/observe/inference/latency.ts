// Percentiles of a latency out of the buckets of its histogram, as they were counted in each time: never averaged over
// times or engines.
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import type { Reading } from '../../../../shared/domain/reading.ts'
import { type Histogram, type Quantile, quantile } from '../../../../shared/observe/histogram.ts'

/** Increases in one time, by upper bound; the last bound may be infinite. */
type Counted = ReadonlyMap<number, number>

/** `series`: "inference/NAME/time-to-first-token/le=0.5" and its sisters. By time, ascending. */
function histogramsByTime(series: readonly SeriesHistory[]): ReadonlyMap<number, Counted> {
  const byTime = new Map<number, Map<number, number>>()
  for (const { name, atMs, sum } of series) {
    const bound = boundOf(name)
    if (bound === undefined) continue
    for (const [row, at] of atMs.entries()) {
      const counted = byTime.get(at) ?? new Map<number, number>()
      byTime.set(at, counted.set(bound, (counted.get(bound) ?? 0) + (sum[row] ?? 0)))
    }
  }
  return new Map([...byTime].sort(([a], [b]) => a - b))
}

/** Undefined: no bucket of a histogram. */
function boundOf(name: string): number | undefined {
  const word = /\/le=(inf|[0-9.e+-]+)$/.exec(name)?.[1]
  if (word === undefined) return undefined
  const bound = word === 'inf' ? Number.POSITIVE_INFINITY : Number(word)
  return Number.isNaN(bound) ? undefined : bound
}

/** Absent where nothing was counted. `bounds`: all that the engine ever used, so that a bucket begins where it does. */
function quantileOf(counted: Counted, bounds: readonly number[], share: number): Reading<Quantile> {
  const finite = bounds.filter((bound) => Number.isFinite(bound))
  let count = 0
  const counts = finite.map((bound) => (count += counted.get(bound) ?? 0))
  const total = count + (counted.get(Number.POSITIVE_INFINITY) ?? 0)
  const histogram: Histogram = { bounds: finite, counts, sum: 0, count: total }
  return quantile(histogram, share)
}

export type LatencyLine = {
  readonly timesMs: readonly number[]
  readonly values: readonly (number | null)[]
  /** Over the whole time. */
  readonly whole: Reading<Quantile>
}

/** `count`: how many there were in each time; where there were none the line has a gap. */
export function latencyLine(
  buckets: readonly SeriesHistory[],
  count: SeriesHistory | undefined,
  share: number,
): LatencyLine {
  const bounds = [...new Set(buckets.flatMap(({ name }) => boundOf(name) ?? []))].sort((a, b) => a - b)
  const byTime = histogramsByTime(buckets)
  const all = new Map<number, number>()
  for (const counted of byTime.values()) {
    for (const [bound, added] of counted) all.set(bound, (all.get(bound) ?? 0) + added)
  }
  const gaps = (count?.gaps ?? []).map(([from, to]) => (from + to) / 2)
  const timesMs = [...new Set([...byTime.keys(), ...(count?.atMs ?? []), ...gaps])].sort((a, b) => a - b)
  const values = timesMs.map((at) => {
    const counted = byTime.get(at)
    return counted === undefined ? null : secondsOf(quantileOf(counted, bounds, share))
  })
  return { timesMs, values, whole: quantileOf(all, bounds, share) }
}

function secondsOf(reading: Reading<Quantile>): number | null {
  return reading.state === 'known' ? reading.value.value : null
}
