// Cells of vendor tools: numbers in their ranges with their units, the words for nothing, and everything else unreadable.
import { describe, expect, it } from 'vitest'
import { absent, known, type Reading, unreadable } from '../../../../../shared/domain/reading.ts'
import {
  celsiusCell,
  checkedMemory,
  countCell,
  memoryCell,
  numberCell,
  pciAddressCell,
  percentCell,
  textCell,
  wattCell,
} from '../../../../../shared/facts/accelerators/values.ts'

const noColumn = unreadable('the tool printed no such column')
const noValue = (cell: string) => unreadable(`not a value: ${cell}`)

it('is unreadable without a column, whatever was asked for', () => {
  const reads = [textCell, percentCell, celsiusCell, wattCell, countCell, pciAddressCell]
  expect(reads.map((read) => read(undefined))).toEqual(reads.map(() => noColumn))
  expect(memoryCell(undefined, 'MiB')).toEqual(noColumn)
})

describe('a text', () => {
  it.each<[string, Reading<string>]>([
    ['NVIDIA L4', known('NVIDIA L4')],
    ['  NVIDIA L4 ', known('NVIDIA L4')],
    ['N/A', absent],
    [' n/a ', absent],
    ['[N/A]', absent],
    ['[ N/A ]', absent],
    ['[Not Supported]', absent],
    ['NA', absent],
    ['-', absent],
    ['--', absent],
    ['none', absent],
    ['', unreadable('the tool printed nothing here')],
    ['   ', unreadable('the tool printed nothing here')],
    ['[]', unreadable('the tool printed nothing here')],
    ['[Insufficient Permissions]', unreadable('[Insufficient Permissions]')],
    ['Unknown Error', unreadable('Unknown Error')],
    ['ERR!', unreadable('ERR!')],
    ['unknown', unreadable('unknown')],
    ['[N/A', known('[N/A')],
    ['N/A]', known('N/A]')],
    ['N/A today', known('N/A today')],
  ])('"%s"', (cell, reading) => {
    expect(textCell(cell)).toEqual(reading)
  })

  it('is kept in short, also where it is a word', () => {
    const cell = textCell('x'.repeat(5000))
    expect(cell.state === 'known' && cell.value.length).toBeLessThan(220)
    const word = textCell(`[${'x'.repeat(5000)}]`)
    expect(word.state).toBe('known')
  })
})

describe('a number', () => {
  it.each<[(cell: string) => Reading<number>, string, Reading<number>]>([
    [percentCell, '97', known(97)],
    [percentCell, ' 97 % ', known(97)],
    [percentCell, '97%', known(97)],
    [percentCell, '0', known(0)],
    [percentCell, '100', known(100)],
    [percentCell, '101', noValue('101')],
    [percentCell, '-1', noValue('-1')],
    [percentCell, '97 %%', noValue('97 %%')],
    [percentCell, '97 of %', noValue('97 of %')],
    [percentCell, '97 W', noValue('97 W')],
    [percentCell, 'about 97', noValue('about 97')],
    [percentCell, '97 98', noValue('97 98')],
    [percentCell, '97 % of 100', noValue('97 % of 100')],
    [percentCell, 'N/A', absent],
    [percentCell, '97.123456', known(97.123456)],
    [percentCell, '97.1234567', noValue('97.1234567')],
    [celsiusCell, '36 C', known(36)],
    [celsiusCell, '36C', known(36)],
    [celsiusCell, '36 \u00b0C', known(36)],
    [celsiusCell, '36\ufffd\ufffdC', known(36)],
    [celsiusCell, '36\u2103', known(36)],
    [celsiusCell, '-60 C', known(-60)],
    [celsiusCell, '-61 C', noValue('-61 C')],
    [celsiusCell, '250 C', known(250)],
    [celsiusCell, '251 C', noValue('251 C')],
    [celsiusCell, '36 F', noValue('36 F')],
    [celsiusCell, '36 CC', noValue('36 CC')],
    [wattCell, '91.8 W', known(91.8)],
    [wattCell, '20000', known(20_000)],
    [wattCell, '20001', noValue('20001')],
    [wattCell, '5 kW', noValue('5 kW')],
    [wattCell, '5 Wh', noValue('5 Wh')],
    [countCell, '1000000000000', noValue('1000000000000')],
    [countCell, '999999999999', known(999_999_999_999)],
    [countCell, '-1', noValue('-1')],
    [countCell, '5 errors', noValue('5 errors')],
  ])('%o of "%s"', (read, cell, reading) => {
    expect(read(cell)).toEqual(reading)
  })

  it('is read from the first 60 characters', () => {
    expect(numberCell(`7${' '.repeat(100)}x`, /^$/, [0, 9])).toEqual(known(7))
    expect(numberCell(`${' '.repeat(100)}7${' '.repeat(100)}`, /^$/, [0, 9])).toEqual(known(7))
  })
})

describe('a memory', () => {
  it.each<[string, string, number]>([
    ['5', 'MiB', 5 * 1024 ** 2],
    ['5', '', 5 * 1024 ** 2],
    ['5 GiB', 'MiB', 5 * 1024 ** 3],
    ['5GB', 'MiB', 5 * 1024 ** 3],
    ['5 MB', '', 5 * 1024 ** 2],
    ['5 KiB', '', 5 * 1024],
    ['5', 'kB', 5 * 1024],
    ['5 B', 'MiB', 5],
    ['1.5 kib', '', 1536],
    ['0', 'MiB', 0],
    [' 5 MiB  ', '', 5 * 1024 ** 2],
  ])('"%s" in a column of "%s" is %i bytes', (cell, unit, bytes) => {
    expect(memoryCell(cell, unit)).toEqual(known(bytes))
  })

  it.each<[string, string, Reading<number>]>([
    ['5 XB', 'MiB', unreadable('not a memory size: 5 XB')],
    ['5', 'furlongs', unreadable('not a memory size: 5')],
    ['999999999999', 'GiB', unreadable('not a memory size: 999999999999')],
    ['-5', 'MiB', noValue('-5')],
    ['5 MiBs', 'MiB', noValue('5 MiBs')],
    ['5 %MiB', 'MiB', noValue('5 %MiB')],
    ['5 MiB/s', 'MiB', noValue('5 MiB/s')],
    ['N/A', 'MiB', absent],
  ])('"%s" in a column of "%s" is none', (cell, unit, reading) => {
    expect(memoryCell(cell, unit)).toEqual(reading)
  })
})

describe('a PCI address', () => {
  it.each<[string, Reading<string>]>([
    ['00000000:34:00.0', known('0000:34:00.0')],
    ['0000000F:01:00.0', known('000f:01:00.0')],
    ['00010000:01:00.0', known('10000:01:00.0')],
    ['0000:C1:1F.7', known('0000:c1:1f.7')],
    [' c1:00.0 ', known('0000:c1:00.0')],
    ['c1:00.8', unreadable('not a PCI address: c1:00.8')],
    ['c1:00.0.', unreadable('not a PCI address: c1:00.0.')],
    ['xc1:00.0', unreadable('not a PCI address: xc1:00.0')],
    ['000:c1:00.0', unreadable('not a PCI address: 000:c1:00.0')],
    ['N/A', absent],
    ['[Unknown Error]', unreadable('[Unknown Error]')],
  ])('"%s"', (cell, reading) => {
    expect(pciAddressCell(cell)).toEqual(reading)
  })
})

describe('checkedMemory', () => {
  const memory = (total: Reading<number>, used: Reading<number>) => Object.values(checkedMemory(total, used))
  const more = unreadable('used is more than total')

  it.each([
    [known(5), known(5), [known(5), known(5)]],
    [known(5), known(0), [known(5), known(0)]],
    [known(5), known(6), [more, more]],
    [known(5), absent, [known(5), absent]],
    [absent, known(5), [absent, known(5)]],
    [known(0), known(0), [unreadable('the tool printed 0'), unreadable('the tool printed a total of 0')]],
  ])('total %j and used %j', (total, used, readings) => {
    expect(memory(total, used)).toEqual(readings)
  })
})
