// Rows of the PCI bus as the probe prints them: any row that is not understood leaves the whole bus unread, because "how
// many are there" has to be true.
import { describe, expect, it } from 'vitest'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import {
  type BusMatch,
  type BusRow,
  busDevice,
  devicesWithoutTool,
  pciProbe,
  readBus,
  switchesOnBus,
} from '../../../../../shared/facts/accelerators/pci.ts'
import { answer } from '../recorded.ts'

const match: BusMatch = { vendorIds: ['10de'], isDevice: () => true, products: { A: '2330 2331', B: '2342' } }
const bus = (...rows: readonly string[]) =>
  new Map([[pciProbe.id, answer(pciProbe.id, ['pci', ...rows, ''].join('\n'))]])
const row = (link = '16.0 16 32.0 16', numa = '1') => `0000:1b:00.0 0x10de 0x2330 0x030200 nvidia ${numa} ${link}`
const only = (text: string): BusRow | undefined => {
  const rows = readBus(bus(text), match)
  return rows.state === 'known' ? rows.value[0] : undefined
}

describe('a row', () => {
  it('is one function of the bus', () => {
    expect(only(row())).toEqual({
      ...{ address: '0000:1b:00.0', vendorId: '10de', deviceId: '2330', deviceClass: '030200' },
      ...{ driver: known('nvidia'), numaNode: known(1) },
      link: known({ speed: 16, width: 16, maxSpeed: 32, maxWidth: 16 }),
    })
    expect(only('0000:1b:00.0 0x10de 0x002330 0x030200')).toMatchObject({
      deviceId: '2330',
      driver: absent,
      numaNode: absent,
    })
    expect(only(row('', '-1'))?.numaNode).toEqual(absent)
  })

  it.each([
    ['2.5 1 2.5 1', known({ speed: 2.5, width: 1, maxSpeed: 2.5, maxWidth: 1 })],
    ['16 16 32 32', known({ speed: 16, width: 16, maxSpeed: 32, maxWidth: 32 })],
    ['16 16 32 33', absent],
    ['16 0 32 0', absent],
    ['Unknown 16 32 16', absent],
    ['16 16 Unknown 16', absent],
    ['16 x 32 16', absent],
    ['16 16 32 x', absent],
    ['16 16 32', absent],
    ['16 16 32 255', absent],
    ['16.00 16 32 16', absent],
    ['x16 16 32 16', absent],
    ['- - - -', absent],
  ])('with the link "%s"', (link, reading) => {
    expect(only(row(link))?.link).toEqual(reading)
  })

  it.each([
    ['1b:00.0 0x10de 0x2330 0x030200'],
    ['0000:1b:00.8 0x10de 0x2330 0x030200'],
    ['0000:1b:00.0x 0x10de 0x2330 0x030200'],
    ['x0000:1b:00.0 0x10de 0x2330 0x030200'],
    ['0000:1b:00.0 10de 0x2330 0x030200'],
    ['0000:1b:00.0 0x10de 2330 0x030200'],
    ['0000:1b:00.0 0x10de 0x2330 30200'],
    ['0000:1b:00.0 0x10de 0x2330'],
    ['0000:1b:00.0 0x10de 0x2330 x0x030200'],
    ['0000:1b:00.0 0x10de 0x2330 0x03020000'],
    ['0000:1b:00.0 0x10de'],
  ])('that is none leaves the bus unread: "%s"', (text) => {
    expect(readBus(bus(row(), text), match)).toEqual(unreadable(`pci: ${text}`))
  })
})

describe('the bus', () => {
  it('has one row a slot, of the vendor that was asked for', () => {
    const rows = readBus(
      bus(row(), '0000:1b:00.1 0x10de 0x2330 0x030200', '0000:1c:00.0 0x1002 0x74a1 0x120000', '  '),
      match,
    )
    expect(rows).toMatchObject({ state: 'known', value: [{ address: '0000:1b:00.0' }] })
    const none = readBus(bus(row()), { ...match, isDevice: () => false })
    expect(none).toEqual(known([]))
  })

  it('is unread where something else was printed, and absent where there is none', () => {
    const other = new Map([[pciProbe.id, answer(pciProbe.id, 'what\n')]])
    expect(readBus(other, match)).toEqual(unreadable('pci: what'))
    const missing = new Map([[pciProbe.id, answer(pciProbe.id, '', { state: 'missing' })]])
    expect(readBus(missing, match)).toEqual(absent)
  })

  it('counts switches where a vendor has some', () => {
    expect(switchesOnBus(bus(row()), match)).toBe(0)
    expect(switchesOnBus(bus(row()), { ...match, isSwitch: ({ deviceId }) => deviceId === '2330' })).toBe(1)
    expect(switchesOnBus(bus('what'), { ...match, isSwitch: () => true })).toBe(0)
  })

  it('names products by their ids', () => {
    const found = only(row()) as BusRow
    expect(busDevice(found, match)).toMatchObject({ deviceId: '2330', product: known('A') })
    expect(busDevice({ ...found, deviceId: '233' }, match).product).toEqual(absent)
  })
})

it.each([
  [absent, absent],
  [known(0), absent],
  [known(2), unreadable('2 on the PCI bus, but npu-smi is not there')],
  [unreadable('why'), unreadable('the PCI bus could not be read, but npu-smi is not there')],
])('without the tool and with %j on the bus', (onBus, reading) => {
  expect(devicesWithoutTool(onBus, 'npu-smi')).toEqual(reading)
})
