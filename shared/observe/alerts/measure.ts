// From what was seen to the one number per subject that a rule judges. Some of them need the past: what they keep of it
// is bounded, and goes in and out as a value.
import type { NamedNumber, Observation } from './observation.ts'
import { seriesName, seriesParts } from './observation.ts'
import type { AlertRule, Measure } from './rules.ts'

export type Reading = { readonly subject: string; readonly value: number }

/** Times with numbers, the oldest first. */
type Points = readonly (readonly [atMs: number, value: number])[]
type Scrape = { readonly atMs: number; readonly parts: readonly (readonly [bound: number, count: number])[] }

export type Remembered =
  | { readonly of: 'growth'; readonly last: number; readonly grown: Points }
  | { readonly of: 'days-left'; readonly points: Points }
  | { readonly of: 'quantile'; readonly scrapes: readonly Scrape[] }

/** By rule and subject (`memoryKey`). */
export type Memory = ReadonlyMap<string, Remembered>
export type Measured = {
  readonly readings: readonly Reading[]
  readonly kept: readonly (readonly [string, Remembered])[]
}

export function memoryKey(rule: Pick<AlertRule, 'id'>, subject: string): string {
  return `${rule.id} ${subject}`
}

/** What an observation holds, by name and by pattern, found once for all rules. */
export type Found = {
  readonly atMs: number
  readonly byName: ReadonlyMap<string, number>
  readonly byPattern: ReadonlyMap<string, readonly (NamedNumber & { readonly subject: string })[]>
}

export function foundIn({ atMs, values }: Observation): Found {
  const byName = new Map<string, number>()
  const byPattern = new Map<string, (NamedNumber & { subject: string })[]>()
  for (const { name, value } of values) {
    if (Number.isNaN(value)) continue
    const { pattern, subject } = seriesParts(name)
    byName.set(name, value)
    const same = byPattern.get(pattern)
    if (same === undefined) byPattern.set(pattern, [{ name, value, subject }])
    else same.push({ name, value, subject })
  }
  return { atMs, byName, byPattern }
}

const none: Measured = { readings: [], kept: [] }

export function measured(rule: AlertRule, found: Found, memory: Memory): Measured {
  const { measure } = rule
  switch (measure.by) {
    case 'level':
      return { readings: worst(measure.series, rule.side, found), kept: [] }
    case 'share':
      return { readings: shares(measure, found), kept: [] }
    case 'growth':
      return growth(rule, measure, { found, memory })
    case 'days-left':
      return daysLeft(rule, measure.free, { found, memory })
    case 'quantile':
      return quantiles(rule, measure, { found, memory })
    case 'silence':
      return none
  }
}

function worst(series: readonly string[], side: AlertRule['side'], { byPattern }: Found): Reading[] {
  const bySubject = new Map<string, number>()
  for (const pattern of series) {
    for (const { subject, value } of byPattern.get(pattern) ?? []) {
      const before = bySubject.get(subject)
      const isWorse = before === undefined || (side === 'above' ? value > before : value < before)
      if (isWorse) bySubject.set(subject, value)
    }
  }
  return [...bySubject].map(([subject, value]) => ({ subject, value }))
}

function shares({ used, total }: Extract<Measure, { by: 'share' }>, { byName, byPattern }: Found): Reading[] {
  return (byPattern.get(used) ?? []).flatMap(({ subject, value }) => {
    const whole = byName.get(seriesName(total, subject)) ?? 0
    return whole > 0 ? [{ subject, value: value / whole }] : []
  })
}

type Past = { readonly found: Found; readonly memory: Memory }

function eachKept<K extends Remembered['of']>(
  rule: AlertRule,
  of: K,
  { found, memory }: Past,
  pattern: string,
  step: (
    before: Extract<Remembered, { of: K }> | undefined,
    value: number,
  ) => readonly [Remembered, number | undefined],
): Measured {
  const readings: Reading[] = []
  const kept: [string, Remembered][] = []
  for (const { subject, value } of found.byPattern.get(pattern) ?? []) {
    const key = memoryKey(rule, subject)
    const before = memory.get(key)
    const [next, now] = step(before?.of === of ? (before as Extract<Remembered, { of: K }>) : undefined, value)
    kept.push([key, next])
    if (now !== undefined) readings.push({ subject, value: now })
  }
  return { readings, kept }
}

const mostGrown = 50

/** A counter that is smaller than before was begun anew: what it has now was added since. */
function growth(rule: AlertRule, { series, withinMs }: Extract<Measure, { by: 'growth' }>, past: Past): Measured {
  const { atMs } = past.found
  return eachKept(rule, 'growth', past, series, (before, value) => {
    const added = before === undefined ? 0 : value < before.last ? value : value - before.last
    const recent = (before?.grown ?? []).filter(([at]) => atMs - at < withinMs)
    const grown = added > 0 ? [...recent, [atMs, added] as const].slice(-mostGrown) : recent
    return [{ of: 'growth', last: value, grown }, grown.reduce((sum, [, count]) => sum + count, 0)]
  })
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** One point in six hours, for a week. */
const pointMs = 6 * hourMs
const mostPoints = 28
const perDay = dayMs / pointMs
/** So many differences over a day that one upload, which is in four of them, is not the most of them. */
const fewestDays = 9
/** What does not shrink lasts for ever. */
const forEver = 100_000

/** How much less it is after a day, of most days: neither what comes each night nor one big upload deceives it. */
function daysLeft(rule: AlertRule, series: string, past: Past): Measured {
  const { atMs } = past.found
  return eachKept(rule, 'days-left', past, series, (before, value) => {
    const points = withPoint(before?.points ?? [], atMs, value)
    return [{ of: 'days-left', points }, daysUntilNone(points)]
  })
}

function withPoint(points: Points, atMs: number, value: number): Points {
  const last = points.at(-1)
  const isSameSpan = last !== undefined && Math.floor(last[0] / pointMs) >= Math.floor(atMs / pointMs)
  const others = isSameSpan ? points.slice(0, -1) : points
  return [...others, [atMs, value] as const].slice(-mostPoints)
}

/** Undefined where too little is known. */
function daysUntilNone(points: Points): number | undefined {
  const losses = points.flatMap(([atMs, value], at) => {
    const earlier = points[at - perDay]
    return earlier === undefined ? [] : [(earlier[1] - value) / ((atMs - earlier[0]) / dayMs)]
  })
  if (losses.length < fewestDays) return undefined
  const perDayLost = losses.sort((a, b) => a - b)[Math.floor(losses.length / 2)] ?? 0
  const left = points.at(-1)?.[1] ?? 0
  return perDayLost <= 0 ? forEver : Math.min(forEver, left / perDayLost)
}

/** Each scrape is what was added since the one before. With nobody there, nothing is slow. */
function quantiles(rule: AlertRule, measure: Extract<Measure, { by: 'quantile' }>, { found, memory }: Past): Measured {
  const { histogram, quantile, withinMs, atLeast } = measure
  const readings: Reading[] = []
  const kept: [string, Remembered][] = []
  for (const { subject } of found.byPattern.get(`${histogram}/count`) ?? []) {
    const key = memoryKey(rule, subject)
    const before = memory.get(key)
    const recent = (before?.of === 'quantile' ? before.scrapes : []).filter(({ atMs }) => found.atMs - atMs < withinMs)
    const parts = partsNow(seriesName(histogram, subject), found)
    const scrapes = parts.length === 0 ? recent : [...recent, { atMs: found.atMs, parts }].slice(-mostScrapes)
    kept.push([key, { of: 'quantile', scrapes }])
    const value = quantileOf(scrapes, quantile, atLeast) ?? (isIdle(subject, found) ? 0 : undefined)
    if (value !== undefined) readings.push({ subject, value })
  }
  return { readings, kept }
}

const mostScrapes = 60

function partsNow(base: string, { byName }: Found): [number, number][] {
  const parts: [number, number][] = []
  for (const [name, value] of byName) {
    if (!name.startsWith(`${base}/le=`) || value <= 0) continue
    const bound = name.slice(base.length + 4)
    parts.push([bound === 'inf' ? Number.POSITIVE_INFINITY : Number(bound), value])
  }
  return parts
}

function isIdle(subject: string, { byName }: Found): boolean {
  return byName.get(`inference/${subject}/running`) === 0 && byName.get(`inference/${subject}/waiting`) === 0
}

/** The upper bound of the bucket that it falls into; of the last one, which has none, the bound before. */
function quantileOf(scrapes: readonly Scrape[], quantile: number, atLeast: number): number | undefined {
  const counts = new Map<number, number>()
  for (const { parts } of scrapes) for (const [bound, n] of parts) counts.set(bound, (counts.get(bound) ?? 0) + n)
  const sorted = [...counts].sort(([a], [b]) => a - b)
  const total = sorted.reduce((sum, [, n]) => sum + n, 0)
  if (total < atLeast) return undefined
  let below = 0
  let bound = 0
  for (const [upper, n] of sorted) {
    below += n
    if (Number.isFinite(upper)) bound = upper
    if (below >= quantile * total) return bound
  }
  return bound
}
