// Several uploads of one file read it once: a piece that one of them has just read is kept for the others, in a window
// that is bounded for all files together. Nobody waits for anybody: who falls behind the window reads again by himself.
// An upload that is alone keeps nothing.
import { fstatSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { ByteSource } from '../../shared/domain/connection.ts'
import { plainReading, problemOfKind } from '../files/plain-file.ts'

/** What is read at once, and ahead while the piece before is on its way; what is kept begins at a multiple of it. */
const pieceBytes = 1024 * 1024
/** 256 MiB: four chunks, so that an upload of a third of the pace of another one still ends its chunk inside. */
const windowPieces = 256
/** Fresh memory for every piece costs a tenth of an upload; more than these are not held for pieces to come. */
const sparePieces = 8

export type SharedReading = {
  /** Of a file of so many bytes, for one upload. */
  source(path: string, bytes: number): Required<Omit<ByteSource, 'problem'>>
  /** Pieces kept for others, and pieces of memory for those to come. */
  held(): { readonly kept: number; readonly spare: number }
}

type Piece = {
  readonly file: SharedFile
  readonly index: number
  /** Where in the file its bytes begin. */
  readonly start: number
  readonly buffer: Buffer
  /** How many there are; rejects as reading does. */
  readonly filled: Promise<number>
  holders: number
  /** Counts those that were ever kept; undefined when this one is not. */
  age: number | undefined
}

type SharedFile = {
  /** What it was when somebody opened it last: what was read before a change is not handed to anybody after it. */
  identity: string
  readonly pieces: Map<number, Piece>
  readonly readers: Set<Reader>
}

/** `taken`: 1 for each piece it has had. It gets none twice: who asks again may have got it wrong. */
type Reader = { readonly path: string; readonly taken: Uint8Array; closed: boolean }

type Window = {
  readonly files: Map<string, SharedFile>
  /** Oldest first. */
  readonly kept: Set<Piece>
  readonly spare: Buffer[]
  everKept: number
}

export function sharedReading(): SharedReading {
  const window: Window = { files: new Map(), kept: new Set(), spare: [], everKept: 0 }
  return {
    source: (path, bytes) => {
      const reader: Reader = { path, taken: new Uint8Array(Math.ceil(bytes / pieceBytes)), closed: false }
      return {
        read: (offset, length) => readRange(window, reader, { from: offset, to: offset + length }),
        atHand: (offset) => isAtHand(window, reader, Math.floor(offset / pieceBytes)),
        close: () => leave(window, reader),
      }
    },
    held: () => ({ kept: window.kept.size, spare: window.spare.length }),
  }
}

type Range = { readonly from: number; readonly to: number }
type Opened = { readonly handle: FileHandle; readonly file: SharedFile; readonly identity: string }

/** Throws when the file is gone, or has become something else since the bundle was opened. */
async function* readRange(window: Window, reader: Reader, { from, to }: Range): AsyncGenerator<Uint8Array> {
  const handle = await open(reader.path, plainReading)
  let ahead: Piece | undefined
  try {
    const opened = join(window, reader, handle)
    ahead = take(window, reader, opened, { from, to })
    for (let at = from; ahead !== undefined; ) {
      const piece: Piece = ahead
      const end = Math.min(to, piece.start + (await piece.filled))
      if (end <= at) return
      const bytes = piece.buffer.subarray(at - piece.start, end - piece.start)
      at = end
      ahead = at < to ? take(window, reader, opened, { from: at, to }) : undefined
      yield bytes
      // Never where the loop is left at the yield: a connection that ended may still have its hand on these bytes.
      letGo(window, piece)
    }
  } finally {
    const unused = ahead
    // Where it could not be read `take` has heard that, and nobody waits for it any more.
    unused?.filled.then(
      () => letGo(window, unused),
      () => letGo(window, unused),
    )
    await handle.close()
  }
}

function join(window: Window, reader: Reader, handle: FileHandle): Opened {
  const { files } = window
  const stats = fstatSync(handle.fd, { bigint: true })
  const problem = problemOfKind(stats)
  if (problem !== undefined) throw new Error(`${reader.path}: ${problem}`)
  const identity = [stats.dev, stats.ino, stats.size, stats.mtimeNs].join(' ')
  const file = files.get(reader.path) ?? { identity, pieces: new Map(), readers: new Set() }
  if (!reader.closed) {
    files.set(reader.path, file)
    file.readers.add(reader)
  }
  if (file.identity !== identity) for (const piece of file.pieces.values()) drop(window, piece)
  file.identity = identity
  return { handle, file, identity }
}

function take(window: Window, reader: Reader, { handle, file, identity }: Opened, { from, to }: Range): Piece {
  const index = Math.floor(from / pieceBytes)
  const isCurrent = file.identity === identity
  const isAgain = reader.taken[index] === 1
  const there = isCurrent && !isAgain ? file.pieces.get(index) : undefined
  reader.taken[index] = 1
  if (there !== undefined) {
    there.holders += 1
    if (!isWanted(there)) drop(window, there)
    return there
  }
  const keeps = isCurrent && !file.pieces.has(index) && isWanted({ file, index })
  const start = keeps ? index * pieceBytes : from
  const end = (index + 1) * pieceBytes
  const buffer = window.spare.pop() ?? Buffer.allocUnsafe(pieceBytes)
  const filled = fill(handle, buffer, { from: start, to: keeps ? end : Math.min(end, to) })
  const piece: Piece = { file, index, start, buffer, filled, holders: 1, age: undefined }
  if (keeps) keep(window, piece)
  // Heard where it is awaited, which may be long after.
  filled.catch(() => drop(window, piece))
  return piece
}

async function fill(handle: FileHandle, buffer: Buffer, { from, to }: Range): Promise<number> {
  let filled = 0
  while (from + filled < to) {
    const { bytesRead } = await handle.read(buffer, filled, to - from - filled, from + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}

/** Somebody who is at it now has not had it. */
function isWanted({ file, index }: Pick<Piece, 'file' | 'index'>): boolean {
  for (const { taken } of file.readers) if (taken[index] === 0) return true
  return false
}

function keep(window: Window, piece: Piece): void {
  window.everKept += 1
  piece.age = window.everKept
  piece.file.pieces.set(piece.index, piece)
  window.kept.add(piece)
  const [oldest] = window.kept
  if (window.kept.size > windowPieces && oldest !== undefined) drop(window, oldest)
}

function drop(window: Window, piece: Piece): void {
  if (!window.kept.delete(piece)) return
  piece.age = undefined
  piece.file.pieces.delete(piece.index)
  if (piece.holders === 0) spare(window, piece)
}

function letGo(window: Window, piece: Piece): void {
  piece.holders -= 1
  if (piece.holders === 0 && piece.age === undefined) spare(window, piece)
}

function spare({ spare }: Window, { buffer }: Piece): void {
  if (spare.length < sparePieces) spare.push(buffer)
}

/** In the newer half of the window: what begins in the older half would fall out of it while it is sent. */
function isAtHand({ files, everKept }: Window, { path, taken }: Reader, index: number): boolean {
  const { age } = files.get(path)?.pieces.get(index) ?? {}
  return age !== undefined && taken[index] === 0 && everKept - age < windowPieces / 2
}

function leave(window: Window, reader: Reader): void {
  reader.closed = true
  const file = window.files.get(reader.path)
  if (file?.readers.delete(reader) !== true) return
  for (const piece of file.pieces.values()) if (!isWanted(piece)) drop(window, piece)
  if (file.readers.size === 0) window.files.delete(reader.path)
  if (window.files.size === 0) window.spare.length = 0
}
