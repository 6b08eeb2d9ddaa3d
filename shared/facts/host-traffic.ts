// What the host's network cards and disks did between two ticks: counters of the kernel and the time since the machine was
// started. A counter that is smaller than before, or other devices than before, make a gap: never a spike.
import { absent, known, type Reading, unreadable } from '../domain/reading.ts'
import type { HostSample } from '../domain/sample.ts'
import { wordsOf } from './lines.ts'

/** Of one kind of device, in the order of the lines. */
type Counted = {
  /** Of all of them, as one text: a part of a long text would keep the whole of it in memory. */
  readonly names: string
  readonly each: readonly (readonly number[])[]
}

export type TrafficCounters = {
  /** Hundredths of a second since the machine was started. */
  readonly up: number
  /** Undefined: its lines could not be read. */
  readonly network: Counted | undefined
  readonly disks: Counted | undefined
}

type Traffic = Pick<
  Required<HostSample>,
  | 'networkReceivedBytesPerSecond'
  | 'networkSentBytesPerSecond'
  | 'diskReadBytesPerSecond'
  | 'diskWrittenBytesPerSecond'
  | 'diskBusyPercent'
>

/** No server has more; a list that goes on is none. */
const mostDevices = 512
/** The kernel's, whatever a disk has. */
const sectorBytes = 512
/** By Documentation/block/stat.rst: sectors read, sectors written, milliseconds with something to do. */
const diskPlaces = [4, 8, 11] as const
const networkPlaces = [2, 3] as const
/** Twice the fastest card there is; a disk is slower. More is a counter that was begun anew. */
const mostBytesPerSecond = 2e11
/** Milliseconds are counted in ticks of the kernel: over less than this they say nothing. */
const leastHundredths = 10

/** `up`: the number of its line. Total. */
export function countTraffic(lines: readonly string[], up: number): TrafficCounters {
  return { up, network: counted(lines, 'net', networkPlaces), disks: counted(lines, 'disk', diskPlaces) }
}

function counted(lines: readonly string[], kind: string, places: readonly number[]): Counted | undefined {
  const rows = lines.filter((line) => line.startsWith(`${kind} `)).map(wordsOf)
  if (rows.length > mostDevices) return undefined
  const names: string[] = []
  const each: number[][] = []
  for (const words of rows) {
    const name = words[1] ?? ''
    const numbers = places.map((place) => countIn(words[place]))
    if (!/^[\w.-]{1,64}$/.test(name) || numbers.some(Number.isNaN)) return undefined
    names.push(name)
    each.push(numbers)
  }
  return { names: names.join(' '), each }
}

/** 64 bits: the last digits of the largest do not matter for a difference. */
function countIn(word: string | undefined): number {
  return word !== undefined && /^\d{1,20}$/.test(word) ? Number(word) : Number.NaN
}

export function trafficBetween(before: TrafficCounters | undefined, now: TrafficCounters): Traffic {
  const hundredths = before === undefined ? Number.NaN : now.up - before.up
  const network = grown(before?.network, now.network, hundredths)
  const disks = grown(before?.disks, now.disks, hundredths)
  const rate = (of: Grown, place: number, unit: number) => perSecond(of, place, { unit, hundredths })
  return {
    networkReceivedBytesPerSecond: rate(network, 0, 1),
    networkSentBytesPerSecond: rate(network, 1, 1),
    diskReadBytesPerSecond: rate(disks, 0, sectorBytes),
    diskWrittenBytesPerSecond: rate(disks, 1, sectorBytes),
    diskBusyPercent: busiest(disks, hundredths),
  }
}

/** What each device added, or why nobody can say. */
type Grown = readonly (readonly number[])[] | Reading<never>

function grown(before: Counted | undefined, now: Counted | undefined, hundredths: number): Grown {
  if (now === undefined) return unreadable('its counters could not be read')
  if (now.each.length === 0) return absent
  if (Number.isNaN(hundredths)) return unreadable('it takes two readings, and this is the first')
  if (hundredths < leastHundredths) return unreadable('the machine was started anew, or no time has passed')
  if (before === undefined || before.names !== now.names) return unreadable('these are other devices than before')
  const differences = now.each.map((row, at) => row.map((count, place) => count - (before.each[at]?.[place] ?? 0)))
  if (differences.some((row) => row.some((one) => one < 0))) return unreadable('a counter was begun anew')
  return differences
}

function perSecond(
  of: Grown,
  place: number,
  { unit, hundredths }: { readonly unit: number; readonly hundredths: number },
): Reading<number> {
  if (!isDifferences(of)) return of
  const rates = of.map((row) => ((row[place] ?? 0) * unit * 100) / hundredths)
  if (rates.some((rate) => rate > mostBytesPerSecond)) return unreadable('more than any device can do')
  return known(Math.round(rates.reduce((sum, one) => sum + one, 0)))
}

/** Of the busiest disk: one that is always busy holds up everybody, however many are idle beside it. */
function busiest(of: Grown, hundredths: number): Reading<number> {
  if (!isDifferences(of)) return of
  const most = Math.max(...of.map((row) => row[2] ?? 0))
  return known(Math.min(100, Math.round((most / hundredths) * 100) / 10))
}

function isDifferences(of: Grown): of is readonly (readonly number[])[] {
  return Array.isArray(of)
}
