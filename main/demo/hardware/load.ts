// How busy and how warm the simulated machine is. Work decides at once what the devices do; power and heat follow
// with inertia, however often or seldom somebody looks.
import type { Machine } from '../machine.ts'
import { overheatsSince, pulledDevice } from './drilled-devices.ts'
import { type ModelWork, modelWork, wantedUtilization, wobble } from './model-work.ts'
import type { Preset, PresetDevice } from './preset-shape.ts'
import { presets } from './presets.ts'

export type DeviceLoad = {
  readonly index: number
  /** False while its card is pulled: then its figures mean nothing. */
  readonly present: boolean
  readonly utilizationPercent: number
  readonly memoryUsedBytes: number
  readonly temperatureCelsius: number
  readonly powerWatts: number
  readonly health: 'ok' | 'alarm'
}

export type Load = {
  readonly devices: readonly DeviceLoad[]
  readonly host: { readonly cpuPercent: number; readonly memoryUsedBytes: number }
}

/** One device's slow quantities. */
type Felt = { readonly celsius: number; readonly watts: number }
type Before = { readonly atMs: number; readonly devices: readonly Felt[] }

const beforeOf = new WeakMap<Machine, Before>()

/** Milliseconds in which about two thirds of a change have happened. */
const paceMs = { warmth: 15_000, overheating: 4500, power: 1200 } as const
/** Above its critical temperature, where overheating ends. */
const overshootCelsius = 1.2
const mebibyte = 1024 ** 2

export function loadNow(machine: Machine): Load {
  const preset = presets[machine.state.preset]
  const work = modelWork(machine)
  const { atMs, devices: before } = beforeOf.get(machine) ?? atFirst(machine, preset, work)
  const each = preset.devices.map((device, at) => {
    const wanted = wantedUtilization(work, device.index, machine.nowMs())
    const felt = feltNow(machine, device, { ...(before[at] ?? settled(device, wanted)), atMs, wanted })
    return { felt, load: deviceLoad(machine, device, { ...felt, usedShare: preset.modelShare * work.loadedPart }) }
  })
  // A clock that was set back starts from there.
  beforeOf.set(machine, { atMs: machine.nowMs(), devices: each.map((one) => one.felt) })
  return { devices: each.map((one) => one.load), host: hostLoad(machine, preset, work) }
}

/** Nobody looked before: everything has settled, and what overheats began to when its drill did. */
function atFirst(machine: Machine, preset: Preset, work: ModelWork): Before {
  const nowMs = machine.nowMs()
  const sinceMs = preset.devices.flatMap((device) => overheatsSince(machine, device.index) ?? [])[0] ?? nowMs
  return {
    atMs: Math.min(nowMs, sinceMs),
    devices: preset.devices.map((device) => settled(device, wantedUtilization(work, device.index, nowMs))),
  }
}

function settled(device: PresetDevice, utilization: number): Felt {
  return { celsius: celsiusAt(device, utilization), watts: wattsAt(device, utilization) }
}

type FeltNow = Felt & { readonly utilization: number; readonly isHot: boolean }

/** `wanted`: the utilization that the work asks for; `atMs`: when the other figures were felt. */
function feltNow(machine: Machine, device: PresetDevice, before: Felt & { atMs: number; wanted: number }): FeltNow {
  const { atMs, wanted } = before
  const celsius = warmed(machine, device, before)
  const isHot = celsius >= device.criticalCelsius
  const utilization = isHot && device.whenHot === 'slows' ? wanted / 2 : wanted
  const watts = follow(before.watts, wattsAt(device, utilization), part(machine.nowMs() - atMs, paceMs.power))
  return { celsius, watts, utilization, isHot }
}

function warmed(machine: Machine, device: PresetDevice, before: Felt & { atMs: number; wanted: number }): number {
  const { celsius, atMs, wanted } = before
  const nowMs = machine.nowMs()
  const sinceMs = overheatsSince(machine, device.index)
  if (sinceMs === undefined) return follow(celsius, celsiusAt(device, wanted), part(nowMs - atMs, paceMs.warmth))
  const target = device.criticalCelsius + overshootCelsius
  return follow(celsius, target, part(nowMs - Math.max(atMs, sinceMs), paceMs.overheating))
}

function follow(from: number, to: number, part: number): number {
  return from + (to - from) * part
}

/** Of a change, what has happened after so long: 0 to 1. However it is cut into pieces, it comes to the same. */
function part(elapsedMs: number, paceMs: number): number {
  return 1 - Math.exp(-Math.max(0, elapsedMs) / paceMs)
}

function deviceLoad(machine: Machine, device: PresetDevice, now: FeltNow & { usedShare: number }): DeviceLoad {
  const { index } = device
  const restless = 1 + wobble(index + 1, machine.nowMs()) / 200
  return {
    index,
    present: index !== pulledDevice(machine)?.index,
    utilizationPercent: Math.round(now.utilization),
    memoryUsedBytes: memoryUsed(device, now.usedShare),
    temperatureCelsius: Math.round(now.celsius),
    powerWatts: Math.round(now.watts * restless * 100) / 100,
    health: now.isHot && device.whenHot === 'alarm' ? 'alarm' : 'ok',
  }
}

function celsiusAt({ idleCelsius, busyCelsius }: PresetDevice, utilization: number): number {
  return idleCelsius + ((busyCelsius - idleCelsius) * utilization) / 100
}

function wattsAt({ powerIdleWatts, powerBusyWatts }: PresetDevice, utilization: number): number {
  return powerIdleWatts + ((powerBusyWatts - powerIdleWatts) * utilization) / 100
}

/** Whole MiB; no two devices hold quite the same. */
function memoryUsed({ index, memoryMib, idleMemoryMib }: PresetDevice, share: number): number {
  const filledMib = share * (memoryMib - idleMemoryMib) * (1 - ((index * 3) % 8) / 500)
  return Math.round(idleMemoryMib + filledMib) * mebibyte
}

const modelHostBytes = 5.6 * 1024 ** 3
const containerBytes = 160 * mebibyte

function hostLoad(machine: Machine, preset: Preset, work: ModelWork): Load['host'] {
  const { loadedPart } = work
  const nowMs = machine.nowMs()
  const isLoading = loadedPart > 0 && loadedPart < 1
  const forModel = isLoading ? preset.cpuBusyPercent : (preset.cpuBusyPercent * wantedUtilization(work, 0, nowMs)) / 100
  const containers = machine.state.containers.filter((container) => container.state === 'running').length
  const usedBytes = preset.idleMemoryBytes + loadedPart * modelHostBytes + containers * containerBytes
  return {
    cpuPercent: Math.max(0.1, 0.9 + wobble(11, nowMs) / 2 + forModel),
    memoryUsedBytes: Math.min(preset.memoryBytes, Math.round(usedBytes)),
  }
}
