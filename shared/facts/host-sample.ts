// The host's own figures in a tick of the sampler: the first line of /proc/stat, two of /proc/meminfo, and what newer
// scripts print besides. What is a difference of two ticks the first tick does not have.
import { evidence } from '../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import type { HostSample } from '../domain/sample.ts'
import { countTraffic, type TrafficCounters, trafficBetween } from './host-traffic.ts'
import { boundedLines, wholeNumber, wordsOf } from './lines.ts'
import { memoryField } from './system.ts'

/** Clock ticks since boot by proc(5): user nice system idle iowait irq softirq steal. */
export type ProcessorCounters = readonly number[]

/** For the next tick; undefined where this one had none. */
export type HostCounters = {
  readonly processor: ProcessorCounters | undefined
  readonly traffic: TrafficCounters | undefined
}

const countedFields = 8
const idleFields = [3, 4]

export type HostReading = { readonly host: HostSample; readonly counters: HostCounters }

/** Total; `before` are the counters of an earlier tick. */
export function readHost(text: string, before: HostCounters | undefined): HostReading {
  const lines = boundedLines(text)
  const processor = countersIn(lines)
  const totalBytes = memoryField(lines, 'MemTotal')
  const availableBytes = memoryField(lines, 'MemAvailable')
  const used = totalBytes === undefined || availableBytes === undefined ? -1 : totalBytes - availableBytes
  const noMemory = unreadable('/proc/meminfo could not be read')
  const up = wholeNumber(lines.find((line) => line.startsWith('up '))?.slice(3))
  // An older script, or an older recorder's file, has no such line, and nothing of what is printed with it.
  const traffic = up === undefined ? undefined : countTraffic(lines, up)
  return {
    host: {
      cpuPercent: cpuPercent(lines, processor, before?.processor),
      memoryUsedBytes: used < 0 ? noMemory : known(used),
      memoryTotalBytes: totalBytes === undefined ? noMemory : known(totalBytes),
      ...(traffic === undefined ? {} : { ...besides(lines), ...trafficBetween(before?.traffic, traffic) }),
    },
    counters: { processor, traffic },
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

type Besides = Pick<HostSample, 'loadAverage' | 'swapUsedBytes' | 'swapTotalBytes' | 'temperatureCelsius'>

function besides(lines: readonly string[]): Besides {
  return { loadAverage: loadIn(lines), ...swapIn(lines), temperatureCelsius: warmest(lines) }
}

/** How many were at work or waited for it, the mean of a minute. */
function loadIn(lines: readonly string[]): Reading<number> {
  const word = lines.find((line) => line.startsWith('load '))?.slice(5) ?? ''
  return /^\d{1,6}\.\d{1,3}$/.test(word) ? known(Number(word)) : unreadable('/proc/loadavg could not be read')
}

/** Lines "swap SIZE USED" in KiB, one for each place there is for it. None: there is no swap. */
function swapIn(lines: readonly string[]): Pick<HostSample, 'swapUsedBytes' | 'swapTotalBytes'> {
  const rows = lines.filter((line) => line.startsWith('swap ')).map(wordsOf)
  if (rows.length === 0) return { swapUsedBytes: absent, swapTotalBytes: absent }
  let [total, used] = [0, 0]
  for (const [, size, taken] of rows) {
    total += kibibytes(size)
    used += kibibytes(taken)
  }
  if (!Number.isSafeInteger(total) || !Number.isSafeInteger(used) || used > total) {
    const why = unreadable('/proc/swaps could not be read')
    return { swapUsedBytes: why, swapTotalBytes: why }
  }
  return { swapUsedBytes: known(used), swapTotalBytes: known(total) }
}

function kibibytes(word: string | undefined): number {
  return (wholeNumber(word) ?? Number.NaN) * 1024
}

/** A sensor that says nothing, or what no processor survives, is none of those that count. */
const believable = { least: 1, most: 150 }

/** Of the processors, in thousandths of a degree. */
function warmest(lines: readonly string[]): Reading<number> {
  const words = lines.filter((line) => line.startsWith('heat ')).map((line) => line.slice(5))
  if (words.length === 0) return absent
  const degrees = words
    .filter((word) => /^\d{1,6}$/.test(word))
    .map((word) => Math.round(Number(word) / 100) / 10)
    .filter((one) => one >= believable.least && one <= believable.most)
  return degrees.length === 0 ? unreadable('no sensor of a processor could be read') : known(Math.max(...degrees))
}
