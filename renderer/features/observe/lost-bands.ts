// When the link to the appliance was lost: from the last thing that was measured until samples came again. These
// times are hatched in every chart, which a plain gap is not.
import type { Failure } from '../../../shared/domain/failure.ts'

export type LostBand = { readonly fromMs: number; readonly toMs: number }

/** Without a failure: the watch came to its end. */
export type Lost = { readonly sinceMs: number; readonly failure: Failure | undefined }

export type LostBands = {
  readonly ended: readonly LostBand[]
  /** The link is lost now. */
  readonly open?: Lost
}

export const noBands: LostBands = { ended: [] }

/** Said again while it is lost, as after every attempt: it goes on since the first word, with the newest reason. */
export function withLost(bands: LostBands, lost: Lost, newestAtMs: number | undefined): LostBands {
  const sinceMs = bands.open?.sinceMs ?? Math.max(lost.sinceMs, newestAtMs ?? Number.NEGATIVE_INFINITY)
  return { ...bands, open: { sinceMs, failure: lost.failure } }
}

/** A sample taken at `atMs` came: the band ends there. One that was taken before the loss ends nothing. */
export function withSample(bands: LostBands, atMs: number): LostBands {
  if (bands.open === undefined || atMs <= bands.open.sinceMs) return bands
  return { ended: [...bands.ended, { fromMs: bands.open.sinceMs, toMs: atMs }] }
}

/** What touches the time from `fromMs` to `nowMs`; an open band reaches until now. */
export function bandsWithin(bands: LostBands, fromMs: number, nowMs: number): readonly LostBand[] {
  const all =
    bands.open === undefined
      ? bands.ended
      : [...bands.ended, { fromMs: bands.open.sinceMs, toMs: Math.max(nowMs, bands.open.sinceMs) }]
  return all.filter((band) => band.toMs > fromMs && band.fromMs <= nowMs)
}

/** Without the bands that ended before `fromMs`. */
export function withoutBefore(bands: LostBands, fromMs: number): LostBands {
  if (bands.ended.every((band) => band.toMs >= fromMs)) return bands
  return { ...bands, ended: bands.ended.filter((band) => band.toMs >= fromMs) }
}
