// The hashes of chunks whose bytes come in pieces, on several connections, and are not kept: what comes before its
// turn waits for it, which is never more than is on its way.
import { createHash, type Hash } from 'node:crypto'
import { chunkBytes } from '../../../shared/domain/artifact.ts'

export type ChunkHashes = {
  add(offset: number, bytes: Buffer): void
  /** The hash of what came of a chunk up to the first gap; the chunk begins anew. */
  take(index: number): string
}

type Chunk = { readonly hash: Hash; nextOffset: number; readonly waiting: Map<number, Buffer> }

export function chunkHashes(): ChunkHashes {
  const chunks = new Map<number, Chunk>()
  const chunkOf = (index: number): Chunk => {
    const known = chunks.get(index) ?? {
      hash: createHash('sha256'),
      nextOffset: index * chunkBytes,
      waiting: new Map<number, Buffer>(),
    }
    chunks.set(index, known)
    return known
  }
  return {
    add: (offset, bytes) => {
      const chunk = chunkOf(Math.floor(offset / chunkBytes))
      if (offset > chunk.nextOffset) {
        chunk.waiting.set(offset, Buffer.from(bytes))
        return
      }
      // Sent again, behind a lane that broke off.
      const news = bytes.subarray(chunk.nextOffset - offset)
      for (let next: Buffer | undefined = news; next !== undefined; next = chunk.waiting.get(chunk.nextOffset)) {
        chunk.hash.update(next)
        chunk.waiting.delete(chunk.nextOffset)
        chunk.nextOffset += next.length
      }
    },
    take: (index) => {
      const { hash } = chunkOf(index)
      chunks.delete(index)
      return hash.digest('hex')
    },
  }
}
