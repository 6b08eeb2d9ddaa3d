// A series of the history as a line of a chart: its value in each bucket, the lowest and the highest there, and a gap
// wherever nothing was measured for too long.
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import type { Values } from '../../../ui/chart/chart-group.ts'

export type HistoryLine = {
  readonly timesMs: readonly number[]
  readonly values: Values
  readonly low: Values
  readonly high: Values
}

export const noLine: HistoryLine = { timesMs: [], values: [], low: [], high: [] }

type Row = {
  readonly atMs: number
  readonly value: number | null
  readonly low: number | null
  readonly high: number | null
}

/** What counts of a bucket: the mean of a gauge, the last of a state, of an increase how much a second. */
export function historyLine(series: SeriesHistory, stepMs: number): HistoryLine {
  const { kind, atMs, sum, n, last, min, max, gaps } = series
  const rows: Row[] = atMs.map((at, row) => {
    if (kind === 'increase') return flat(at, ((sum[row] ?? 0) * 1000) / stepMs)
    if (kind === 'state') return flat(at, last[row] ?? null)
    const value = (sum[row] ?? Number.NaN) / (n[row] ?? 1)
    return { atMs: at, value, low: min[row] ?? value, high: max[row] ?? value }
  })
  const broken = gaps.map(([from, to]): Row => flat((from + to) / 2, null))
  return lineOfRows([...rows, ...broken].sort((a, b) => a.atMs - b.atMs))
}

function flat(atMs: number, value: number | null): Row {
  return { atMs, value, low: value, high: value }
}

function lineOfRows(rows: readonly Row[]): HistoryLine {
  return {
    timesMs: rows.map(({ atMs }) => atMs),
    values: rows.map(({ value }) => value),
    low: rows.map(({ low }) => low),
    high: rows.map(({ high }) => high),
  }
}

/** Of values that were worked out elsewhere, one a time. */
export function plainLine(timesMs: readonly number[], values: Values): HistoryLine {
  return { timesMs, values, low: values, high: values }
}

export function shifted(line: HistoryLine, byMs: number): HistoryLine {
  return { ...line, timesMs: line.timesMs.map((at) => at + byMs) }
}

export type JoinedLines = HistoryLine & { readonly dimmed: Values }

/** Both along the times of both; where one has none of its own it goes on (undefined), a gap stays one (null). */
export function joined(line: HistoryLine, other: HistoryLine): JoinedLines {
  if (other.timesMs.length === 0) return { ...line, dimmed: line.timesMs.map(() => undefined) }
  const timesMs = [...new Set([...line.timesMs, ...other.timesMs])].sort((a, b) => a - b)
  const along = (times: readonly number[], values: Values) => {
    const known = new Map(times.map((at, place) => [at, values[place]]))
    return timesMs.map((at) => known.get(at))
  }
  return {
    timesMs,
    values: along(line.timesMs, line.values),
    low: along(line.timesMs, line.low),
    high: along(line.timesMs, line.high),
    dimmed: along(other.timesMs, other.values),
  }
}

/** Times in which none of them was measured: the link was lost, or nobody watched. Without any series: all of it. */
export function commonGaps(
  series: readonly Pick<SeriesHistory, 'gaps'>[],
  span: { readonly fromMs: number; readonly toMs: number },
): readonly { readonly fromMs: number; readonly toMs: number }[] {
  let common: [number, number][] = [[span.fromMs, span.toMs]]
  for (const { gaps } of series) {
    common = common.flatMap(([from, to]) =>
      gaps
        .map(([start, end]): [number, number] => [Math.max(from, start), Math.min(to, end)])
        .filter(([start, end]) => start < end),
    )
  }
  return common.map(([fromMs, toMs]) => ({ fromMs, toMs }))
}
