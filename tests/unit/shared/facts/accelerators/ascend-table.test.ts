// The table of npu-smi row by row: which rows belong together, which are none, and the bounds of both.
import { describe, expect, it } from 'vitest'
import { known, unreadable } from '../../../../../shared/domain/reading.ts'
import { readNpuTable } from '../../../../../shared/facts/accelerators/ascend-table.ts'

const mib = 1024 ** 2
const first = (index: number | string, health = 'OK', name = '910B4', values = '91.8 36 0 / 0') =>
  `| ${index}     ${name}               | ${health}            | ${values}             |`
const second = (ids: number | string = 0, bus = '0000:C1:00.0', values = '7 0 / 0 2871 / 32768') =>
  `| ${ids}                       | ${bus}  | ${values} |`
const read = (...lines: readonly string[]) => readNpuTable(lines.join('\n'))
const chips = (...lines: readonly string[]) => read(...lines).devices.map(({ index, chip }) => `${index}:${chip}`)

describe('a pair of rows', () => {
  it('is a chip', () => {
    expect(read(first(3), second()).devices).toEqual([
      {
        ...{ vendor: 'ascend', kind: 'npu', index: 3, chip: 0, product: known('910B4') },
        ...{ uuid: { state: 'absent' }, pciAddress: known('0000:c1:00.0') },
        ...{ memoryTotalBytes: known(32768 * mib), memoryUsedBytes: known(2871 * mib), utilizationPercent: known(7) },
        ...{ temperatureCelsius: known(36), powerWatts: known(91.8), powerLimitWatts: { state: 'absent' } },
        health: known('ok'),
      },
    ])
  })

  it('may have lines between, and belongs to no other', () => {
    const table = read(first(0), '+------+', 'warning: slow', second(), second(1), first(1), first(2), second())
    expect(table.devices.map((one) => one.index)).toEqual([0, 2])
    expect(table.notes).toEqual([first(1)])
    expect(read(first(0), second(), first(4))).toMatchObject({ devices: [{ index: 0 }], notes: [first(4)] })
    expect(read(second(), first(0))).toMatchObject({ devices: [], notes: [first(0)] })
  })

  it('is numbered by its second row, or by its place on the card', () => {
    expect(chips(first(0), second(0), first(0), second(1), first(1), second(''), first(1), second(''))).toEqual([
      ...['0:0', '0:1', '1:0', '1:1'],
    ])
    expect(chips(first(1), second(''), first(2), second(''))).toEqual(['1:0', '2:0'])
  })

  it('is no chip where an earlier one was the same', () => {
    expect(read(first(0), second(0), first(0, 'Alarm'), second(0))).toMatchObject({
      devices: [{ health: known('ok') }],
      notes: [first(0, 'Alarm')],
    })
  })

  it('names the node under a header that says so', () => {
    const node = (line: string, ids = '0 5') => read(line, first(0), second(ids)).devices[0]?.detail
    expect(node('| Chip  Phy-ID | Bus-Id | AICore(%) |')).toEqual({ node: known('/dev/davinci5') })
    expect(node('| Chip Physical ID | Bus-Id | AICore(%) |')).toEqual({ node: known('/dev/davinci5') })
    expect(node('| Chip PhyID | Bus-Id | AICore(%) |')).toEqual({ node: known('/dev/davinci5') })
    expect(node('| Chip Phy-ID | Bus-Id | AICore(%) |', '0')).toBeUndefined()
    expect(node('| Chip Device | Bus-Id | AICore(%) |')).toBeUndefined()
    expect(node('| The Chip Phy-ID | Bus-Id | AICore(%) |')).toBeUndefined()
    expect(node('| Chip Phy-ID too | Bus-Id | AICore(%) |')).toBeUndefined()
  })
})

describe('a first row', () => {
  it.each([
    ['1000000000', true],
    ['1000000001', false],
    ['x', false],
    ['-1', false],
  ])('with the index %s: %s', (index, is) => {
    expect(chips(first(index), second()).length).toBe(is ? 1 : 0)
  })

  it.each([
    ['OK', '910B4', '1 2', true],
    ['Warning', '910B4', '1 2', true],
    ['O', '910B4', '1 2', false],
    ['OK!', '910B4', '1 2', false],
    ['!OK', '910B4', '1 2', false],
    ['OK', '-910B4', '1 2', false],
    ['OK', `9${'x'.repeat(60)}`, '1 2', true],
    ['OK', `9${'x'.repeat(61)}`, '1 2', false],
    ['OK', '910B4', '', false],
    ['NA', '910B4', '1 2', true],
    ['NA', '5', '1 2', false],
    ['OK', '5', '1 2', true],
    ['NAN', '5', '1 2', true],
    ['BANA', '5', '1 2', true],
  ])('with the health "%s", the name "%s" and the values "%s": %s', (health, name, values, is) => {
    expect(chips(first(0, health, name, values), second()).length).toBe(is ? 1 : 0)
  })

  it('has three cells, or four with the name in its own', () => {
    expect(chips('| 0 | 950PR | OK | 1 2 |', second())).toEqual(['0:0'])
    expect(chips('| 0 910B4 | OK |', second())).toEqual([])
    expect(chips('| 0 910B4 | OK | 1 2 | 3 | 4 |', second())).toEqual([])
    expect(chips('| 0 | OK | 1 2 |', second())).toEqual([])
  })

  it.each([
    ['OK', known('ok')],
    ['warning', known('warning')],
    ['Alarm', known('alarm')],
    ['Critical', known('critical')],
    ['Okay', unreadable('npu-smi says Okay')],
  ])('with the health %s', (word, health) => {
    expect(read(first(0, word), second()).devices[0]?.health).toEqual(health)
  })
})

describe('a second row', () => {
  it.each([
    ['0', '0000:C1:00.0', '1 2 / 3', true],
    ['0', '00000000:C1:00.0', '1 2 / 3', true],
    ['64', '0000:C1:00.0', '1 2 / 3', true],
    ['65', '0000:C1:00.0', '1 2 / 3', false],
    ['x', '0000:C1:00.0', '1 2 / 3', false],
    ['0 x', '0000:C1:00.0', '1 2 / 3', false],
    ['0 1 2', '0000:C1:00.0', '1 2 / 3', false],
    ['0', '0000:C1:00.0x', '1 2 / 3', false],
    ['0', 'x0000:C1:00.0', '1 2 / 3', false],
    ['0', 'NA', '1 2 / 3', true],
    ['0', '-', '1 2 / 3', true],
    ['0', 'NA', '1 2', false],
    ['0', 'NAN', '1 2 / 3', false],
    ['0', 'nothing -', '1 2 / 3', false],
    ['0', 'word', '1 2 / 3', false],
  ])('with the ids "%s", the bus "%s" and the values "%s": %s', (ids, bus, values, is) => {
    expect(chips(first(0), second(ids, bus, values)).length).toBe(is ? 1 : 0)
  })

  it('has three cells, or four with two for the ids', () => {
    expect(chips(first(0), '| 1 | 2 | 0000:C1:00.0 | 1 2 / 3 |')).toEqual(['0:1'])
    expect(chips(first(0), '| 0000:C1:00.0 | 1 2 / 3 |')).toEqual([])
    expect(chips(first(0), '| 1 | 2 | | 0000:C1:00.0 | 1 2 / 3 |')).toEqual([])
  })

  it.each([
    ['7 0 / 0 2871 / 32768', known(7), known(2871 * mib)],
    ['0 / 0 2871 / 32768', unreadable('the tool printed no such column'), known(2871 * mib)],
    ['7 2871/32768', known(7), known(2871 * mib)],
    ['7', known(7), unreadable('no pair of numbers')],
  ])('with the values "%s"', (values, use, used) => {
    const [device] = read(first(0), second(0, '0000:C1:00.0', values)).devices
    expect([device?.utilizationPercent, device?.memoryUsedBytes]).toEqual([use, used])
  })
})

describe('the whole table', () => {
  it.each([
    ['| npu-smi 25.5.1    Version: 25.5.1   |', '25.5.1'],
    ['| npu-smi v1 Version:24.1 |', '24.1'],
    ['| npu-smi Version:     23.0 |', '23.0'],
    ['| smi Version: 23.0 |', undefined],
  ])('has the version of "%s"', (line, version) => {
    expect(read(line, '| npu-smi Versions |').version).toBe(version)
  })

  it('has 512 chips and 8 notes', () => {
    const many = Array.from({ length: 600 }, (_, at) => [first(at), second()]).flat()
    expect(read(...many).devices).toHaveLength(512)
    expect(read(...Array.from({ length: 20 }, (_, at) => first(at))).notes).toHaveLength(8)
  })

  it('ends where the processes begin, whose rows look like chips', () => {
    const header = '| NPU Chip | Process id | Process name | Process memory(MB) |'
    const table = read(first(0), second(), header, '| 0 0 | 17 | python | 5 |', first(1), second())
    expect(table.devices).toMatchObject([{ index: 0, detail: { processes: known([{ pid: 17 }]) } }])
    expect(read(header, first(1), second()).devices).toEqual([])
    expect(read(first(0), second()).devices[0]).not.toHaveProperty('detail')
  })
})
