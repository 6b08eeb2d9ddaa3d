// Leaves of the XML of nvidia-smi: which words are a value, which are none, and which nobody understands.
import { describe, expect, it } from 'vitest'
import { absent, known, type Reading, unreadable } from '../../../../../shared/domain/reading.ts'
import {
  cellAt,
  countAt,
  flagAt,
  megahertzAt,
  missing,
  sumOf,
  textAt,
} from '../../../../../shared/facts/accelerators/nvidia-cells.ts'
import { readXml } from '../../../../../shared/facts/accelerators/nvidia-xml.ts'

const leaf = (text: string) => readXml(`<leaf>${text}</leaf>`)
const noLeaf = unreadable('nvidia-smi -q -x has no leaf')

describe('cellAt', () => {
  it.each([
    ['GPU is lost', '[GPU is lost]'],
    ['[GPU requires reset]', '[GPU requires reset]'],
    ['GPU has fallen off the bus.', '[GPU has fallen off the bus.]'],
    ['Insufficient Permissions', '[Insufficient Permissions]'],
    ['Not Found', '[Not Found]'],
    ['Requested functionality has been deprecated', 'N/A'],
    ['[Requested functionality has been deprecated]', 'N/A'],
    ['Tesla [No Data]', 'Tesla [No Data]'],
    ['No Data today', 'No Data today'],
    ['This GPU is lost', 'This GPU is lost'],
  ])('of "%s" is "%s"', (text, cell) => {
    expect(cellAt(leaf(text), 'leaf')).toBe(cell)
  })

  it('is undefined without such an element', () => {
    expect([cellAt(leaf('1'), 'other'), cellAt(undefined, 'leaf')]).toEqual([undefined, undefined])
  })
})

describe('a leaf', () => {
  it('is unreadable with its path where it is not there', () => {
    const from = leaf('1')
    const why = unreadable('nvidia-smi -q -x has no a/b')
    expect([textAt, countAt, megahertzAt, flagAt].map((read) => read(from, 'a', 'b'))).toEqual([why, why, why, why])
    expect(missing(['leaf'])).toEqual(noLeaf)
  })

  it.each<[string, Reading<string>]>([
    ['96.00.5E.00.01', known('96.00.5E.00.01')],
    ['N/A', absent],
    ['Requested functionality has been deprecated', absent],
    ['Unknown Error', unreadable('[Unknown Error]')],
    ['GPU is lost', unreadable('[GPU is lost]')],
    ['x'.repeat(900), known('x'.repeat(190))],
  ])('as a text: "%s"', (text, reading) => {
    expect(textAt(leaf(text), 'leaf')).toEqual(reading)
  })

  it.each<[string, Reading<number>]>([
    ['0', known(0)],
    ['12', known(12)],
    ['1.5', unreadable('not a count: 1.5')],
    ['12 MHz', unreadable('not a value: 12 MHz')],
    ['N/A', absent],
  ])('as a count: "%s"', (text, reading) => {
    expect(countAt(leaf(text), 'leaf')).toEqual(reading)
  })

  it.each<[string, Reading<number>['state']]>([
    ['1980 MHz', 'known'],
    ['1980', 'known'],
    ['0 MHz', 'known'],
    ['100000 MHz', 'known'],
    ['100001 MHz', 'unreadable'],
    ['-1 MHz', 'unreadable'],
    ['1980 kMHz', 'unreadable'],
    ['1980 MHz.', 'unreadable'],
    ['N/A', 'absent'],
  ])('as a clock: "%s" is %s', (text, state) => {
    expect(megahertzAt(leaf(text), 'leaf').state).toBe(state)
  })

  it.each<[string, Reading<boolean>]>([
    ['Yes', known(true)],
    ['Enabled', known(true)],
    ['Active', known(true)],
    ['No', known(false)],
    ['Disabled', known(false)],
    ['Not Active', known(false)],
    ['N/A', absent],
    ['Yes and no', unreadable('leaf: Yes and no')],
    ['Inactive', unreadable('leaf: Inactive')],
    ['Not Active yet', unreadable('leaf: Not Active yet')],
    ['Oh no', unreadable('leaf: Oh no')],
    ['Pending', unreadable('leaf: Pending')],
  ])('as a flag: "%s"', (text, reading) => {
    expect(flagAt(leaf(text), 'leaf')).toEqual(reading)
  })
})

describe('sumOf', () => {
  const broken = unreadable('no')
  it.each<[Reading<number>[], Reading<number>]>([
    [[], absent],
    [[absent, absent], absent],
    [[absent, known(2), known(3)], known(5)],
    [[known(2), broken, absent], broken],
  ])('of %j is %j', (counts, sum) => {
    expect(sumOf(counts)).toEqual(sum)
  })
})
