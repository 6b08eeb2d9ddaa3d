// Recorded ticks as samples at the console's own time. Within one start of the machine the distance to now is counted by
// a clock that nobody sets; of an earlier start the appliance's calendar is all there is, less what it is ahead of ours.
import type { Sample } from '../../shared/domain/sample.ts'
import { acceleratorsNow, type HeardTools, hearTools } from '../../shared/facts/accelerator-samples.ts'
import { type HostCounters, readHost } from '../../shared/facts/host-sample.ts'
import type { RecorderClock } from '../../shared/facts/recorder-look.ts'
import type { RecordedTick } from './ring-reader.ts'

/** The appliance's clock, and when it was heard here (milliseconds since 1970). */
export type HeardClock = RecorderClock & { readonly atMs: number }

/** Over a longer time than this a difference of counters is no sample of a moment. */
const longestStepMs = 40_000

/** In the order in which they were recorded; undefined for what cannot have been yet. */
export function recordedSamples(now: HeardClock): (tick: RecordedTick) => Sample | undefined {
  let counters: HostCounters | undefined
  let heard: HeardTools = new Map()
  let before: { readonly atMs: number; readonly boot: string } | undefined
  return (recorded) => {
    const atMs = timeOf(recorded, now)
    if (atMs > now.atMs || atMs < 0) return undefined
    const { tick, boot } = recorded
    const follows = before !== undefined && before.boot === boot && Math.abs(atMs - before.atMs) <= longestStepMs
    before = { atMs, boot }
    heard = hearTools(heard, { answers: tick.answers, atMs })
    const reading = readHost(tick.hostText, follows ? counters : undefined)
    counters = reading.counters
    const { host } = reading
    return structuredClone({ sequence: 0, atMs, host, ...acceleratorsNow(heard, { atMs }, host) })
  }
}

function timeOf({ seconds, hundredths, boot }: RecorderClock, now: HeardClock): number {
  if (boot === now.boot && boot !== 'unknown') return now.atMs - (now.hundredths - hundredths) * 10
  return seconds * 1000 - (now.seconds * 1000 - now.atMs)
}
