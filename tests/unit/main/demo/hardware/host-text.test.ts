// The host's figures of a tick, read as the product reads them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostText } from '../../../../../main/demo/hardware/host-text.ts'
import { loadNow } from '../../../../../main/demo/hardware/load.ts'
import { presets } from '../../../../../main/demo/hardware/presets.ts'
import { demoPreset } from '../../../../../shared/domain/demo.ts'
import { readHost } from '../../../../../shared/facts/host-sample.ts'
import { testContainer, testMachine } from '../../../../support/demo-machine.ts'
import { knownValue } from '../../../../support/known-value.ts'

describe("the host's part of a tick", () => {
  it.each(demoPreset.options)('of %s says what its load says', (preset) => {
    const machine = testMachine(preset)
    machine.change((state) => void state.containers.push(testContainer(0)))
    let { counters } = readHost(hostText(machine), undefined)
    for (const running of [0, 1, 4, 2, 0]) {
      machine.traffic.running = running
      machine.advance(1000)
      const { host, counters: next } = readHost(hostText(machine), counters)
      counters = next
      const load = loadNow(machine).host
      expect(Math.abs(knownValue(host.cpuPercent) - load.cpuPercent)).toBeLessThan(0.2)
      expect(knownValue(host.memoryTotalBytes)).toBe(presets[preset].memoryBytes)
      expect(Math.abs(knownValue(host.memoryUsedBytes) - load.memoryUsedBytes)).toBeLessThanOrEqual(1024)
    }
  })

  it('says what its network, its disk and its processor do: more at work, most while weights are read or files arrive', () => {
    const machine = testMachine('nvidia-8')
    let { counters } = readHost(hostText(machine), undefined)
    const hostAfter = (milliseconds: number) => {
      machine.advance(milliseconds)
      const reading = readHost(hostText(machine), counters)
      counters = reading.counters
      return reading.host
    }
    const idle = hostAfter(1000)
    expect(Object.values(idle).map((one) => one?.state)).toEqual(Array(12).fill('known'))
    machine.change((state) => void state.containers.push(testContainer(machine.nowMs())))
    const loading = hostAfter(1000)
    expect(knownValue(loading.diskReadBytesPerSecond)).toBeGreaterThan(1e9)
    expect(knownValue(loading.diskBusyPercent)).toBeGreaterThan(50)
    machine.change((state) => {
      state.artifacts['a'.repeat(64)] = { bytes: 64 * 1024 * 1024 }
    })
    expect(knownValue(hostAfter(1000).networkReceivedBytesPerSecond)).toBeGreaterThan(64 * 1024 * 1024)
    machine.change((state) => {
      state.artifacts = {}
    })
    hostAfter(600_000)
    machine.traffic.running = 4
    const busy = hostAfter(60_000)
    expect(knownValue(busy.networkSentBytesPerSecond)).toBeGreaterThan(2 * knownValue(idle.networkSentBytesPerSecond))
    expect(knownValue(busy.temperatureCelsius)).toBeGreaterThan(knownValue(idle.temperatureCelsius))
  })

  it('counts since the machine was booted, and anew after the next boot', () => {
    const machine = testMachine('workstation-2')
    const ticks = () =>
      (readHost(hostText(machine), undefined).counters.processor ?? []).reduce((sum, one) => sum + one, 0)
    const hour = 3600 * 100 * 48
    expect(Math.abs(ticks() - hour)).toBeLessThan(10)
    machine.change((state) => {
      state.bootedAtMs = machine.nowMs()
    })
    machine.advance(36_000)
    expect(Math.abs(ticks() - hour / 100)).toBeLessThan(10)
  })

  it('never counts backwards, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -60_000, max: 600_000 }), { maxLength: 30 }), (passed) => {
        const machine = testMachine('ascend-8')
        let before = readHost(hostText(machine), undefined).counters.processor ?? []
        for (const milliseconds of passed) {
          machine.advance(milliseconds)
          const now = readHost(hostText(machine), undefined).counters.processor ?? []
          expect(now).toHaveLength(8)
          expect(now.every((count, at) => count >= (before[at] ?? 0))).toBe(true)
          before = now
        }
      }),
      { numRuns: 50 },
    )
  })
})
