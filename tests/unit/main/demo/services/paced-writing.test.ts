// The pace of the simulated model: shared a little by all who write.
import { expect, it } from 'vitest'
import { presets } from '../../../../../main/demo/hardware/presets.ts'
import { speedNow, writeAtPace } from '../../../../../main/demo/services/paced-writing.ts'
import { modelContainer, readyMachine } from './served-machine.ts'

const { tokensPerSecond } = presets['nvidia-8']

it('gives one reader the whole speed, and each of several a little less', () => {
  const machine = readyMachine([])
  const speeds = [0, 1, 2, 5].map((running) => {
    machine.traffic.running = running
    return speedNow(machine)
  })
  expect(speeds.slice(0, 2)).toEqual([tokensPerSecond, tokensPerSecond])
  expect(speeds[2]).toBeLessThan(tokensPerSecond)
  expect(speeds[3]).toBeGreaterThan(tokensPerSecond / 2)
})

it('is slowed by one card that is too hot', () => {
  const machine = readyMachine([])
  machine.change(({ drills }) => {
    drills.overheat = { sinceMs: machine.nowMs() }
  })
  expect(speedNow(machine)).toBeLessThan(tokensPerSecond * 0.7)
})

it('counts a completion once, however it ends', async () => {
  const container = modelContainer()
  const machine = readyMachine([container])
  const write = () =>
    writeAtPace(machine, container, { pieces: ['a', 'b', 'c'], promptTokens: 7, signal: new AbortController().signal })
  for await (const _piece of write()) expect(machine.traffic.running).toBe(1)
  for await (const _piece of write()) break
  expect(machine.traffic).toMatchObject({ running: 0, finished: 1, promptTokens: 14, writtenTokens: 4 })
})

it('never counts below nobody when the power has come back meanwhile', async () => {
  const container = modelContainer()
  const machine = readyMachine([container])
  const signal = new AbortController().signal
  for await (const _piece of writeAtPace(machine, container, { pieces: ['a'], promptTokens: 1, signal })) {
    machine.traffic.running = 0
  }
  expect(machine.traffic.running).toBe(0)
})
