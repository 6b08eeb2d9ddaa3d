// Bytes of any length, sealed piece by piece under one key: each piece is bound to its place and to whether it is the
// last, so none can be left out, moved, added or cut off unseen, and nothing is given on before it was authenticated.
import { keyBytes, nonceBytes, openBytes, type RandomBytes, sealBytes, tagBytes } from './sealing.ts'

/** Of what is sealed at once. */
export const pieceBytes = 1024 * 1024
const headBytes = 5
const overheadBytes = nonceBytes + tagBytes

export type StreamKey = {
  readonly key: Buffer
  /** What stands readable in front: other words there, and nothing opens. */
  readonly bound: string
}

/** Yields a head of five bytes (last or not, length) and the sealed piece, again and again. Wipes what it sealed. */
export async function* sealStream(
  source: AsyncIterable<Buffer>,
  { key, bound }: StreamKey,
  random: RandomBytes,
): AsyncGenerator<Buffer> {
  if (key.length !== keyBytes) throw new Error('no key of the vault')
  let at = 0
  const sealed = (plain: Buffer, isLast: boolean) => {
    const box = sealBytes(plain, key, { bound: boundPiece(bound, at, isLast), random })
    at += 1
    const head = Buffer.alloc(headBytes)
    head.writeUInt8(isLast ? 1 : 0)
    head.writeUInt32BE(box.length, 1)
    return Buffer.concat([head, box])
  }
  let waiting: Buffer | undefined
  for await (const piece of inPieces(source)) {
    if (waiting !== undefined) yield sealed(waiting, false)
    waiting?.fill(0)
    waiting = piece
  }
  yield sealed(waiting ?? Buffer.alloc(0), true)
  waiting?.fill(0)
}

/** Thrown where it is not what was sealed. `cut`: it ends too early. */
export class StreamFault extends Error {
  readonly cut: boolean
  constructor(cut: boolean) {
    super(cut ? 'it ends too early' : 'it is not what was sealed')
    this.cut = cut
  }
}

/** The other way round. Throws a StreamFault. Nothing may follow the last piece. */
export async function* openStream(source: AsyncIterable<Buffer>, { key, bound }: StreamKey): AsyncGenerator<Buffer> {
  const take = takerOf(source)
  for (let at = 0; ; at += 1) {
    const head = await take(headBytes)
    if (head === undefined) throw new StreamFault(true)
    const [last, length] = [head.readUInt8(), head.readUInt32BE(1)]
    if (last > 1 || length < overheadBytes || length > pieceBytes + overheadBytes) throw new StreamFault(false)
    const box = await take(length)
    if (box === undefined) throw new StreamFault(true)
    const plain = openBytes(box, key, boundPiece(bound, at, last === 1))
    if (plain === undefined) throw new StreamFault(false)
    if (last === 1 && (await take(1)) !== undefined) throw new StreamFault(false)
    yield plain
    if (last === 1) return
  }
}

function boundPiece(bound: string, at: number, isLast: boolean): string {
  return JSON.stringify({ bound, at, isLast })
}

async function* inPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(pieceBytes)
  let used = 0
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; ) {
      const taken = chunk.copy(piece, used, from)
      from += taken
      used += taken
      if (used < pieceBytes) continue
      yield Buffer.from(piece)
      used = 0
    }
  }
  if (used > 0) yield Buffer.from(piece.subarray(0, used))
  piece.fill(0)
}

/** So many bytes and no fewer; undefined where they are not there any more. */
function takerOf(source: AsyncIterable<Buffer>): (count: number) => Promise<Buffer | undefined> {
  const chunks = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  return async (count) => {
    const parts: Buffer[] = [held]
    let length = held.length
    while (length < count) {
      const next = await chunks.next()
      if (next.done === true) return undefined
      parts.push(next.value)
      length += next.value.length
    }
    const all = parts.length === 1 ? held : Buffer.concat(parts, length)
    held = all.subarray(count)
    return all.subarray(0, count)
  }
}
