// What went wrong while a bundle in parts was read, and in which of its files the fault lies.
import type { BundlePiece } from '../../../shared/domain/bundle-piece.ts'
import { evidence } from '../../../shared/domain/failure.ts'
import type { Chunk } from './check-chunks.ts'
import type { Container } from './open-container.ts'
import type { Payload } from './read-payload.ts'

/** Gathers what went wrong, and finds in which part the fault lies where a chunk lies in several. */
/** `had`: parts that were here before, whose shares were kept: nobody is asked for them again. */
export function troublesOf(container: Container, payload: Payload, had: ReadonlySet<number>) {
  const lostParts = new Set<number>()
  /** Parts that gave their share of a chunk that another did not: whether theirs is right, no chunk says. */
  const unproven = new Set<number>()
  const wrongChunks: { chunk: Chunk; parts: readonly number[] }[] = []
  return {
    absent: (part: number) => void lostParts.add(part),
    lost({ bytes }: Chunk, offset: number, parts: readonly number[]): void {
      for (const part of parts) lostParts.add(part)
      for (const part of payload.partsOf({ offset, bytes })) unproven.add(part)
    },
    wrong(chunk: Chunk, offset: number): void {
      wrongChunks.push({ chunk, parts: payload.partsOf({ offset, bytes: chunk.bytes }) })
    },
    /** With the numbers of the parts that are here and as they were written. */
    async all(): Promise<{ readonly pieces: BundlePiece[]; readonly sound: number[] }> {
      const checked = new Map<number, BundlePiece | undefined>()
      const suspects = new Set([...unproven, ...wrongChunks.flatMap(({ parts }) => parts)])
      for (const part of suspects) if (!lostParts.has(part)) checked.set(part, await payload.checkPart(part))
      const pieces = [...container.problems]
      const add = (piece: BundlePiece | undefined) => {
        if (piece !== undefined && !pieces.some(({ file }) => file === piece.file)) pieces.push(piece)
      }
      const lost = [...lostParts].sort((a, b) => a - b)
      for (const part of lost) if (container.parts.has(part) || !had.has(part)) add(payload.missing(part))
      for (const one of checked.values()) add(one)
      for (const { chunk, parts } of wrongChunks) {
        if (parts.every((part) => checked.get(part) === undefined)) add(namedWrong(chunk))
      }
      // What was kept is not right after all.
      if (pieces.length === 0) for (const part of lost) add(payload.missing(part))
      const sound = [...container.parts.keys()].filter(
        (part) => !lostParts.has(part) && checked.get(part) === undefined,
      )
      return { pieces, sound }
    },
  }
}

/** The parts are as they were written: whoever made the bundle wrote other bytes than its list says. */
function namedWrong({ artifact, index }: Chunk): BundlePiece {
  return { file: evidence(artifact.id, 250), problem: 'damaged', why: wrongChunk(index) }
}

export function wrongChunk(index: number): string {
  return `its chunk ${index + 1} has not the sha256 of the digest list`
}
