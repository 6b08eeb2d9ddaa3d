// What goes wrong with the simulated hardware on purpose, as the product's readers see it.
import { describe, expect, it } from 'vitest'
import { hardwareAnswers, sampleAnswers } from '../../../../../main/demo/hardware/answers.ts'
import { loadNow } from '../../../../../main/demo/hardware/load.ts'
import type { Vendor } from '../../../../../shared/domain/accelerator.ts'
import { type DemoPreset, type DrillName, demoPreset } from '../../../../../shared/domain/demo.ts'
import { type TestMachine, testContainer, testMachine } from '../../../../support/demo-machine.ts'
import { knownValue } from '../../../../support/known-value.ts'
import { demoFacts, demoSample } from './read-back.ts'

const vendorOf: { [P in DemoPreset]: Vendor } = {
  'ascend-8': 'ascend',
  'nvidia-8': 'nvidia',
  'workstation-2': 'nvidia',
}

function begin(machine: TestMachine, drill: DrillName, sinceMs = machine.nowMs()): void {
  machine.change(({ drills }) => {
    drills[drill] = { sinceMs }
  })
}

function reportOf(machine: TestMachine) {
  const vendor = vendorOf[machine.state.preset]
  const report = demoFacts(machine, hardwareAnswers).accelerators.find((one) => one.vendor === vendor)
  if (report === undefined) throw new Error(`no report of ${vendor}`)
  return report
}

const sampleOf = (machine: TestMachine) => demoSample(machine, sampleAnswers, vendorOf[machine.state.preset])

describe('a sample of the simulated devices', () => {
  it.each(demoPreset.options)('of %s knows what every device is doing', (preset) => {
    const machine = testMachine(preset)
    machine.change((state) => void state.containers.push(testContainer(0)))
    machine.traffic.running = 1
    const { devices, notes } = sampleOf(machine)
    const loads = loadNow(machine).devices
    expect(notes).toEqual([])
    expect(knownValue(devices)).toHaveLength(loads.length)
    for (const [at, device] of knownValue(devices).entries()) {
      expect(knownValue(device.utilizationPercent)).toBe(loads[at]?.utilizationPercent)
      expect(knownValue(device.memoryUsedBytes)).toBe(loads[at]?.memoryUsedBytes)
      expect(knownValue(device.temperatureCelsius)).toBe(loads[at]?.temperatureCelsius)
      expect(knownValue(device.powerWatts)).toBeCloseTo(loads[at]?.powerWatts ?? 0, 0)
    }
  })

  it('of the other vendor is absent', () => {
    for (const preset of demoPreset.options) {
      const other = vendorOf[preset] === 'nvidia' ? 'ascend' : 'nvidia'
      expect(demoSample(testMachine(preset), sampleAnswers, other).devices).toEqual({ state: 'absent' })
    }
  })

  it('shows the process of the model beside the table, and is not misled by it', () => {
    const machine = testMachine('ascend-8')
    const table = () => hardwareAnswers['npu-smi']?.(machine).stdout ?? ''
    expect(table().match(/No running processes found in NPU \d/g)).toHaveLength(8)
    machine.change((state) => void state.containers.push(testContainer(0)))
    expect(table().match(/llama-server/g)).toHaveLength(8)
    expect(knownValue(sampleOf(machine).devices)).toHaveLength(8)
    expect(
      new Set(
        table()
          .trimEnd()
          .split('\n')
          .map((line) => line.length),
      ),
    ).toEqual(new Set([98]))
  })
})

describe('a pulled card', () => {
  it.each([
    ['ascend-8', [0, 1, 2, 3, 4, 5, 7]],
    ['nvidia-8', [0, 1, 2, 3, 4, 5, 7]],
    ['workstation-2', [1]],
  ] as const)('is gone from the tool of %s, and its slot stays on the bus', (preset, left) => {
    const machine = testMachine(preset)
    begin(machine, 'pull-card')
    const report = reportOf(machine)
    expect(report.pciCount).toEqual({ state: 'known', value: left.length + 1 })
    expect(knownValue(report.devices).map((device) => device.index)).toEqual(left)
    expect(knownValue(sampleOf(machine).devices).map((device) => device.index)).toEqual(left)
    expect(loadNow(machine).devices.filter((device) => !device.present)).toHaveLength(1)
  })

  it('makes nvidia-smi say so and end badly', () => {
    const machine = testMachine('nvidia-8')
    begin(machine, 'pull-card')
    const said = 'Unable to determine the device handle for GPU0000:B7:00.0: Unknown Error'
    expect(reportOf(machine).notes).toEqual([said])
    expect(sampleOf(machine).notes).toEqual([said])
    expect(sampleAnswers['nvidia-smi']?.(machine).exitCode).toBe(15)
  })

  it('makes npu-smi say nothing', () => {
    const machine = testMachine('ascend-8')
    begin(machine, 'pull-card')
    expect(reportOf(machine).notes).toBeUndefined()
    expect(sampleOf(machine).notes).toEqual([])
  })
})

describe('a device that overheats', () => {
  function hotDevice(machine: TestMachine, index: number) {
    const device = knownValue(reportOf(machine).devices).find((one) => one.index === index)
    if (device === undefined) throw new Error(`no device ${index}`)
    const { utilizationPercent, temperatureCelsius, health } = device
    return {
      utilization: knownValue(utilizationPercent),
      celsius: knownValue(temperatureCelsius),
      health: knownValue(health),
    }
  }

  function busy(preset: DemoPreset): TestMachine {
    const machine = testMachine(preset)
    machine.change((state) => void state.containers.push(testContainer(0)))
    machine.traffic.running = 4
    loadNow(machine)
    begin(machine, 'overheat')
    return machine
  }

  it('raises an alarm on Ascend after about 20 seconds, alone, and recovers', () => {
    const machine = busy('ascend-8')
    expect(hotDevice(machine, 2)).toMatchObject({ health: 'ok' })
    machine.advance(8000)
    expect(hotDevice(machine, 2)).toMatchObject({ health: 'ok' })
    machine.advance(12_000)
    expect(hotDevice(machine, 2)).toMatchObject({ health: 'alarm', celsius: 91 })
    const well = knownValue(reportOf(machine).devices).filter((device) => knownValue(device.health) === 'ok')
    expect(well.map((device) => device.index)).toEqual([0, 1, 3, 4, 5, 6, 7])
    machine.change(({ drills }) => void delete drills.overheat)
    machine.advance(3000)
    expect(hotDevice(machine, 2)).toMatchObject({ health: 'ok' })
    expect(hotDevice(machine, 2).celsius).toBeGreaterThan(80)
    machine.advance(90_000)
    expect(hotDevice(machine, 2).celsius).toBeLessThan(72)
  })

  it.each([
    ['nvidia-8', 2],
    ['workstation-2', 1],
  ] as const)('lowers its clocks on %s', (preset, index) => {
    const machine = busy(preset)
    machine.advance(20_000)
    const hot = hotDevice(machine, index)
    expect(hot.celsius).toBe(96)
    expect(Math.abs(hot.utilization - 46)).toBeLessThanOrEqual(2)
    expect(hotDevice(machine, 0).utilization).toBeGreaterThan(85)
  })

  it('says on NVIDIA why it is slow, and of the others that they are not', () => {
    const machine = busy('nvidia-8')
    machine.advance(20_000)
    const devices = knownValue(reportOf(machine).devices)
    const slow = devices.filter(
      ({ detail }) => detail?.slowdowns?.state === 'known' && detail.slowdowns.value.length > 0,
    )
    expect(slow.map(({ index }) => index)).toEqual([2])
    expect(slow[0]?.detail).toMatchObject({
      slowdowns: { value: ['hw_slowdown', 'hw_thermal_slowdown'] },
      coreClockMegahertz: { value: 1005 },
      uncorrectedMemoryErrors: { value: 0 },
      pendingRetirements: { value: 0 },
      persistence: { value: true },
      processes: { value: [] },
    })
  })

  it('is as hot as it was when the console starts again', () => {
    const machine = testMachine('nvidia-8')
    begin(machine, 'overheat', machine.nowMs() - 60_000)
    expect(hotDevice(machine, 2).celsius).toBe(96)
  })

  it('heats from when it began, however long nobody had looked before', () => {
    const machine = testMachine('ascend-8')
    loadNow(machine)
    machine.advance(3_600_000)
    begin(machine, 'overheat')
    machine.advance(500)
    expect(hotDevice(machine, 2).celsius).toBeLessThan(50)
  })
})

describe('a tool that prints garbage', () => {
  it.each(demoPreset.options)('leaves the devices of %s unreadable, never wrong', (preset) => {
    const machine = testMachine(preset)
    begin(machine, 'garbage-answers')
    const report = reportOf(machine)
    expect(report.devices.state).toBe('unreadable')
    expect(report.pciCount.state).toBe('known')
    expect(report.driverVersion.state).toBe('known')
    expect(sampleOf(machine).devices.state).toBe('unreadable')
  })
})
