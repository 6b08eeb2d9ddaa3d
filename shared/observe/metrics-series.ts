// What an engine says of itself, as series. Counters and histograms become what was added since the scrape before: that
// adds up over any time, over a process that was started anew and over a gap. A histogram keeps its buckets, those that
// something fell into.
import type { Reading } from '../domain/reading.ts'
import { type Histogram, histogramSince, increase } from './histogram.ts'
import type { RuntimeMetrics } from './runtimes/runtime-metrics.ts'

export type NamedValue = { readonly name: string; readonly value: number }

const gauges = {
  running: 'running',
  waiting: 'waiting',
  kvUse: 'kv-use',
  prefixHitRatio: 'prefix-hit-ratio',
} as const satisfies { readonly [K in keyof RuntimeMetrics]?: string }

const counters = {
  prefixQueries: 'prefix-queries',
  prefixHits: 'prefix-hits',
  promptTokens: 'prompt-tokens',
  generatedTokens: 'generated-tokens',
  preemptions: 'preemptions',
  finished: 'finished',
  errors: 'errors',
  aborted: 'aborted',
} as const satisfies { readonly [K in keyof RuntimeMetrics]?: string }

const histograms = {
  timeToFirstToken: 'time-to-first-token',
  timePerOutputToken: 'time-per-output-token',
  interTokenLatency: 'inter-token-latency',
  endToEnd: 'end-to-end',
  queueTime: 'queue-time',
} as const satisfies { readonly [K in keyof RuntimeMetrics]?: string }

/** Without a scrape before, only what is true of now. */
export function metricsSeries(
  deployment: string,
  before: RuntimeMetrics | undefined,
  now: RuntimeMetrics,
): NamedValue[] {
  const values: NamedValue[] = []
  const put = (name: string, value: number) =>
    values.push({ name: `inference/${deployment}/${name}`, value: rounded(value) })
  for (const [key, name] of entriesOf(gauges)) {
    const reading = now[key]
    if (reading.state === 'known') put(name, reading.value)
  }
  if (before === undefined) return values
  for (const [key, name] of entriesOf(counters)) {
    const pair = bothKnown(before[key], now[key])
    if (pair !== undefined) put(name, increase(...pair))
  }
  for (const [key, name] of entriesOf(histograms)) {
    const pair = bothKnown(before[key], now[key])
    if (pair !== undefined) putHistogram(histogramSince(...pair), (part, value) => put(`${name}/${part}`, value))
  }
  return values
}

/** A difference of two sums of seconds has digits that nobody measured. */
function rounded(value: number): number {
  return Math.abs(value) < 1e9 ? Math.round(value * 1e6) / 1e6 : value
}

function entriesOf<K extends string, V>(record: { readonly [P in K]: V }): [K, V][] {
  return Object.entries(record) as [K, V][]
}

function bothKnown<T>(before: Reading<T>, now: Reading<T>): [T, T] | undefined {
  return before.state === 'known' && now.state === 'known' ? [before.value, now.value] : undefined
}

function putHistogram({ bounds, counts, sum, count }: Histogram, put: (part: string, value: number) => void): void {
  put('count', count)
  put('sum', sum)
  let below = 0
  for (const [at, bound] of bounds.entries()) {
    const within = (counts[at] ?? 0) - below
    if (within > 0) put(`le=${bound}`, within)
    below = counts[at] ?? 0
  }
  if (bounds.length > 0 && count > below) put('le=inf', count - below)
}
