// One rule on one subject over time: a fault counts once it has lasted, and is over once the all-clear has. A gap in
// the looks neither begins nor ends one (P68), and what comes and goes is one fault that takes longer to be over.
import type { AlertRule } from './rules.ts'

export type Track = {
  /** `over`: kept for a while, to tell what comes back from what is new. */
  readonly state: 'pending' | 'firing' | 'over'
  /** Since when every look said so. */
  readonly sinceMs: number
  readonly firedMs: number
  readonly lastMs: number
  readonly value: number
  readonly clearSinceMs: number | undefined
  readonly overMs: number
  readonly flaps: number
}

type Reading = {
  readonly atMs: number
  readonly everyMs: number
  readonly value: number
  /** Where it is known since when it was so before anybody looked. */
  readonly sinceMs?: number
}

const minuteMs = 60_000
/** What fires again within an hour after it was over has not been repaired. */
export const flapWindowMs = 60 * minuteMs
/** After it came back, the all-clear has to last so long. */
const steadyMs = 30 * minuteMs
const missedLooks = 3
/** Looks that come late are not older than this: what is, was taken after the clock was set back. */
const setBackMs = 10 * minuteMs
const longGapMs = 10 * minuteMs

/** Undefined: nothing is to be kept of it. The very same track where the look changes nothing. */
export function afterReading(track: Track | undefined, reading: Reading, rule: AlertRule): Track | undefined {
  const { atMs, everyMs, value } = reading
  if (track !== undefined && atMs <= track.lastMs && track.lastMs - atMs < setBackMs) return track
  const isBad = isFault(value, rule)
  if (track === undefined) return isBad ? fired(begun(reading, 0), rule, atMs) : undefined
  const isGap = atMs - track.lastMs > missedLooks * everyMs || atMs < track.lastMs
  if (track.state === 'firing') return whileFiring(track, { ...reading, isGap }, rule)
  if (track.state === 'over') return afterIt(track, reading, rule)
  if (!isBad) return track.flaps === 0 ? undefined : { ...track, state: 'over', lastMs: atMs, flaps: track.flaps - 1 }
  return fired({ ...track, sinceMs: sinceWith(track, reading, isGap), lastMs: atMs, value }, rule, atMs)
}

/** What nobody saw is not counted; after a long time of that it begins anew. */
function sinceWith({ sinceMs, lastMs }: Track, { atMs, everyMs }: Reading, isGap: boolean): number {
  if (!isGap) return sinceMs
  const unseenMs = atMs - lastMs - everyMs
  return unseenMs < 0 || unseenMs > longGapMs ? atMs : sinceMs + unseenMs
}

function begun({ atMs, value, sinceMs = atMs }: Reading, flaps: number): Track {
  return {
    ...{ state: 'pending', sinceMs, firedMs: 0, lastMs: atMs, value },
    ...{ clearSinceMs: undefined, overMs: 0, flaps },
  }
}

function fired(track: Track, { forMs }: AlertRule, atMs: number): Track {
  return atMs - track.sinceMs >= forMs ? { ...track, state: 'firing', firedMs: atMs } : track
}

function whileFiring(
  track: Track,
  { atMs, value, isGap }: Reading & { readonly isGap: boolean },
  rule: AlertRule,
): Track {
  if (!isClear(value, rule)) return { ...track, lastMs: atMs, value, clearSinceMs: undefined }
  const clearSinceMs = isGap ? atMs : (track.clearSinceMs ?? atMs)
  const waitMs = track.flaps === 0 ? rule.clearsAfterMs : Math.max(rule.clearsAfterMs, steadyMs)
  const isOver = atMs - clearSinceMs >= waitMs
  const next = { ...track, lastMs: atMs, clearSinceMs }
  return isOver ? { ...next, state: 'over', overMs: atMs } : next
}

/** What is over is forgotten after a while; what comes back before that is the same fault. */
function afterIt(track: Track, reading: Reading, rule: AlertRule): Track | undefined {
  const { atMs } = reading
  if (isFault(reading.value, rule)) {
    return fired({ ...begun(reading, track.flaps + 1), overMs: track.overMs }, rule, atMs)
  }
  const isForgotten = atMs - track.overMs > flapWindowMs || atMs < track.overMs
  return isForgotten ? undefined : { ...track, lastMs: atMs }
}

function isFault(value: number, { side, fires }: AlertRule): boolean {
  return side === 'above' ? value >= fires : value <= fires
}

function isClear(value: number, { side, clears }: AlertRule): boolean {
  return side === 'above' ? value <= clears : value >= clears
}
