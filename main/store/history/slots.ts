// Samples summed up in slots of time: smallest, largest, sum, how many, and the last. Slots of the same time add up
// in any order, so a slot may come in pieces: from two chunks, late, or twice cut.
import { historyResolutions } from '../../../shared/domain/history.ts'

/** Columns of equal length, in order of `at`: where each slot begins, in milliseconds. */
export type Slots = {
  readonly at: Float64Array
  readonly min: Float64Array
  readonly max: Float64Array
  readonly sum: Float64Array
  readonly n: Float64Array
  readonly last: Float64Array
}

export const slotColumns = 6

/** Of the resolution with this number; the finest has no slots, so its step is that of whoever asks. */
export function stepOf(resolution: number): number {
  return historyResolutions[resolution]?.stepMs ?? Number.POSITIVE_INFINITY
}

/** In order of time. */
export function slotsOfSamples(times: Float64Array, values: Float64Array): Slots {
  return { at: times, min: values, max: values, sum: values, n: new Float64Array(times.length).fill(1), last: values }
}

export function columnsOf({ at, min, max, sum, n, last }: Slots): Float64Array[] {
  return [at, n, min, max, sum, last]
}

export function slotsIn(columns: readonly Float64Array[]): Slots | undefined {
  const [at, n, min, max, sum, last] = columns
  if (!at || !n || !min || !max || !sum || !last) return undefined
  return { at, min, max, sum, n, last }
}

/** All of them in slots of that step. */
export function combined(pieces: readonly Slots[], stepMs: number): Slots {
  const all = pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : inOrder(pieces)
  const made = emptySlots(countSlots(all.at, stepMs))
  let slot = -1
  for (let row = 0; row < all.at.length; row++) {
    const at = slotStart(all.at[row] ?? 0, stepMs)
    if (slot < 0 || made.at[slot] !== at) {
      slot += 1
      made.at[slot] = at
      made.min[slot] = Number.POSITIVE_INFINITY
      made.max[slot] = Number.NEGATIVE_INFINITY
    }
    addRow(made, slot, all, row)
  }
  return made
}

export function slotStart(atMs: number, stepMs: number): number {
  return Math.floor(atMs / stepMs) * stepMs
}

function addRow(to: Slots, slot: number, from: Slots, row: number): void {
  to.min[slot] = Math.min(to.min[slot] ?? 0, from.min[row] ?? 0)
  to.max[slot] = Math.max(to.max[slot] ?? 0, from.max[row] ?? 0)
  to.sum[slot] = (to.sum[slot] ?? 0) + (from.sum[row] ?? 0)
  to.n[slot] = (to.n[slot] ?? 0) + (from.n[row] ?? 0)
  to.last[slot] = from.last[row] ?? 0
}

function countSlots(at: Float64Array, stepMs: number): number {
  let [count, before] = [0, Number.NaN]
  for (const atMs of at) {
    const start = slotStart(atMs, stepMs)
    if (start !== before) count += 1
    before = start
  }
  return count
}

function emptySlots(length: number): Slots {
  const column = () => new Float64Array(length)
  return { at: column(), min: column(), max: column(), sum: column(), n: column(), last: column() }
}

/** Stable: of pieces of one slot, the last value is that of the piece that comes last. */
function inOrder(pieces: readonly Slots[]): Slots {
  const length = pieces.reduce((sum, { at }) => sum + at.length, 0)
  const all = emptySlots(length)
  let from = 0
  for (const piece of pieces) {
    all.at.set(piece.at, from)
    all.min.set(piece.min, from)
    all.max.set(piece.max, from)
    all.sum.set(piece.sum, from)
    all.n.set(piece.n, from)
    all.last.set(piece.last, from)
    from += piece.at.length
  }
  const isSorted = all.at.every((at, row) => row === 0 || at >= (all.at[row - 1] ?? 0))
  return isSorted ? all : reordered(all)
}

function reordered(all: Slots): Slots {
  const rows = Uint32Array.from(all.at.keys()).sort((a, b) => (all.at[a] ?? 0) - (all.at[b] ?? 0) || a - b)
  const column = (from: Float64Array) => Float64Array.from(rows, (row) => from[row] ?? 0)
  return {
    ...{ at: column(all.at), min: column(all.min), max: column(all.max) },
    ...{ sum: column(all.sum), n: column(all.n), last: column(all.last) },
  }
}
