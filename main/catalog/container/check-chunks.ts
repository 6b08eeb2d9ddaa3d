// Goes through chunks of artifacts, several at a time: one is hashed while others are read and written, and handed on only
// where the bytes are those of the digest list. Memory is bounded by the number of chunks under way.
import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Artifact, chunkBytes } from '../../../shared/domain/artifact.ts'

/** Small enough to be in the cache of the processor still. */
const pieceBytes = 1024 * 1024
/** One read, one hashed, one written: more would only hold more memory (64 MiB each). */
const chunksAtOnce = 3

export type Chunk = {
  readonly artifact: Artifact
  readonly index: number
  /** Where in the artifact it begins. */
  readonly offset: number
  readonly bytes: number
  readonly sha256: string
}

export function* chunksOf(artifact: Artifact): Generator<Chunk> {
  for (const [index, sha256] of artifact.chunks.entries()) {
    const offset = index * chunkBytes
    yield { artifact, index, offset, bytes: Math.min(chunkBytes, artifact.bytes - offset), sha256 }
  }
}

type Work = {
  /** False where the bytes are not to be had. */
  read(chunk: Chunk, into: Buffer, choice: number): Promise<boolean>
  /** In how many ways it can be read: each is tried until one is right. Absent: one. */
  choices?(chunk: Chunk): number
  right(chunk: Chunk, bytes: Buffer): Promise<void> | void
  wrong?(chunk: Chunk, bytes: Buffer): Promise<void> | void
  /** Ends it after the chunks under way. */
  readonly signal?: AbortSignal | undefined
  /** How many are under way, and in memory, together. */
  readonly atOnce?: number
}

export async function checkChunks(chunks: Iterable<Chunk>, work: Work): Promise<void> {
  const waiting = chunks[Symbol.iterator]()
  let stopped = false
  const run = async () => {
    let memory = Buffer.alloc(0)
    for (let next = waiting.next(); next.done !== true && !stopped; next = waiting.next()) {
      const chunk = next.value
      if (work.signal?.aborted === true) return
      // Emptied: what is missing of a chunk is written as it lies here, and this process has had secrets in its memory.
      if (memory.length < chunk.bytes) memory = Buffer.alloc(chunk.bytes)
      const into = memory.subarray(0, chunk.bytes)
      await checkOne(chunk, into)
    }
  }
  const checkOne = async (chunk: Chunk, into: Buffer) => {
    const choices = work.choices?.(chunk) ?? 1
    for (let choice = 0; choice < choices; choice += 1) {
      if (!(await work.read(chunk, into, choice))) return
      if ((await sha256(into)) === chunk.sha256) return work.right(chunk, into)
    }
    await work.wrong?.(chunk, into)
  }
  const runs = Array.from({ length: work.atOnce ?? chunksAtOnce }, async () => {
    try {
      await run()
    } catch (error) {
      stopped = true
      throw error
    }
  })
  // Nobody writes any more when this one is over, also where one of them failed.
  const ended = await Promise.allSettled(runs)
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

/**
 * In pieces, between which this process does something else. WebCrypto would do it beside this thread, and takes twice as
 * long: it copies what it hashes.
 */
async function sha256(bytes: Buffer): Promise<string> {
  const hash = createHash('sha256')
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    hash.update(bytes.subarray(at, at + pieceBytes))
    await nextTurn()
  }
  return hash.digest('hex')
}
