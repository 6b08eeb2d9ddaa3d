// How far the copying of a run is, how fast, and how long it will still take: arithmetic over the plan, the
// steps that ended and the newest progress. Nothing is said that was not measured.
import type { Plan } from '../../../shared/domain/plan.ts'
import type { RunProgress } from '../../../shared/domain/run.ts'
import type { StepLook } from './run-state.ts'

export type Copied = { readonly totalBytes: number; readonly doneBytes: number }

/** All bytes of all artifacts that the plan brings; what lay there already counts as done when its step is. */
export function copiedOf(
  plan: Pick<Plan, 'steps'>,
  steps: ReadonlyMap<string, StepLook>,
  progress: RunProgress | undefined,
): Copied {
  let totalBytes = 0
  let doneBytes = 0
  for (const { id, change, spec } of plan.steps) {
    if (!change || spec.kind !== 'artifact') continue
    const { bytes } = spec.artifact
    totalBytes += bytes
    const look = steps.get(id)?.state
    if (look === 'done' || look === 'already') doneBytes += bytes
    else if (progress?.step === id) doneBytes += Math.min(bytes, progress.doneBytes)
  }
  return { totalBytes, doneBytes }
}

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

/** Of the copying alone; undefined while nothing moves or nothing is left. */
export function copyingLeftMs({ totalBytes, doneBytes }: Copied, rate: number | undefined): number | undefined {
  const left = totalBytes - doneBytes
  if (rate === undefined || rate <= 0 || left <= 0) return undefined
  return (left / rate) * 1000
}
