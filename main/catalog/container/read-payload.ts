// Reads the payload of a bundle in parts as if it were one file, and says which parts a range lies in.
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { BundlePiece } from '../../../shared/domain/bundle-piece.ts'
import { evidence } from '../../../shared/domain/failure.ts'
import { notRead, plainReading } from '../../files/plain-file.ts'
import { type Container, partNamed } from './open-container.ts'

type Range = { readonly offset: number; readonly bytes: number }
type Share = Range & { readonly part: number }

/** `given`: what of the buffer was filled; `lost`: the numbers of the parts that do not give their share. */
export type Filled = { readonly given: readonly Range[]; readonly lost: readonly number[] }

export type Payload = {
  /** Fills the buffer. `choice`: which copies are read, where there are several of a part. */
  read(offset: number, into: Buffer, choice?: number): Promise<Filled>
  /** In how many ways the copies can be put together, as far as it is worth trying. */
  choices(range: Range): number
  /** Whether a part that is here gives anything of it, by how long its file is. */
  has(range: Range): boolean
  partsOf(range: Range): readonly number[]
  /** Reads a whole part: undefined where it, or a copy of it, is as the table says. */
  checkPart(part: number): Promise<BundlePiece | undefined>
  /** What is said of a part that gave nothing. */
  missing(part: number): BundlePiece
  close(): Promise<void>
}

const pieceBytes = 4 * 1024 * 1024
const mostChoices = 16

export function payloadOf({ head, parts }: Container): Payload {
  const shares = sharesOf(head.contents.table)
  const copies = openCopies(parts)
  const copiesOf = (part: number) => parts.get(part) ?? []
  const within = ({ offset, bytes }: Range) =>
    shares.filter((share) => share.offset < offset + bytes && offset < share.offset + share.bytes)
  const isSound = async (part: number, copy: number) => {
    const bytes = shares[part - 1]?.bytes ?? 0
    const hash = createHash('sha256')
    for (let at = 0; at < bytes; ) {
      const piece = Buffer.allocUnsafe(Math.min(pieceBytes, bytes - at))
      if ((await copies.fill({ part, copy }, piece, at)) < piece.length) return undefined
      hash.update(piece)
      at += piece.length
    }
    return hash.digest('hex') === head.contents.table[part - 1]?.sha256
  }
  const missing = (part: number) => ({
    file: partNamed({ head, parts }, part),
    ...said(parts.has(part), copies.trouble.get(part)),
  })
  return {
    read: async (offset, into, choice = 0) => {
      const [given, lost]: [Range[], number[]] = [[], []]
      let left = choice
      for (const share of within({ offset, bytes: into.length })) {
        const many = Math.max(1, copiesOf(share.part).length)
        const copy = left % many
        left = Math.floor(left / many)
        const from = Math.max(offset, share.offset)
        const place = into.subarray(from - offset, Math.min(offset + into.length, share.offset + share.bytes) - offset)
        const bytes = await copies.fill({ part: share.part, copy }, place, from - share.offset)
        if (bytes > 0) given.push({ offset: from - offset, bytes })
        if (bytes < place.length) lost.push(share.part)
      }
      return { given, lost }
    },
    choices: (range) => {
      const all = within(range).reduce((product, { part }) => product * Math.max(1, copiesOf(part).length), 1)
      return Math.min(all, mostChoices)
    },
    has: (range) =>
      within(range).some(({ part, offset }) =>
        copiesOf(part).some(({ payloadBytes }) => offset + payloadBytes > range.offset),
      ),
    partsOf: (range) => within(range).map(({ part }) => part),
    checkPart: async (part) => {
      const sound: (boolean | undefined)[] = []
      for (const copy of copiesOf(part).keys()) sound.push(await isSound(part, copy))
      if (sound.includes(true)) return undefined
      if (sound[0] === undefined) return missing(part)
      return {
        file: partNamed({ head, parts }, part),
        problem: 'damaged',
        why: 'its bytes are not those that were written',
      }
    },
    missing,
    close: copies.close,
  }
}

type Copy = { readonly part: number; readonly copy: number }

/** Each file is opened once. */
function openCopies(parts: Container['parts']) {
  const handles = new Map<string, Promise<FileHandle>>()
  /** Of parts: why the first copy could not be read, where it cannot. */
  const trouble = new Map<number, string>()
  return {
    trouble,
    /** How much of the buffer was filled: less where the file ends before, or cannot be read. */
    async fill({ part, copy }: Copy, into: Buffer, at: number): Promise<number> {
      const place = parts.get(part)?.[copy]
      if (place === undefined) return 0
      let done = 0
      try {
        const key = `${part} ${copy}`
        const opening = handles.get(key) ?? open(place.file, plainReading)
        handles.set(key, opening)
        const handle = await opening
        while (done < into.length) {
          const { bytesRead } = await handle.read(into, done, into.length - done, place.payloadAt + at + done)
          if (bytesRead === 0) throw new Error(endsBefore)
          done += bytesRead
        }
      } catch (error) {
        if (copy === 0) trouble.set(part, evidence(notRead(error).why, 300))
      }
      return done
    },
    async close(): Promise<void> {
      // One that could not be opened has said so where it was read.
      const all = await Promise.allSettled(handles.values())
      for (const one of all) if (one.status === 'fulfilled') await one.value.close()
      handles.clear()
    },
  }
}

const endsBefore = 'it ends before its share does'

function said(isThere: boolean, why: string | undefined): Pick<BundlePiece, 'problem' | 'why'> {
  if (!isThere) return { problem: 'missing', why: 'it is missing' }
  return { problem: why === endsBefore ? 'cut' : 'unreadable', why: why ?? 'it cannot be read' }
}

function sharesOf(table: readonly { readonly bytes: number }[]): Share[] {
  let offset = 0
  return table.map(({ bytes }, at) => {
    const share = { part: at + 1, offset, bytes }
    offset += bytes
    return share
  })
}
