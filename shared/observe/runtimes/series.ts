// All series of one name, and what they say together: an engine has one for each of its parts (data-parallel
// engines, models). A part that says no number leaves the whole unreadable: the rest would be another number that
// looks like an answer.
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { type MetricSample, readLabels } from '../prometheus.ts'

type Labels = ReadonlyMap<string, string>
export type Series = { readonly labels: Labels; readonly value: number }

/** The samples of a page by their names. */
export type MetricPage = ReadonlyMap<string, readonly MetricSample[]>

/** More than any engine has of one name: 256 data-parallel engines with 40 buckets each. */
const mostSeries = 10_240

export function pageOf(samples: readonly MetricSample[]): MetricPage {
  const page = new Map<string, MetricSample[]>()
  for (const sample of samples) {
    const named = page.get(sample.name)
    if (named === undefined) page.set(sample.name, [sample])
    else named.push(sample)
  }
  return page
}

/** By the first of the names that is there: plain, or with the suffix that counters have on the wire. */
export function seriesNamed(page: MetricPage, ...names: readonly string[]): Reading<readonly Series[]> {
  for (const name of names) {
    const found = page.get(name) ?? page.get(`${name}_total`)
    if (found !== undefined) return readSeries(name, found)
  }
  return absent
}

function readSeries(name: string, samples: readonly MetricSample[]): Reading<readonly Series[]> {
  if (samples.length > mostSeries) return unreadable(`${name} is there more than ${mostSeries} times`)
  const series: Series[] = []
  const seen = new Set<string>()
  for (const { labels: text, value } of samples) {
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
  return counted(series.value.reduce((total, { value }) => total + value, 0))
}

/** Numbers that a page may name add up to more than there is a number for. */
export function counted(sum: number): Reading<number> {
  return Number.isFinite(sum) ? known(sum) : unreadable('more than can be counted')
}

export function count(page: MetricPage, ...names: readonly string[]): Reading<number> {
  return sumOf(seriesNamed(page, ...names))
}

/** What some of the series of a counter say; 0 where the counter is there and has none of those. */
export function countWhere(page: MetricPage, name: string, isMeant: (labels: Labels) => boolean): Reading<number> {
  const series = seriesNamed(page, name)
  return series.state === 'known' ? sumOf(known(series.value.filter(({ labels }) => isMeant(labels)))) : series
}

/** Rounding may bring a share a little above the whole. */
const roundedWhole = 1.01

/** From 0 to 1, of several parts the largest. */
export function largestShare(page: MetricPage, ...names: readonly string[]): Reading<number> {
  const series = seriesNamed(page, ...names)
  if (series.state !== 'known') return series
  const largest = series.value.reduce((most, { value }) => Math.max(most, value), 0)
  return largest <= roundedWhole ? known(Math.min(1, largest)) : unreadable(`${names[0]} is more than the whole`)
}

/** Two counts of different things; absent where the first is, and the first alone where there is no second. */
export function withAlso(first: Reading<number>, second: Reading<number>): Reading<number> {
  if (first.state !== 'known' || second.state === 'absent') return first
  return second.state === 'known' ? counted(first.value + second.value) : second
}
