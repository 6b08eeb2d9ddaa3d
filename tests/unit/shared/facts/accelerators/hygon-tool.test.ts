// What hy-smi prints, key by key: nearly JSON or lines, in the words of every release, and what is no DCU.
import { describe, expect, it } from 'vitest'
import type { Accelerator } from '../../../../../shared/domain/accelerator.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import { readSmiCards } from '../../../../../shared/facts/accelerators/hygon-cards.ts'
import { readHygonTool } from '../../../../../shared/facts/accelerators/hygon-tool.ts'

const mib = 1024 ** 2
const one = (fields: object) =>
  readHygonTool(JSON.stringify({ card3: { 'PCI Bus': '0000:9f:00.0', ...fields } })).devices[0]
const noColumn = unreadable('the tool printed no such column')

describe('a DCU', () => {
  it.each<[object, Partial<Accelerator>]>([
    [{}, { index: 3, chip: 0, pciAddress: known('0000:9f:00.0'), health: absent, powerLimitWatts: absent }],
    [{ 'Card Series': 'K100' }, { product: known('K100') }],
    [{ 'My Card Series': 'K100', 'Card Series too': 'x' }, { product: noColumn }],
    [{ 'Unique ID': 'U' }, { uuid: known('U') }],
    [{ 'My Unique ID': 'U', 'Unique IDs': 'U' }, { uuid: noColumn }],
    [
      { 'vram Total Memory (MiB)': '100', 'vram Total Used Memory (MiB)': '5' },
      { memoryTotalBytes: known(100 * mib), memoryUsedBytes: known(5 * mib) },
    ],
    [{ 'vram Total Memory (B)': '100' }, { memoryTotalBytes: known(100), memoryUsedBytes: noColumn }],
    [{ 'my vram Total Memory (B)': '1', 'vram Total Memory (B) x': '1' }, { memoryTotalBytes: noColumn }],
    [{ 'HCU use (%)': '7' }, { utilizationPercent: known(7) }],
    [{ 'DCU use (%)': '7' }, { utilizationPercent: known(7) }],
    [{ 'my HCU use (%)': '7', 'HCU use (%) now': '7' }, { utilizationPercent: noColumn }],
    [
      { 'Temperature (Sensor junction) (C)': '40', 'Temperature (Sensor edge) (C)': '36' },
      { temperatureCelsius: known(36) },
    ],
    [{ 'Temperature (Sensor core) (C)': '41' }, { temperatureCelsius: known(41) }],
    [{ 'Temperature (C)': '42' }, { temperatureCelsius: known(42) }],
    [{ 'my Temperature (C)': '42', 'Temperature (C) x': '42' }, { temperatureCelsius: noColumn }],
    [{ 'Average Graphics Package Power (W)': '91' }, { powerWatts: known(91) }],
    [{ 'Current Socket Graphics Package Power (W)': '92' }, { powerWatts: known(92) }],
    [{ 'Max Graphics Package Power (W)': '400' }, { powerLimitWatts: known(400) }],
    [{ 'My Max Graphics Package Power (W)': '400' }, { powerLimitWatts: absent }],
    [{ 'PCI Bus': '0000:9f:00.0 : Healthy' }, { pciAddress: known('0000:9f:00.0'), health: known('ok') }],
    [{ 'PCI Bus': '0000:9f:00.0 :unhealthy ' }, { health: known('alarm') }],
    [{ 'PCI Bus': '0000:9f:00.0 : Nonhealthy' }, { health: unreadable('hy-smi says Nonhealthy') }],
    [{ 'PCI Bus': '0000:9f:00.0 : Healthyish' }, { health: unreadable('hy-smi says Healthyish') }],
    [{ 'PCI Bus': '0000:9f:00.0 : Healthy now' }, { health: absent }],
    [{ 'PCI Bus': '0000:9f:00.0 --> SN: S1' }, { pciAddress: known('0000:9f:00.0'), detail: { serial: known('S1') } }],
    [{ 'PCI Bus': '0000:9f:00.0-->SN:S1' }, { pciAddress: known('0000:9f:00.0'), detail: { serial: known('S1') } }],
    [{ 'PCI Bus': '0000:9f:00.0 --> SN: S1', 'Serial Number': 'S2' }, { detail: { serial: known('S2') } }],
    [
      { 'sclk clock speed:': '(1500Mhz)', 'mclk clock speed': '1600MHz' },
      { detail: { coreClockMegahertz: known(1500), memoryClockMegahertz: known(1600) } },
    ],
    [{ 'sclk clock speed:': '(20001Mhz)' }, { detail: { coreClockMegahertz: unreadable('not a value: 20001Mhz') } }],
    [{ 'mclk clock speed': '5 kMHz' }, { detail: { memoryClockMegahertz: unreadable('not a value: 5 kMHz') } }],
  ])('reads %j', (fields, readings) => {
    expect(one(fields)).toMatchObject({ vendor: 'hygon', kind: 'dcu', ...readings })
  })

  it('has no detail where none is told', () => {
    expect(one({})).not.toHaveProperty('detail')
  })

  it('is none of another maker, and none that says nothing', () => {
    expect(one({ 'Card Vendor': 'Advanced Micro Devices' })).toBeUndefined()
    expect(one({ 'Card Series': 'AMD Instinct' })).toBeUndefined()
    expect(one({ 'Card Series': 'AMDX' })).toBeDefined()
    expect(readHygonTool('{"card1": {"a": "1", "b": "2"}}')).toEqual({
      devices: [],
      notes: ['card1 says nothing of a DCU: a, b'],
    })
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`card${at}`, { a: '1' }]))
    expect(readHygonTool(JSON.stringify(many)).notes).toHaveLength(8)
  })
})

describe('the cards of an output', () => {
  const cards = (text: string) => readSmiCards(text).map(({ index, fields }) => [index, Object.fromEntries(fields)])

  it.each([
    ['{"card0": {"A  b": " 1 ", "a b": "2", "": "3"}}', [[0, { 'a b': '1' }]]],
    ['{"card0": {"a": "1" "b": 2 "c": null "d": true}}', [[0, { a: '1', b: '2', c: 'N/A', d: 'true' }]]],
    ['{"card0": {"x": {"a": "1"}, "b": "2"}, "c": "3"}', [[0, { b: '2' }]]],
    [
      '{"HCU12": {"a": "1"}, "gpu7": {"a": "2"}}',
      [
        [12, { a: '1' }],
        [7, { a: '2' }],
      ],
    ],
    ['{"mycard0": {"a": "1"}, "card0x": {"a": "1"}, "card12345": {"a": "1"}}', []],
    [
      'HCU[0]\t\t: Temp : 36\n  DCU[12] : a: b: c',
      [
        [0, { temp: '36' }],
        [12, { a: 'b: c' }],
      ],
    ],
    ['my HCU[0] : a : 1\nHCU[12345] : a : 1', []],
    ['HCU[0] : a : 1\n{"card1": {"b": "2"}}', [[1, { b: '2' }]]],
    ['nothing', []],
  ])('%j', (text, found) => {
    expect(cards(text)).toEqual(found)
  })

  it('are at most 512, with 200 values each', () => {
    const lines = (count: number) => Array.from({ length: count }, (_, at) => `HCU[${at}] : a : 1`).join('\n')
    expect(cards(`${lines(600)}\nHCU[0] : b : 2`)).toHaveLength(512)
    expect(cards(`${lines(600)}\nHCU[0] : b : 2`)[0]).toEqual([0, { a: '1', b: '2' }])
    const [only] = readSmiCards(Array.from({ length: 300 }, (_, at) => `HCU[0] : k${at} : 1`).join('\n'))
    expect(only?.fields.size).toBe(200)
  })
})
