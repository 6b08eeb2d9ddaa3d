// Reading sets as they are published: small files of each form with all that is refused in them, and whatever else somebody
// may bring.
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluationItem, setBounds } from '../../../../../shared/domain/evaluation-set.ts'
import { csvRows, longestCell } from '../../../../../shared/verify/evaluation/csv-rows.ts'
import { readSet } from '../../../../../shared/verify/evaluation/read-set.ts'

const folder = new URL('../../../../fixtures/evaluation/sets/', import.meta.url)
const textIn = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const names = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'))

describe('a published set', () => {
  it.each(names)('%s is read, and what is refused of it is named with its line', (name) => {
    expect(readSet(textIn(name))).toEqual(JSON.parse(textIn(`${name}.expected.json`)))
  })

  it('is read the same with the marks and line ends that spreadsheets give it', () => {
    const text = textIn('cmexam.csv')
    expect(readSet(`\ufeff${text.replaceAll('\n', '\r\n')}`)).toEqual(readSet(text))
  })

  it('has no more questions than can be asked', () => {
    const line = `${JSON.stringify({ question: 'which', options: { A: 'a', B: 'b' }, answer_idx: 'A' })}\n`
    const read = readSet(line.repeat(setBounds.items + 2))
    if (!read.ok) throw new Error(read.problem)
    expect(read.items).toHaveLength(setBounds.items)
    expect(read.refused).toBe(2)
    expect(read.refusals).toEqual([
      { line: setBounds.items + 1, fault: 'too-many-items' },
      { line: setBounds.items + 2, fault: 'too-many-items' },
    ])
  })

  it('tells no more refusals than a person reads, and counts all of them', () => {
    const good = JSON.stringify({ question: 'which', options: { A: 'a', B: 'b' }, answer_idx: 'A' })
    const read = readSet(`${good}\n${'{}\n'.repeat(500)}`)
    if (!read.ok) throw new Error(read.problem)
    expect(read.refusals).toHaveLength(setBounds.refusalsTold)
    expect(read.refused).toBe(500)
  })
})

describe('a table', () => {
  const head = 'Question,Options,Answer\n'
  const good = 'which,"A one\nB two",A\n'
  const linesOf = (text: string) => {
    const read = readSet(text)
    if (!read.ok) throw new Error(read.problem)
    return { items: read.items.map(({ line }) => line), refusals: read.refusals }
  }

  it('loses only the row with a quote that is never closed', () => {
    // The first line of what stands behind it is read as a row of its own again.
    const rows = 'which,none,A\n'.repeat(longestCell / 8)
    const { items, refusals } = linesOf(`${head}${good}"open,x,A\n${rows}${good}`)
    expect(items).toEqual([2, 5 + longestCell / 8])
    expect(refusals.slice(0, 2)).toEqual([
      { line: 4, fault: 'cell-too-long' },
      { line: 5, fault: 'no-options' },
    ])
  })

  it('numbers its lines also where they end with "\\r" alone', () => {
    const { items } = linesOf(`${head}${good}${good}`.replaceAll('\n', '\r'))
    expect(items).toEqual([2, 4])
  })

  it('keeps an option that goes on over lines', () => {
    const read = readSet(`${head}which,"A one\n  more\n\n and more\nB two",A\n`)
    expect(read).toMatchObject({ items: [{ options: ['one more and more', 'two'] }] })
  })

  it('is not looked at further than to its bounds', () => {
    const read = readSet(`${head}${good}${'q,o,A\n'.repeat(setBounds.looked + 50)}`)
    expect(read).toMatchObject({ ok: true, refused: setBounds.looked })
  })

  const million = 1_000_000
  it.each([
    ['line ends of one kind', '\r'.repeat(20 * million)],
    ['rows that end with "\\r"', 'q,o,A\r'.repeat(3 * million)],
    ['open quotes', '"q\n'.repeat(7 * million)],
    ['an open quote before much', `"${'x\n'.repeat(10 * million)}`],
    ['quotes that are doubled', `"${'""\n,""'.repeat(3 * million)}`],
    ['cells that are cut', `${'x'.repeat(longestCell + 1)},"\n`.repeat(300)],
    ['cells', ','.repeat(20 * million)],
    ['one cell', 'x'.repeat(20 * million)],
    ['lines of options', `q,"A one\n${'x\n'.repeat(30_000)}B two",A\n`.repeat(330)],
    ['spaces in options', `q,"A${' '.repeat(60_000)}x\u2028y\nB two",A\n`.repeat(330)],
  ])('ends with 20 MB of %s', { timeout: 30_000 }, (_what, text) => {
    expect(readSet(head + text)).toBeDefined()
  })
})

describe('what is no set', () => {
  it.each([
    '',
    'x',
    '[]',
    '{}',
    '[1, 2]',
    '"text"',
    'a,b,c\n1,2,3\n',
    '{"question": 1}',
    '[[[[',
    `${'['.repeat(100_000)}`,
    'PK\u0003\u0004',
  ])('is said to have no form that is known: %#', (text) => {
    expect(readSet(text)).toEqual({ ok: false, problem: 'unknown-form' })
  })

  it('names the first reason where no question of it can be asked', () => {
    const text = JSON.stringify([{ question: '?', option: { A: 'a', B: 'b' }, question_type: '单项选择题' }])
    expect(readSet(text)).toEqual({ ok: false, problem: 'no-items', first: { line: 1, fault: 'no-right-answer' } })
  })
})

describe('whatever somebody brings', () => {
  const value = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.constant(null),
    fc.dictionary(fc.constantFrom('A', 'B', 'C', 'a', '__proto__', 'key'), fc.string()),
  )
  const entry = fc.dictionary(
    fc.constantFrom(
      'question',
      'option',
      'options',
      'answer',
      'answer_idx',
      'question_type',
      'meta_info',
      'constructor',
    ),
    value,
  )
  const cell = fc.oneof(fc.string(), fc.constantFrom('Question', 'Options', 'Answer', 'A a\nB b', '"A"', '""', 'AB'))
  const texts = fc.oneof(
    fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
    fc.array(entry).map((all) => JSON.stringify(all)),
    fc.array(entry).map((all) => all.map((one) => JSON.stringify(one)).join('\n')),
    fc.array(fc.array(cell)).map((rows) => ['Question,Options,Answer', ...rows.map((row) => row.join(','))].join('\n')),
  )

  it('gives questions that can be kept, or a reason', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const read = readSet(text)
        if (!read.ok) return
        for (const one of read.items) expect(evaluationItem.safeParse(one).error).toBeUndefined()
      }),
    )
  })
})

describe('rows of a table', () => {
  it('come back as they were written, with the lines that they begin on', () => {
    const plain = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ') })
    fc.assert(
      fc.property(fc.array(fc.array(plain, { minLength: 1, maxLength: 8 }), { minLength: 1 }), (rows) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
        const lines = rows.map((row) => `${row.map(quoted).join(',')}\n`)
        const read = [...csvRows(lines.join(''))]
        expect(read.map(({ cells }) => cells)).toEqual(rows)
        let line = 1
        const begins = lines.map((text) => {
          const at = line
          line += text.split(/\r\n|\r|\n/).length - 1
          return at
        })
        expect(read.map((row) => row.line)).toEqual(begins)
      }),
    )
  })
})
