// Metrics of a process we do not trust: what is a sample is read, what is not is passed over, nothing throws.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { readPrometheus } from '../../../../shared/observe/prometheus.ts'
import { readLlamaCpp } from '../../../../shared/observe/runtimes/llama-cpp.ts'

const scrape = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../fixtures/completions/scrapes/${name}.txt`, import.meta.url)), 'utf8')

const lines: [line: string, read: [string, number][]][] = [
  ['up 1', [['up', 1]]],
  ['up 1 1395066363000', [['up', 1]]],
  ['  up\t+1.5e3  ', [['up', 1500]]],
  ['http_requests_total{method="post",code="200"} 1027', [['http_requests_total', 1027]]],
  ['path{a="C:\\\\DIR\\\\FILE.TXT",b="Cannot } find \\"x\\""} 1.458255915e9', [['path', 1_458_255_915]]],
  ['a:b_c:d 0', [['a:b_c:d', 0]]],
  ['neg -3.25', [['neg', -3.25]]],
  ['up NaN', []],
  ['up +Inf', []],
  ['up -Inf', []],
  ['up', []],
  ['up ', []],
  ['up x', []],
  ['1up 1', []],
  ['up{a="b" 1', []],
  ['}{ 1', []],
  ['# HELP up is it', []],
  ['# up 1', []],
  ['# up{a="b"} 1', []],
  ['#up 1', []],
  ['up1', []],
  ['up$ 1', []],
  ['up  \t 1', [['up', 1]]],
  ['up{a="b"}', []],
  ['up} 1', []],
  ['{a="b"} 1', []],
  ['', []],
  ['<html>', []],
]

describe('a line', () => {
  it.each(lines)('%j', (line, read) => {
    expect(readPrometheus(line).map((one) => [one.name, one.value])).toEqual(read)
    expect(readPrometheus(`${line}\r\nnext 2\r\n`).map((one) => one.name)).toEqual([
      ...read.map(([name]) => name),
      'next',
    ])
  })
})

describe('a whole text', () => {
  const name = fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,12}$/)
  const value = fc.double({ noNaN: true, noDefaultInfinity: true })

  it('gives back every sample in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (samples) => {
        const text = samples.map(([n, v]) => `# TYPE ${n} gauge\n${n}{x="{}"} ${v}\n`).join('')
        expect(readPrometheus(text)).toEqual(samples.map(([n, v]) => ({ name: n, value: v + 0 })))
      }),
    )
  })

  it('never throws and never gives a value that is none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\n', '{', '}', ' ', 'a', '1', '"')), {
          maxLength: 30,
        }),
        (parts) => {
          for (const sample of readPrometheus(parts.join(''))) {
            expect(Number.isFinite(sample.value)).toBe(true)
            expect(sample.name).toMatch(/^[A-Za-z_:][A-Za-z0-9_:]*$/)
          }
        },
      ),
    )
  })

  it('is read up to a bound, however long it is', () => {
    expect(readPrometheus('up 1\n'.repeat(100_000)).length).toBe(20_000)
    expect(readPrometheus(`${'\n'.repeat(4 * 1024 * 1024)}late 1\n`)).toEqual([])
    expect(readPrometheus('x'.repeat(20 * 1024 * 1024))).toEqual([])
  })
})

describe('llama.cpp', () => {
  it('is recognised by its own gauge, and its names become the canonical ones', () => {
    const samples = readPrometheus(scrape('llama-cpp'))
    expect(readLlamaCpp(samples).running.state).toBe('known')
    expect(readLlamaCpp(samples)).toEqual({
      running: known(0),
      waiting: known(0),
      generatedTokens: known(12),
    })
    expect(readLlamaCpp(readPrometheus(scrape('llama-cpp-busy'))).running).toEqual(known(1))
  })

  it('says absent for a series that is not there, never 0', () => {
    const samples = readPrometheus('llamacpp:requests_processing 2\n')
    expect(readLlamaCpp(samples)).toEqual({
      running: known(2),
      waiting: absent,
      generatedTokens: absent,
    })
  })

  it.each(['', '<html>login</html>', 'vllm:num_requests_running 1', 'requests_processing 1'])(
    'is not seen in %j',
    (text) => {
      expect(readLlamaCpp(readPrometheus(text)).running.state === 'known').toBe(false)
    },
  )
})
