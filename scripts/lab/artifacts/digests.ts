// Digests of a file while its bytes go by: the whole file's sha256, and one for each chunk.
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { chunkBytes } from '../../../shared/domain/artifact.ts'

export interface FileDigests {
  sha256: string
  bytes: number
  /** sha256 of each chunk, in file order. */
  chunks: string[]
}

export interface DigestCounter {
  add(piece: Buffer): void
  finish(): FileDigests
}

export function digestCounter(bytesPerChunk = chunkBytes): DigestCounter {
  const whole = createHash('sha256')
  const chunks: string[] = []
  let chunk = createHash('sha256')
  let inChunk = 0
  let bytes = 0
  const closeChunk = (): void => {
    chunks.push(chunk.digest('hex'))
    chunk = createHash('sha256')
    inChunk = 0
  }
  return {
    add(piece) {
      whole.update(piece)
      bytes += piece.length
      for (let offset = 0; offset < piece.length; ) {
        const part = piece.subarray(offset, offset + bytesPerChunk - inChunk)
        chunk.update(part)
        inChunk += part.length
        offset += part.length
        if (inChunk === bytesPerChunk) closeChunk()
      }
    },
    finish() {
      if (inChunk > 0) closeChunk()
      return { sha256: whole.digest('hex'), bytes, chunks }
    },
  }
}

/** Writes pieces to a file and returns the digests of what was written. */
export async function writeWithDigests(
  file: string,
  pieces: AsyncIterable<Buffer> | Iterable<Buffer>,
  bytesPerChunk = chunkBytes,
): Promise<FileDigests> {
  const counter = digestCounter(bytesPerChunk)
  const stream = createWriteStream(file, { mode: 0o644 })
  for await (const piece of pieces) {
    counter.add(piece)
    if (!stream.write(piece)) await once(stream, 'drain')
  }
  stream.end()
  await finished(stream)
  return counter.finish()
}

export const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
