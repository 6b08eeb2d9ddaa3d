// The simulated ward: what a live chart shows when nobody types.
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { noTraffic } from '../../../../../main/demo/machine.ts'
import { peopleAt, simulateWard } from '../../../../../main/demo/services/ward-traffic.ts'
import type { TestMachine } from '../../../../support/demo-machine.ts'
import { appContainer, modelContainer, readyMachine } from './served-machine.ts'

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

/** Half a second at a time, with what was running then. */
function watch(machine: TestMachine, seconds: number): number[] {
  return Array.from({ length: seconds * 2 }, () => {
    machine.advance(500)
    vi.advanceTimersByTime(500)
    return machine.traffic.running
  })
}

describe('the ward', () => {
  it('comes in waves between nobody and five, and begins to move within a minute', () => {
    const seen = Array.from({ length: 600 }, (_, second) => peopleAt(second * 1000))
    expect(Math.min(...seen)).toBe(0)
    expect(Math.max(...seen)).toBe(5)
    expect(new Set(Array.from({ length: 60 }, (_, second) => peopleAt(second * 1000))).size).toBeGreaterThan(2)
  })

  it('uses the model while it takes requests, and counts what it does', () => {
    const machine = readyMachine([modelContainer()])
    const stop = simulateWard(machine)
    const seen = watch(machine, 180)
    expect(Math.max(...seen)).toBeGreaterThan(3)
    expect(seen).toContain(0)
    const { finished, promptTokens, writtenTokens } = machine.traffic
    expect(finished).toBeGreaterThan(5)
    expect(promptTokens % 180).toBe(0)
    expect(writtenTokens).toBeGreaterThan(1000)
    expect(Number.isInteger(writtenTokens)).toBe(true)
    stop()
  })

  it.each([
    ['no model runs', [appContainer()]],
    ['the model has stopped', [modelContainer({ state: 'exited' })]],
  ])('does nothing where %s', (_where, containers) => {
    const machine = readyMachine(containers)
    const stop = simulateWard(machine)
    watch(machine, 120)
    expect(machine.traffic).toEqual(noTraffic())
    stop()
  })

  it('leaves at once when the model goes away, and has got no answers then', () => {
    const machine = readyMachine([modelContainer()])
    const stop = simulateWard(machine)
    while (machine.traffic.running === 0) watch(machine, 1)
    const { finished } = machine.traffic
    machine.change((state) => {
      for (const one of state.containers) one.state = 'exited'
    })
    watch(machine, 1)
    expect(machine.traffic).toMatchObject({ running: 0, finished })
    stop()
  })

  it('counts anew after the power came back', () => {
    const container = modelContainer()
    const { startedAtMs } = container
    const machine = readyMachine([container])
    const stop = simulateWard(machine)
    while (machine.traffic.running < 2) watch(machine, 1)
    Object.assign(machine.traffic, noTraffic())
    machine.change((state) => {
      state.bootedAtMs = machine.nowMs()
    })
    watch(machine, 1)
    expect(machine.traffic.running).toBe(peopleAt(machine.nowMs() - startedAtMs))
    stop()
  })

  it('writes nothing for the time that this computer slept', () => {
    const machine = readyMachine([modelContainer()])
    const stop = simulateWard(machine)
    while (machine.traffic.running === 0) watch(machine, 1)
    const { writtenTokens } = machine.traffic
    machine.advance(3_600_000)
    vi.advanceTimersByTime(500)
    expect(machine.traffic.writtenTokens - writtenTokens).toBeLessThan(2000)
    stop()
  })

  it('is gone with its one timer when it is stopped', () => {
    const machine = readyMachine([modelContainer()])
    const stop = simulateWard(machine)
    expect(vi.getTimerCount()).toBe(1)
    while (machine.traffic.running === 0) watch(machine, 1)
    stop()
    expect(machine.traffic.running).toBe(0)
    expect(vi.getTimerCount()).toBe(0)
  })
})
