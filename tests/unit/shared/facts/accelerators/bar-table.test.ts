// Cells between bars, which rows are one device, and the words of a cell: what every table of this kind has in common.
import { describe, expect, it } from 'vitest'
import type { Accelerator } from '../../../../../shared/domain/accelerator.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import {
  attachedMore,
  type Cells,
  cellsOf,
  deviceTable,
  indexed,
  isName,
  memoryPair,
  pairIn,
  partsOf,
  shownNotes,
  valueWords,
} from '../../../../../shared/facts/accelerators/bar-table.ts'

const mib = 1024 ** 2

describe('cellsOf', () => {
  it.each([
    ['| a | b c |', ['a', 'b c']],
    ['  | a | b |  ', ['a', 'b']],
    ['a | b', ['a', 'b']],
    ['a | b |', ['b']],
    ['| a | b', ['a', 'b']],
    ['|  |', ['']],
    ['12:00 tool: | a | b |', ['a', 'b']],
    ['|-----|-----|', []],
    ['|=====|', []],
    ['|+----|', []],
    ['a |- b |', ['- b']],
    ['+-----+', []],
    ['', []],
  ])('of "%s"', (line, cells) => {
    expect(cellsOf(line)).toEqual(cells)
  })

  it('are at most 16', () => {
    expect(cellsOf(`|${' a |'.repeat(40)}`).length).toBeLessThan(16)
  })
})

describe('partsOf', () => {
  it.each([
    [['a', 'Processes:', 'b'], { devices: ['a'], processes: ['b'] }],
    [['a', '| process : |', 'b'], { devices: ['a'], processes: ['b'] }],
    [['Processes:'], { devices: [], processes: [] }],
    [['a', 'All processes:', 'b'], { devices: ['a', 'All processes:', 'b'], processes: undefined }],
    [['a', 'processed:'], { devices: ['a', 'processed:'], processes: undefined }],
  ])('of %j', (lines, parts) => {
    expect(partsOf(lines.join('\n'))).toEqual(parts)
  })
})

describe('deviceTable', () => {
  const opens = (cells: Cells) => /^\d/.test(cells[0] ?? '')
  const deviceOf = (rows: readonly Cells[]) =>
    rows.length < 2 ? undefined : ({ index: Number(rows[0]?.[0]), product: rows.slice(1) } as unknown as Accelerator)
  const read = (...lines: readonly string[]) => deviceTable(lines.join('\n'), { opens, deviceOf })

  it('gives a device the rows up to the next one, at most four, without borders', () => {
    const table = read(
      '| x |',
      '| 1 | a |',
      '| b |',
      '+---+',
      '| --- | c |',
      '| c |',
      '| d |',
      '| e |',
      '| 2 | a |',
      '| b-- |',
    )
    expect(table).toEqual({
      devices: [
        { index: 1, product: [['b'], ['c'], ['d']] },
        { index: 2, product: [['b--']] },
      ],
      notes: [],
    })
  })

  it('tells of rows that are no device, of one device twice, and of trouble', () => {
    const table = read(
      '| 1 |',
      '| a |',
      '| 1 | x |',
      '| b |',
      '| 2 | y |',
      'GPU 3: timed out',
      'hello',
      '| error | z |',
    )
    expect(table.devices).toMatchObject([{ index: 1 }, { index: 2 }])
    expect(table.notes).toEqual(['GPU 3: timed out', '| 1 | x |'])
    expect(read('| 2 | y |')).toEqual({ devices: [], notes: ['| 2 | y |'] })
  })

  it('has at most 512 devices, and nothing of the processes', () => {
    const many = Array.from({ length: 600 }, (_, at) => [`| ${at} |`, '| a |']).flat()
    expect(read(...many).devices).toHaveLength(512)
    expect(read('| 1 |', '| a |', 'Processes:', '| 2 |', '| a |').devices).toHaveLength(1)
  })
})

describe('attachedMore', () => {
  it.each([
    ['Attached GPUs : 8', 7, ['Attached GPUs : 8']],
    ['"Attached GPUs"   :   "8"', 7, ['Attached GPUs : 8']],
    ['Attached GPUs:16', 8, ['Attached GPUs:16']],
    ['Attached GPUs : 8', 8, []],
    ['GPUs : 8', 0, []],
    [`${' '.repeat(10_000)}Attached GPUs : 8`, 0, []],
  ])('in "%s" beside %i', (text, shown, notes) => {
    expect(attachedMore(text, shown).map((one) => one.trim())).toEqual(notes)
  })
})

it('shows 8 notes, each in short', () => {
  const notes = shownNotes(Array.from({ length: 20 }, () => 'x'.repeat(1000)))
  expect(notes).toHaveLength(8)
  expect(notes[0]?.length).toBeLessThan(270)
})

it.each([
  ['MetaX C500', true],
  ['P8', true],
  ['NA', false],
  ['NA 5', false],
  ['NAVI', true],
  ['UNA', true],
  ['5090', false],
  ['(C500)', false],
  ['X', false],
  ['', false],
])('"%s" may be a name: %s', (name, is) => {
  expect(isName(name.split(' '))).toBe(is)
})

it.each([
  ['0    MetaX C500', { index: 0, rest: ['MetaX', 'C500'] }],
  ['65535', { index: 65_535, rest: [] }],
  ['65536', undefined],
  ['MetaX 0', undefined],
  [undefined, undefined],
])('the cell "%s" begins with an index', (cell, found) => {
  expect(indexed(cell)).toEqual(found)
})

describe('the words of a cell', () => {
  it.each([
    ['0%  32C  30 W/ 150 W', ['0%', '32C', '30W/150W']],
    ['N/A / n/a', ['NA/NA']],
    ['32  \u00b0C 33 \ufffd\ufffdC 34 \u2103 35 C', ['32\u00b0C', '33\ufffd\ufffdC', '34\u2103', '35C']],
    ['1 KB 2 MiB 3 GB 4 TiB', ['1KB', '2MiB', '3GB', '4TiB']],
    ['5    MHz 6 % 7 W', ['5MHz', '6%', '7W']],
    ['5 Watt 6 Cores 7 MHzz', ['5', 'Watt', '6', 'Cores', '7', 'MHzz']],
    ['5 W) 6 C/ 7', ['5W)', '6C/7']],
    [undefined, []],
  ])('of "%s"', (cell, words) => {
    expect(valueWords(cell)).toEqual(words)
  })

  it.each([
    [
      ['0%', '858/65536MiB', '1/2'],
      ['858', '65536MiB'],
    ],
    [['/2'], ['', '2']],
    [['0%'], undefined],
    [[], undefined],
  ])('with a pair: %j', (words, pair) => {
    expect(pairIn(words)).toEqual(pair)
  })
})

describe('memoryPair', () => {
  const none = unreadable('the tool printed no such column')
  it.each([
    ['5 MiB/ 23308 MiB', known(23308 * mib), known(5 * mib)],
    ['858/65536 MiB', known(65536 * mib), known(858 * mib)],
    ['1/2 GiB', known(2048 * mib), known(1024 * mib)],
    ['1 MiB/2 GiB', known(2048 * mib), known(mib)],
    ['1/2', known(2 * mib), known(mib)],
    ['N/A / N/A', absent, absent],
    ['5/N/A', absent, known(5 * mib)],
    ['nothing', none, none],
  ])('"%s"', (cell, total, used) => {
    expect(memoryPair(cell)).toEqual({ memoryTotalBytes: total, memoryUsedBytes: used })
  })
})
