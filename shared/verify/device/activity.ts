// What devices did before, while and after a model wrote, out of samples that were taken meanwhile. A device that was busy
// already says nothing where others were given it too: it may have worked for them.
import type { Accelerator } from '../../domain/accelerator.ts'
import type { ActivityReading, DeviceActivity } from '../../domain/device-proof.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import type { AcceleratorSample, Sample } from '../../domain/sample.ts'

export type Phase = 'before' | 'during' | 'after'
export type PhasedSample = { readonly phase: Phase; readonly sample: Sample }

export type Observed = {
  readonly samples: readonly PhasedSample[]
  readonly seconds: number
  readonly outputTokens: number
  /** The container's processes, by the host's numbers. Unreadable: whose memory it is cannot be told. */
  readonly pids: Reading<readonly number[]>
  /** No other container was given any of these devices: what they do is its own work. */
  readonly isAlone: boolean
}

/** Percentage points that count as a rise, and from where on a device was busy before. */
const riseWanted = 5
const busyBefore = 60

/** `devices`: those that the container was given. Unreadable where not one of them was measured while the model wrote. */
export function activityOf(devices: readonly Accelerator[], observed: Observed): Reading<ActivityReading> {
  const { samples, seconds, outputTokens } = observed
  const each = devices.map((device) => deviceOf(device, observed))
  const readings = samples.filter(
    ({ phase, sample }) => phase === 'during' && devices.some((device) => isKnown(sampleFor(device, sample))),
  ).length
  if (devices.length === 0 || readings === 0) return unreadable(silenceOf(samples))
  return known({ seconds, outputTokens, readings, devices: each.slice(0, 128) })
}

function sampleFor({ vendor, index, chip }: Accelerator, { accelerators }: Sample): AcceleratorSample | undefined {
  return accelerators.find((one) => one.vendor === vendor && one.index === index && one.chip === chip)
}

function isKnown(sample: AcceleratorSample | undefined): boolean {
  return sample?.utilizationPercent.state === 'known'
}

function silenceOf(samples: readonly PhasedSample[]): string {
  const silent = samples.flatMap(({ sample }) => sample.silent).at(-1)
  if (silent?.silence === 'said') return silent.why
  if (silent !== undefined) return `${silent.tool}: no answer`
  return samples.length === 0 ? 'no sample came' : 'no sample says how busy the devices were'
}

function deviceOf(device: Accelerator, { samples, pids, isAlone }: Observed): DeviceActivity {
  const of = (phase: Phase) =>
    samples.flatMap((one) => (one.phase === phase ? (sampleFor(device, one.sample) ?? []) : []))
  const [before, during, after] = [percents(of('before')), percents(of('during')), percents(of('after'))]
  const newest = [...of('before'), ...of('during')].at(-1)
  const moved = movedFrom(before, during, isAlone)
  return {
    ...{ index: device.index, chip: device.chip, product: device.product },
    ...{ before: mean(before), during: mean(during), highest: highest(during), after: mean(after) },
    memoryUsedBytes: newest?.memoryUsedBytes ?? device.memoryUsedBytes,
    memoryTotalBytes: newest?.memoryTotalBytes ?? device.memoryTotalBytes,
    heldBytes: heldBy(device, pids),
    ...(moved !== undefined && { moved }),
  }
}

function percents(samples: readonly AcceleratorSample[]): readonly number[] {
  return samples.flatMap((one) => (one.utilizationPercent.state === 'known' ? [one.utilizationPercent.value] : []))
}

const unread = unreadable('it was not read then')

function mean(values: readonly number[]): Reading<number> {
  if (values.length === 0) return unread
  return known(Math.round((values.reduce((sum, one) => sum + one, 0) / values.length) * 10) / 10)
}

function highest(values: readonly number[]): Reading<number> {
  return values.length === 0 ? unread : known(Math.max(...values))
}

/** Undefined where it was busy before, maybe for somebody else, or one of the two was not read. */
function movedFrom(before: readonly number[], during: readonly number[], isAlone: boolean): boolean | undefined {
  if (before.length === 0 || during.length === 0) return undefined
  const from = before.reduce((sum, one) => sum + one, 0) / before.length
  const most = Math.max(...during)
  if (most - from >= riseWanted) return true
  if (from < busyBefore) return false
  return isAlone && most >= busyBefore ? true : undefined
}

/** Absent where the tool names who holds its memory, and none of them is of the container. */
function heldBy({ detail }: Accelerator, pids: Reading<readonly number[]>): Reading<number> {
  if (pids.state !== 'known') return unreadable(pids.state === 'unreadable' ? pids.why : 'its processes are not known')
  if (detail?.processes?.state !== 'known') return unreadable('the tool does not say who holds its memory')
  const own = detail.processes.value.filter(({ pid }) => pids.value.includes(pid))
  if (own.length === 0) return absent
  const sizes = own.flatMap(({ memoryBytes }) => (memoryBytes.state === 'known' ? [memoryBytes.value] : []))
  return sizes.length === 0
    ? unreadable('the tool does not say how much')
    : known(sizes.reduce((sum, one) => sum + one, 0))
}
