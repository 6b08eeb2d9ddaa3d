// What the accelerators are doing, from tool answers that come at their own pace. An answer holds for a few
// seconds, so that a tool that needs two seconds draws a line and no dots; after that the devices are gone
// from the sample, and it says since when the tool has been silent. Never an old value, never a zero.
import type { Accelerator, Vendor } from '../domain/accelerator.ts'
import type { AcceleratorSample, Sample, ToolSilence } from '../domain/sample.ts'
import { vendorReaders } from './accelerators/all.ts'
import { type HostMemory, withHostMemory } from './accelerators/host-memory.ts'
import type { VendorReader, VendorSample } from './accelerators/vendor.ts'
import type { Probe, ProbeAnswer } from './probe.ts'

/** An answer older than this is not shown any more; where samples are far apart, than two of them and a half. */
const holdMilliseconds = 5000
const heldSamples = 2.5
/** Of one vendor. No appliance has more, and samples are kept for minutes. */
const deviceLimit = 128

export const samplerProbes: readonly Probe[] = vendorReaders.map((reader) => reader.sampleProbe)

/** What one vendor's tool said last. Times are the console's clock in milliseconds since 1970. */
type Heard = {
  readonly atMs: number
  /** When it last answered in time; before its first answer since when it hangs, or when it was first asked. */
  readonly answeredAtMs: number
  readonly answer: VendorSample | 'late' | 'none-yet'
  /** Whether it ever named devices: only then is it missed. */
  readonly hadDevices: boolean
}
export type HeardTools = ReadonlyMap<Vendor, Heard>

type Moment = { readonly answers: readonly ProbeAnswer[]; readonly atMs: number }

/** `before` with the answers of this moment; of the first moment also what has not answered yet. */
export function hearTools(before: HeardTools, { answers, atMs }: Moment): HeardTools {
  const heard = vendorReaders.map((reader): [Vendor, Heard] => {
    const earlier = before.get(reader.vendor) ?? noneYet(atMs)
    const answer = answers.find((one) => one.id === reader.sampleProbe.id)
    return [reader.vendor, answer === undefined ? earlier : hear(reader, earlier, { answer, atMs })]
  })
  return new Map(heard)
}

function noneYet(atMs: number): Heard {
  return { atMs, answeredAtMs: atMs, answer: 'none-yet', hadDevices: false }
}

function hear(reader: VendorReader, earlier: Heard, { answer, atMs }: { answer: ProbeAnswer; atMs: number }): Heard {
  if (answer.state === 'timed-out') return { ...earlier, atMs, answer: 'late' }
  if (answer.state === 'still-hung')
    return { ...earlier, atMs, answeredAtMs: hungSince(earlier, answer), answer: 'late' }
  const sample = reader.readSample(answer)
  const hadDevices = earlier.hadDevices || sample.devices.state === 'known'
  return { atMs, answeredAtMs: atMs, answer: sample, hadDevices }
}

/** A tool that hung before anybody watched says since when by the appliance's clock: the best there is then. */
function hungSince({ answer: before, answeredAtMs }: Heard, { since }: ProbeAnswer): number {
  const sinceMs = before === 'none-yet' && since.state === 'known' ? Date.parse(since.value) : Number.NaN
  return Number.isNaN(sinceMs) ? answeredAtMs : sinceMs
}

export type AcceleratorPart = Pick<Sample, 'silent' | 'accelerators'>

/** `host` is of the same moment: the memory of devices that have none of their own. */
export function acceleratorsNow(
  heard: HeardTools,
  { atMs: nowMs, everySeconds = 1 }: { readonly atMs: number; readonly everySeconds?: number },
  host: HostMemory,
): AcceleratorPart {
  const holdMs = Math.max(holdMilliseconds, heldSamples * 1000 * everySeconds)
  const parts = vendorReaders.map((reader) =>
    partOf(reader, heard.get(reader.vendor) ?? noneYet(nowMs), { nowMs, holdMs, host }),
  )
  return { silent: parts.flatMap((part) => part.silent), accelerators: parts.flatMap((part) => part.accelerators) }
}

function partOf(
  reader: VendorReader,
  heard: Heard,
  { nowMs, holdMs, host }: { nowMs: number; holdMs: number; host: HostMemory },
): AcceleratorPart {
  const { answer, hadDevices } = heard
  const { vendor, sampleProbe } = reader
  const tool = sampleProbe.id
  const quiet = (silence: ToolSilence): AcceleratorPart => ({ silent: [silence], accelerators: [] })
  const said = (why: string) => quiet({ silence: 'said', vendor, why: why.slice(0, 300) })
  // What is not installed is asked for once a minute: such an answer does not grow old.
  if (typeof answer === 'object' && answer.devices.state === 'absent')
    return hadDevices ? quiet({ silence: 'gone', vendor, tool }) : nothing
  // A clock that was set back makes an answer old, never young again.
  if (answer === 'late' || Math.abs(nowMs - heard.atMs) > holdMs)
    return quiet({ silence: 'no-answer', vendor, tool, sinceMs: heard.answeredAtMs })
  if (answer === 'none-yet' || answer.devices.state === 'absent') return nothing
  if (answer.devices.state === 'unreadable') return said(answer.devices.why)
  const accelerators = answer.devices.value.slice(0, deviceLimit).map((one) => sampleOf(withHostMemory(one, host)))
  return answer.notes.length === 0 ? { silent: [], accelerators } : { ...said(answer.notes.join('; ')), accelerators }
}

const nothing: AcceleratorPart = { silent: [], accelerators: [] }

function sampleOf(device: Accelerator): AcceleratorSample {
  const { vendor, kind, index, chip, utilizationPercent, memoryUsedBytes, memoryTotalBytes } = device
  const { temperatureCelsius, powerWatts, health } = device
  return {
    ...{ vendor, kind, index, chip, utilizationPercent, memoryUsedBytes, memoryTotalBytes },
    ...{ temperatureCelsius, powerWatts, health },
  }
}
