// Samples that come late, from a recorder that went on while no console watched: they land at the time when they were
// taken. What is there already stays as it is, so the same samples twice change nothing.
import { historyResolutions } from '../../../shared/domain/history.ts'
import { fullRows, longestBlockMs } from './block.ts'
import { chunksBetween, type Range, storeSamples } from './chunks.ts'
import type { Sql } from './database.ts'
import { type InMemory, slotsBetween, slotsInMemory } from './read.ts'
import { slotStart, stepOf } from './slots.ts'

/** Of one series, in any order. `everyMs`: how far apart they were taken, where nothing in between is another one. */
export type LateSamples = {
  readonly times: Float64Array
  readonly values: Float64Array
  readonly everyMs?: number | undefined
}

/** Two samples that are closer are the same one. */
const sameMs = 500

/** How many were new. Within a transaction. */
export function storeLate(
  sql: Sql,
  series: number,
  memory: readonly InMemory[],
  { samples, nowMs }: { readonly samples: LateSamples; readonly nowMs: number },
): number {
  const sorted = inOrder(samples)
  const { everyMs } = samples
  const closestMs = everyMs === undefined ? sameMs : everyMs / 2
  const range = { fromMs: (sorted.times[0] ?? 0) - closestMs, toMs: (sorted.times.at(-1) ?? 0) + closestMs }
  // When they were taken is measured anew each time: a sample that has moved a little is not another one.
  const slackMs = everyMs === undefined ? 0 : everyMs / 5
  const isNew = newcomer(sql, series, memory, { range, nowMs, closestMs, slackMs })
  const rows = [...sorted.times.keys()].filter((row) => isNew(sorted.times[row] ?? 0))
  for (const chunk of chunksOf(rows, sorted.times)) {
    const column = (from: Float64Array) => Float64Array.from(chunk, (row) => from[row] ?? 0)
    storeSamples(sql, series, { times: column(sorted.times), values: column(sorted.values) })
  }
  return rows.length
}

/** Where single samples are still kept they are compared; where only sums are, a slot that has one has them all. */
function newcomer(
  sql: Sql,
  series: number,
  memory: readonly InMemory[],
  { range, nowMs, closestMs, slackMs }: Closeness,
): (atMs: number) => boolean {
  const known = [...chunksBetween(sql, series, 0, range), ...memory.map(slotsInMemory)]
  const isNear = nearTo(
    known.flatMap(({ at }) => [...at]),
    closestMs,
  )
  const taken = new Map<number, ReadonlySet<number>>()
  const takenIn = (resolution: number) => {
    const stepMs = stepOf(resolution)
    const found =
      taken.get(resolution) ??
      new Set(
        slotsBetween(sql, series, memory, { ...range, fromMs: slotStart(range.fromMs, stepMs), resolution, stepMs }).at,
      )
    taken.set(resolution, found)
    return found
  }
  let before = Number.NEGATIVE_INFINITY
  return (atMs) => {
    if (atMs - before < closestMs || isNear(atMs)) return false
    const resolution = historyResolutions.findIndex(({ keptMs }) => nowMs - keptMs <= atMs)
    if (resolution < 0) return false
    const isTaken = (at: number) => takenIn(resolution).has(slotStart(at, stepOf(resolution)))
    if (resolution > 0 && [atMs, atMs - slackMs, atMs + slackMs].some(isTaken)) return false
    before = atMs
    return true
  }
}

type Closeness = {
  readonly range: Range
  readonly nowMs: number
  /** Two samples that are closer are the same one. */
  readonly closestMs: number
  readonly slackMs: number
}

/** Whether one of these times is closer than that. */
function nearTo(times: readonly number[], closestMs: number): (atMs: number) => boolean {
  const sorted = Float64Array.from(times).sort()
  return (atMs) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] ?? 0) <= atMs - closestMs) low = middle + 1
      else high = middle
    }
    return (sorted[low] ?? Number.POSITIVE_INFINITY) < atMs + closestMs
  }
}

function inOrder({ times, values }: LateSamples): LateSamples {
  const rows = [...times.keys()].sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
  const column = (from: Float64Array) => Float64Array.from(rows, (row) => from[row] ?? 0)
  return { times: column(times), values: column(values) }
}

function chunksOf(rows: readonly number[], times: Float64Array): number[][] {
  const chunks: number[][] = []
  for (const row of rows) {
    const chunk = chunks.at(-1)
    const begin = times[chunk?.[0] ?? row] ?? 0
    if (chunk === undefined || chunk.length >= fullRows || (times[row] ?? 0) - begin >= longestBlockMs)
      chunks.push([row])
    else chunk.push(row)
  }
  return chunks
}
