// What print_host of the sampler's script prints: counters since boot of the processor, the network and the disk, and what
// memory, swap, load and heat are now. Counters go on from where they were, by the use that the machine has now: a reader
// takes the difference.
import type { Machine } from '../machine.ts'
import { type HostWork, noWork, processorHeat, workAfter } from './host-work.ts'
import { loadNow } from './load.ts'
import { presets } from './presets.ts'

/** Hundredths of a second of all cores together, as /proc/stat counts them. */
type Counted = {
  readonly bootedAtMs: number
  readonly atMs: number
  readonly busy: number
  readonly idle: number
  readonly work: HostWork
}

const countedOf = new WeakMap<Machine, Counted>()

/** What the machine did before anybody looked. */
const usualCpuPercent = 1.1
const millisecondsPerTick = 10

export function hostText(machine: Machine): string {
  const { total, available } = memoryKibibytes(machine)
  const { busy, idle, work } = countOn(machine)
  const [user, system, softirq] = [busy * 0.78, busy * 0.19, busy * 0.03].map(Math.floor)
  const lines = [
    `cpu  ${user} 0 ${system} ${Math.floor(idle)} 0 0 ${softirq} 0 0 0`,
    `MemTotal: ${total} kB`,
    `MemAvailable: ${available} kB`,
    ...besides(machine, work),
  ]
  return `${lines.join('\n')}\n`
}

const sectorBytes = 512

function besides(machine: Machine, work: HostWork): string[] {
  const { swapBytes, logicalCores } = presets[machine.state.preset]
  const [read, written] = [work.readBytes, work.writtenBytes].map((bytes) => Math.floor(bytes / sectorBytes))
  const load = (loadNow(machine).host.cpuPercent / 100) * logicalCores
  return [
    `up ${Math.max(0, Math.floor((machine.nowMs() - machine.state.bootedAtMs) / millisecondsPerTick))}`,
    `load ${load.toFixed(2)}`,
    `swap ${Math.floor(swapBytes / 1024)} 0`,
    `net enp1s0f0 ${Math.floor(work.receivedBytes)} ${Math.floor(work.sentBytes)}`,
    `disk nvme0n1 0 0 ${read} 0 0 0 ${written} 0 0 ${Math.floor(work.diskBusyMs)} 0`,
    `heat ${processorHeat(machine)}`,
  ]
}

export function memoryKibibytes(machine: Machine): { readonly total: number; readonly available: number } {
  const { memoryBytes } = presets[machine.state.preset]
  const { memoryUsedBytes } = loadNow(machine).host
  return { total: Math.floor(memoryBytes / 1024), available: Math.floor((memoryBytes - memoryUsedBytes) / 1024) }
}

function countOn(machine: Machine): Counted {
  const { bootedAtMs } = machine.state
  const nowMs = machine.nowMs()
  const before = countedOf.get(machine)
  const counted =
    before === undefined || before.bootedAtMs !== bootedAtMs
      ? add(machine, { bootedAtMs, atMs: bootedAtMs, busy: 0, idle: 0, work: noWork(machine) }, usualCpuPercent)
      : add(machine, before, loadNow(machine).host.cpuPercent)
  countedOf.set(machine, { ...counted, atMs: nowMs })
  return counted
}

/** A clock that was set back adds nothing. */
function add(machine: Machine, before: Counted, cpuPercent: number): Counted {
  const { logicalCores } = presets[machine.state.preset]
  const passedMs = Math.max(0, machine.nowMs() - before.atMs)
  const passed = (passedMs / millisecondsPerTick) * logicalCores
  const busy = (passed * cpuPercent) / 100
  const work = workAfter(machine, before.work, passedMs)
  return { ...before, busy: before.busy + busy, idle: before.idle + passed - busy, work }
}
