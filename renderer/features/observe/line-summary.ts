// What a line shows, as a few figures: for those who cannot see the chart.

export type LineSummary = {
  /** Undefined: nothing of the line is known in this time. */
  readonly range?: { readonly lowest: number; readonly highest: number; readonly mean: number }
  /** How often the line is broken between its first and its last value. */
  readonly gaps: number
}

export function summaryOf(values: readonly (number | null | undefined)[]): LineSummary {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  let sum = 0
  let known = 0
  let gaps = 0
  let broken = false
  for (const value of values) {
    if (value === undefined) continue
    if (value === null) {
      broken = known > 0
      continue
    }
    if (broken) gaps += 1
    broken = false
    lowest = Math.min(lowest, value)
    highest = Math.max(highest, value)
    sum += value
    known += 1
  }
  return known === 0 ? { gaps } : { range: { lowest, highest, mean: sum / known }, gaps }
}
