// What was seen of a server while all its models were loaded for some minutes: its heat, its power, and whether it became
// slower. A device that says nothing of its temperature stays unreadable, never cool.
import type { Soak } from '../../domain/acceptance.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import type { AcceleratorSample, Sample } from '../../domain/sample.ts'

/** Of the samples, one is due every second; a few late ones are no gap. */
const dueMs = 3000
/** Rates of the first and the last part of all of it are compared. */
const part = 0.25
/** Seconds: parts of a shorter one say more of chance than of heat. */
const leastRates = 40

export type SoakLoad = {
  readonly seconds: number
  readonly requests: number
  readonly failed: number
  readonly outputTokensPerSecond: number
  readonly services: Soak['services']
  /** Tokens in each second, of all services together, as time went on. */
  readonly rates: readonly number[]
}

/** `samples`: those that came while it went on, by time; `fromMs` and `untilMs` by the same clock. */
export function soakFigures(
  load: SoakLoad,
  {
    samples,
    fromMs,
    untilMs,
  }: { readonly samples: readonly Sample[]; readonly fromMs: number; readonly untilMs: number },
): Soak {
  const { rates, ...counts } = load
  const size = Math.floor(rates.length * part)
  const compared =
    rates.length < leastRates
      ? {}
      : { firstTokensPerSecond: mean(rates.slice(0, size)), lastTokensPerSecond: mean(rates.slice(-size)) }
  return {
    ...counts,
    ...compared,
    processorCelsius: highest(samples.map(({ host }) => host.temperatureCelsius ?? absent)),
    devices: devicesIn(samples),
    samples: samples.length,
    unseenSeconds: unseenMs(samples, fromMs, untilMs) / 1000,
  }
}

function devicesIn(samples: readonly Sample[]): Soak['devices'] {
  const byDevice = new Map<string, AcceleratorSample[]>()
  for (const { accelerators } of samples) {
    for (const one of accelerators) {
      const key = `${one.vendor} ${one.index} ${one.chip}`
      const seen = byDevice.get(key)
      if (seen === undefined) byDevice.set(key, [one])
      else seen.push(one)
    }
  }
  return [...byDevice.values()].flatMap((seen) => {
    const [first] = seen
    if (first === undefined) return []
    const { vendor, index, chip } = first
    return {
      ...{ vendor, index, chip, samples: seen.length },
      highestCelsius: highest(seen.map((one) => one.temperatureCelsius)),
      highestWatts: highest(seen.map((one) => one.powerWatts)),
      meanUtilization: meanOf(seen.map((one) => one.utilizationPercent)),
    }
  })
}

function highest(readings: readonly Reading<number>[]): Reading<number> {
  const values = valuesOf(readings)
  return values.length > 0 ? known(values.reduce((most, one) => Math.max(most, one))) : whyNone(readings)
}

function meanOf(readings: readonly Reading<number>[]): Reading<number> {
  const values = valuesOf(readings)
  return values.length > 0 ? known(mean(values)) : whyNone(readings)
}

function valuesOf(readings: readonly Reading<number>[]): number[] {
  return readings.flatMap((one) => (one.state === 'known' ? [one.value] : []))
}

function whyNone(readings: readonly Reading<number>[]): Reading<number> {
  return readings.find((one) => one.state === 'unreadable') ?? (readings.length > 0 ? absent : unreadable('no sample'))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length
}

function unseenMs(samples: readonly Sample[], fromMs: number, untilMs: number): number {
  const times = [fromMs, ...samples.map(({ atMs }) => atMs), untilMs]
  const gaps = times.slice(1).map((at, place) => at - (times[place] ?? at))
  return gaps.filter((gap) => gap > dueMs).reduce((sum, gap) => sum + gap, 0)
}
