// Enflame's cards in the three layouts of efsmi: blocks of pairs, the table, and columns once a tick.
import { describe, expect, it } from 'vitest'
import type { Accelerator } from '../../../../../shared/domain/accelerator.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { enflame } from '../../../../../shared/facts/accelerators/enflame.ts'
import { reportOf } from '../../../../../shared/facts/accelerators/report.ts'
import { answer } from '../recorded.ts'

const mib = 1024 ** 2
const sample = (...lines: readonly string[]) => enflame.readSample(answer(enflame.sampleProbe.id, lines.join('\n')))
const devices = (...lines: readonly string[]): readonly Accelerator[] => {
  const read = sample(...lines).devices
  return read.state === 'known' ? read.value : []
}
const indexes = (...lines: readonly string[]) => devices(...lines).map((one) => one.index)
const noColumn = unreadable('the tool printed no such column')

it.each([
  ['Driver Ver: 1.2.0.301', known('1.2.0.301')],
  ['driver ver  :   1.2', known('1.2')],
  ['Driver Info\n   Ver   :  1.4.3.4', known('1.4.3.4')],
  ['Driver Ver: none', unreadable('the tool printed no driver version')],
  [`${' '.repeat(20_000)}Driver Ver: 1.2`, unreadable('the tool printed no driver version')],
])('the driver of %j', (text, version) => {
  const answers = new Map([[enflame.sampleProbe.id, answer(enflame.sampleProbe.id, text)]])
  expect(reportOf(enflame, answers).driverVersion).toEqual(version)
})

describe('blocks of pairs', () => {
  const block = (...pairs: readonly string[]) => devices('DEV ID 3', ...pairs.map((one) => `    ${one}`))[0]

  it.each([
    ['DEV ID 3', [3]],
    ['  dev  id : 12  ', [12]],
    ['DEV ID:1234', [1234]],
    ['DEV ID 12345', []],
    ['the DEV ID 3', []],
    ['DEV ID 3 x', []],
  ])('begin with "%s"', (line, found) => {
    expect(indexes(line, 'Dev Name : S60')).toEqual(found)
  })

  it.each([['Total Size : 5'], ['Mem Size : 5'], ['GCU Temp : 5'], ['Dev Name : S60']])(
    'are a device where something of it is said: "%s"',
    (pair) => {
      expect(block(pair)).toBeDefined()
      expect(block('Bus : 1')).toBeUndefined()
    },
  )

  it.each<[string[], Partial<Accelerator>]>([
    [['Dev Name : S60', 'Dev UUID : U'], { product: known('S60'), uuid: known('U') }],
    [['Dev Name: S60', 'Dev Name: S90'], { product: known('S60') }],
    [
      ['Total Size: 100 MiB', 'Used Size: 5 MiB'],
      { memoryTotalBytes: known(100 * mib), memoryUsedBytes: known(5 * mib) },
    ],
    [['Mem Size: 100', 'Mem Usage: 5'], { memoryTotalBytes: known(100 * mib), memoryUsedBytes: known(5 * mib) }],
    [['Dev Name: S60'], { memoryTotalBytes: noColumn, memoryUsedBytes: noColumn, health: absent }],
    [['GCU Temp: 36 C'], { temperatureCelsius: known(36) }],
    [['GCU Temp: 36?'], { temperatureCelsius: known(36) }],
    [['GCU Temp: 36\ufffd\ufffd\ufffd'], { temperatureCelsius: known(36) }],
    [['GCU Temp: 3?6'], { temperatureCelsius: unreadable('not a value: 3?6') }],
    [['GCU Temp: 1', 'GCU Usage: 7 %'], { utilizationPercent: known(7) }],
    [['GCU Temp: 1', 'Cur Power: 91 W', 'Power Capa: 300 W'], { powerWatts: known(91), powerLimitWatts: known(300) }],
    [['GCU Temp: 1', 'Health: True'], { health: known('ok') }],
    [['GCU Temp: 1', 'Health: false'], { health: known('alarm') }],
    [['GCU Temp: 1', 'Health: truest'], { health: unreadable('efsmi says truest') }],
    [['GCU Temp: 1', 'Health: untrue'], { health: unreadable('efsmi says untrue') }],
    [['GCU Temp: 1', 'Health: falsely'], { health: unreadable('efsmi says falsely') }],
    [['GCU Temp: 1', 'Health: not false'], { health: unreadable('efsmi says not false') }],
    [['GCU Temp: 1', 'Domain: 0x0', 'Bus: 0x5', 'Dev: 00', 'Func: 0'], { pciAddress: known('0000:05:00.0') }],
    [['GCU Temp: 1', 'Domain: 1', 'Bus: c1', 'Dev: 00', 'Func: 0'], { pciAddress: known('0001:c1:00.0') }],
    [
      ['GCU Temp: 1', 'Dev SN: S', 'FW Ver: 33.6', 'Mem CLK: 1600 MHz'],
      { detail: { serial: known('S'), firmware: known('33.6'), memoryClockMegahertz: known(1600) } },
    ],
  ])('read %j', (pairs, readings) => {
    expect(block(...pairs)).toMatchObject({ vendor: 'enflame', kind: 'gcu', index: 3, chip: 0, ...readings })
  })

  it.each([['1600 kMHz'], ['1600 MHz.'], ['-1 MHz'], ['1000001 MHz']])('have no clock of "%s"', (clock) => {
    expect(block('GCU Temp: 1', `Mem CLK: ${clock}`)).not.toHaveProperty('detail')
  })

  it('are one device each, at most 256, and tell of one that is there twice', () => {
    expect(sample('DEV ID 1', 'Dev Name: a', 'DEV ID 1', 'Dev Name: b', 'DEV ID 2')).toMatchObject({
      devices: { value: [{ product: known('a') }] },
      notes: ['DEV ID 1', 'DEV ID 2'],
    })
    const many = Array.from({ length: 300 }, (_, at) => [`DEV ID ${at}`, 'Dev Name: a']).flat()
    expect(indexes(...many)).toHaveLength(256)
    const again = Array.from({ length: 20 }, () => ['DEV ID 1', 'Dev Name: a']).flat()
    expect(sample(...again).notes).toHaveLength(8)
  })

  it('have at most 201 pairs', () => {
    const pairs = Array.from({ length: 200 }, (_, at) => `k${at}: v`)
    expect(block(...pairs, 'Dev Name: S60')?.product).toEqual(known('S60'))
    expect(block(...pairs, 'one: v', 'Dev Name: S60')).toBeUndefined()
  })
})

describe('the table', () => {
  const first = (index: number | string = 0, name = 'S60', last = '00:01:00.0 Disable') =>
    `| ${index}  ${name} | 33.6.2 | ${last} |`
  const second = (sensors = '39 C  Sleep 105W 300W', memory = '49120MiB Disable', load = '0.5% SN1') =>
    `| ${sensors} | ${memory} | ${load} |`
  const only = (...values: string[]) => devices(first(), second(...values))[0]

  it('has two rows a device', () => {
    expect(devices(first(3), second())).toEqual([
      {
        ...{ vendor: 'enflame', kind: 'gcu', index: 3, chip: 0, product: known('S60'), uuid: absent },
        ...{ pciAddress: known('0000:01:00.0'), memoryTotalBytes: known(49120 * mib), memoryUsedBytes: noColumn },
        ...{ utilizationPercent: known(0.5), temperatureCelsius: known(39), powerWatts: known(105) },
        ...{ powerLimitWatts: known(300), health: absent },
        detail: { serial: known('SN1'), firmware: known('33.6.2') },
      },
    ])
  })

  it.each([
    ['a second row alone', [second()], []],
    ['two first rows', [first(0), first(1), second()], [1]],
    ['two second rows', [first(0), second(), second()], [0]],
    ['rows of other widths', [first(0), '| a | b |', '| a | b | c | d |', second()], [0]],
    ['a word for an index', [first('x'), second()], []],
    ['an index of five digits', [first('12345'), second()], []],
    ['an index of four digits', [first('1234'), second()], [1234]],
    ['a name of four words', [first(0, 'S60 a b c'), second()], [0]],
    ['a name of five words', [first(0, 'S60 a b c d'), second()], []],
    ['a number for a name', [first(0, '60S'), second()], []],
    ['a name behind another word', ['| x 0 S60 | f | 00:01:00.0 |', second()], []],
    ['no address', [first(0, 'S60', 'Disable'), second()], []],
    ['an address glued to a word', [first(0, 'S60', 'at00:01:00.0'), second()], []],
    ['an address that goes on', [first(0, 'S60', '00:01:00.0x'), second()], []],
    ['an address behind a word', [first(0, 'S60', 'at 0000:01:00.0'), second()], [0]],
  ])('with %s', (_what, lines, found) => {
    expect(indexes(...lines)).toEqual(found)
  })

  it.each([
    ['39 C Sleep 105W 300W', known(39), known(105), known(300)],
    ['39C Sleep 105 W / 300 W', known(39), known(105), known(300)],
    ['39\ufffd\ufffdC Sleep 105.25W/300.5W', known(39), known(105.25), known(300.5)],
    ['39? Sleep 105W', known(39), known(105), noColumn],
    ['-5 C Sleep 105W 300W', known(-5), known(105), known(300)],
    ['139 105W 300W', known(139), known(105), known(300)],
    ['N/A Sleep N/A', absent, absent, absent],
    ['39% Sleep N/A', unreadable('not a value: 39%'), absent, absent],
    ['39W N/A', unreadable('not a value: 39W'), absent, absent],
    ['x39 N/A', unreadable('not a value: x39'), absent, absent],
    ['39', known(39), known(39), known(39)],
  ])('with the sensors "%s"', (sensors, degrees, watts, limit) => {
    const device = only(sensors)
    expect([device?.temperatureCelsius, device?.powerWatts, device?.powerLimitWatts]).toEqual([degrees, watts, limit])
  })

  it.each([
    ['49120MiB', known(49120 * mib)],
    ['48 GiB Disable', known(48 * 1024 * mib)],
    ['5MB', known(5 * mib)],
    ['5 Disable', known(5 * mib)],
    ['N/A Disable', absent],
    ['Disable 5MiB', unreadable('not a value: Disable')],
  ])('with the memory "%s"', (memory, total) => {
    expect(only('39 C', memory)?.memoryTotalBytes).toEqual(total)
  })
})

describe('columns', () => {
  const header = '*Dev   Pwr  DTemp  DUsed  Mem  MUsed'
  it('have the last tick of each device', () => {
    expect(
      devices('log', header, '* Idx W C % MiB %', '0 91 36 7 100 5', '1 92 37 8 100 6', '0 93 38 9 100 7'),
    ).toMatchObject([
      {
        ...{ index: 0, powerWatts: known(93), temperatureCelsius: known(38), utilizationPercent: known(9) },
        ...{ memoryTotalBytes: known(100 * mib), memoryUsedBytes: unreadable('printed only as 7 %') },
      },
      { index: 1 },
    ])
  })

  it.each([
    ['the highest index', [header, '9999 1 1 1 1 1'], [9999]],
    ['an index above that', [header, '10000 1 1 1 1 1'], []],
    ['a word too few', [header, '0 1 1 1 1'], []],
    ['a word too many', [header, '0 1 1 1 1 1 1'], []],
    ['rows before the header', ['0 1 1 1 1 1', header, '1 1 1 1 1 1'], [1]],
    ['a header with a space', ['* Dev Pwr', '0 1 1', '0 1 1'], [0]],
    ['another header', ['Dev Pwr', '0 1'], []],
    ['a word before the header', ['the *Dev Pwr', '0 1 1'], []],
  ])('with %s', (_what, lines, found) => {
    expect(indexes(...lines)).toEqual(found)
  })
})
