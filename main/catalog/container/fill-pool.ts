// Brings artifacts into the pool of the bundle store. Each chunk is checked in memory and then written to its place in a
// file beside the artifact's name; the file takes the name when every chunk of it is there and on the medium. What was
// written before is checked again and not copied again, so an import that was killed, or lacked a part, goes on. Chunks
// that are not right yet are written too, for the share of them that may be.
import { type FileHandle, open, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Artifact } from '../../../shared/domain/artifact.ts'
import { type Chunk, checkChunks, chunksOf } from './check-chunks.ts'
import { isInPool, poolFile, syncFolder } from './store.ts'

export type Source = {
  /** Fills in what is to be had; the rest stays what it was. Whether it is right, its hash says. */
  read(chunk: Chunk, into: Buffer): Promise<void>
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

/** `bytes`: how long the file was when it was opened. */
type Open = { readonly handle: FileHandle; readonly there: ReadonlySet<number>; readonly bytes: number; left: number }

/** Throws what writing throws; what was written stays. */
export async function fillPool(filling: Filling): Promise<void> {
  const missing = filling.artifacts.filter((artifact) => !isInPool(filling.store, artifact))
  const files = new Map<Artifact, Promise<Open>>()
  try {
    await checkChunks(
      missing.flatMap((artifact) => [...chunksOf(artifact)]),
      {
        read: async (chunk, into) => {
          const file = await openOnce(filling, files, chunk.artifact)
          if (file.there.has(chunk.index)) {
            await settle(filling, files, chunk)
            return false
          }
          // A part that brings a share of a chunk may have come without the part that brings the other one.
          if (file.bytes > chunk.offset) await readAt(file.handle, into, chunk.offset)
          await filling.source.read(chunk, into)
          return true
        },
        right: async (chunk, bytes) => {
          const { handle } = await openOnce(filling, files, chunk.artifact)
          await writeAt(handle, bytes, chunk.offset)
          await settle(filling, files, chunk)
        },
        wrong: async (chunk, bytes) => {
          const { handle } = await openOnce(filling, files, chunk.artifact)
          await writeAt(handle, bytes, chunk.offset)
          filling.source.wrong(chunk)
        },
        signal: filling.signal,
      },
    )
  } finally {
    const all = await Promise.allSettled(files.values())
    for (const one of all) if (one.status === 'fulfilled') await one.value.handle.close()
  }
}

function openOnce(filling: Filling, files: Map<Artifact, Promise<Open>>, artifact: Artifact): Promise<Open> {
  const opening = files.get(artifact) ?? openPart(filling, artifact)
  files.set(artifact, opening)
  return opening
}

/** With what is in it already and right. */
async function openPart({ store, signal }: Filling, artifact: Artifact): Promise<Open> {
  const handle = await openOrMake(`${poolFile(store, artifact)}.part`)
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
    return { handle, there, bytes: size, left: artifact.chunks.length }
  } catch (error) {
    await handle.close()
    throw error
  }
}

async function openOrMake(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r+')
  } catch {
    return open(file, 'wx+', 0o600)
  }
}

/** One chunk more of this artifact is in its place. */
async function settle({ store, onBytes }: Filling, files: Map<Artifact, Promise<Open>>, chunk: Chunk): Promise<void> {
  const { artifact } = chunk
  const file = await files.get(artifact)
  onBytes(chunk.bytes)
  if (file === undefined) return
  file.left -= 1
  if (file.left > 0) return
  await file.handle.sync()
  files.delete(artifact)
  await file.handle.close()
  const place = poolFile(store, artifact)
  await rename(`${place}.part`, place)
  await syncFolder(dirname(place))
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
    const about = await stat(`${poolFile(store, artifact)}.part`).catch(() => undefined)
    // Blocks of 512 bytes, as POSIX counts them: a hole has none.
    const written = about === undefined ? 0 : Math.min(artifact.bytes, (about.blocks ?? 0) * 512)
    bytes += artifact.bytes - written
  }
  return bytes
}
