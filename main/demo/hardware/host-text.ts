// What print_host of the sampler's script prints: the processor's counters since boot and two figures of memory.
// The counters go on from where they were, by the use that the machine has now: a reader takes the difference.
import type { Machine } from '../machine.ts'
import { loadNow } from './load.ts'
import { presets } from './presets.ts'

/** Hundredths of a second of all cores together, as /proc/stat counts them. */
type Counted = { readonly bootedAtMs: number; readonly atMs: number; readonly busy: number; readonly idle: number }

const countedOf = new WeakMap<Machine, Counted>()

/** What the machine did before anybody looked. */
const usualCpuPercent = 1.1
const millisecondsPerTick = 10

export function hostText(machine: Machine): string {
  const { total, available } = memoryKibibytes(machine)
  const { busy, idle } = countOn(machine)
  const [user, system, softirq] = [busy * 0.78, busy * 0.19, busy * 0.03].map(Math.floor)
  return `cpu  ${user} 0 ${system} ${Math.floor(idle)} 0 0 ${softirq} 0 0 0\nMemTotal: ${total} kB\nMemAvailable: ${available} kB\n`
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
      ? add(machine, { bootedAtMs, atMs: bootedAtMs, busy: 0, idle: 0 }, usualCpuPercent)
      : add(machine, before, loadNow(machine).host.cpuPercent)
  countedOf.set(machine, { ...counted, atMs: nowMs })
  return counted
}

/** A clock that was set back adds nothing. */
function add(machine: Machine, before: Counted, cpuPercent: number): Counted {
  const { logicalCores } = presets[machine.state.preset]
  const passed = (Math.max(0, machine.nowMs() - before.atMs) / millisecondsPerTick) * logicalCores
  const busy = (passed * cpuPercent) / 100
  return { ...before, busy: before.busy + busy, idle: before.idle + passed - busy }
}
