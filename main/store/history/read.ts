// A question to the history: which resolution answers it, and every sample once, whether it lies in a chunk of that
// resolution, in a piece of a finer one, or only in memory.
import { historyResolutions, type SeriesHistory } from '../../../shared/domain/history.ts'
import { expectedEveryMs, meaningOf } from '../../../shared/domain/series-meaning.ts'
import { type Block, samplesOf } from './block.ts'
import { chunksBetween, piecesBetween, type Range } from './chunks.ts'
import type { Sql } from './database.ts'
import { combined, type Slots, slotStart, slotsOfSamples, stepOf } from './slots.ts'

export type Bucketing = Range & { readonly resolution: number; readonly stepMs: number }

/** Lengths that people read, each a multiple of the resolution it is made from. */
const stepSeconds = [
  ...[1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800],
  ...[3600, 7200, 10_800, 21_600, 43_200, 86_400, 604_800],
]

/** `share`: of the usual times so much is kept. */
type Reach = { readonly nowMs: number; readonly share: number }

/** Buckets for so many pixels, of the coarsest resolution that fills them and that still goes back so far. */
export function bucketing({ fromMs, toMs }: Range, width: number, { nowMs, share }: Reach): Bucketing {
  const wantedMs = (toMs - fromMs) / Math.max(1, width)
  const stepMs = 1000 * (stepSeconds.find((seconds) => seconds * 1000 >= wantedMs) ?? 604_800)
  const filling = historyResolutions.findLastIndex((one) => one.stepMs <= stepMs)
  const reaching = historyResolutions.findIndex((one) => nowMs - one.keptMs * share <= fromMs)
  const resolution = Math.max(0, filling, reaching < 0 ? historyResolutions.length - 1 : reaching)
  const step = Math.max(stepMs, stepOf(resolution))
  return { fromMs: slotStart(fromMs, step), toMs, resolution, stepMs: step }
}

/** A block in memory that may hold samples of a series, and its column there. */
export type InMemory = { readonly block: Block; readonly column: number }

/** In buckets, in order of time. `series`: undefined of one that the database does not have. */
export function slotsBetween(
  sql: Sql | undefined,
  series: number | undefined,
  inMemory: readonly InMemory[],
  range: Bucketing,
): Slots {
  const pieces: Slots[] = []
  if (sql !== undefined && series !== undefined) {
    pieces.push(...chunksBetween(sql, series, range.resolution, range))
    for (let finer = 1; finer < range.resolution; finer++) pieces.push(...piecesBetween(sql, series, finer, range))
  }
  pieces.push(...inMemory.map(slotsInMemory))
  return within(combined(pieces, range.stepMs), range)
}

export function slotsInMemory({ block, column }: InMemory): Slots {
  const { times, values } = samplesOf(block, column)
  return slotsOfSamples(times, values)
}

function within(slots: Slots, { fromMs, toMs }: Range): Slots {
  const from = slots.at.findIndex((at) => at >= fromMs)
  const to = slots.at.findLastIndex((at) => at < toMs) + 1
  const cut = (column: Float64Array) => (from < 0 ? new Float64Array() : column.subarray(from, to))
  return {
    ...{ at: cut(slots.at), min: cut(slots.min), max: cut(slots.max) },
    ...{ sum: cut(slots.sum), n: cut(slots.n), last: cut(slots.last) },
  }
}

export function asHistory(name: string, slots: Slots, range: Bucketing): SeriesHistory {
  const { at, min, max, sum, n, last } = slots
  return {
    ...{ name, ...meaningOf(name), atMs: [...at], min: [...min], max: [...max] },
    ...{ sum: [...sum], n: [...n], last: [...last], gaps: gapsIn(at, range, expectedEveryMs(name)) },
  }
}

/** Three measurements missed are a gap; in buckets that are longer than that, an empty one is. */
const missed = 3

function gapsIn(at: Float64Array, { fromMs, toMs, stepMs }: Bucketing, everyMs: number): [number, number][] {
  const longest = Math.max(stepMs, missed * everyMs)
  const gaps: [number, number][] = []
  let reached = fromMs
  for (const start of [...at, Math.ceil(toMs)]) {
    if (start - (reached - stepMs) > longest && start > reached) gaps.push([reached, start])
    reached = start + stepMs
  }
  return gaps
}
