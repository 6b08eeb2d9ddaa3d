// What is too old goes, a little at a time: no slice holds up the console for longer than a frame of a screen.
import { historyResolutions } from '../../../shared/domain/history.ts'
import { closePieces } from './chunks.ts'
import type { Sql } from './database.ts'

const chunksOfSlice = 200
const seriesOfSlice = 4
const coarsest = historyResolutions.length - 1

/** `share` of the usual time is kept, where the disk has no room for all of it. Says whether there is more to do. */
export function retainSlice(sql: Sql, nowMs: number, share: number): boolean {
  for (const [resolution, { keptMs }] of historyResolutions.entries()) {
    const before = nowMs - keptMs * share
    if (forget(sql, resolution, before, 0) || (resolution === coarsest && forget(sql, resolution, before, 1)))
      return true
    if (moveUp(sql, resolution, before)) return true
  }
  return false
}

function forget(sql: Sql, resolution: number, beforeMs: number, open: 0 | 1): boolean {
  const changed = sql.run(
    `DELETE FROM chunk WHERE id IN
      (SELECT id FROM chunk INDEXED BY chunk_age WHERE resolution = ? AND open = ? AND finish < ? LIMIT ${chunksOfSlice})`,
    ...[resolution, open, beforeMs],
  )
  return changed > 0
}

/** Pieces of an appliance that is not watched any more never become enough: they count above before they go. */
function moveUp(sql: Sql, resolution: number, beforeMs: number): boolean {
  if (resolution === 0 || resolution === coarsest) return false
  const waiting = sql.all(
    `SELECT DISTINCT series FROM chunk INDEXED BY chunk_age WHERE resolution = ? AND open = 1 AND finish < ? LIMIT ${seriesOfSlice}`,
    ...[resolution, beforeMs],
  )
  if (waiting.length === 0) return false
  sql.transaction(() => {
    for (const [series] of waiting) closePieces(sql, Number(series), resolution)
  })
  return true
}

/** Of the pages that hold something. */
export function bytesUsed(sql: Sql): number {
  const one = (pragma: string) => Number(sql.all(`PRAGMA ${pragma}`)[0]?.[0] ?? 0)
  return (one('page_count') - one('freelist_count')) * one('page_size')
}

const leastShare = 1 / 64

/** Half of it goes at a time, and comes back when half of the room is free. */
export function shareFor(share: number, bytes: number, limitBytes: number): number {
  if (bytes > limitBytes) return Math.max(leastShare, share / 2)
  return bytes < limitBytes / 2 ? Math.min(1, share * 2) : share
}
