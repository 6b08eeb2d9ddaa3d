// AMD GPUs in each of the forms that they are told in: the kernel's files, amd-smi and rocm-smi as JSON, amd-smi's table.
import { describe, expect, it } from 'vitest'
import type { Accelerator } from '../../../../../shared/domain/accelerator.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { amd } from '../../../../../shared/facts/accelerators/amd.ts'
import { answer } from '../recorded.ts'

const mib = 1024 ** 2
const devices = (text: string): readonly Accelerator[] => {
  const read = amd.readSample(answer(amd.sampleProbe.id, text)).devices
  return read.state === 'known' ? read.value : []
}
const indexes = (text: string) => devices(text).map((one) => one.index)
const noColumn = unreadable('the tool printed no such column')

describe("the kernel's files", () => {
  const files = (lines: readonly string[], name = 'card3', id = 'PCI_ID=1002:74A1') =>
    ['amd-sysfs', 'module=6.12', `card ${name}`, id, ...lines].join('\n')
  const card = (...lines: readonly string[]) => devices(files(lines))[0]

  it.each([
    ['a card', 'card3', 'PCI_ID=1002:74A1', [3]],
    ['a card with four digits', 'card1234', 'PCI_ID=1002:74A1', [1234]],
    ['no card', 'accel3', 'PCI_ID=1002:74A1', []],
    ['another maker', 'card3', 'PCI_ID=8086:74A1', []],
    ['no id', 'card3', 'DRIVER=amdgpu', []],
    ['more than an id', 'card3', 'PCI_ID=1002:74A1F', []],
    ['something before an id', 'card3', 'PCI_ID=x1002:74A1', []],
  ])('of %s', (_what, name, id, found) => {
    expect(indexes(files([], name, id))).toEqual(found)
  })

  it('have memory in bytes, clocks in Hz, temperatures in thousandths and power in millionths', () => {
    expect(
      card(
        ...['mem_info_vram_total=1000', 'mem_info_vram_used=10', 'gpu_busy_percent=42', 'temp1_input=36000'],
        ...['power1_average=91000000', 'power1_cap=400000000', 'freq1_input=1500000000', 'ras_uncorrected=0'],
        ...['serial_number=S', 'unique_id=0123', 'node=/dev/dri/renderD128', 'PCI_SLOT_NAME=0000:05:00.0'],
      ),
    ).toMatchObject({
      ...{ vendor: 'amd', kind: 'gpu', index: 3, chip: 0, product: known('MI300X'), uuid: known('0123') },
      ...{ memoryTotalBytes: known(1000), memoryUsedBytes: known(10), utilizationPercent: known(42) },
      ...{ temperatureCelsius: known(36), powerWatts: known(91), powerLimitWatts: known(400), health: known('ok') },
      pciAddress: known('0000:05:00.0'),
      detail: {
        ...{ node: known('/dev/dri/renderD128'), serial: known('S'), coreClockMegahertz: known(1500) },
        uncorrectedMemoryErrors: known(0),
      },
    })
  })

  it('say nothing of what the card has not', () => {
    const bare = card()
    expect(bare).toMatchObject({
      ...{ memoryTotalBytes: unreadable('no memory'), utilizationPercent: absent, temperatureCelsius: absent },
      ...{ powerWatts: absent, powerLimitWatts: absent, health: absent, uuid: absent, detail: {} },
    })
    expect(Object.keys(bare?.detail ?? { x: 1 })).toEqual([])
  })

  it.each([
    [['temp1_input=36000', 'temp2_input=50000'], known(36)],
    [['temp2_input=50000'], known(50)],
    [['temp1_input=x', 'temp2_input=50000'], known(50)],
    [['temp1_input=x'], unreadable('temp1_input could not be read')],
  ])('give the first temperature that is known of %j', (lines, reading) => {
    expect(card(...lines)?.temperatureCelsius).toEqual(reading)
  })

  it.each([
    ['0000', absent],
    ['0', absent],
    ['00a0', known('00a0')],
    ['1000', known('1000')],
    ['0001', known('0001')],
  ])('with the unique id %s', (id, uuid) => {
    expect(card(`unique_id=${id}`)?.uuid).toEqual(uuid)
  })

  it.each([
    [['product_name=Instinct'], known('Instinct')],
    [[], known('MI300X')],
    [['product_name=!'], unreadable('product_name could not be read')],
  ])('with %j', (lines, product) => {
    expect(card(...lines)?.product).toEqual(product)
  })

  it('of a part of a processor have the larger pool, and say so', () => {
    const part = (own: string, host: string) =>
      devices(files([`mem_info_vram_total=${own}`, `mem_info_gtt_total=${host}`], 'card0', 'PCI_ID=1002:1586'))[0]
    expect(part('5', '9')).toMatchObject({ memoryTotalBytes: known(9), detail: { sharesHostMemory: known(true) } })
    expect(part('9', '5')).toMatchObject({ memoryTotalBytes: known(9), detail: { sharesHostMemory: known(true) } })
    expect(part('x', '5')).toMatchObject({ memoryTotalBytes: known(5) })
    expect(part('9', 'x')).toMatchObject({ memoryTotalBytes: known(9) })
    expect(card('mem_info_vram_total=5', 'mem_info_gtt_total=9')?.memoryTotalBytes).toEqual(known(5))
  })

  it('are ill with errors that were not corrected', () => {
    expect([card('ras_uncorrected=2')?.health, card('ras_uncorrected=x')?.health]).toEqual([known('warning'), absent])
  })
})

describe('amd-smi as JSON', () => {
  const json = (...entries: readonly unknown[]) => JSON.stringify({ gpu_data: entries })
  const one = (entry: object) => devices(json({ gpu: 0, ...entry }))[0]

  it.each([
    [{ gpu: 65_535 }, [65_535]],
    [{ gpu: 65_536 }, []],
    [{ gpu: 'x' }, []],
    [{}, []],
    ['x', []],
  ])('of %j', (entry, found) => {
    expect(indexes(json(entry))).toEqual(found)
    expect(indexes(JSON.stringify([entry]))).toEqual(found)
  })

  it('is a list, or has one', () => {
    expect([indexes('{"gpu_data": {"gpu": 0}}'), indexes('{"gpu": 0}')]).toEqual([[], []])
    const many = Array.from({ length: 600 }, (_, gpu) => ({ gpu, bdf: 'N/A' }))
    expect(indexes(json(...many))).toHaveLength(256)
  })

  it.each<[object, Partial<Accelerator>]>([
    [{ asic: { market_name: 'MI300X', asic_serial: '0xA' } }, { product: known('MI300X'), uuid: known('0xA') }],
    [{ uuid: 'U', asic: { asic_serial: '0xA' } }, { uuid: known('U') }],
    [{ uuid: 'N/A', asic: { asic_serial: '0xA' } }, { uuid: known('0xA') }],
    [{ uuid: 'N/A' }, { uuid: absent }],
    [{ uuid: 'N/As' }, { uuid: known('N/As') }],
    [{ uuid: 'aN/A' }, { uuid: known('aN/A') }],
    [{ bus: { bdf: '0000:05:00.0' } }, { pciAddress: known('0000:05:00.0') }],
    [{ bdf: '0000:06:00.0' }, { pciAddress: known('0000:06:00.0') }],
    [{ temperature: { edge: 36, hotspot: 50 } }, { temperatureCelsius: known(36) }],
    [{ temperature: { edge: 'N/A', hotspot: { value: 50, unit: 'C' } } }, { temperatureCelsius: known(50) }],
    [{ power: { socket_power: 91 } }, { powerWatts: known(91) }],
    [{ power: { average_socket_power: '92 W' } }, { powerWatts: known(92) }],
    [{ usage: { gfx_activity: 42 } }, { utilizationPercent: known(42) }],
    [
      { mem_usage: { total_vram: { value: 100, unit: 'MB' }, used_vram: 5 } },
      { memoryTotalBytes: known(100 * mib), memoryUsedBytes: known(5 * mib) },
    ],
    [{ vram: { size: '100 MB' } }, { memoryTotalBytes: known(100 * mib), memoryUsedBytes: noColumn }],
    [
      { asic: { device_id: '0x1586' }, mem_usage: { total_vram: 5, total_gtt: 9, used_gtt: 1 } },
      { memoryTotalBytes: known(9 * mib), memoryUsedBytes: known(mib), detail: { sharesHostMemory: known(true) } },
    ],
    [
      { ecc: { total_uncorrectable_count: 3 } },
      { health: known('warning'), detail: { uncorrectedMemoryErrors: known(3) } },
    ],
    [{}, { health: absent, product: noColumn, temperatureCelsius: noColumn }],
  ])('reads %j', (entry, readings) => {
    expect(one(entry)).toMatchObject(readings)
  })

  it('has no detail where nothing is told', () => {
    expect(one({})).not.toHaveProperty('detail')
  })

  it('has the partitions of one card as one device', () => {
    const card = { bdf: '0000:05:00.0' }
    const parts = Array.from({ length: 80 }, (_, gpu) => ({ gpu, ...card }))
    expect(devices(json(...parts))).toMatchObject([
      { index: 0, detail: { partitions: { value: expect.objectContaining({ length: 64 }) } } },
    ])
    const two = devices(json({ gpu: 0, ...card }, { gpu: 4, bdf: '0000:05:00.1' }, { gpu: 5, bdf: '0000:06:00.0' }))
    expect(two.map(({ index, detail }) => [index, detail?.partitions])).toMatchObject([
      [0, { value: [{ id: '0' }, { id: '4' }] }],
      [5, undefined],
    ])
  })
})

describe('rocm-smi as JSON', () => {
  const one = (card: object) => devices(JSON.stringify({ card2: card }))[0]

  it('has a key a card', () => {
    const keys = ['card0', 'card1234', 'card12345', 'acard1', 'card1x', 'system']
    expect(indexes(JSON.stringify(Object.fromEntries(keys.map((key) => [key, {}]))))).toEqual([0, 1234])
    expect(indexes('{"card0": "x", "card1": {}}')).toEqual([1])
  })

  it.each<[object, Partial<Accelerator>]>([
    [{ 'Card Series': 'MI100' }, { product: known('MI100') }],
    [{ 'Card Series': 'N/A', 'Card Model': '0x738c' }, { product: known('0x738c') }],
    [{ 'Card Series': ' ', 'Device Name': 'MI210' }, { product: known('MI210') }],
    [{ 'Card Series': 'N/A' }, { product: absent }],
    [{ 'Card Series': true }, { product: noColumn }],
    [{ 'GPU use (%)': 42 }, { utilizationPercent: known(42) }],
    [
      { 'VRAM Total Memory (B)': 100, 'VRAM Total Used Memory (B)': '5' },
      { memoryTotalBytes: known(100), memoryUsedBytes: known(5) },
    ],
    [
      { 'Device ID': '0x1586', 'VRAM Total Memory (B)': 5, 'GTT Total Memory (B)': 9 },
      { memoryTotalBytes: known(9), detail: { sharesHostMemory: known(true) } },
    ],
    [{ 'GPU ID': '1586', 'VRAM Total Memory (B)': 5 }, { detail: { sharesHostMemory: known(true) } }],
    [{ 'Temperature (Sensor junction) (C)': '50' }, { temperatureCelsius: known(50) }],
    [{ 'Current Socket Graphics Package Power (W)': '91' }, { powerWatts: known(91) }],
    [{ 'Max Graphics Package Power (W)': '400' }, { powerLimitWatts: known(400) }],
    [{}, { powerLimitWatts: absent, health: absent, index: 2, chip: 0 }],
  ])('reads %j', (card, readings) => {
    expect(one(card)).toMatchObject(readings)
  })
})

describe('the table of amd-smi', () => {
  const first = (name = 'AMD Instinct MI355X', values = '0 %  54 C  0  234/1400 W', address = '0000:05:00.0') =>
    `| ${address}  ${name} | ${values} |`
  const second = (index: number | string = 0, values = '7 %  N/A  283/294896 MB') =>
    `| ${index}  1  6  SPX/NPS1 | ${values} |`
  const read = (...lines: readonly string[]) => devices(lines.join('\n'))

  it('has two rows a card', () => {
    expect(read(first(), second(4))).toMatchObject([
      {
        ...{ index: 4, chip: 0, product: known('AMD Instinct MI355X'), pciAddress: known('0000:05:00.0') },
        ...{ memoryTotalBytes: known(294896 * mib), memoryUsedBytes: known(283 * mib), utilizationPercent: known(7) },
        ...{ temperatureCelsius: known(54), powerWatts: known(234), powerLimitWatts: known(1400) },
        ...{ health: known('ok'), detail: { uncorrectedMemoryErrors: known(0) } },
      },
    ])
  })

  it.each([
    ['a second row alone', [second()], []],
    ['a first row alone', [first()], []],
    ['two first rows', [first(), first(), second(1)], [1]],
    ['two second rows', [first(), second(1), second(2)], [1]],
    ['the highest index', [first(), second(65_535)], [65_535]],
    ['an index above that', [first(), second(65_536)], []],
    ['a word for an index', [first(), second('x')], []],
    ['rows of three cells', [first(), '| 0 | 1 | 2 |', second(1)], [1]],
    ['lines without a cell', [first(), '+-----+', '', second(1)], [1]],
    ['rows after the processes', [first(), second(1), '| Processes:  |', first(), second(2)], [1]],
    ['a sentence about processes', ['All Processes: none', first(), second(1)], [1]],
    ['another address', [first('MI', '0 %', 'x000:05:00.0'), second(1)], []],
    ['an address behind a word', [first('MI', '0 %', 'at 0000:05:00.0'), second(1)], []],
    ['a name of 81 characters', [first('x'.repeat(81)), second(1)], [1]],
    ['a name of 82 characters', [first('x'.repeat(82)), second(1)], []],
  ])('with %s', (_what, lines, found) => {
    expect(read(...lines).map((one) => one.index)).toEqual(found)
  })

  it.each([
    ['0 %  54 C  2  234/1400 W', known(54), known('warning')],
    ['N/A  N/A  N/A  N/A', absent, absent],
    ['5%  -4C  0  N/A', known(-4), known('ok')],
    ['5%  hot', noColumn, absent],
  ])('with the values "%s"', (values, degrees, health) => {
    const [device] = read(first('MI', values), second())
    expect([device?.temperatureCelsius, device?.health]).toEqual([degrees, health])
  })

  it.each([
    ['7%  N/A  1/2 MB', known(7)],
    ['N/A N/A  1/2 MB', absent],
    ['about 7% 1/2 MB', noColumn],
  ])('with the second values "%s"', (values, load) => {
    expect(read(first(), second(0, values))[0]?.utilizationPercent).toEqual(load)
  })
})
