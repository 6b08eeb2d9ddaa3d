// What the charts of the past are compared with: nothing, the same time a day or a week earlier, or one other device.
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import { type HistoryLine, historyLine, shifted } from './history-line.ts'
import { deviceSeries, type Quantity } from './quantities.ts'
import { dayMs } from './time-range.ts'

/** "none", "day", "week", or "device ascend 3". */
export type Comparison = string

export function earlierMsOf(comparison: Comparison): number | undefined {
  if (comparison === 'day') return dayMs
  return comparison === 'week' ? 7 * dayMs : undefined
}

function deviceOf(comparison: Comparison): string | undefined {
  return comparison.startsWith('device ') ? comparison.slice('device '.length) : undefined
}

export type ComparedFrom = {
  readonly series: readonly SeriesHistory[]
  readonly before: readonly SeriesHistory[]
  readonly stepMs: number
  readonly quantity: Quantity
}

/** By the name of the line that is drawn. */
export function comparedLines(comparison: Comparison, from: ComparedFrom): ReadonlyMap<string, HistoryLine> {
  const { series, before, stepMs, quantity } = from
  const byMs = earlierMsOf(comparison)
  if (byMs !== undefined) {
    return new Map(before.map((one) => [one.name, shifted(historyLine(one, stepMs), byMs)]))
  }
  const device = deviceOf(comparison)
  const other = device === undefined ? undefined : deviceSeries(device, quantity)
  const found = series.find(({ name }) => name === other)
  if (found === undefined) return new Map()
  const line = historyLine(found, stepMs)
  const others = series.filter(({ name }) => name !== other && name.endsWith(`/${quantity}`))
  return new Map(others.map(({ name }) => [name, line]))
}
