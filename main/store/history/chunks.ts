// Chunks in the database (their indexes are named: without statistics SQLite reads all that is open for one), and how samples move up: a block becomes one chunk for each series and a piece of the next
// resolution; pieces become a chunk when there are enough of them, and a piece of the resolution above.
import { historyResolutions } from '../../../shared/domain/history.ts'
import { type Block, fullRows, samplesOf } from './block.ts'
import { decodeColumns, encodeColumns } from './codec.ts'
import type { Row, Sql } from './database.ts'
import { columnsOf, combined, type Slots, slotColumns, slotsIn, slotsOfSamples, stepOf } from './slots.ts'

const coarsest = historyResolutions.length - 1
/** Pieces that lie further apart than a chunk is long do not share one. */
const chunkMs = (resolution: number) => fullRows * stepOf(resolution)
/** No chunk reaches further than this: two of a chunk's length, and the longest block. */
const longestChunkMs = (resolution: number) => 2 * chunkMs(Math.max(1, resolution)) + 5_000_000

/** Everything in the block, `seriesIds` by place. Within a transaction. */
export function storeBlock(sql: Sql, block: Block, seriesIds: readonly (number | undefined)[]): void {
  for (const place of block.columns.keys()) {
    const series = seriesIds[place]
    if (series === undefined) continue
    const { times, values } = samplesOf(block, place)
    if (times.length > 0) storeSamples(sql, series, { times, values })
  }
  sql.run('DELETE FROM tail WHERE tag = ?', block.tag)
}

/** In order of time, no more than a chunk holds by much. Within a transaction. */
export function storeSamples(sql: Sql, series: number, samples: { times: Float64Array; values: Float64Array }): void {
  const { times, values } = samples
  const [start = 0, finish = 0] = [times[0], times.at(-1)]
  const data = encodeColumns([times, values])
  insert(sql, { series, resolution: 0, start, finish, n: times.length, open: 0, data })
  storePiece(sql, series, 1, combined([slotsOfSamples(times, values)], stepOf(1)))
}

function storePiece(sql: Sql, series: number, resolution: number, slots: Slots): void {
  storeSlots(sql, { series, resolution, open: 1 }, slots)
  const [count, first, last] = sql.all(
    'SELECT sum(n), min(start), max(finish) FROM chunk INDEXED BY chunk_open WHERE series = ? AND resolution = ? AND open = 1',
    ...[series, resolution],
  )[0] ?? [0, 0, 0]
  const isEnough = Number(count) >= fullRows || Number(last) - Number(first) >= chunkMs(resolution)
  if (isEnough) closePieces(sql, series, resolution)
}

/** All pieces of a series become chunks, and pieces of the resolution above. Within a transaction. */
export function closePieces(sql: Sql, series: number, resolution: number): void {
  const rows = sql.all(
    'SELECT id, start, finish, data FROM chunk INDEXED BY chunk_open WHERE series = ? AND resolution = ? AND open = 1 ORDER BY start, id',
    ...[series, resolution],
  )
  for (const near of nearEachOther(rows, chunkMs(resolution))) {
    const pieces = near.map((row) => readSlots(row[3])).filter((one) => one !== undefined)
    for (const row of near) sql.run('DELETE FROM chunk WHERE id = ?', Number(row[0]))
    if (pieces.length === 0) continue
    const slots = combined(pieces, stepOf(resolution))
    storeSlots(sql, { series, resolution, open: 0 }, slots)
    if (resolution < coarsest) storePiece(sql, series, resolution + 1, combined([slots], stepOf(resolution + 1)))
  }
}

function nearEachOther(rows: readonly Row[], withinMs: number): Row[][] {
  const groups: Row[][] = []
  for (const row of rows) {
    const group = groups.at(-1)
    if (group !== undefined && Number(row[1]) - Number(group[0]?.[1]) < withinMs) group.push(row)
    else groups.push([row])
  }
  return groups
}

function storeSlots(sql: Sql, to: { series: number; resolution: number; open: 0 | 1 }, slots: Slots): void {
  const [start = 0, last = 0] = [slots.at[0], slots.at.at(-1)]
  const finish = last + stepOf(to.resolution) - 1
  insert(sql, { ...to, start, finish, n: slots.at.length, data: encodeColumns(columnsOf(slots)) })
}

type Chunk = {
  readonly series: number
  readonly resolution: number
  readonly start: number
  readonly finish: number
  readonly n: number
  readonly open: 0 | 1
  readonly data: Uint8Array
}

function insert(sql: Sql, { series, resolution, start, finish, n, open, data }: Chunk): void {
  sql.run(
    'INSERT INTO chunk(series, resolution, start, finish, n, open, bytes, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[series, resolution, Math.floor(start), Math.ceil(finish), n, open, data.length, data],
  )
}

/** What lies in the range, of chunks that may reach beyond it; what cannot be read is a gap. */
export function chunksBetween(sql: Sql, series: number, resolution: number, range: Range): Slots[] {
  return inRange(sql, series, resolution, range, false)
}

/** Pieces that the resolutions above do not have yet. */
export function piecesBetween(sql: Sql, series: number, resolution: number, range: Range): Slots[] {
  return inRange(sql, series, resolution, range, true)
}

export type Range = { readonly fromMs: number; readonly toMs: number }

function inRange(sql: Sql, series: number, resolution: number, range: Range, onlyOpen: boolean): Slots[] {
  const rows = sql.all(
    `SELECT data FROM chunk INDEXED BY ${onlyOpen ? 'chunk_open' : 'chunk_at'} WHERE series = ? AND resolution = ? AND start > ? AND start < ? AND finish >= ?
      ${onlyOpen ? 'AND open = 1' : ''} ORDER BY start, id`,
    ...[series, resolution, range.fromMs - longestChunkMs(resolution), range.toMs, range.fromMs],
  )
  return rows
    .map(([data]) => (resolution === 0 ? readSamples(data) : readSlots(data)))
    .filter((one) => one !== undefined)
}

function readSamples(data: Row[number] | undefined): Slots | undefined {
  const [times, values] = data instanceof Uint8Array ? (decodeColumns(data, 2) ?? []) : []
  return times === undefined || values === undefined ? undefined : slotsOfSamples(times, values)
}

function readSlots(data: Row[number] | undefined): Slots | undefined {
  const columns = data instanceof Uint8Array ? decodeColumns(data, slotColumns) : undefined
  return columns === undefined ? undefined : slotsIn(columns)
}
