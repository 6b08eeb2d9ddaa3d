// How fast a run sends, and how long what is left will take: over its last seconds, and only once that is known.
import type { RunProgress } from './run.ts'

type Point = { readonly atMs: number; readonly sentBytes: number }

/** The last seconds of one step's sending. */
export type Track = { readonly step: string; readonly points: readonly Point[] }

const windowMs = 10_000
const pointEveryMs = 250
const soonestMs = 1500

export function afterProgress(track: Track | undefined, progress: RunProgress, atMs: number): Track {
  const { step, sentBytes } = progress
  const last = track?.points.at(-1)
  const newTrack = track?.step !== step || (last !== undefined && sentBytes < last.sentBytes)
  if (track === undefined || last === undefined || newTrack) return { step, points: [{ atMs, sentBytes }] }
  if (atMs - last.atMs < pointEveryMs) return track
  const points = [...track.points, { atMs, sentBytes }]
  const from = points.findLastIndex((point) => point.atMs <= atMs - windowMs)
  return { step, points: points.slice(Math.max(0, from)) }
}

/** Over the last ten seconds up to now, so that a link that stands still is seen to; undefined before it can be known. */
export function bytesPerSecond(track: Track | undefined, nowMs: number): number | undefined {
  const last = track?.points.at(-1)
  if (track === undefined || last === undefined) return undefined
  const from = track.points.find((point) => point.atMs >= nowMs - windowMs) ?? last
  const spanMs = nowMs - from.atMs
  if (spanMs < soonestMs) return undefined
  return ((last.sentBytes - from.sentBytes) * 1000) / spanMs
}

/** Undefined while nothing moves or nothing is left. */
export function sendingLeftMs(leftBytes: number, rate: number | undefined): number | undefined {
  return rate === undefined || rate <= 0 || leftBytes <= 0 ? undefined : (leftBytes / rate) * 1000
}
