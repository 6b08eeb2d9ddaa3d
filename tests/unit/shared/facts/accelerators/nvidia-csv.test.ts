// The query of nvidia-smi as CSV: which lines are a header and which are rows, commas in names, bounds.
import { describe, expect, it } from 'vitest'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { readNvidiaCsv, sharesMemory } from '../../../../../shared/facts/accelerators/nvidia-csv.ts'

const mib = 1024 ** 2
const header = 'index, name, driver_version, memory.total [MiB], memory.used [MiB], utilization.gpu [%]'
const row = (index: number | string, name = 'NVIDIA L4', rest = '580.65.06, 100, 1, 7') => `${index}, ${name}, ${rest}`
const read = (...lines: readonly string[]) => readNvidiaCsv(lines.join('\n'))
const indexes = (...lines: readonly string[]) => read(...lines).devices.map((one) => one.index)

describe('rows', () => {
  it('are those after the header, without blank lines', () => {
    const table = read('', 'warning: slow', header, '   ', row(0), '', row(1), '')
    expect(table.devices.map((one) => one.index)).toEqual([0, 1])
    expect(table.notes).toEqual(['warning: slow'])
    expect(table.devices[0]).toMatchObject({
      vendor: 'nvidia',
      kind: 'gpu',
      chip: 0,
      product: known('NVIDIA L4'),
      memoryTotalBytes: known(100 * mib),
      utilizationPercent: known(7),
      health: known('ok'),
    })
    expect(table.devices[0]).not.toHaveProperty('detail')
  })

  it('are at most 256, and at most 8 notes are kept', () => {
    expect(indexes(header, ...Array.from({ length: 300 }, (_, at) => row(at)))).toHaveLength(256)
    const notes = read(header, row(0), ...Array.from({ length: 20 }, () => 'GPU is lost')).notes
    expect(notes).toHaveLength(8)
    expect(read(header, 'x'.repeat(900)).notes[0]?.length).toBeLessThan(270)
  })

  it('with the index of another one are no device', () => {
    expect(indexes(header, row(0), row(0), row(1))).toEqual([0, 1])
    expect(read(header, row(0), row(0)).notes).toEqual([row(0)])
  })

  it.each([
    ['65535', [65_535]],
    ['65536', []],
    ['-1', []],
    ['0x1', []],
  ])('with the index "%s"', (index, found) => {
    expect(indexes(header, row(index))).toEqual(found)
  })

  it('with a comma more have it in the name, wherever the name stands', () => {
    const [device] = read(header, row(0, 'NVIDIA RTX 6000, Ada, Max-Q')).devices
    expect(device).toMatchObject({ product: known('NVIDIA RTX 6000, Ada, Max-Q'), utilizationPercent: known(7) })
    expect(read('index, utilization.gpu [%]', '0, 7, 8')).toMatchObject({ devices: [], notes: ['0, 7, 8'] })
    expect(read(header, '0, NVIDIA L4')).toMatchObject({ devices: [], notes: ['0, NVIDIA L4'] })
  })

  it('have the unit of their column, or MiB', () => {
    const total = (unit: string) => read(`index, memory.total${unit}`, '0, 5').devices[0]?.memoryTotalBytes
    expect([total(' [GiB]'), total(' [MiB]'), total('')]).toEqual([
      known(5 * 1024 * mib),
      known(5 * mib),
      known(5 * mib),
    ])
  })

  it('say nothing of columns that were not asked for', () => {
    const [device] = read('index, utilization.gpu [%]', '0, 7').devices
    expect(device).toMatchObject({
      product: unreadable('the tool printed no such column'),
      memoryTotalBytes: unreadable('the tool printed no such column'),
      pciAddress: unreadable('the tool printed no such column'),
    })
  })
})

describe('the driver', () => {
  const version = (...versions: readonly string[]) =>
    read(header, ...versions.map((one, at) => row(at, 'L4', `${one}, 100, 1, 7`))).driverVersion

  it('is what the first row says that knows it', () => {
    expect(version('[N/A]', '580.65.06', '570.1')).toEqual(known('580.65.06'))
    expect(version('580.65.06', '[Unknown Error]')).toEqual(known('580.65.06'))
    expect(version()).toEqual(absent)
  })
})

describe('the header', () => {
  it.each([
    ['a word of another shape', 'index, *name*, uuid', '0, NVIDIA L4, GPU-1'],
    ['capital letters', 'INDEX, name, UUID', '0, NVIDIA L4, GPU-1'],
    ['a unit without an end', 'index, name, memory.total [MiB, uuid', '0, NVIDIA L4, 5, GPU-1'],
    ['a unit without an end, and a comma in the name', 'index, name, memory [MiB, uuid', '0, NVIDIA L4, Max, 5, GPU-1'],
  ])('with %s keeps the places of the others', (_what, line, cells) => {
    expect(read(line, cells).devices[0]?.uuid).toEqual(known('GPU-1'))
  })

  it('is no line that only has such a word in it', () => {
    expect(read('the index, is it', '0, 1')).toMatchObject({ devices: [], notes: ['the index, is it', '0, 1'] })
    expect(read('index 5, name', '0, 1').devices).toEqual([])
  })

  it.each([
    ['a name and a memory', ['name, memory.total [MiB]', 'NVIDIA L4, 100'], [0]],
    ['no name', ['uuid, memory.total [MiB]', 'GPU-1, 100'], []],
    ['no memory', ['name, uuid', 'NVIDIA L4, GPU-1'], []],
    ['more cells than columns', ['name, memory.total [MiB]', 'NVIDIA L4, 100, 1'], []],
    ['a word that is no column', ['name, memory.total [MiB], *', 'NVIDIA L4, 100, 1'], []],
    ['a column that nvidia-smi does not have', ['name, memory.total [MiB], dex', 'NVIDIA L4, 100, 1'], []],
    ['two rows', ['name, memory.total [MiB]', 'NVIDIA L4, 100', 'NVIDIA L4, 100'], []],
    ['no row', ['name, memory.total [MiB]'], []],
  ])('without an index and with %s', (_what, lines, found) => {
    const table = read(...lines)
    expect(table.devices.map((one) => one.index)).toEqual(found)
    expect(table.notes).toEqual(found.length === 0 ? lines : [])
  })
})

describe('health', () => {
  it.each([
    ['[GPU requires reset]', known('critical')],
    ['[gpu is lost]', known('critical')],
    ['so [GPU is lost]', known('ok')],
    ['[GPU is lost] so', known('ok')],
    ['[N/A]', known('ok')],
  ])('with a cell "%s"', (cell, health) => {
    expect(read(header, row(0, 'NVIDIA L4', `${cell}, 100, 1, 7`)).devices[0]?.health).toEqual(health)
  })

  it('is not known where nothing could be read', () => {
    const [device] = read(header, row(0, 'NVIDIA L4', '1, x, x, x')).devices
    expect(device?.health).toEqual(unreadable('no value of this device could be read'))
  })
})

describe('sharesMemory', () => {
  it.each([
    ['NVIDIA GB10', absent, true],
    ['NVIDIA Thor', absent, true],
    ['Orin (nvgpu)', absent, true],
    ['NVIDIA GB10', known(1), false],
    ['NVIDIA GB10', unreadable('odd'), false],
    ['NVIDIA GB100', absent, false],
    ['', absent, false],
  ])('%s, total %j: %s', (product, total, shares) => {
    expect(sharesMemory(product, total)).toBe(shares)
  })

  it('is a detail of the device', () => {
    const [device] = read(header, row(0, 'NVIDIA GB10', '580.1, [N/A], [N/A], 7')).devices
    expect(device?.detail).toEqual({ sharesHostMemory: known(true) })
  })
})
