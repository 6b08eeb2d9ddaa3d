// The samples of the last minutes, outside of React: one typed array for times, one for sequence numbers and one
// for each line of a chart. The oldest sample is overwritten when the ring is full, nothing else is ever lost.

/** A value that is not known is left out: it reads as NaN, and is a gap in a chart. */
export type RingRow = {
  readonly atMs: number
  readonly sequence: number
  /** Absent: one. */
  readonly everySeconds?: number
  readonly values: ReadonlyMap<string, number>
}

export type SampleRing = {
  readonly length: () => number
  /** Whether it was taken: a sample that is not newer than the newest one is there already. */
  readonly push: (row: RingRow) => boolean
  /** By place, 0 is the oldest. */
  readonly atMs: (place: number) => number
  readonly sequence: (place: number) => number
  readonly everySeconds: (place: number) => number
  /** NaN: not known then, or no such line. */
  readonly value: (line: string, place: number) => number
  readonly lines: () => readonly string[]
}

export function createSampleRing(capacity: number): SampleRing {
  const times = new Float64Array(capacity)
  const sequences = new Float64Array(capacity)
  const paces = new Float64Array(capacity)
  const columns = new Map<string, Float64Array>()
  let first = 0
  let length = 0
  const slot = (place: number) => (first + place) % capacity
  const column = (line: string): Float64Array => {
    const there = columns.get(line)
    if (there !== undefined) return there
    const made = new Float64Array(capacity).fill(Number.NaN)
    columns.set(line, made)
    return made
  }

  return {
    length: () => length,
    push: ({ atMs, sequence, everySeconds = 1, values }) => {
      if (length > 0 && atMs <= (times[slot(length - 1)] ?? Number.NEGATIVE_INFINITY)) return false
      if (length === capacity) first = (first + 1) % capacity
      else length += 1
      const at = slot(length - 1)
      times[at] = atMs
      sequences[at] = sequence
      paces[at] = everySeconds
      for (const line of values.keys()) column(line)
      for (const [line, cells] of columns) cells[at] = values.get(line) ?? Number.NaN
      return true
    },
    atMs: (place) => times[slot(place)] ?? Number.NaN,
    sequence: (place) => sequences[slot(place)] ?? Number.NaN,
    everySeconds: (place) => paces[slot(place)] ?? 1,
    value: (line, place) => columns.get(line)?.[slot(place)] ?? Number.NaN,
    lines: () => [...columns.keys()],
  }
}
