// Where a chart's lines are broken: between two samples when one is missing in between. Nothing is ever drawn
// across a time in which nobody measured.
import type { SampleRing } from './sample-ring.ts'

/** At one sample a second: two samples further apart than this have a gap between them; at another pace so much more. */
export const gapMs = 2500

type Taken = { readonly atMs: number; readonly sequence: number; readonly everySeconds?: number }

/** A sequence that does not go on by one: samples were dropped, or another watch began. */
export function gapBetween(before: Taken, after: Taken): boolean {
  const slowest = Math.max(before.everySeconds ?? 1, after.everySeconds ?? 1)
  return after.sequence !== before.sequence + 1 || after.atMs - before.atMs > gapMs * slowest
}

/** The common time axis of all charts: one time for each sample, and one for each gap, where no line has a value. */
export type Axis = {
  readonly timesMs: readonly number[]
  /** The ring's place of each time; -1: a gap. */
  readonly places: readonly number[]
}

/** From the last sample before `fromMs`, so that lines come in from the left edge. */
export function axisSince(ring: SampleRing, fromMs: number): Axis {
  const timesMs: number[] = []
  const places: number[] = []
  const start = firstPlace(ring, fromMs)
  for (let place = start; place < ring.length(); place += 1) {
    const atMs = ring.atMs(place)
    if (place > start && gapBetween(takenAt(ring, place - 1), takenAt(ring, place))) {
      timesMs.push((ring.atMs(place - 1) + atMs) / 2)
      places.push(-1)
    }
    timesMs.push(atMs)
    places.push(place)
  }
  return { timesMs, places }
}

/** The values of one line along the axis; null is a gap. */
export function lineAlong(ring: SampleRing, axis: Axis, line: string): (number | null)[] {
  return axis.places.map((place) => {
    const value = place === -1 ? Number.NaN : ring.value(line, place)
    return Number.isNaN(value) ? null : value
  })
}

function takenAt(ring: SampleRing, place: number): Taken {
  return { atMs: ring.atMs(place), sequence: ring.sequence(place), everySeconds: ring.everySeconds(place) }
}

/** The last sample at or before `fromMs`, by halving. */
function firstPlace(ring: SampleRing, fromMs: number): number {
  let low = 0
  let high = ring.length()
  while (low < high) {
    const middle = (low + high) >> 1
    if (ring.atMs(middle) <= fromMs) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
