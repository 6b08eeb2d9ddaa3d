// The table that several makers took over from nvidia-smi, row by row: what begins a device, what belongs to it, and the
// many ways to write a temperature, a load and a pair.
import { describe, expect, it } from 'vitest'
import { absent, known, type Reading, unreadable } from '../../../../../shared/domain/reading.ts'
import { memoryPair, pairOf, readSmiTable } from '../../../../../shared/facts/accelerators/smi-table.ts'

const mib = 1024 ** 2
const maker = { vendor: 'iluvatar', kind: 'gpu' } as const
const first = (index: number | string, name = 'P800 OAM  N/A', place = '00000000:03:00.0 N/A', errors = '0') =>
  `| ${index}  ${name} | ${place} | ${errors} |`
const values = (sensors = 'N/A  37C  N/A  88W / 400W', memory = '5MiB / 98304MiB', load = '7%  Default') =>
  `| ${sensors} | ${memory} | ${load} |`
const read = (...lines: readonly string[]) => readSmiTable(lines.join('\n'), maker)
const indexes = (...lines: readonly string[]) => read(...lines).devices.map((one) => one.index)
const only = (...lines: readonly string[]) => read(...lines).devices[0]

describe('a device', () => {
  it('is two rows', () => {
    expect(read('Driver Version: 515.1', first(3), values())).toEqual({
      devices: [
        {
          ...{ ...maker, index: 3, chip: 0, product: known('P800 OAM'), uuid: absent },
          ...{
            pciAddress: known('0000:03:00.0'),
            memoryTotalBytes: known(98304 * mib),
            memoryUsedBytes: known(5 * mib),
          },
          ...{ utilizationPercent: known(7), temperatureCelsius: known(37), powerWatts: known(88) },
          ...{ powerLimitWatts: known(400), health: known('ok'), detail: { uncorrectedMemoryErrors: known(0) } },
        },
      ],
      driverVersion: known('515.1'),
      notes: [],
    })
  })

  it('has its values right below, and is a note without them', () => {
    expect(read(first(0), first(1), values(), values(), first(2))).toMatchObject({
      devices: [{ index: 1 }],
      notes: [first(0), first(2)],
    })
  })

  it('is none with an index that an earlier one has', () => {
    const table = read(first(0), values(), first(0), values(), first(1), values())
    expect(table.devices.map((one) => one.index)).toEqual([0, 1])
    expect(table.notes).toEqual([first(0)])
  })

  it.each([
    ['00000000:03:00.0', true],
    ['03:00.0', true],
    ['at 0000:03:00.0 On', true],
    ['x0000:03:00.0', false],
    ['0000:03:00.0x', false],
    ['nowhere', false],
  ])('at "%s": %s', (place, is) => {
    expect(indexes(first(0, 'P800', place), values())).toHaveLength(is ? 1 : 0)
  })

  it.each([
    ['12345', true],
    ['123456', false],
    ['x1', false],
  ])('with the index "%s": %s', (index, is) => {
    expect(indexes(first(index), values())).toHaveLength(is ? 1 : 0)
  })

  it.each([
    ['P800 OAM  N/A', known('P800 OAM')],
    ['P800 On', known('P800')],
    ['P800 disabled', known('P800')],
    ['P800', known('P800')],
    ['N/A', absent],
    ['P800 Once', known('P800 Once')],
    ['P800 Salmon', known('P800 Salmon')],
  ])('of the name "%s"', (name, product) => {
    expect(only(first(0, name), values())?.product).toEqual(product)
  })

  it('has a name of at most 81 characters', () => {
    expect(indexes(first(0, 'x'.repeat(81)), values())).toEqual([0])
    expect(indexes(first(0, 'x'.repeat(82)), values())).toEqual([])
  })

  it.each<[string, Reading<string>, Reading<number> | undefined]>([
    ['0', known('ok'), known(0)],
    ['N/A 2', known('warning'), known(2)],
    ['Off', absent, undefined],
    ['Disabled', absent, undefined],
    ['N/A', absent, undefined],
    ['Offline', unreadable('not a value: Offline'), undefined],
    ['Switched Turnoff', unreadable('not a value: Turnoff'), undefined],
  ])('with the errors "%s"', (errors, health, count) => {
    const device = only(first(0, 'P800', '03:00.0', errors), values())
    expect(device?.health).toEqual(health)
    expect(device?.detail?.uncorrectedMemoryErrors).toEqual(count)
  })

  it('is not known to be well where the tool printed ERR!', () => {
    expect(only(first(0), values('ERR!  37C  88W / 400W'))?.health).toEqual(unreadable('the tool printed ERR!'))
  })
})

describe('the values of a device', () => {
  it.each([
    ['37C 88W / 400W', known(37), known(88), known(400)],
    ['N/A 37.5 C 88W / 400W', known(37.5), known(88), known(400)],
    ['N/A -5C 88W / 400W', known(-5), known(88), known(400)],
    ['N/A 37\u00b0C 88W / 400W', known(37), known(88), known(400)],
    ['N/A 37\ufffd\ufffd C 88W / 400W', known(37), known(88), known(400)],
    ['N/A 37.25\u2103 88W / 400W', known(37.25), known(88), known(400)],
    ['P0 137C 88W', known(137), known(88), known(88)],
    ['P0 N/A N/A', absent, absent, absent],
    ['P0 ten N/A', unreadable('not a value: ten'), absent, absent],
    ['P0 x37C N/A', unreadable('not a value: x37C'), absent, absent],
    ['P0 N/A N/A / N/A', absent, absent, absent],
  ])('with the sensors "%s"', (sensors, degrees, watts, limit) => {
    const device = only(first(0), values(sensors))
    expect([device?.temperatureCelsius, device?.powerWatts, device?.powerLimitWatts]).toEqual([degrees, watts, limit])
  })

  it.each([
    ['7% Default', known(7)],
    ['Default 7 %', known(7)],
    ['100%', known(100)],
    ['12.345%', known(12.345)],
    ['N/A Default', absent],
    ['Default', unreadable('not a value: Default')],
    ['Mode5%', unreadable('not a value: Mode5%')],
  ])('with the load "%s"', (load, percent) => {
    expect(only(first(0), values(undefined, undefined, load))?.utilizationPercent).toEqual(percent)
  })
})

describe('the whole table', () => {
  it('ends at the processes and at parts of devices', () => {
    for (const end of ['| Processes:', 'Processes: none', '|=== MIG devices: |', '+--- Processes:'])
      expect(indexes(first(0), values(), end, first(1), values())).toEqual([0])
    expect(indexes(first(0), values(), 'All Processes: none', first(1), values())).toEqual([0, 1])
    expect(indexes('Processes:', first(0), values())).toEqual([])
  })

  it.each([
    ['| Driver Version: 515.1 |', known('515.1')],
    ['driver version  :   515.1', known('515.1')],
    ['Driver Version:515.1', known('515.1')],
    ['Driver 515.1', unreadable('the tool printed no driver version')],
  ])('has the driver of "%s"', (line, version) => {
    expect(read(line, 'Driver Version: 999').driverVersion).toEqual(version.state === 'known' ? version : known('999'))
    expect(read(line).driverVersion).toEqual(version)
  })

  it('tells what the tool says about devices it lost, outside of the rows', () => {
    expect(read('GPU 3 is lost', 'all is well', '| warning: hot | a |', '| error |').notes).toEqual([
      ...['GPU 3 is lost', '| error |'],
    ])
  })

  it('has 256 devices', () => {
    const many = Array.from({ length: 300 }, (_, at) => [first(at), values()]).flat()
    expect(indexes(...many)).toHaveLength(256)
  })

  it('takes no row of two cells for the values', () => {
    expect(indexes(first(0), '| 5MiB / 98304MiB | 7% |', values())).toEqual([0])
  })
})

describe('pairOf', () => {
  it.each([
    ['5MiB / 98304MiB', ['5MiB', '98304MiB']],
    ['81W/400W', ['81W', '400W']],
    ['0 / 32768 MB', ['0', '32768 MB']],
    ['1.5 GiB /  3 GiB   ', ['1.5 GiB', '3 GiB']],
    ['N/A / N/A', ['N/A', 'N/A']],
    ['x N/A   /   N/A  ', ['N/A', 'N/A']],
    ['1 / 2 and 3 / 4', ['3', '4']],
    ['N/A/N/A', undefined],
    ['N/A / N/A and more', undefined],
    ['5', undefined],
    ['', undefined],
  ])('"%s"', (text, pair) => {
    expect(pairOf(text)).toEqual(pair)
  })

  it('gives both sides of a memory the unit of the total', () => {
    expect(memoryPair('1 / 2 GiB')).toEqual({ memoryTotalBytes: known(2048 * mib), memoryUsedBytes: known(1024 * mib) })
    expect(memoryPair('1 / 2')).toEqual({ memoryTotalBytes: known(2 * mib), memoryUsedBytes: known(mib) })
    expect(memoryPair('1 KiB / 2 MiB')).toEqual({ memoryTotalBytes: known(2 * mib), memoryUsedBytes: known(1024) })
    expect(memoryPair('N/A')).toEqual({ memoryTotalBytes: absent, memoryUsedBytes: absent })
    const none = unreadable('no pair of numbers')
    expect([memoryPair('12'), memoryPair('')]).toEqual([
      { memoryTotalBytes: none, memoryUsedBytes: none },
      { memoryTotalBytes: none, memoryUsedBytes: none },
    ])
  })
})
