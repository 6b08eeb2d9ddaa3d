// Brings artifacts into the pool of the bundle store. Each chunk is checked in memory and then written to its place in a
// file beside the artifact's name; the file takes the name when every chunk of it is there and on the medium. What was
// written before is checked again and not copied again, so an import that was killed, or lacked a part, goes on. Chunks
// that are not right yet are written too, for the share of them that may be.
import { existsSync, statSync } from 'node:fs'
import { type FileHandle, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Artifact } from '../../../shared/domain/artifact.ts'
import { type Chunk, checkChunks, chunksOf } from './check-chunks.ts'
import { isInPool, poolFile, syncFolder } from './store.ts'

/** Where in a chunk. */
export type Given = { readonly offset: number; readonly bytes: number }

export type Source = {
  /** Whether anything of it is to be had: else it is not asked for, and nothing is made for it. */
  has(chunk: Chunk): boolean
  /** In how many ways it can be read. */
  choices(chunk: Chunk): number
  /** Fills in what is to be had, and says where that is; the rest stays what it was. Whether it is right, its hash says. */
  read(chunk: Chunk, into: Buffer, choice: number): Promise<readonly Given[]>
  absent(chunk: Chunk): void
  wrong(chunk: Chunk): void
}

export type Filling = {
  readonly store: string
  readonly artifacts: readonly Artifact[]
  readonly source: Source
  /** Bytes that are right and in their place. */
  readonly onBytes: (bytes: number) => void
  readonly signal: AbortSignal
}

/** `bytes`: how long the file was when it was opened. `left`: chunks that are not right; `unseen`: not looked at yet. */
type Open = {
  readonly handle: FileHandle
  readonly there: ReadonlySet<number>
  readonly bytes: number
  left: number
  unseen: number
}

/** An artifact and those of its chunks that may become right: all of them where it was begun before. */
type Work = { readonly artifact: Artifact; readonly chunks: readonly Chunk[] }

/** Throws what writing throws; what was written stays. */
export async function fillPool(filling: Filling): Promise<void> {
  const { source, store } = filling
  const missing = filling.artifacts.filter((artifact) => !isInPool(store, artifact))
  const works = missing.map((artifact) => workOf(filling, artifact))
  const files = filesFor(filling, works)
  const given = new Map<Chunk, readonly Given[]>()
  const fillIn = async (chunk: Chunk, file: Open, into: Buffer, choice: number) => {
    // A part that brings a share of a chunk may have come without the part that brings the other one.
    if (file.bytes > chunk.offset) await readAt(file.handle, into, chunk.offset)
    given.set(chunk, await source.read(chunk, into, choice))
  }
  try {
    await checkChunks(
      works.flatMap(({ chunks }) => chunks),
      {
        choices: (chunk) => source.choices(chunk),
        read: async (chunk, into, choice) => {
          const file = await files.of(chunk.artifact)
          const isThere = file.there.has(chunk.index)
          if (!isThere && source.has(chunk)) {
            await fillIn(chunk, file, into, choice)
            return true
          }
          if (!isThere) source.absent(chunk)
          await files.seen(chunk, isThere)
          return false
        },
        right: async (chunk, bytes) => {
          const { handle } = await files.of(chunk.artifact)
          await writeAt(handle, bytes, chunk.offset)
          await files.seen(chunk, true)
        },
        wrong: async (chunk, bytes) => {
          const file = await files.of(chunk.artifact)
          if (source.choices(chunk) > 1) await fillIn(chunk, file, bytes, 0)
          for (const { offset, bytes: length } of given.get(chunk) ?? []) {
            await writeAt(file.handle, bytes.subarray(offset, offset + length), chunk.offset + offset)
          }
          source.wrong(chunk)
          await files.seen(chunk, false)
        },
        signal: filling.signal,
      },
    )
  } finally {
    await files.close()
  }
}

function workOf({ store, source }: Filling, artifact: Artifact): Work {
  const chunks = [...chunksOf(artifact)]
  if (existsSync(partOf(store, artifact))) return { artifact, chunks }
  for (const chunk of chunks) if (!source.has(chunk)) source.absent(chunk)
  return { artifact, chunks: chunks.filter((chunk) => source.has(chunk)) }
}

function partOf(store: string, artifact: Artifact): string {
  return `${poolFile(store, artifact)}.part`
}

/** Each is opened as its first chunk comes, and closed behind its last one. */
function filesFor(filling: Filling, works: readonly Work[]) {
  const open = new Map<Artifact, Promise<Open>>()
  const counts = new Map(works.map(({ artifact, chunks }) => [artifact, chunks.length]))
  const of = (artifact: Artifact): Promise<Open> => {
    const opening = open.get(artifact) ?? openPart(filling, artifact, counts.get(artifact) ?? 0)
    open.set(artifact, opening)
    return opening
  }
  return {
    of,
    /** With the last one that is right the artifact is whole. */
    async seen(chunk: Chunk, isRight: boolean): Promise<void> {
      const file = await of(chunk.artifact)
      file.unseen -= 1
      if (isRight) file.left -= 1
      if (file.left === 0) await file.handle.sync()
      if (file.unseen === 0) {
        open.delete(chunk.artifact)
        await file.handle.close()
      }
      if (file.left === 0) await putInPlace(filling.store, chunk.artifact)
      if (isRight) filling.onBytes(chunk.bytes)
    },
    async close(): Promise<void> {
      const all = await Promise.allSettled(open.values())
      for (const one of all) if (one.status === 'fulfilled') await one.value.handle.close()
    },
  }
}

async function putInPlace(store: string, artifact: Artifact): Promise<void> {
  const place = poolFile(store, artifact)
  await rename(partOf(store, artifact), place)
  await syncFolder(dirname(place))
}

/** With what is in it already and right. */
async function openPart({ store, signal }: Filling, artifact: Artifact, unseen: number): Promise<Open> {
  const handle = await openOrMake(partOf(store, artifact))
  try {
    const { size } = await handle.stat()
    const there = new Set<number>()
    const before = [...chunksOf(artifact)].filter(({ offset, bytes }) => offset + bytes <= size)
    await checkChunks(before, {
      read: async ({ offset }, into) => (await readAt(handle, into, offset)) === into.length,
      right: ({ index }) => void there.add(index),
      ...{ signal, atOnce: 1 },
    })
    if (size > artifact.bytes) await handle.truncate(artifact.bytes)
    return { handle, there, bytes: size, left: artifact.chunks.length, unseen }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function openOrMake(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return open(file, 'wx+', 0o600)
  }
}

async function writeAt(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, position + at)
    if (bytesWritten === 0) throw new Error(`only ${at} of ${bytes.length} bytes could be written`)
    at += bytesWritten
  }
}

async function readAt(handle: FileHandle, into: Buffer, position: number): Promise<number> {
  let at = 0
  while (at < into.length) {
    const { bytesRead } = await handle.read(into, at, into.length - at, position + at)
    if (bytesRead === 0) break
    at += bytesRead
  }
  return at
}

/** What is still to be written for these artifacts, by what their files have now; holes count as there. */
export async function bytesToWrite(store: string, artifacts: readonly Artifact[]): Promise<number> {
  let bytes = 0
  for (const artifact of artifacts) {
    if (isInPool(store, artifact)) continue
    const about = statSync(partOf(store, artifact), { throwIfNoEntry: false })
    // Blocks of 512 bytes, as POSIX counts them: a hole has none.
    const written = about === undefined ? 0 : Math.min(artifact.bytes, (about.blocks ?? 0) * 512)
    bytes += artifact.bytes - written
  }
  return bytes
}
