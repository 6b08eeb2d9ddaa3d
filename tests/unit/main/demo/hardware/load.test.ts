// How busy and warm the simulated devices are: at rest, at work, while a model is loaded, and at any time.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DeviceLoad, loadNow } from '../../../../../main/demo/hardware/load.ts'
import { presets } from '../../../../../main/demo/hardware/presets.ts'
import { type DemoPreset, demoPreset } from '../../../../../shared/domain/demo.ts'
import { type TestMachine, testContainer, testMachine } from '../../../../support/demo-machine.ts'

function servingMachine(preset: DemoPreset): TestMachine {
  const machine = testMachine(preset)
  machine.change((state) => void state.containers.push(testContainer(machine.nowMs() - 60_000)))
  return machine
}

function each(machine: TestMachine, figure: (device: DeviceLoad) => number): number[] {
  return loadNow(machine).devices.map(figure)
}

function utilizationWith(machine: TestMachine, running: number): number[] {
  machine.traffic.running = running
  return each(machine, (device) => device.utilizationPercent)
}

describe('the load of a simulated machine', () => {
  it.each(demoPreset.options)('of %s follows the completions that are being written', (preset) => {
    const machine = servingMachine(preset)
    const differences = new Set<number>()
    for (let second = 0; second < 60; second += 1) {
      machine.advance(1000)
      for (const idle of utilizationWith(machine, 0)) expect(idle).toBeLessThanOrEqual(3)
      for (const busy of utilizationWith(machine, 1)) expect(Math.abs(busy - 55)).toBeLessThanOrEqual(4)
      for (const full of utilizationWith(machine, 7)) expect(Math.abs(full - 92)).toBeLessThanOrEqual(4)
      const [first = 0, ...others] = utilizationWith(machine, 2)
      for (const other of others) differences.add(other - first)
    }
    expect(differences.size).toBeGreaterThan(2)
  })

  it('is nothing without a model, whatever the traffic says', () => {
    const machine = testMachine('nvidia-8')
    expect(new Set(utilizationWith(machine, 3))).toEqual(new Set([0]))
  })

  it('is the same for the same time', () => {
    const [one, other] = [servingMachine('ascend-8'), servingMachine('ascend-8')]
    expect(loadNow(one)).toEqual(loadNow(other))
  })

  it.each(demoPreset.options)('fills the memory of %s while the model loads, and frees it when it stops', (preset) => {
    const machine = testMachine(preset)
    const { devices, modelShare } = presets[preset]
    const used = () => each(machine, (device) => device.memoryUsedBytes)[0] ?? Number.NaN
    const host = () => loadNow(machine).host.memoryUsedBytes
    const [idle, idleHost] = [used(), host()]
    machine.change((state) => void state.containers.push(testContainer(machine.nowMs())))
    const filling = Array.from({ length: 20 }, () => {
      machine.advance(200)
      return used()
    })
    expect(filling).toEqual([...filling].sort((a, b) => a - b))
    const share = (filling.at(-1) ?? 0) / ((devices[0]?.memoryMib ?? 0) * 1024 ** 2)
    expect(Math.abs(share - modelShare)).toBeLessThan(0.03)
    expect(host()).toBeGreaterThan(idleHost)
    machine.change((state) => {
      for (const container of state.containers) container.state = 'exited'
    })
    expect([used(), host()]).toEqual([idle, idleHost])
  })

  it('makes a device warm and hungry step by step, and lets it cool again', () => {
    const machine = servingMachine('nvidia-8')
    const warmth = () => each(machine, (device) => device.temperatureCelsius)[0] ?? Number.NaN
    const power = () => each(machine, (device) => device.powerWatts)[0] ?? Number.NaN
    const [cold, weak] = [warmth(), power()]
    machine.traffic.running = 4
    expect([warmth(), Math.abs(power() - weak) < 3]).toEqual([cold, true])
    machine.advance(1000)
    expect(warmth()).toBeLessThan(cold + 6)
    expect(power()).toBeGreaterThan(weak + 100)
    machine.advance(3_600_000)
    expect(warmth()).toBeGreaterThan(65)
    machine.traffic.running = 0
    machine.advance(1000)
    expect(warmth()).toBeGreaterThan(60)
    machine.advance(120_000)
    expect(Math.abs(warmth() - cold)).toBeLessThanOrEqual(1)
  })

  it('comes to the same whether somebody looks often or seldom', () => {
    const [often, seldom] = [servingMachine('ascend-8'), servingMachine('ascend-8')]
    for (const machine of [often, seldom]) {
      loadNow(machine)
      machine.traffic.running = 2
    }
    for (let look = 0; look < 4000; look += 1) {
      loadNow(often)
      if (look % 2 === 0) often.advance(10)
    }
    seldom.advance(20_000)
    const [a, b] = [often, seldom].map((machine) => each(machine, (device) => device.temperatureCelsius))
    for (const [at, celsius] of (a ?? []).entries()) expect(Math.abs(celsius - (b?.[at] ?? 0))).toBeLessThanOrEqual(1)
  })

  it.each(demoPreset.options)('of %s stays within its bounds at any time and under any traffic', (preset) => {
    const look = fc.record({
      passedMs: fc.oneof(fc.constant(0), fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 0, max: 10 ** 10 })),
      running: fc.nat({ max: 40 }),
      isHot: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(look, { maxLength: 25 }), (looks) => {
        const machine = servingMachine(preset)
        for (const { passedMs, running, isHot } of looks) {
          machine.advance(passedMs)
          machine.traffic.running = running
          machine.change(({ drills }) => {
            if (!isHot) delete drills.overheat
            else drills.overheat ??= { sinceMs: machine.nowMs() }
          })
          expectPlausible(machine)
        }
      }),
      { numRuns: 60 },
    )
  })
})

function expectPlausible(machine: TestMachine): void {
  const preset = presets[machine.state.preset]
  const { devices, host } = loadNow(machine)
  const within = (value: number, low: number, high: number) => value >= low && value <= high
  const bad = preset.devices.filter((device, at) => {
    const load = devices[at]
    if (load === undefined) return true
    return !(
      within(load.utilizationPercent, 0, 100) &&
      within(load.memoryUsedBytes, 0, device.memoryMib * 1024 ** 2) &&
      within(load.temperatureCelsius, device.idleCelsius - 1, device.criticalCelsius + 2) &&
      within(load.powerWatts, device.powerIdleWatts * 0.98, device.powerLimitWatts)
    )
  })
  expect(bad).toEqual([])
  expect(within(host.cpuPercent, 0, 100) && within(host.memoryUsedBytes, 0, preset.memoryBytes)).toBe(true)
}
