// What the engine of one deployment said of itself over a time, as the lines of its dashboard. What it never said has no
// line.
import type { SeriesHistory } from '../../../../shared/domain/history.ts'
import type { Reading } from '../../../../shared/domain/reading.ts'
import type { Quantile } from '../../../../shared/observe/histogram.ts'
import { type HistoryLine, historyLine, plainLine } from '../history/history-line.ts'
import { latencyLine } from './latency.ts'

export const engineParts = ['tokens', 'ttftHalf', 'ttftMost', 'running', 'waiting', 'kv', 'prompt', 'errors'] as const
export type EnginePart = (typeof engineParts)[number]

const firstToken = 'time-to-first-token'
const plainSeries = {
  ...({ tokens: 'generated-tokens', prompt: 'prompt-tokens' } as const),
  ...({ running: 'running', waiting: 'waiting', kv: 'kv-use' } as const),
} as const satisfies { readonly [P in EnginePart]?: string }

export function deploymentsIn(names: readonly string[]): readonly string[] {
  const found = names.flatMap((name) => /^inference\/([^/]+)\//.exec(name)?.[1] ?? [])
  return [...new Set(found)].sort((a, b) => a.localeCompare(b, 'en'))
}

/** Of a deployment, those that its dashboard needs. */
export function engineSeries(names: readonly string[], deployment: string): readonly string[] {
  const prefix = `inference/${deployment}/`
  const wanted = new Set([...Object.values(plainSeries), 'errors', 'aborted', `${firstToken}/count`])
  return names.filter((name) => {
    if (!name.startsWith(prefix)) return false
    const part = name.slice(prefix.length)
    return wanted.has(part) || part.startsWith(`${firstToken}/le=`)
  })
}

export type EngineLines = {
  readonly lines: ReadonlyMap<EnginePart, HistoryLine>
  /** Of all requests of the time. */
  readonly ttft: { readonly half: Reading<Quantile>; readonly most: Reading<Quantile> }
  readonly errors: number
}

export function engineLines(series: readonly SeriesHistory[], deployment: string, stepMs: number): EngineLines {
  const of = (part: string) => series.find(({ name }) => name === `inference/${deployment}/${part}`)
  const lines = new Map<EnginePart, HistoryLine>()
  for (const [part, word] of Object.entries(plainSeries) as [EnginePart, string][]) {
    const found = of(word)
    if (found !== undefined) lines.set(part, historyLine(found, stepMs))
  }
  const buckets = series.filter(({ name }) => name.startsWith(`inference/${deployment}/${firstToken}/le=`))
  const count = of(`${firstToken}/count`)
  const [half, most] = [latencyLine(buckets, count, 0.5), latencyLine(buckets, count, 0.95)]
  if (buckets.length > 0) {
    lines.set('ttftHalf', plainLine(half.timesMs, half.values))
    lines.set('ttftMost', plainLine(most.timesMs, most.values))
  }
  const failed = [of('errors'), of('aborted')].filter((one) => one !== undefined)
  if (failed.length > 0) lines.set('errors', countLine(failed))
  return { lines, ttft: { half: half.whole, most: most.whole }, errors: sumOf(failed) }
}

/** How many in each time, of both together. */
function countLine(series: readonly SeriesHistory[]): HistoryLine {
  const counted = new Map<number, number | null>()
  for (const { gaps } of series) for (const [from, to] of gaps) counted.set((from + to) / 2, null)
  for (const { atMs, sum } of series) {
    for (const [row, at] of atMs.entries()) counted.set(at, (counted.get(at) ?? 0) + (sum[row] ?? 0))
  }
  const sorted = [...counted].sort(([a], [b]) => a - b)
  return plainLine(
    sorted.map(([at]) => at),
    sorted.map(([, value]) => value),
  )
}

function sumOf(series: readonly SeriesHistory[]): number {
  return series.reduce((all, { sum }) => all + sum.reduce((some, value) => some + value, 0), 0)
}
