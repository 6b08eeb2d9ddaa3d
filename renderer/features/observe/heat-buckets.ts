// A line cut into equal times, each with the mean of its known values: the cells of the heat strip and the rows of
// the table. Cuts lie at whole multiples of their length, so that cells do not shimmer while time moves on.
import type { SampleRing } from './sample-ring.ts'

export type Cuts = { readonly fromMs: number; readonly bucketMs: number; readonly count: number }

/** The newest cut holds `nowMs`; together they cover at least `rangeMs`. */
export function cutsUntil(nowMs: number, rangeMs: number, bucketMs: number): Cuts {
  const count = Math.ceil(rangeMs / bucketMs) + 1
  const last = Math.floor(nowMs / bucketMs) * bucketMs
  return { fromMs: last - (count - 1) * bucketMs, bucketMs, count }
}

/** One mean for each cut, oldest first; null where nothing was known. */
export function meansOf(ring: SampleRing, line: string, cuts: Cuts): (number | null)[] {
  const sums = new Float64Array(cuts.count)
  const known = new Uint32Array(cuts.count)
  for (let place = ring.length() - 1; place >= 0; place -= 1) {
    const atMs = ring.atMs(place)
    if (atMs < cuts.fromMs) break
    const bucket = Math.floor((atMs - cuts.fromMs) / cuts.bucketMs)
    const value = ring.value(line, place)
    if (bucket >= cuts.count || Number.isNaN(value)) continue
    sums[bucket] = (sums[bucket] ?? 0) + value
    known[bucket] = (known[bucket] ?? 0) + 1
  }
  return Array.from(sums, (sum, bucket) => (known[bucket] === 0 ? null : sum / (known[bucket] ?? 1)))
}
