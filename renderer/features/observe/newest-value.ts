// The figure beside a chart: what is known now, and how old it is. A value of an older sample is never shown as
// the newest one.
import { type Reading, unreadable } from '../../../shared/domain/reading.ts'
import { type AcceleratorSample, acceleratorKey, type Sample } from '../../../shared/domain/sample.ts'
import type { WhyMissing } from '../../console/silence-text.ts'
import type { AcceleratorId } from './lines.ts'

/** At one sample a second: older than this, a value is greyed and says its age. */
export const lateMs = 3000

export type AcceleratorReadings = Pick<AcceleratorSample, 'utilizationPercent' | 'memoryUsedBytes' | 'memoryTotalBytes'>

/** Of one accelerator; where the sample does not have it, every reading says why. */
export function readingsOf(sample: Sample, of: AcceleratorId, whyMissing: WhyMissing): AcceleratorReadings {
  const key = acceleratorKey(of)
  const found = sample.accelerators.find((one) => acceleratorKey(one) === key)
  if (found !== undefined) return found
  const why: Reading<never> = unreadable(whyMissing(sample, of.vendor))
  return { utilizationPercent: why, memoryUsedBytes: why, memoryTotalBytes: why }
}

/** Undefined: fresh. */
export function ageSeconds(sample: Sample, nowMs: number): number | undefined {
  const age = nowMs - sample.atMs
  return age > lateMs ? Math.floor(age / 1000) : undefined
}
