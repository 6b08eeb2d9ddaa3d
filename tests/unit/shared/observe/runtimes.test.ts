// What an engine's metrics page says in the end: under canonical names, and how many people wait for an answer. Read
// from pages in tests/fixtures/completions/scrapes: NAME.txt and what is expected of it in NAME.json.
// Those of llama.cpp were recorded; the others are written by hand after the sources and documents of each engine.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MetricsReader, metricsReader } from '../../../../shared/domain/deployment.ts'
import { absent, known, type Reading, unreadable, valueOr } from '../../../../shared/domain/reading.ts'
import { type Histogram, mean, type Quantile, quantile } from '../../../../shared/observe/histogram.ts'
import { isPageOfEngine, readRuntimeMetrics, requestsUnderWay } from '../../../../shared/observe/runtimes/all.ts'
import { nothingSaid, type RuntimeMetrics } from '../../../../shared/observe/runtimes/runtime-metrics.ts'

/** A number is known, null is absent, a text is why it is unreadable. */
type Figure = number | string | null
/** Quantiles as numbers, or "above 10" where all that is known is that it is longer; null where there is none. */
type Latency = { count: number; sum: number; mean: Figure; p50: Figure; p95: Figure }
/** What is not listed is absent. */
type Expected = { about: string; reader: MetricsReader } & { [name: string]: Figure | Latency }

const folder = fileURLToPath(new URL('../../../fixtures/completions/scrapes/', import.meta.url))
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const expected = JSON.parse(readFileSync(folder + file, 'utf8')) as Expected
    return { expected, page: readFileSync(folder + file.replace(/json$/, 'txt'), 'utf8') }
  })

const latencies: ReadonlySet<string> = new Set([
  ...['timeToFirstToken', 'timePerOutputToken', 'interTokenLatency', 'endToEnd', 'queueTime'],
])

/** Each canonical name with what its case expects of it, and what was read in the same words. */
function compared(expected: Expected, metrics: RuntimeMetrics) {
  const names = Object.keys(nothingSaid) as (keyof RuntimeMetrics)[]
  const wanted = names.map((name) => [name, matching(expected[name] ?? null)])
  return {
    read: Object.fromEntries(names.map((name) => [name, inWords(metrics[name])])),
    wanted: Object.fromEntries(wanted),
  }
}

function matching(figure: Figure | Latency): unknown {
  return typeof figure === 'string' ? expect.stringContaining(figure) : figure
}

function inWords(reading: Reading<number | Histogram>): Figure | Latency {
  if (reading.state === 'absent') return null
  if (reading.state === 'unreadable') return reading.why
  if (typeof reading.value === 'number') return rounded(reading.value)
  const { count, sum } = reading.value
  const at = (share: number) => quantileInWords(quantile(reading.value as Histogram, share))
  return { count, sum: rounded(sum), mean: rounded(valueOr(mean(reading.value), null)), p50: at(0.5), p95: at(0.95) }
}

function quantileInWords(one: Reading<Quantile>): Figure {
  if (one.state !== 'known') return null
  return one.value.above ? `above ${one.value.value}` : rounded(one.value.value)
}

function rounded<T extends number | null>(value: T): T | number {
  return value === null ? value : Math.round(value * 1e6) / 1e6
}

describe('a page of metrics', () => {
  it.each(cases.map((one) => [one.expected.about, one] as const))('%s', (_, { expected, page }) => {
    for (const text of [page, page.replaceAll('\n', '\r\n')]) {
      const { read, wanted } = compared(expected, readRuntimeMetrics(expected.reader, text))
      expect(read).toEqual(wanted)
    }
  })

  it.each(cases.map((one) => [one.expected.about, one] as const))('names nothing that there is not: %s', (_, one) => {
    const known = ['about', 'reader', ...Object.keys(nothingSaid)]
    expect(Object.keys(one.expected).filter((name) => !known.includes(name))).toEqual([])
    const isLatency = (value: unknown) => typeof value === 'object' && value !== null
    expect(Object.entries(one.expected).filter(([name, value]) => isLatency(value) && !latencies.has(name))).toEqual([])
  })

  it.each(cases.map((one) => [one.expected.about, one] as const))('is no page of another engine: %s', (_, one) => {
    for (const reader of metricsReader.options.filter((other) => other !== one.expected.reader)) {
      expect(readRuntimeMetrics(reader, one.page)).toEqual(nothingSaid)
    }
  })

  it.each(metricsReader.options)('of %s has examples', (reader) => {
    expect(cases.filter((one) => one.expected.reader === reader).length).toBeGreaterThan(1)
  })

  it.each(['', '<html>login</html>', 'requests_processing 1', 'num_running_reqs 1'])("%j is no engine's", (page) => {
    for (const reader of metricsReader.options) expect(readRuntimeMetrics(reader, page)).toEqual(nothingSaid)
  })

  it('says absent for a series that is not there, never 0', () => {
    expect(readRuntimeMetrics('llama-cpp', 'llamacpp:requests_processing 2\n')).toEqual({
      ...nothingSaid,
      running: known(2),
    })
  })

  it('takes a counter with and without its suffix, and never both', () => {
    const both = 'vllm:generation_tokens 5\nvllm:generation_tokens_total 6\n'
    expect(readRuntimeMetrics('vllm', both).generatedTokens).toEqual(known(5))
    expect(readRuntimeMetrics('vllm', both.slice(both.indexOf('\n'))).generatedTokens).toEqual(known(6))
  })

  it('is a page whatever it consists of, and its numbers are counts', () => {
    const label = fc.constantFrom('engine', 'priority', 'tp_rank', 'dp_rank', 'model_name', 'le')
    const labels = fc
      .array(fc.tuple(label, fc.oneof(fc.constantFrom('', '0', '1', '+Inf'), fc.string({ unit: 'binary' }))), {
        maxLength: 4,
      })
      .map((pairs) => pairs.map(([name, value]) => `${name}="${value}"`).join(','))
    const name = fc.constantFrom(
      ...['vllm:num_requests_running', 'sglang:num_running_reqs', 'sglang:num_queue_reqs', 'num_requests_waiting'],
      ...['num_requests_swapped', 'generation_tokens_total', 'llamacpp:requests_processing'],
      ...['bucket', 'sum', 'count'].map((part) => `vllm:time_to_first_token_seconds_${part}`),
    )
    const value = fc.oneof(fc.double().map(String), fc.constantFrom('1e308', '-0', '0x1', '', 'NaN', '7 8', '1e999'))
    const line = fc.tuple(name, labels, value).map(([n, l, v]) => `${n}{${l}} ${v}\n`)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (page) => {
        for (const reader of metricsReader.options) {
          for (const one of Object.values(readRuntimeMetrics(reader, page.join('')))) {
            if (one.state !== 'known') continue
            const values =
              typeof one.value === 'number' ? [one.value] : [one.value.sum, one.value.count, ...one.value.counts]
            expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
          }
        }
      }),
    )
  })

  it('does not count what is more than there are numbers for', () => {
    const page = 'num_requests_running 9e307\nnum_requests_waiting 9e307\nnum_requests_swapped 9e307\n'
    const { running, waiting } = readRuntimeMetrics('mindie', page)
    expect(waiting).toEqual({ state: 'unreadable', why: 'more than can be counted' })
    expect(requestsUnderWay({ running, waiting: known(1.7e308) }).state).toBe('unreadable')
  })

  it('may have labels of any size', () => {
    const huge = 'x"}\n 9'.replaceAll('"', '\\"').replaceAll('\n', '\\n').repeat(100_000)
    const page = `vllm:num_requests_running{model_name="${huge}",engine="0"} 1\nvllm:num_requests_running{model_name="${huge}",engine="1"} 2\n`
    expect(readRuntimeMetrics('vllm', page).running).toEqual(known(3))
  })
})

describe('several models behind one endpoint', () => {
  const page = [
    'vllm:num_requests_running{model_name="a"} 1',
    'vllm:num_requests_running{model_name="b"} 4',
    'vllm:num_requests_waiting 7',
    'vllm:generation_tokens_total{model_name="b"} 9',
  ].join('\n')

  it('are told apart, and what is of no model is of each', () => {
    const { running, waiting, generatedTokens } = readRuntimeMetrics('vllm', page, 'a')
    expect([running, waiting, generatedTokens]).toEqual([known(1), known(7), absent])
  })

  it('are one where nobody asks for one of them, or for one that is not there', () => {
    expect(readRuntimeMetrics('vllm', page).running).toEqual(known(5))
    expect(readRuntimeMetrics('vllm', page, 'c').running).toEqual(known(5))
  })

  it('hide no series whose labels cannot be read', () => {
    const broken = `${page}\nvllm:num_requests_running{model_name="a} 3`
    expect(readRuntimeMetrics('vllm', broken, 'a').running).toMatchObject({ state: 'unreadable' })
  })
})

describe('a page without end', () => {
  it('is read as far as anybody needs it, and what has too many parts is not added up', () => {
    const many = Array.from({ length: 1_000_000 }, (_, at) => `vllm:num_requests_running{e="${at}"} 1`).join('\n')
    const started = performance.now()
    expect(readRuntimeMetrics('vllm', many).running).toMatchObject({ state: 'unreadable' })
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('has no histogram of more bounds than anybody has', () => {
    const name = 'vllm:time_to_first_token_seconds'
    const buckets = Array.from({ length: 5000 }, (_, at) => `${name}_bucket{le="${at}"} 1`)
    const page = [...buckets, `${name}_sum 1`, `${name}_count 1`].join('\n')
    expect(readRuntimeMetrics('vllm', page).timeToFirstToken).toMatchObject({ state: 'unreadable' })
  })
})

describe('the page of an engine', () => {
  it.each([
    ['vllm', 'vllm:num_requests_running 0', true],
    ['tei', 'te_queue_size 0', true],
    ['tei', 'te_request_success 9', false],
    ['vllm', 'vllm:num_requests_running NaN\nvllm:num_requests_waiting 1', false],
    ['vllm', '<html>', false],
  ] as const)('of %s, %j: %j', (reader, page, isOne) => {
    expect(isPageOfEngine(readRuntimeMetrics(reader, page))).toBe(isOne)
  })
})

describe('requests under way', () => {
  it.each<[Reading<number>, Reading<number>, Reading<number>]>([
    [known(2), known(3), known(5)],
    [known(2), absent, known(2)],
    [known(0), known(0), known(0)],
    [known(2), unreadable('why'), unreadable('why')],
    [absent, known(3), absent],
    [unreadable('why'), known(3), unreadable('why')],
  ])('%j in work and %j in the queue are %j', (running, waiting, requests) => {
    expect(requestsUnderWay({ running, waiting })).toEqual(requests)
  })
})
