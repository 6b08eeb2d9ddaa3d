// Which letters an answer says: a table of what models write, and that nothing they write breaks the reading.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLetters } from '../../../../../shared/verify/evaluation/read-letters.ts'

type Row = readonly [says: string, letters: string | null]
type Table = { readonly options: readonly string[]; readonly one: readonly Row[]; readonly several: readonly Row[] }

const file = new URL('../../../../fixtures/evaluation/answers.json', import.meta.url)
const table: Table = JSON.parse(readFileSync(file, 'utf8'))
const options = [...table.options]

describe('an answer to a question with one right option', () => {
  it.each(table.one)('%j is read as %s', (says, letters) => {
    expect(readLetters(says, { options })).toBe(letters ?? undefined)
  })
})

describe('an answer to a question with several right options', () => {
  it.each(table.several)('%j is read as %s', (says, letters) => {
    expect(readLetters(says, { options, several: true })).toBe(letters ?? undefined)
  })
})

describe('whatever a model writes', () => {
  it('is read as letters of the options, in their order and each once, or as nothing', () => {
    const piece = fc.constantFrom(
      'A',
      'B',
      'F',
      'Answer: ',
      '答案：',
      'is',
      ' ',
      '\n',
      '.',
      '、',
      'or',
      '\\boxed{',
      '}',
      '(',
      '选',
    )
    const text = fc.oneof(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
      fc.array(piece, { maxLength: 40 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, fc.boolean(), (says, isSeveral) => {
        const letters = readLetters(says, { options, ...(isSeveral && { several: true as const }) })
        if (letters === undefined) return
        expect(letters).toMatch(isSeveral ? /^A?B?C?D?$/ : /^[ABCD]$/)
        expect(letters).not.toBe('')
      }),
    )
  })

  it('is read in the time that its length takes, however it is made', () => {
    const long = [
      ...['A, '.repeat(20_000), `答案：${'A、'.repeat(20_000)}`, `Answer: ${' '.repeat(40_000)}B`, '('.repeat(40_000)],
      ...[
        `Answer: ${'A '.repeat(40)}x`,
        `Answer:${' '.repeat(7000)}x`,
        `Answer:${'\n'.repeat(7000)}x`,
        'Answer: '.repeat(2000),
      ],
      ...[`Answer: ${'A and '.repeat(500)}or`, `\\boxed{${'A '.repeat(4000)}`, `A${' '.repeat(7000)}x`],
    ]
    const began = performance.now()
    for (const says of long) readLetters(says, { options, several: true })
    expect(performance.now() - began).toBeLessThan(2000)
  })
})
