// Reads the payload of a bundle in parts as if it were one file, and says which parts a range lies in.
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { BundlePiece } from '../../../shared/domain/bundle-piece.ts'
import { evidence } from '../../../shared/domain/failure.ts'
import { notRead, plainReading } from '../../files/plain-file.ts'
import { partFileName } from './form.ts'
import { type Container, shown } from './open-container.ts'

type Range = { readonly offset: number; readonly bytes: number }
type Share = Range & { readonly part: number }

export type Payload = {
  /** Fills the buffer; the numbers of the parts that do not give their share. */
  read(offset: number, into: Buffer): Promise<readonly number[]>
  partsOf(range: Range): readonly number[]
  /** Reads a whole part: undefined where it is as the table says. */
  checkPart(part: number): Promise<BundlePiece | undefined>
  /** What is said of a part that gave nothing. */
  missing(part: number): BundlePiece
  close(): Promise<void>
}

const pieceBytes = 4 * 1024 * 1024

export function payloadOf({ head, parts }: Container): Payload {
  const shares = sharesOf(head.contents.table)
  const handles = new Map<number, Promise<FileHandle>>()
  /** Why a part could not be read, where one cannot. */
  const trouble = new Map<number, string>()
  const nameOf = (part: number) => {
    const file = parts.get(part)?.file
    return file === undefined ? partFileName(head.name, part, head.parts) : shown(file)
  }
  const within = ({ offset, bytes }: Range) =>
    shares.filter((share) => share.offset < offset + bytes && offset < share.offset + share.bytes)
  const fill = async (part: number, into: Buffer, at: number): Promise<boolean> => {
    const place = parts.get(part)
    if (place === undefined) return false
    try {
      const opening = handles.get(part) ?? open(place.file, plainReading)
      handles.set(part, opening)
      const handle = await opening
      for (let done = 0; done < into.length; ) {
        const { bytesRead } = await handle.read(into, done, into.length - done, place.payloadAt + at + done)
        if (bytesRead === 0) throw new Error('it ends before its share does')
        done += bytesRead
      }
      return true
    } catch (error) {
      trouble.set(part, evidence(notRead(error).why, 300))
      return false
    }
  }
  return {
    read: async (offset, into) => {
      const lost: number[] = []
      for (const share of within({ offset, bytes: into.length })) {
        const from = Math.max(offset, share.offset)
        const to = Math.min(offset + into.length, share.offset + share.bytes)
        const place = into.subarray(from - offset, to - offset)
        if (!(await fill(share.part, place, from - share.offset))) lost.push(share.part)
      }
      return lost
    },
    partsOf: (range) => within(range).map(({ part }) => part),
    checkPart: async (part) => {
      const share = shares[part - 1]
      const wanted = head.contents.table[part - 1]?.sha256
      const hash = createHash('sha256')
      for (let at = 0; share !== undefined && at < share.bytes; ) {
        const piece = Buffer.allocUnsafe(Math.min(pieceBytes, share.bytes - at))
        if (!(await fill(part, piece, at))) return { file: nameOf(part), ...said(parts.has(part), trouble.get(part)) }
        hash.update(piece)
        at += piece.length
      }
      if (hash.digest('hex') === wanted) return undefined
      return { file: nameOf(part), problem: 'damaged', why: 'its bytes are not those that were written' }
    },
    missing: (part) => ({ file: nameOf(part), ...said(parts.has(part), trouble.get(part)) }),
    close: async () => {
      // One that could not be opened has said so where it was read.
      const all = await Promise.allSettled(handles.values())
      for (const one of all) if (one.status === 'fulfilled') await one.value.close()
      handles.clear()
    },
  }
}

function said(isThere: boolean, why: string | undefined): Pick<BundlePiece, 'problem' | 'why'> {
  if (!isThere) return { problem: 'missing', why: 'it is missing' }
  return { problem: why === 'it ends before its share does' ? 'cut' : 'unreadable', why: why ?? 'it cannot be read' }
}

function sharesOf(table: readonly { readonly bytes: number }[]): Share[] {
  let offset = 0
  return table.map(({ bytes }, at) => {
    const share = { part: at + 1, offset, bytes }
    offset += bytes
    return share
  })
}
