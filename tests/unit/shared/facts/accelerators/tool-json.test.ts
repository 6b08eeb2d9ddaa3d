// JSON as vendor tools print it: behind warnings, with keys in any case, and values as numbers, texts or groups.
import { describe, expect, it } from 'vitest'
import { cellAt, fieldsOf, toolJson } from '../../../../../shared/facts/accelerators/tool-json.ts'

describe('toolJson', () => {
  it.each([
    ['{"a":1}', { a: 1 }],
    ['[1]', [1]],
    ['warning: slow\n{"a":1}', { a: 1 }],
    ['WARNING {x}\n  \t{"a":1}\nbye', { a: 1 }],
    ['\ufeff[1]\n', [1]],
    [`${' '.repeat(20)}[1]`, [1]],
    ['{not json\n{"a":1}', { a: 1 }],
    ['{"a":[1\n]}', { a: [1] }],
    ['note: {"a":1}', undefined],
    ['{"a":1', undefined],
    ['1', undefined],
    ['no brackets\nat all', undefined],
    ['', undefined],
    ['{"a":1}\n[2]', [2]],
  ])('%j', (text, document) => {
    expect(toolJson(text)).toEqual(document)
  })

  it('is looked for in 40 lines and in a mebibyte', () => {
    expect(toolJson(`${'x\n'.repeat(39)}[1]`)).toEqual([1])
    expect(toolJson(`${'x\n'.repeat(40)}[1]`)).toBeUndefined()
    expect(toolJson(`["${'x'.repeat(1024 * 1024)}"]`)).toBeUndefined()
  })
})

describe('fieldsOf', () => {
  it('has keys in lower case without spaces, the first 500', () => {
    expect([...(fieldsOf({ ' Card Series ': 1, GPU: 2 }) ?? [])]).toEqual([
      ['card series', 1],
      ['gpu', 2],
    ])
    expect(fieldsOf(Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`k${at}`, at])))?.size).toBe(500)
  })

  it.each([[null], [[1]], ['x'], [1], [undefined]])('are none of %j', (value) => {
    expect(fieldsOf(value)).toBeUndefined()
  })
})

describe('cellAt', () => {
  it.each<[unknown, string[], string | undefined]>([
    [{ a: { b: 5 } }, ['a', 'b'], '5'],
    [{ a: 'x' }, ['a'], 'x'],
    [{ a: { value: 54, unit: 'C' } }, ['a'], '54 C'],
    [{ a: { value: '54', unit: 'C' } }, ['a'], '54 C'],
    [{ a: { value: 54 } }, ['a'], '54'],
    [{ a: { value: 54, unit: 3 } }, ['a'], '54'],
    [{ a: { value: null, unit: 'C' } }, ['a'], undefined],
    [{ a: { unit: 'C' } }, ['a'], undefined],
    [{ a: 'N/A' }, ['a', 'b', 'c'], 'N/A'],
    [{ a: 'none' }, ['a', 'b'], undefined],
    [{ a: true }, ['a'], undefined],
    [{ a: [1] }, ['a'], undefined],
    [{}, ['a', 'b'], undefined],
    [undefined, ['a'], undefined],
  ])('of %j at %j', (value, path, cell) => {
    expect(cellAt(value, ...path)).toBe(cell)
  })
})
