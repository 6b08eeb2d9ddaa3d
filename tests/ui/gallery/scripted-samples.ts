// A watched appliance for scenes and tests: ten minutes of samples whose values move as under real load, with the
// faults a scene asks for.
import type { AcceleratorReport, Vendor } from '../../../shared/domain/accelerator.ts'
import { known, type Reading, unreadable, valueOr } from '../../../shared/domain/reading.ts'
import { acceleratorKey, type Sample } from '../../../shared/domain/sample.ts'
import { gibibyte, sampleOf } from './scripted-facts.ts'

export type Faults = {
  /** Keys of accelerators whose utilization cannot be read, and from which second on. */
  readonly unreadable?: { readonly [key: string]: number }
  /** Seconds in which no sample was taken. */
  readonly missing?: (second: number) => boolean
  /** Vendors whose tool says nothing from this second on. */
  readonly silentFrom?: number
  /** Measured by an older script, or a server that has neither swap nor sensors nor cards. */
  readonly bareHost?: boolean
}

const toolNames: { readonly [V in Vendor]: string } = { nvidia: 'nvidia-smi', ascend: 'npu-smi' }

/** The sample of one second; `second` counts up from the first sample that is told. */
export function sampleAt(report: AcceleratorReport, second: number, at: { startMs: number; faults?: Faults }): Sample {
  const { startMs, faults = {} } = at
  const devices = valueOr(report.devices, []).map((device) => {
    const brokenFrom = faults.unreadable?.[acceleratorKey(device)]
    const share = load(device.index, second)
    const utilization: Reading<number> =
      brokenFrom !== undefined && second >= brokenFrom
        ? unreadable('npu-smi: query of device timed out')
        : known(Math.round(share * 100))
    const total = valueOr(device.memoryTotalBytes, 32 * gibibyte)
    return {
      ...device,
      utilizationPercent: utilization,
      memoryUsedBytes: known(Math.round(total * (0.55 + 0.03 * device.index + 0.05 * share))),
    }
  })
  const silent = faults.silentFrom !== undefined && second >= faults.silentFrom
  const sample = sampleOf(silent ? [] : devices, startMs + second * 1000, second)
  const sinceMs = startMs + (faults.silentFrom ?? 0) * 1000
  return {
    ...sample,
    host: {
      ...sample.host,
      cpuPercent: second === 0 ? { state: 'absent' } : known(18 + 9 * Math.sin(second / 23)),
      memoryUsedBytes: known(Math.round((184 + 6 * Math.sin(second / 61)) * gibibyte)),
      ...(faults.bareHost === true ? {} : besides(second)),
    },
    silent: silent
      ? [{ silence: 'no-answer', vendor: report.vendor, tool: toolNames[report.vendor] ?? '', sinceMs }]
      : [],
  }
}

/** As the script says it: the first tick has no rates, and a card that is replaced has none for one. */
function besides(second: number): Partial<Sample['host']> {
  const wave = 1 + Math.sin(second / 19) / 2
  const rate = (bytes: number): Reading<number> =>
    second === 0 ? unreadable('it takes two readings, and this is the first') : known(Math.round(bytes))
  const isReading = second % 300 > 140 && second % 300 < 190
  return {
    loadAverage: known(Math.round(1400 + 900 * Math.sin(second / 70)) / 100),
    swapUsedBytes: known(Math.round((0.4 + second / 3000) * gibibyte)),
    swapTotalBytes: known(4 * gibibyte),
    networkReceivedBytesPerSecond: second === 333 ? unreadable('these are other devices') : rate(900_000 * wave),
    networkSentBytesPerSecond: second === 333 ? unreadable('these are other devices') : rate(2_600_000 * wave),
    diskReadBytesPerSecond: rate(isReading ? 2.3e9 : 90_000 * wave),
    diskWrittenBytesPerSecond: rate(420_000 * wave),
    diskBusyPercent: second === 0 ? rate(0) : known(Math.round(isReading ? 84 + 5 * wave : 3 * wave)),
    temperatureCelsius: known(Math.round(54 + 9 * Math.sin(second / 80))),
  }
}

/** The samples of these seconds, without the missing ones. */
export function samplesOf(
  report: AcceleratorReport,
  seconds: number,
  at: { startMs: number; faults?: Faults },
): readonly Sample[] {
  return Array.from({ length: seconds }, (_, second) => second)
    .filter((second) => at.faults?.missing?.(second) !== true)
    .map((second) => sampleAt(report, second, at))
}

/** Bursts of work, another rhythm for each device; between 0 and 1. */
function load(index: number, second: number): number {
  const wave = Math.sin(second / (17 + index * 3)) + 0.5 * Math.sin(second / 5 + index)
  const busy = Math.sin(second / 90 + index) > -0.3 ? 1 : 0.04
  return Math.min(1, Math.max(0, (0.55 + 0.3 * wave) * busy))
}
