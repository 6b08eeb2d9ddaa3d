// Reads every byte of a bundle, in one file, in parts or in a folder, and names each piece that is not as the digest
// list says.
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { type Artifact, artifactFileName } from '../../../shared/domain/artifact.ts'
import type { BundlePiece } from '../../../shared/domain/bundle-piece.ts'
import { evidence } from '../../../shared/domain/failure.ts'
import { notRead, plainReading, problemOfKind } from '../../files/plain-file.ts'
import { type Chunk, checkChunks, chunksOf } from './check-chunks.ts'
import type { Container } from './open-container.ts'
import { payloadOf } from './read-payload.ts'
import { troublesOf, wrongChunk } from './troubles.ts'

type Watched = { readonly onBytes?: (bytes: number) => void; readonly signal?: AbortSignal | undefined }

/** Of several copies of a part the first: that another one would help out makes it no better. */
export async function verifyContainer(opened: Container, watched: Watched = {}): Promise<BundlePiece[]> {
  const firsts = [...opened.parts].map(([part, copies]) => [part, copies.slice(0, 1)] as const)
  const container = { ...opened, parts: new Map(firsts) }
  const payload = payloadOf(container)
  try {
    const troubles = troublesOf(container, payload, new Set())
    for (let part = 1; part <= container.head.parts; part += 1) {
      if (!container.parts.has(part)) troubles.absent(part)
    }
    const placeOf = new Map(container.carried.map(({ artifact, offset }) => [artifact.sha256, offset]))
    const chunks = container.carried.flatMap(({ artifact }) => [...chunksOf(artifact)])
    const offsetOf = (chunk: Chunk) => (placeOf.get(chunk.artifact.sha256) ?? 0) + chunk.offset
    await checkChunks(chunks, {
      read: async (chunk, into) => {
        const { lost } = await payload.read(offsetOf(chunk), into)
        if (lost.length > 0) troubles.lost(chunk, offsetOf(chunk), lost)
        return lost.length === 0
      },
      right: ({ bytes }) => watched.onBytes?.(bytes),
      wrong: (chunk) => {
        troubles.wrong(chunk, offsetOf(chunk))
        watched.onBytes?.(chunk.bytes)
      },
      signal: watched.signal,
    })
    return (await troubles.all()).pieces
  } finally {
    await payload.close()
  }
}

/** Of a folder: each artifact by its name in it. */
export async function verifyFolder(
  { folder, artifacts }: { readonly folder: string; readonly artifacts: readonly Artifact[] },
  watched: Watched = {},
): Promise<BundlePiece[]> {
  const found: BundlePiece[] = []
  for (const artifact of artifacts) {
    const problem = await verifyArtifact(join(folder, 'artifacts'), artifact, watched)
    if (problem !== undefined) found.push(problem)
  }
  return found
}

async function verifyArtifact(
  folder: string,
  artifact: Artifact,
  { onBytes, signal }: Watched,
): Promise<BundlePiece | undefined> {
  const name = artifactFileName(artifact.sha256)
  const file = `artifacts/${name}`
  try {
    const handle = await open(join(folder, name), plainReading)
    try {
      const about = await handle.stat()
      const odd = problemOfKind(about)
      if (odd !== undefined) return { file, problem: 'unreadable', why: odd }
      if (about.size !== artifact.bytes) {
        const why = `it has ${about.size} bytes instead of ${artifact.bytes} (${artifact.id})`
        return { file, problem: about.size < artifact.bytes ? 'cut' : 'damaged', why }
      }
      let first: number | undefined
      await checkChunks(chunksOf(artifact), {
        read: async ({ offset }, into) => readFully(handle, offset, into),
        right: ({ bytes }) => onBytes?.(bytes),
        wrong: ({ index, bytes }) => {
          first = Math.min(first ?? index, index)
          onBytes?.(bytes)
        },
        signal,
      })
      return first === undefined
        ? undefined
        : { file, problem: 'damaged', why: `${wrongChunk(first)} (${artifact.id})` }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const { problem, why } = notRead(error)
    const isMissing = problem === 'missing'
    return { file, problem: isMissing ? 'missing' : 'unreadable', why: evidence(`${why} (${artifact.id})`, 500) }
  }
}

type Reads = { read(into: Buffer, at: number, length: number, position: number): Promise<{ bytesRead: number }> }

/** Throws where the file ends before. */
async function readFully(handle: Reads, offset: number, into: Buffer): Promise<true> {
  for (let at = 0; at < into.length; ) {
    const { bytesRead } = await handle.read(into, at, into.length - at, offset + at)
    if (bytesRead === 0) throw new Error('it has become shorter')
    at += bytesRead
  }
  return true
}
