// What is known of a watched appliance, outside of React: samples come in here, charts and figures look at it at
// most once a second. Times are the console's clock; what "now" is there is told by the newest sample.
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Sample, WatchItem } from '../../../shared/domain/sample.ts'
import { type Axis, axisSince, lineAlong } from './gaps.ts'
import { type AcceleratorId, rowOf, withSeen } from './lines.ts'
import {
  bandsWithin,
  type Lost,
  type LostBand,
  type LostBands,
  noBands,
  withLost,
  withoutBefore,
  withSample,
} from './lost-bands.ts'
import { createSampleRing, type SampleRing } from './sample-ring.ts'

/** Ten minutes at one sample a second, and some more: a sampler's second is not exact. */
const capacity = 720
const keptMs = 600_000
const frameMs = 900

/** What figures show; the same object until the next frame. */
export type WatchFrame = {
  readonly nowMs: number
  readonly newest: Sample | undefined
  readonly accelerators: readonly AcceleratorId[]
  readonly lost: Lost | undefined
}

/** What charts draw of the last `rangeMs`. */
export type WatchView = {
  readonly fromMs: number
  readonly toMs: number
  readonly timesMs: readonly number[]
  readonly bands: readonly LostBand[]
  readonly line: (line: string) => readonly (number | null)[]
}

export type WatchStore = {
  /** A watch was opened: what was sampled meanwhile is on its way, newer samples wait for it. */
  readonly opening: () => void
  /** The samples of the last minutes, oldest first; none where they could not be had. */
  readonly recalled: (samples: readonly Sample[]) => void
  readonly item: (item: WatchItem) => void
  /** The watch ended, or this page lost its console. */
  readonly broken: (failure: Failure | undefined) => void
  /** To be called about twice a second: time goes on when no sample comes. */
  readonly tick: () => void
  readonly subscribe: (listener: () => void) => () => void
  readonly frame: () => WatchFrame
  readonly view: (rangeMs: number) => WatchView
  readonly ring: SampleRing
}

/** `now`: this page's clock in milliseconds. */
export function createWatchStore(now: () => number): WatchStore {
  const ring = createSampleRing(capacity)
  const listeners = new Set<() => void>()
  let waiting: Sample[] | undefined
  let newest: Sample | undefined
  let accelerators: readonly AcceleratorId[] = []
  let bands: LostBands = noBands
  let leadMs = 0
  let framedAtMs = Number.NEGATIVE_INFINITY
  let frame: WatchFrame = { nowMs: now(), newest, accelerators, lost: undefined }
  let views = new Map<number, WatchView>()

  const consoleNow = () => Math.max(now() - leadMs, newest?.atMs ?? Number.NEGATIVE_INFINITY)
  const show = () => {
    framedAtMs = now()
    bands = withoutBefore(bands, consoleNow() - keptMs)
    frame = { nowMs: consoleNow(), newest, accelerators, lost: bands.open }
    views = new Map()
    for (const listener of listeners) listener()
  }
  const showSoon = () => {
    if (now() - framedAtMs >= frameMs) show()
  }
  const take = (sample: Sample) => {
    if (!ring.push(rowOf(sample))) return
    newest = sample
    accelerators = withSeen(accelerators, sample.accelerators)
    bands = withSample(bands, sample.atMs)
  }

  return {
    ring,
    opening: () => {
      waiting = []
    },
    recalled: (samples) => {
      for (const sample of [...samples, ...(waiting ?? [])]) take(sample)
      waiting = undefined
      show()
    },
    item: (item) => {
      if (item.link === 'lost') {
        bands = withLost(bands, item, newest?.atMs)
        return show()
      }
      leadMs = now() - item.sample.atMs
      if (waiting !== undefined) return void waiting.push(item.sample)
      const wasLost = bands.open !== undefined
      take(item.sample)
      return wasLost ? show() : showSoon()
    },
    broken: (failure) => {
      bands = withLost(bands, { sinceMs: newest?.atMs ?? consoleNow(), failure }, newest?.atMs)
      show()
    },
    tick: showSoon,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    frame: () => frame,
    view: (rangeMs) => {
      const there = views.get(rangeMs)
      if (there !== undefined) return there
      const made = viewOf(ring, bands, { fromMs: frame.nowMs - rangeMs, toMs: frame.nowMs })
      views.set(rangeMs, made)
      return made
    },
  }
}

function viewOf(ring: SampleRing, bands: LostBands, span: { fromMs: number; toMs: number }): WatchView {
  const axis: Axis = axisSince(ring, span.fromMs)
  return {
    ...span,
    timesMs: axis.timesMs,
    bands: bandsWithin(bands, span.fromMs, span.toMs),
    line: (line) => lineAlong(ring, axis, line),
  }
}
