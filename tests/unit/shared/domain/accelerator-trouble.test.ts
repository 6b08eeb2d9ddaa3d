// What of the facts counts as trouble with the hardware, and what does not prove any.
import { describe, expect, it } from 'vitest'
import type { Accelerator } from '../../../../shared/domain/accelerator.ts'
import { acceleratorTroubles } from '../../../../shared/domain/accelerator-trouble.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'

const deviceOf = (index: number): Accelerator => ({
  ...{ vendor: 'ascend', kind: 'npu', index, chip: 0, product: known('910B4'), uuid: absent, pciAddress: absent },
  ...{ memoryTotalBytes: known(8), memoryUsedBytes: known(1), utilizationPercent: known(1) },
  ...{ temperatureCelsius: known(41), powerWatts: known(90), powerLimitWatts: absent, health: known('ok') },
})
const devices = [0, 1, 2, 3].map(deviceOf)
const report = { vendor: 'ascend', kind: 'npu', pciCount: known(4), driverVersion: absent, devices: known(devices) }
const hung = unreadable('npu-smi: still hangs')

describe('trouble with accelerators', () => {
  it('is a device that reports an alarm or cannot be read, by its own number', () => {
    const [first, second, third, fourth] = devices
    if (!first || !second || !third || !fourth) throw new Error('four devices are scripted')
    const changed = [
      { ...first, health: known('warning' as const) },
      { ...second, health: known('alarm' as const) },
      { ...third, health: known('critical' as const), chip: 1 },
      { ...fourth, health: hung },
    ]
    expect(acceleratorTroubles([{ ...report, devices: known(changed) }])).toEqual([
      { trouble: 'alarm', vendor: 'ascend', kind: 'npu', index: 1, chip: 0 },
      { trouble: 'critical', vendor: 'ascend', kind: 'npu', index: 2, chip: 1 },
      { trouble: 'unreadable', vendor: 'ascend', kind: 'npu', index: 3, chip: 0 },
    ])
  })

  it('is hardware on the bus that nobody can read', () => {
    expect(acceleratorTroubles([{ ...report, devices: hung }])).toEqual([
      { trouble: 'unread', vendor: 'ascend', kind: 'npu', count: 4 },
    ])
    expect(acceleratorTroubles([{ ...report, pciCount: unreadable('sysfs'), devices: hung }])).toEqual([
      { trouble: 'unread', vendor: 'ascend', kind: 'npu' },
    ])
  })

  it('is a lost device only where the tool complains too', () => {
    const fewer = { ...report, pciCount: known(5) }
    expect(acceleratorTroubles([fewer])).toEqual([])
    expect(acceleratorTroubles([{ ...fewer, notes: ['GPU 0000:c5:00.0 is lost'] }])).toEqual([
      { trouble: 'unread', vendor: 'ascend', kind: 'npu', count: 1 },
    ])
  })

  it('is none where all is well, no health is reported, or the bus has none', () => {
    const silent = devices.map((device) => ({ ...device, health: absent }))
    expect(acceleratorTroubles([report])).toEqual([])
    expect(acceleratorTroubles([{ ...report, devices: known(silent) }])).toEqual([])
    expect(acceleratorTroubles([{ ...report, pciCount: known(0), devices: hung }])).toEqual([])
    expect(acceleratorTroubles([{ ...report, pciCount: absent, devices: hung }])).toEqual([])
  })
})
