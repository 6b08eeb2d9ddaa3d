// What of an artifact is where: still here, on its way, on the appliance's disk, or checked there. Pure bookkeeping for
// as many connections as there are; it never lets more be on its way than may be lost by a cut.
import { type Artifact, chunkBytes } from '../../shared/domain/artifact.ts'
import { blockBytes } from './lease.ts'

/** No more than this is sent a second time after a cut, whatever was cut. */
const lossLimitBytes = 64 * 1024 * 1024

export type Segment = { readonly offset: number; readonly bytes: number }
type Range = { readonly from: number; readonly to: number }

/** What the appliance noted: bytes that arrived, or a chunk that arrived wrong and counts for nothing. */
export type Note = ({ readonly kind: 'arrived' } & Segment) | { readonly kind: 'wrong'; readonly index: number }

export type Recorded = { readonly right: ReadonlySet<number>; readonly notes: readonly Note[] }

export type UploadLedger = {
  /**
   * The next bytes to send, at most so many; undefined where none are left, or while enough are on their way. A chunk
   * that is begun is ended first; then one that begins with bytes that are at hand is sent before the others.
   */
  take(atMostBytes: number, atHand?: (offset: number) => boolean): Segment | undefined
  /** They are on its disk. */
  arrived(segment: Segment): void
  /** They will never be heard of: whoever was sending them is gone. */
  giveBack(segment: Segment): void
  /** A chunk that is whole over there and was not given to anybody to be checked. */
  takeCheck(): number | undefined
  giveBackCheck(index: number): void
  right(index: number): void
  /** False when it was wrong before: then it is not tried again. */
  wrong(index: number): boolean
  isDone(): boolean
  /** On the appliance's disk, checked or not. */
  doneBytes(): number
}

type Chunk = { missing: Range[]; onTheWay: number; begun: boolean }

export function uploadLedger(artifact: Artifact, recorded: Recorded): UploadLedger {
  const open = new Map<number, Chunk>()
  const toCheck: number[] = []
  const wrongOnce = new Set<number>()
  let onTheWay = 0
  let doneBytes = artifact.bytes
  const wholeOf = (index: number): Range => {
    const from = index * chunkBytes
    return { from, to: Math.min(from + chunkBytes, artifact.bytes) }
  }
  const chunkAt = ({ offset }: Segment): [number, Chunk] => {
    const index = Math.floor(offset / chunkBytes)
    const chunk = open.get(index)
    if (chunk === undefined) throw new Error(`chunk ${index} is not on its way`)
    return [index, chunk]
  }
  const checkIfWhole = (index: number, { missing, onTheWay: coming }: Chunk): void => {
    if (missing.length === 0 && coming === 0) toCheck.push(index)
  }
  const missingAfter = missingByNotes(artifact, recorded.notes)
  for (const index of artifact.chunks.keys()) {
    if (recorded.right.has(index)) {
      // By an upload before this one: what lay there since is looked at once more, beside what arrives.
      open.set(index, { missing: [], onTheWay: 0, begun: true })
      toCheck.push(index)
      continue
    }
    const missing = missingAfter.get(index)
    const chunk = { missing: missing ?? [wholeOf(index)], onTheWay: 0, begun: missing !== undefined }
    open.set(index, chunk)
    doneBytes -= lengthOf(chunk.missing)
    checkIfWhole(index, chunk)
  }
  return {
    take: (atMostBytes, atHand) => {
      const chunk = nextOf(open, atHand)
      const range = chunk?.missing[0]
      if (chunk === undefined || range === undefined) return undefined
      const bytes = Math.min(atMostBytes, range.to - range.from)
      if (onTheWay + bytes > lossLimitBytes) return undefined
      const rest = { from: range.from + bytes, to: range.to }
      chunk.missing.splice(0, 1, ...(rest.from < rest.to ? [rest] : []))
      chunk.onTheWay += bytes
      chunk.begun = true
      onTheWay += bytes
      return { offset: range.from, bytes }
    },
    arrived: (segment) => {
      const [index, chunk] = chunkAt(segment)
      chunk.onTheWay -= segment.bytes
      onTheWay -= segment.bytes
      doneBytes += segment.bytes
      checkIfWhole(index, chunk)
    },
    giveBack: (segment) => {
      const [, chunk] = chunkAt(segment)
      chunk.onTheWay -= segment.bytes
      onTheWay -= segment.bytes
      chunk.missing.unshift({ from: segment.offset, to: segment.offset + segment.bytes })
    },
    takeCheck: () => toCheck.shift(),
    giveBackCheck: (index) => void toCheck.unshift(index),
    right: (index) => void open.delete(index),
    wrong: (index) => {
      const chunk = open.get(index)
      if (chunk === undefined || wrongOnce.has(index)) return false
      wrongOnce.add(index)
      const whole = wholeOf(index)
      chunk.missing = [whole]
      doneBytes -= whole.to - whole.from
      return true
    },
    isDone: () => open.size === 0,
    doneBytes: () => doneBytes,
  }
}

/** One that arrived wrong counts as begun: a file that is damaged is found out at once. */
function nextOf(open: ReadonlyMap<number, Chunk>, atHand?: (offset: number) => boolean): Chunk | undefined {
  let first: Chunk | undefined
  let near: Chunk | undefined
  for (const chunk of open.values()) {
    const [range] = chunk.missing
    if (range === undefined) continue
    if (chunk.begun) return chunk
    first ??= chunk
    if (near === undefined && atHand?.(range.from) === true) near = chunk
  }
  return near ?? first
}

/** Of the chunks that notes speak of, what did not arrive: from a whole block on, as frames begin. */
function missingByNotes(artifact: Artifact, notes: readonly Note[]): Map<number, Range[]> {
  const arrived = new Map<number, Range[]>()
  for (const note of notes) {
    if (note.kind === 'wrong') {
      arrived.delete(note.index)
      continue
    }
    const index = Math.floor(note.offset / chunkBytes)
    const ranges = arrived.get(index) ?? []
    arrived.set(index, [...ranges, { from: note.offset, to: note.offset + note.bytes }])
  }
  const missing = new Map<number, Range[]>()
  for (const [index, ranges] of arrived) {
    const end = Math.min((index + 1) * chunkBytes, artifact.bytes)
    missing.set(index, gapsBetween(ranges, { from: index * chunkBytes, to: end }))
  }
  return missing
}

function gapsBetween(ranges: readonly Range[], whole: Range): Range[] {
  const gaps: Range[] = []
  let at = whole.from
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (from > at) gaps.push({ from: at - (at % blockBytes), to: from })
    at = Math.max(at, to)
  }
  if (at < whole.to) gaps.push({ from: at - (at % blockBytes), to: whole.to })
  return gaps
}

function lengthOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0)
}
