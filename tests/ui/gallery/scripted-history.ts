// The past of a watched appliance for scenes and tests: eight devices, a server and an engine, with a time in which
// nobody watched.
import type { HistoryAnswer, SeriesHistory } from '../../../shared/domain/history.ts'
import { meaningOf } from '../../../shared/domain/series-meaning.ts'
import { gibibyte } from './scripted-facts.ts'

type Question = {
  readonly series: readonly string[]
  readonly fromMs: number
  readonly toMs: number
  readonly width: number
}

const steps = [10_000, 60_000, 300_000, 1_800_000, 3_600_000, 21_600_000, 86_400_000]

export const hostNames = [
  ...['cpu', 'memory-used', 'memory-total', 'load', 'swap-used', 'swap-total', 'temperature'],
  ...['network-received', 'network-sent', 'disk-read', 'disk-written', 'disk-busy'],
].map((word) => `host/${word}`)

export const filesystemNames = ['root', 'engine'].flatMap((one) => [
  `filesystem/${one}/used`,
  `filesystem/${one}/total`,
])

export function deviceNames(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `accelerator/ascend ${index}`).flatMap((device) =>
    ['utilization', 'memory-used', 'memory-total', 'temperature', 'power'].map((word) => `${device}/${word}`),
  )
}

const bounds = ['0.1', '0.25', '0.5', '1', '2.5', '5', 'inf']

export function engineNames(deployment: string, parts: readonly string[] = engineParts): readonly string[] {
  return parts.map((part) => `inference/${deployment}/${part}`)
}

const engineParts: readonly string[] = [
  ...['running', 'waiting', 'kv-use', 'generated-tokens', 'prompt-tokens', 'errors', 'aborted'],
  ...['time-to-first-token/count', 'time-to-first-token/sum'],
  ...bounds.map((bound) => `time-to-first-token/le=${bound}`),
]

/** As the console would answer: `unwatched` is the part of the time in which nothing was measured. */
export function historyOf(
  { series, fromMs, toMs, width }: Question,
  unwatched: readonly [from: number, to: number] = [0.42, 0.5],
): HistoryAnswer {
  const stepMs = steps.find((step) => step >= (toMs - fromMs) / width) ?? 604_800_000
  const begin = Math.floor(fromMs / stepMs) * stepMs
  const gap: [number, number] = [begin + (toMs - begin) * unwatched[0], begin + (toMs - begin) * unwatched[1]]
  const atMs = Array.from({ length: Math.floor((toMs - begin) / stepMs) }, (_, row) => begin + row * stepMs).filter(
    (at) => at < gap[0] || at >= gap[1],
  )
  return { fromMs, toMs, stepMs, series: series.map((name) => seriesOf(name, { atMs, stepMs, gap })) }
}

type Rows = { readonly atMs: number[]; readonly stepMs: number; readonly gap: [number, number] }

function seriesOf(name: string, { atMs, stepMs, gap }: Rows): SeriesHistory {
  const meaning = meaningOf(name)
  const n = Math.max(1, Math.round(stepMs / 10_000))
  const values = atMs.map((at) => valueAt(name, at, stepMs))
  const spread = meaning.kind === 'gauge' && !name.endsWith('total') ? 0.12 : 0
  return {
    ...{ name, ...meaning, atMs, n: atMs.map(() => n), gaps: gap[0] < gap[1] ? [gap] : [], last: values },
    min: values.map((value) => value * (1 - spread)),
    max: values.map((value) =>
      Math.min(meaning.unit === 'percent' ? 100 : Number.POSITIVE_INFINITY, value * (1 + spread)),
    ),
    sum: values.map((value) => (meaning.kind === 'increase' ? value : value * n)),
  }
}

function valueAt(name: string, at: number, stepMs: number): number {
  const index = Number(/ascend (\d+)/.exec(name)?.[1] ?? 0)
  const hour = (at / 3_600_000) % 24
  const day = Math.max(0.06, Math.sin(((hour - 6) / 24) * 2 * Math.PI) * 0.5 + 0.45)
  const wave = Math.min(
    1,
    Math.max(0, day + 0.15 * Math.sin(at / 700_000 + index) + 0.1 * Math.sin(at / 90_000 + index)),
  )
  const seconds = stepMs / 1000
  const word = name.slice(name.lastIndexOf('/') + 1)
  if (word.startsWith('le=')) return Math.round(seconds * 0.2 * wave * (shares[bounds.indexOf(word.slice(3))] ?? 0))
  const values: { readonly [word: string]: number } = {
    ...{ cpu: 12 + 30 * wave, utilization: 100 * wave, temperature: 41 + 34 * wave + index, power: 90 + 190 * wave },
    'memory-used': name.startsWith('host') ? (180 + 40 * wave) * gibibyte : (21 + 6 * wave) * gibibyte,
    'memory-total': (name.startsWith('host') ? 512 : 32) * gibibyte,
    ...{ running: 14 * wave, waiting: Math.max(0, 20 * (wave - 0.75)), 'kv-use': 0.1 + 0.7 * wave },
    ...{
      'generated-tokens': seconds * 620 * wave,
      'prompt-tokens': seconds * 2100 * wave,
      count: seconds * 0.2 * wave,
    },
    ...{ load: 4 + 30 * wave, 'swap-used': (0.3 + wave / 2) * gibibyte, 'swap-total': 4 * gibibyte },
    ...{ 'network-received': 4e5 + 6e6 * wave, 'network-sent': 9e5 + 2e7 * wave, 'disk-written': 2e5 + 4e6 * wave },
    ...{ 'disk-read': wave > 0.9 ? 2.2e9 : 3e5, 'disk-busy': wave > 0.9 ? 88 : 4 + 9 * wave },
    ...{ used: (210 + 40 * wave) * gibibyte, total: (name.includes('engine') ? 3521 : 438) * gibibyte },
    ...{ errors: wave > 0.95 ? 1 : 0, aborted: 0, sum: seconds * 0.12 * wave },
  }
  return values[word] ?? 0
}

const shares = [0.05, 0.3, 0.35, 0.18, 0.08, 0.03, 0.01]
