// T-Head's PPUs where the table is missing: the CSV query with spellings of every version, and the list with its parts.
import { describe, expect, it } from 'vitest'
import type { Accelerator } from '../../../../../shared/domain/accelerator.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { reportOf } from '../../../../../shared/facts/accelerators/report.ts'
import { thead } from '../../../../../shared/facts/accelerators/thead.ts'
import { answer } from '../recorded.ts'

const mib = 1024 ** 2
const devices = (...lines: readonly string[]): readonly Accelerator[] => {
  const read = thead.readSample(answer(thead.sampleProbe.id, lines.join('\n'))).devices
  return read.state === 'known' ? read.value : []
}
const indexes = (...lines: readonly string[]) => devices(...lines).map((one) => one.index)

describe('the query', () => {
  it.each([
    ['index, ppu_name, ppu_uuid, pci.bus_id, memory.total [MiB], memory.used [MiB], utilization.ppu [%]'],
    ['index,gpu_name,gpu_uuid,bus_id,memory.total[MiB],memory.used[MiB],utilization.gpu'],
    [' index , name , uuid , pci.bus_id , memory.total , memory.used , utilization.ppu '],
  ])('is read by the header "%s"', (header) => {
    expect(devices('warning', header, '3, PPU-ZW810E, GPU-1, 0000:05:00.0, 100, 5, 7')).toEqual([
      {
        ...{ vendor: 'thead', kind: 'ppu', index: 3, chip: 0, product: known('PPU-ZW810E'), uuid: known('GPU-1') },
        ...{ pciAddress: known('0000:05:00.0'), memoryTotalBytes: known(100 * mib), memoryUsedBytes: known(5 * mib) },
        ...{ utilizationPercent: known(7), health: absent },
        temperatureCelsius: unreadable('the tool printed no such column'),
        powerWatts: unreadable('the tool printed no such column'),
        powerLimitWatts: unreadable('the tool printed no such column'),
      },
    ])
  })

  it.each([
    ['the highest index', 'index, name', ['65535, a'], [65_535]],
    ['an index above that', 'index, name', ['65536, a'], []],
    ['an index that is none', 'index, name', ['x, a', '1, b'], [1]],
    ['one index twice', 'index, name', ['1, a', '1, b', '2, c'], [1, 2]],
    ['a cell too many or too few', 'index, name', ['1, a, b', '2', '3, c'], [3]],
    ['the index last', 'name, index', ['a, 1'], [1]],
    ['the index alone', 'index', ['1'], [1]],
    ['no index', 'name, my index', ['a, 1'], []],
    ['a longer word', 'indexes, name', ['1, a'], []],
    ['a column that is not understood', 'index, (what), name', ['1, x, a'], [1]],
  ])('with %s', (_what, header, rows, found) => {
    expect(indexes(header, ...rows)).toEqual(found)
  })

  it('has the unit of its column, and at most 256 rows', () => {
    expect(devices('index, memory.total [GiB]', '0, 2')[0]?.memoryTotalBytes).toEqual(known(2048 * mib))
    expect(devices('index, memory.total [GiB] more', '0, 2')[0]?.memoryTotalBytes.state).toBe('unreadable')
    expect(indexes('index', ...Array.from({ length: 300 }, (_, at) => `${at}`))).toHaveLength(256)
  })
})

describe('the list', () => {
  const uuid = 'GPU-01234567'
  const ppu = (index: number | string, rest = `PPU (UUID: ${uuid})`) => `PPU ${index}: ${rest}`
  const part = (text = 'MIG g1.c1.i1, Device 0 (UUID: MIG-01234567)') => `  ${text}`

  it('stands in for the table', () => {
    expect(devices(ppu(3), part())).toMatchObject([
      {
        ...{ index: 3, product: known('PPU'), uuid: known(uuid) },
        ...{ memoryTotalBytes: unreadable('the tool printed no such column') },
        detail: { partitions: known([{ id: 'MIG-01234567', name: 'g1.c1.i1' }]) },
      },
    ])
    expect(devices('GPU 0: My PPU (UUID: GPU-01234567)  ')[0]).toMatchObject({ product: known('My PPU') })
    expect(devices(ppu(0))[0]?.detail).toEqual({})
  })

  it.each([
    ['another word', `XPU 0: PPU (UUID: ${uuid})`],
    ['a word before it', `my PPU 0: PPU (UUID: ${uuid})`],
    ['a word behind it', `PPU 0: PPU (UUID: ${uuid}) x`],
    ['a short uuid', 'PPU 0: PPU (UUID: GPU-1)'],
    ['an index of six digits', ppu('123456')],
  ])('has no device by %s', (_what, line) => {
    expect(indexes(line)).toEqual([])
  })

  it('keeps the first of two with one index, and the parts of neither the second', () => {
    const read = devices(ppu(0), part(), ppu(0, 'Other (UUID: GPU-99999999)'), part(), ppu(1), part(), part())
    expect(read.map(({ product, detail }) => [product, detail?.partitions])).toMatchObject([
      [known('PPU'), { value: { length: 1 } }],
      [known('PPU'), { value: { length: 2 } }],
    ])
    expect(devices(part(), ppu(0))[0]?.detail).toEqual({})
  })

  it.each([
    ['MIG g1.c1.i1 Device 12 (UUID: MIG-01234567)', 1],
    ['MIG g1.c1.i1   Device    0(UUID: MIG-01234567)  ', 1],
    ['MIG g1.c1.i1, Device x (UUID: MIG-01234567)', 0],
    ['MIG g1.c1.i1, Device 0 (UUID: MIG-1)', 0],
    ['MIG g1.c1.i1, Device 0 (UUID: MIG-01234567) x', 0],
    ['a MIG g1.c1.i1, Device 0 (UUID: MIG-01234567)', 0],
  ])('has %s as a part: %i', (text, count) => {
    const [device] = devices(ppu(0), part(text))
    const parts = device?.detail?.partitions
    expect(parts?.state === 'known' ? parts.value.length : 0).toBe(count)
  })

  it('has 64 parts of a device', () => {
    const [device] = devices(ppu(0), ...Array.from({ length: 80 }, () => part()))
    expect(device?.detail?.partitions).toMatchObject({ value: { length: 64 } })
  })
})

describe('the report', () => {
  const report = (text: string) =>
    reportOf(thead, new Map([[thead.sampleProbe.id, answer(thead.sampleProbe.id, text)]]))

  it.each([
    ['HGGC Version: 1.4.1', known('HGGC 1.4.1')],
    ['hggc version  :   2.0', known('HGGC 2.0')],
    ['HGGC Version: N/A', undefined],
    [`${' '.repeat(20_000)}HGGC Version: 1.4.1`, undefined],
  ])('of "%s"', (line, toolkit) => {
    expect(report(line).toolkit).toEqual(toolkit)
  })
})
