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
    },
    silent: silent
      ? [{ silence: 'no-answer', vendor: report.vendor, tool: toolNames[report.vendor] ?? '', sinceMs }]
      : [],
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
