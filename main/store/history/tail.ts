// The samples that no chunk has yet, on the disk: every few seconds the new rows of each block, as one row of the
// database. After a crash the blocks are what their rows say.
import { type Block, beginRow, blockColumns, newBlock, setValue } from './block.ts'
import { decodeColumns, encodeColumns } from './codec.ts'
import type { Sql } from './database.ts'

/** `seriesIds` by column. Within a transaction; the rows count as committed when that has ended. */
export function storeTail(
  sql: Sql,
  block: Block,
  { appliance, seriesIds }: { readonly appliance: number; readonly seriesIds: readonly (number | undefined)[] },
): void {
  const [from, to] = [block.committed, block.rows]
  const ids: number[] = []
  const columns: Float64Array[] = []
  for (const [place, column] of block.columns.entries()) {
    const id = seriesIds[place]
    const values = column?.subarray(from, to)
    if (id === undefined || values === undefined || values.every(Number.isNaN)) continue
    ids.push(id)
    // Beside the values, where there are any: what is no number has no place in a column.
    columns.push(
      values.map((value) => (Number.isNaN(value) ? 0 : 1)),
      values.map((value) => (Number.isNaN(value) ? 0 : value)),
    )
  }
  const head = Buffer.alloc(1 + 4 * ids.length)
  head[0] = ids.length
  for (const [index, id] of ids.entries()) head.writeUInt32LE(id, 1 + 4 * index)
  const data = Buffer.concat([head, encodeColumns([block.times.slice(from, to), ...columns])])
  sql.run('INSERT INTO tail(appliance, tag, data) VALUES (?, ?, ?)', appliance, block.tag, data)
}

/** `seriesIds` by column. */
export type TailBlock = { readonly appliance: number; readonly block: Block; readonly seriesIds: readonly number[] }

/** Blocks in the order in which they were begun. A row that cannot be read is a gap. */
export function readTail(sql: Sql): TailBlock[] {
  const blocks = new Map<number, TailBlock & { readonly columns: Map<number, number> }>()
  for (const [appliance, tag, data] of sql.all('SELECT appliance, tag, data FROM tail ORDER BY tag, id')) {
    const found = blocks.get(Number(tag)) ?? {
      ...{ appliance: Number(appliance), block: newBlock(Number(tag)), seriesIds: [], columns: new Map() },
    }
    blocks.set(Number(tag), found)
    if (data instanceof Uint8Array) addRows(found.block, found.columns, Buffer.from(data))
  }
  return [...blocks.values()].map(({ appliance, block, columns }) => {
    block.committed = block.rows
    return { appliance, block, seriesIds: [...columns.keys()] }
  })
}

function addRows(block: Block, columnOf: Map<number, number>, data: Buffer): void {
  const count = data[0] ?? 0
  if (data.length < 1 + 4 * count) return
  const [times, ...columns] = decodeColumns(data.subarray(1 + 4 * count), 1 + 2 * count) ?? []
  const places = Array.from({ length: count }, (_, index) => {
    const id = data.readUInt32LE(1 + 4 * index)
    const place = columnOf.get(id) ?? columnOf.size
    if (place < blockColumns) columnOf.set(id, place)
    return place
  })
  for (const [row, atMs] of times?.entries() ?? []) {
    const at = beginRow(block, atMs)
    if (at === undefined) return
    for (const [index, place] of places.entries()) {
      if (columns[2 * index]?.[row] === 1) setValue(block, at, place, columns[2 * index + 1]?.[row] ?? 0)
    }
  }
}
