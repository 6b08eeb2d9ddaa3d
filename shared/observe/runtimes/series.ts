// All series of one name, and what they count together: an engine has one for each of its parts (data-parallel
// engines, models). A part that says no count leaves the whole unreadable: the rest would be a smaller number that
// looks like an answer.
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { type MetricSample, readLabels } from '../prometheus.ts'

type Labels = ReadonlyMap<string, string>
export type Series = { readonly labels: Labels; readonly value: number }

/** Under its plain name, or the one with the suffix that counters have on the wire. */
export function seriesNamed(samples: readonly MetricSample[], name: string): Reading<readonly Series[]> {
  const plain = samples.filter((one) => one.name === name)
  const found = plain.length > 0 ? plain : samples.filter((one) => one.name === `${name}_total`)
  if (found.length === 0) return absent
  const series: Series[] = []
  const seen = new Set<string>()
  for (const { labels: text, value } of found) {
    const labels = readLabels(text)
    if (labels === undefined) return unreadable(`${name} has labels that cannot be read`)
    if (value === undefined || value < 0) return unreadable(`${name} is not a count`)
    const key = labelsWithout(labels, [])
    if (seen.has(key)) return unreadable(`${name} is there twice with the same labels`)
    seen.add(key)
    series.push({ labels, value })
  }
  return known(series)
}

/** The same text for the same labels, whatever their order. */
export function labelsWithout(labels: Labels, names: readonly string[]): string {
  return JSON.stringify([...labels].filter(([name]) => !names.includes(name)).sort())
}

export function sumOf(series: Reading<readonly Series[]>): Reading<number> {
  if (series.state !== 'known') return series
  const sum = series.value.reduce((total, { value }) => total + value, 0)
  return Number.isFinite(sum) ? known(sum) : unreadable('more than can be counted')
}
