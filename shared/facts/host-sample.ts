// The host's own figures in a tick of the sampler: the first line of /proc/stat and two of /proc/meminfo.
// Processor use is the difference of two ticks, so the first tick has none.
import { evidence } from '../domain/failure.ts'
import { known, type Reading, unreadable } from '../domain/reading.ts'
import type { HostSample } from '../domain/sample.ts'
import { boundedLines, wholeNumber, wordsOf } from './lines.ts'
import { memoryField } from './system.ts'

/** Clock ticks since boot by proc(5): user nice system idle iowait irq softirq steal. */
export type ProcessorCounters = readonly number[]

const countedFields = 8
const idleFields = [3, 4]

export type HostReading = {
  readonly host: HostSample
  /** For the next tick; undefined where this one had none. */
  readonly counters: ProcessorCounters | undefined
}

/** Total; `before` are the counters of an earlier tick. */
export function readHost(text: string, before: ProcessorCounters | undefined): HostReading {
  const lines = boundedLines(text)
  const counters = countersIn(lines)
  const totalBytes = memoryField(lines, 'MemTotal')
  const availableBytes = memoryField(lines, 'MemAvailable')
  const used = totalBytes === undefined || availableBytes === undefined ? -1 : totalBytes - availableBytes
  const noMemory = unreadable('/proc/meminfo could not be read')
  return {
    host: {
      cpuPercent: cpuPercent(lines, counters, before),
      memoryUsedBytes: used < 0 ? noMemory : known(used),
      memoryTotalBytes: totalBytes === undefined ? noMemory : known(totalBytes),
    },
    counters,
  }
}

/** Guest time is part of user time, so what comes after steal does not count again. Old kernels have fewer fields. */
function countersIn(lines: readonly string[]): ProcessorCounters | undefined {
  const [name, ...words] = wordsOf(lines.find((line) => /^cpu[ \t]/.test(line)) ?? '')
  const numbers = words.slice(0, countedFields).map(wholeNumber)
  const counters = numbers.filter((one) => one !== undefined)
  return name === undefined || counters.length < 4 || counters.length < numbers.length ? undefined : counters
}

function cpuPercent(
  lines: readonly string[],
  counters: ProcessorCounters | undefined,
  before: ProcessorCounters | undefined,
): Reading<number> {
  if (counters === undefined) return unreadable(`/proc/stat: ${evidence(lines[0] ?? '', 100)}`)
  if (before === undefined) return unreadable('it takes two readings, and this is the first')
  // iowait and idle may go down a little (proc(5)): that is no time passed.
  const passed = counters.map((count, at) => Math.max(0, count - (before[at] ?? count)))
  const total = passed.reduce((sum, one) => sum + one, 0)
  const idle = idleFields.reduce((sum, at) => sum + (passed[at] ?? 0), 0)
  if (total === 0) return unreadable('the counters of /proc/stat stand still')
  return known(Math.round(((total - idle) / total) * 1000) / 10)
}
