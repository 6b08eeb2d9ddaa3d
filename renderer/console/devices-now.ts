// Which accelerators a strip of cells shows now: those of the newest sample; before the first one, as they were
// found. Where the sample has none although some were found (a vendor tool that has not answered yet, or does
// not any more), they are there and their values are not known: an old value is never shown as that of now.
import type { Facts } from '../../shared/domain/facts.ts'
import { unreadable, valueOr } from '../../shared/domain/reading.ts'
import type { AcceleratorSample, Sample } from '../../shared/domain/sample.ts'
import type { WhyMissing } from './silence-text.ts'

export function devicesNow(
  sample: Sample | undefined,
  facts: Facts | undefined,
  whyMissing: WhyMissing,
): readonly AcceleratorSample[] {
  if (sample !== undefined && sample.accelerators.length > 0) return sample.accelerators
  const found: readonly AcceleratorSample[] = facts?.accelerators.flatMap(({ devices }) => valueOr(devices, [])) ?? []
  if (sample === undefined) return found
  return found.map((device) => {
    const unread = unreadable(whyMissing(sample, device.vendor))
    return {
      ...device,
      utilizationPercent: unread,
      memoryUsedBytes: unread,
      temperatureCelsius: unread,
      powerWatts: unread,
    }
  })
}
