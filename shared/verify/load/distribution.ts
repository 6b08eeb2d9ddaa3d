// What many measured numbers say together: percentiles by the nearest rank, so that each is a number that was measured.
import type { Distribution, GapHistogram } from '../../domain/bench.ts'

/** Undefined of nothing. */
export function distributionOf(values: readonly number[]): Distribution | undefined {
  const sorted = Float64Array.from(values).sort()
  const least = sorted[0]
  const most = sorted.at(-1)
  if (least === undefined || most === undefined) return undefined
  const at = (part: number) => sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? most
  const mean = sorted.reduce((sum, one) => sum + one, 0) / sorted.length
  return { count: sorted.length, mean, least, most, p50: at(0.5), p90: at(0.9), p95: at(0.95), p99: at(0.99) }
}

/** Each bucket ends a tenth above the one before: fine enough for a chart, and few enough to keep. */
const bucketRatio = 1.1
const leastMs = 0.1
const mostBuckets = 180

export function histogramOf(values: readonly number[]): GapHistogram {
  const counts = new Map<number, number>()
  for (const value of values) {
    const above = value <= leastMs ? 0 : Math.ceil(Math.log(value / leastMs) / Math.log(bucketRatio) - 1e-9)
    const bucket = Math.min(mostBuckets, above)
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  }
  const ordered = [...counts].sort(([a], [b]) => a - b)
  return ordered.map(([bucket, count]) => [Number((leastMs * bucketRatio ** bucket).toPrecision(4)), count])
}
