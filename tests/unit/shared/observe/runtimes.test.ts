// What an engine's metrics page says in the end: under canonical names, and how many people wait for an answer. Read
// from pages in tests/fixtures/completions/scrapes: NAME.txt and what is expected of it in NAME.json.
// Those of llama.cpp were recorded; the others are written by hand after the sources and documents of each engine.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MetricsReader, metricsReader } from '../../../../shared/domain/deployment.ts'
import { absent, known, type Reading, unreadable } from '../../../../shared/domain/reading.ts'
import { readRuntimeMetrics, requestsUnderWay } from '../../../../shared/observe/runtimes/all.ts'

/** A number is known, null is absent, a text is why it is unreadable. */
type Figure = number | string | null
type Expected = { about: string; reader: MetricsReader; running: Figure; waiting: Figure; generatedTokens: Figure }

const folder = fileURLToPath(new URL('../../../fixtures/completions/scrapes/', import.meta.url))
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const expected = JSON.parse(readFileSync(folder + file, 'utf8')) as Expected
    return { expected, page: readFileSync(folder + file.replace(/json$/, 'txt'), 'utf8') }
  })

function reading(figure: Figure): Reading<number> {
  if (figure === null) return absent
  return typeof figure === 'number' ? known(figure) : { state: 'unreadable', why: expect.stringContaining(figure) }
}

const nothing = { running: absent, waiting: absent, generatedTokens: absent }

describe('a page of metrics', () => {
  it.each(cases.map((one) => [one.expected.about, one] as const))('%s', (_, { expected, page }) => {
    const { reader, running, waiting, generatedTokens } = expected
    const metrics = { running: reading(running), waiting: reading(waiting), generatedTokens: reading(generatedTokens) }
    expect(readRuntimeMetrics(reader, page)).toEqual(metrics)
    expect(readRuntimeMetrics(reader, page.replaceAll('\n', '\r\n'))).toEqual(metrics)
  })

  it.each(cases.map((one) => [one.expected.about, one] as const))('is no page of another engine: %s', (_, one) => {
    for (const reader of metricsReader.options.filter((other) => other !== one.expected.reader)) {
      expect(readRuntimeMetrics(reader, one.page)).toEqual(nothing)
    }
  })

  it.each(metricsReader.options)('of %s has examples', (reader) => {
    expect(cases.filter((one) => one.expected.reader === reader).length).toBeGreaterThan(1)
  })

  it.each(['', '<html>login</html>', 'requests_processing 1', 'num_running_reqs 1'])("%j is no engine's", (page) => {
    for (const reader of metricsReader.options) expect(readRuntimeMetrics(reader, page)).toEqual(nothing)
  })

  it('says absent for a series that is not there, never 0', () => {
    expect(readRuntimeMetrics('llama-cpp', 'llamacpp:requests_processing 2\n')).toEqual({
      ...nothing,
      running: known(2),
    })
  })

  it('takes a counter with and without its suffix, and never both', () => {
    const both = 'vllm:generation_tokens 5\nvllm:generation_tokens_total 6\n'
    expect(readRuntimeMetrics('vllm', both).generatedTokens).toEqual(known(5))
    expect(readRuntimeMetrics('vllm', both.slice(both.indexOf('\n'))).generatedTokens).toEqual(known(6))
  })

  it('is a page whatever it consists of, and its numbers are counts', () => {
    const label = fc.constantFrom('engine', 'priority', 'tp_rank', 'dp_rank', 'model_name')
    const labels = fc
      .array(fc.tuple(label, fc.oneof(fc.constantFrom('', '0', '1'), fc.string({ unit: 'binary' }))), { maxLength: 4 })
      .map((pairs) => pairs.map(([name, value]) => `${name}="${value}"`).join(','))
    const name = fc.constantFrom(
      ...['vllm:num_requests_running', 'sglang:num_running_reqs', 'sglang:num_queue_reqs', 'num_requests_waiting'],
      ...['num_requests_swapped', 'generation_tokens_total', 'llamacpp:requests_processing'],
    )
    const value = fc.oneof(fc.double().map(String), fc.constantFrom('1e308', '-0', '0x1', '', 'NaN', '7 8', '1e999'))
    const line = fc.tuple(name, labels, value).map(([n, l, v]) => `${n}{${l}} ${v}\n`)
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (page) => {
        for (const reader of metricsReader.options) {
          for (const one of Object.values(readRuntimeMetrics(reader, page.join('')))) {
            if (one.state === 'known') expect(Number.isFinite(one.value) && one.value >= 0).toBe(true)
          }
        }
      }),
    )
  })

  it('may have labels of any size', () => {
    const huge = 'x"}\n 9'.replaceAll('"', '\\"').replaceAll('\n', '\\n').repeat(100_000)
    const page = `vllm:num_requests_running{model_name="${huge}",engine="0"} 1\nvllm:num_requests_running{model_name="${huge}",engine="1"} 2\n`
    expect(readRuntimeMetrics('vllm', page).running).toEqual(known(3))
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
    expect(requestsUnderWay({ running, waiting, generatedTokens: absent })).toEqual(requests)
  })
})
