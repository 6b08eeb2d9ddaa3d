// Utilization of many devices as cells of a strip: means of as many buckets as make a cell wide enough to be seen.
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import type { Span } from './time-range.ts'

const mostCells = 120

export type HeatCells = {
  readonly cutsFromMs: number
  readonly bucketMs: number
  /** One row a series; null where nothing is known. */
  readonly rows: readonly (readonly (number | null)[])[]
}

export function heatRows(
  series: readonly (SeriesHistory | undefined)[],
  { span, stepMs }: { readonly span: Span; readonly stepMs: number },
): HeatCells {
  const cutsFromMs = Math.floor(span.fromMs / stepMs) * stepMs
  const steps = Math.max(1, Math.ceil((span.toMs - cutsFromMs) / stepMs))
  const bucketMs = Math.ceil(steps / mostCells) * stepMs
  const count = Math.ceil((span.toMs - cutsFromMs) / bucketMs)
  const rows = series.map((one) => {
    const [sums, known] = [new Float64Array(count), new Float64Array(count)]
    for (const [row, at] of (one?.atMs ?? []).entries()) {
      const cell = Math.floor((at - cutsFromMs) / bucketMs)
      if (cell < 0 || cell >= count) continue
      sums[cell] = (sums[cell] ?? 0) + (one?.sum[row] ?? 0)
      known[cell] = (known[cell] ?? 0) + (one?.n[row] ?? 0)
    }
    return Array.from(sums, (sum, cell) => (known[cell] === 0 ? null : sum / (known[cell] ?? 1)))
  })
  return { cutsFromMs, bucketMs, rows }
}
