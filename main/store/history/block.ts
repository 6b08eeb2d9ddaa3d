// The samples of up to 64 series of one appliance that no chunk has yet: columns of numbers with one column of
// times, nothing per sample. Times only grow within a block; a clock that is set back begins a new one.

/** Series of one block. */
export const blockColumns = 64
/** What a chunk holds. */
export const fullRows = 250
/** Room for a full one; more would be a tail that somebody changed. */
const mostRows = 256
/** A block that fills slowly is closed all the same: no chunk is longer than this. */
export const longestBlockMs = 2500 * 1000

export type Block = {
  /** Its rows of the tail are found by it. */
  readonly tag: number
  readonly times: Float64Array
  /** By their place in the block; undefined until one has a value. Not a number: no value. */
  readonly columns: (Float64Array | undefined)[]
  rows: number
  /** Rows that the tail has. */
  committed: number
  /** It is full from so many rows on. */
  readonly fullAt: number
}

export function newBlock(tag: number, fullAt = fullRows): Block {
  return { tag, times: new Float64Array(mostRows), columns: [], rows: 0, committed: 0, fullAt }
}

/** The row, or undefined where there is no room left. */
export function beginRow(block: Block, atMs: number): number | undefined {
  const row = block.rows
  if (row >= mostRows) return undefined
  block.times[row] = atMs
  block.rows = row + 1
  return row
}

export function setValue(block: Block, row: number, place: number, value: number): void {
  const column = block.columns[place] ?? new Float64Array(block.times.length).fill(Number.NaN)
  block.columns[place] = column
  column[row] = value
}

export function newestIn({ times, rows }: Block): number {
  return rows === 0 ? Number.NEGATIVE_INFINITY : (times[rows - 1] ?? 0)
}

export function isFull(block: Block): boolean {
  return block.rows >= block.fullAt || newestIn(block) - (block.times[0] ?? 0) >= longestBlockMs
}

/** Times and values of one column, without the rows where it has none. */
export function samplesOf(block: Block, place: number): { times: Float64Array; values: Float64Array } {
  const column = block.columns[place]
  const [times, values] = [new Float64Array(block.rows), new Float64Array(block.rows)]
  let count = 0
  for (let row = 0; column !== undefined && row < block.rows; row++) {
    const value = column[row] ?? Number.NaN
    if (Number.isNaN(value)) continue
    times[count] = block.times[row] ?? 0
    values[count] = value
    count += 1
  }
  return { times: times.subarray(0, count), values: values.subarray(0, count) }
}
