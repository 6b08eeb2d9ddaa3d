// Metrics of a process we do not trust: what is a sample is read, without a number where it says none, what is not is passed over, nothing
// throws.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLabels, readPrometheus } from '../../../../shared/observe/prometheus.ts'

const lines: [line: string, read: [string, number | undefined][]][] = [
  ['up 1', [['up', 1]]],
  ['up 1 1395066363000', [['up', 1]]],
  ['  up\t+1.5e3  ', [['up', 1500]]],
  ['http_requests_total{method="post",code="200"} 1027', [['http_requests_total', 1027]]],
  ['path{a="C:\\\\DIR\\\\FILE.TXT",b="Cannot } find \\"x\\""} 1.458255915e9', [['path', 1_458_255_915]]],
  ['a:b_c:d 0', [['a:b_c:d', 0]]],
  ['neg -3.25', [['neg', -3.25]]],
  ['up .5', [['up', 0.5]]],
  ['up 5.', [['up', 5]]],
  ['up {a="b"} 1', [['up', 1]]],
  ['up{} 1', [['up', 1]]],
  ['up{a="b"}1', [['up', 1]]],
  ['up{a="b"} 1 # {trace="}"} 0.67', [['up', 1]]],
  ['up{a="\\\\"} 1', [['up', 1]]],
  ['up{a="\\"} 1', [['up', undefined]]],
  ['up 0x10', [['up', undefined]]],
  ['up 1_000', [['up', undefined]]],
  ['up 1,5', [['up', undefined]]],
  ['up 1e999', [['up', undefined]]],
  [`up ${'9'.repeat(65)}`, [['up', undefined]]],
  ['up NaN', [['up', undefined]]],
  ['up +Inf', [['up', undefined]]],
  ['up -Inf', [['up', undefined]]],
  ['up', []],
  ['up ', []],
  ['up x', [['up', undefined]]],
  ['1up 1', []],
  ['up{a="b" 1', [['up', undefined]]],
  ['}{ 1', []],
  ['# HELP up is it', []],
  ['# up 1', []],
  ['# up{a="b"} 1', []],
  ['#up 1', []],
  ['up1', []],
  ['up$ 1', []],
  ['up  \t 1', [['up', 1]]],
  ['up{a="b"}', [['up', undefined]]],
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
        expect(readPrometheus(text)).toEqual(samples.map(([n, v]) => ({ name: n, labels: 'x="{}"', value: v + 0 })))
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
            expect(Number.isFinite(sample.value ?? 0)).toBe(true)
            expect(sample.name).toMatch(/^[A-Za-z_:][A-Za-z0-9_:]*$/)
          }
        },
      ),
    )
  })

  it('is read up to a bound, however long it is', () => {
    expect(readPrometheus('up 1\n'.repeat(200_000)).length).toBe(100_000)
    expect(readPrometheus(`${'\n'.repeat(4 * 1024 * 1024)}late 1\n`)).toEqual([])
    expect(readPrometheus('x'.repeat(20 * 1024 * 1024))).toEqual([])
  })

  it('has no number that the bound cuts', () => {
    const text = `up 1\n#${'x'.repeat(4 * 1024 * 1024 - 10)}\nup 23456\n`
    expect(readPrometheus(text).map((one) => one.value)).toEqual([1])
  })

  it('is read soon, whatever its one line is made of', () => {
    const began = performance.now()
    for (const piece of [' ', '{', '"', '\\', 'a=', 'a="",', '9', '9 ', '\t}', 'up{a="']) {
      const long = piece.repeat((3 * 1024 * 1024) / piece.length)
      for (const text of [`up ${long}x`, `up{${long}} 1`, `up{a="${long}"} 1`, `up{a="b"}${long}x`]) {
        for (const { labels } of readPrometheus(text)) readLabels(labels)
      }
    }
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('labels', () => {
  it.each<[text: string, labels: [string, string][] | undefined]>([
    ['', []],
    [' , ', undefined],
    ['a="b"', [['a', 'b']]],
    [
      ' a = "b" , c="d\\"}",',
      [
        ['a', 'b'],
        ['c', 'd\\"}'],
      ],
    ],
    ['a="b",a="c"', undefined],
    ['a="b', undefined],
    ['a="b\\"', undefined],
    ['a="b",,', undefined],
    ['a=b', undefined],
    ['1a="b"', undefined],
  ])('%j', (text, labels) => {
    const read = readLabels(text)
    expect(read && [...read]).toEqual(labels)
  })

  it('come back as they were written', () => {
    const name = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/)
    const value = fc
      .string({ unit: 'binary' })
      .map((text) => text.replace(/[\\"\n]/g, (one) => `\\${one}`.replace('\n', 'n')))
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([one]) => one }), (labels) => {
        const text = labels.map(([n, v]) => `${n}="${v}"`).join(',')
        const [sample] = readPrometheus(`up{${text}} 7`)
        expect(sample?.value).toBe(7)
        expect([...(readLabels(sample?.labels ?? 'none') ?? [])]).toEqual(labels)
      }),
    )
  })
})
