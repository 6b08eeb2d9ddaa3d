// Every problem of a file at once, each with its place and a sentence in both languages: what is wrong, and what would
// be right. A case is tests/fixtures/catalog/problems/NAME.yaml; what is said of it lies beside it.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { examineYaml } from '../../../../main/catalog/read-yaml.ts'
import type { CatalogFault } from '../../../../shared/domain/catalog-fault.ts'
import { entry } from '../../../../shared/domain/entry.ts'
import { problemLine } from '../../../../shared/words/catalog-words.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { expectGolden } from '../../../support/golden.ts'

const folder = fileURLToPath(new URL('../../../fixtures/catalog/problems/', import.meta.url))
const cases = readdirSync(folder).filter((name) => name.endsWith('.yaml'))

function faultsOf(text: string, schema: z.ZodType): CatalogFault[] {
  return examineYaml('x.yaml', text, schema).problems.map(({ fault }) => fault)
}

describe('the problems of a file', () => {
  it.each(cases)('%s are all told, in both languages', (name) => {
    const { problems } = examineYaml(name, readFileSync(folder + name, 'utf8'), entry)
    const said = (['en', 'zh-CN'] as const).map((language) =>
      problems.map((one) => `${problemLine(one, wordsOf(language).catalog)}\n`).join(''),
    )
    expectGolden(`${folder}${name.replace('.yaml', '.txt')}`, said.join('\n'))
  })

  it('are fifty at most, however many there are', () => {
    const fields = Array.from({ length: 5000 }, (_, at) => `field${at}: 1`)
    const twice = Array.from({ length: 5000 }, () => 'kind: model')
    for (const lines of [['kind: model', ...fields], twice]) {
      expect(examineYaml('x.yaml', lines.join('\n'), entry).problems).toHaveLength(50)
    }
  })

  it('leave what stands in the file to be looked at, and no value', () => {
    const { data, value, placeOf } = examineYaml('x.yaml', 'kind: model\nid: [a, b]\n', entry)
    expect([data, value]).toEqual([{ kind: 'model', id: ['a', 'b'] }, undefined])
    expect([placeOf(['id', 1]), placeOf(['id', 7]), placeOf(['nothing'])]).toEqual([
      { line: 2, column: 9 },
      { line: 2, column: 5 },
      { line: 1, column: 1 },
    ])
  })
})

describe('any schema', () => {
  it('that tells its forms apart by no field is held against the form that is nearest', () => {
    const schema = z.strictObject({ a: z.union([z.string(), z.strictObject({ b: z.int() })]) })
    expect(faultsOf('a: { b: x }', schema)).toEqual([
      { kind: 'wrong-type', found: { type: 'text', shown: 'x' }, wanted: 'whole-number' },
    ])
    expect(faultsOf('a: 1', schema)).toHaveLength(1)
  })

  it('may wrap a field as it likes', () => {
    const inner = z.strictObject({ colour: z.string() })
    const schema = z.strictObject({
      a: inner.optional(),
      b: inner.nullable(),
      c: inner.default({ colour: 'red' }),
      d: z.lazy(() => inner),
      e: z.array(inner).readonly(),
      f: z.record(z.string(), inner),
    })
    const wrong = '{ colour: x, color: y }'
    const faults = faultsOf(
      `a: ${wrong}\nb: ${wrong}\nc: ${wrong}\nd: ${wrong}\ne: [${wrong}]\nf: { x: ${wrong} }\n`,
      schema,
    )
    expect(faults).toEqual(Array(6).fill({ kind: 'unknown-field', field: 'color', known: ['colour'], meant: 'colour' }))
  })

  it.each([
    ['z.number().min(2).max(5)', z.number().min(2).max(5), '9', { least: 2, most: 5 }],
    ['z.int().positive()', z.int().positive(), '0', { least: 1 }],
    ['z.string().max(2)', z.string().max(2), 'abc', { most: 2 }],
    ['z.array(...).length(2)', z.array(z.int()).length(2), '[1]', { least: 2, most: 2 }],
  ])('%s says its whole range', (_name, schema, text, range) => {
    expect(faultsOf(`a: ${text}`, z.strictObject({ a: schema }))).toMatchObject([{ kind: 'out-of-range', range }])
  })
})

describe('what other readers take as well', () => {
  const model = readFileSync(
    fileURLToPath(new URL('../../../fixtures/catalog/ward/catalog/models/qwen3-8b.yaml', import.meta.url)),
    'utf8',
  )

  it.each([
    ['a byte order mark at the beginning', `\ufeff${model}`],
    ['the ends of lines of Windows', model.replaceAll('\n', '\r\n')],
    ['%YAML 1.2', `%YAML 1.2\n---\n${model}`],
    ['marks around the one document', `---\n${model}...\n`],
    ['tabs between a value and its comment', model.replace('parallel: 2', 'parallel: 2\t# two')],
  ])('is read the same with %s', (_what, text) => {
    expect(text).not.toBe(model)
    expect(examineYaml('x.yaml', text, entry)).toMatchObject({
      problems: [],
      value: examineYaml('x.yaml', model, entry).value,
    })
  })

  it.each(['no', 'on', '2026-11-20', '1:30', '1_000', '~x', '=', 'constructor', '__proto__'])(
    '%s is the text that it is',
    (word) => {
      const schema = z.record(z.string(), z.string())
      expect(examineYaml('x.yaml', `a: ${word}\nconstructor: ${word}\n`, schema).value).toEqual({
        a: word,
        constructor: word,
      })
    },
  )
})
