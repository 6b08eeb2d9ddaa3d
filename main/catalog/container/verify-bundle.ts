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
import { type Payload, payloadOf } from './read-payload.ts'

type Watched = { readonly onBytes?: (bytes: number) => void; readonly signal?: AbortSignal | undefined }

export async function verifyContainer(container: Container, watched: Watched = {}): Promise<BundlePiece[]> {
  const payload = payloadOf(container)
  try {
    const troubles = troublesOf(container, payload)
    const placeOf = new Map(container.carried.map(({ artifact, offset }) => [artifact.sha256, offset]))
    const chunks = container.carried.flatMap(({ artifact }) => [...chunksOf(artifact)])
    const offsetOf = (chunk: Chunk) => (placeOf.get(chunk.artifact.sha256) ?? 0) + chunk.offset
    await checkChunks(chunks, {
      read: async (chunk, into) => {
        const lost = await payload.read(offsetOf(chunk), into)
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
    return await troubles.all()
  } finally {
    await payload.close()
  }
}

/** Gathers what went wrong, and finds in which part the fault lies where a chunk lies in several. */
function troublesOf(container: Container, payload: Payload) {
  const lostParts = new Set<number>()
  /** Parts that gave their share of a chunk that another did not: whether theirs is right, no chunk says. */
  const unproven = new Set<number>()
  const wrongChunks: { chunk: Chunk; parts: readonly number[] }[] = []
  return {
    lost({ bytes }: Chunk, offset: number, parts: readonly number[]): void {
      for (const part of parts) lostParts.add(part)
      for (const part of payload.partsOf({ offset, bytes })) unproven.add(part)
    },
    wrong(chunk: Chunk, offset: number): void {
      wrongChunks.push({ chunk, parts: payload.partsOf({ offset, bytes: chunk.bytes }) })
    },
    async all(): Promise<BundlePiece[]> {
      const found = [...container.problems]
      for (let part = 1; part <= container.head.parts; part += 1) {
        if (!container.parts.has(part)) lostParts.add(part)
      }
      const add = (piece: BundlePiece) => {
        if (!found.some(({ file }) => file === piece.file)) found.push(piece)
      }
      for (const part of [...lostParts].sort((a, b) => a - b)) add(payload.missing(part))
      const checked = new Map<number, BundlePiece | undefined>()
      const suspects = new Set([...unproven, ...wrongChunks.flatMap(({ parts }) => parts)])
      for (const part of suspects) if (!lostParts.has(part)) checked.set(part, await payload.checkPart(part))
      for (const one of [...checked.values()]) if (one !== undefined) add(one)
      for (const { chunk, parts } of wrongChunks) {
        const guilty = parts.flatMap((part) => checked.get(part) ?? [])
        for (const one of guilty.length > 0 ? guilty : [namedWrong(chunk)]) add(one)
      }
      return found
    },
  }
}

/** The parts are as they were written: whoever made the bundle wrote other bytes than its list says. */
function namedWrong({ artifact, index }: Chunk): BundlePiece {
  return { file: evidence(artifact.id, 250), problem: 'damaged', why: wrongChunk(index) }
}

function wrongChunk(index: number): string {
  return `its chunk ${index + 1} has not the sha256 of the digest list`
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
