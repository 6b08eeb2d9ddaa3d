// The segment that is being written: how it began, its last record, and what lies behind that. Everything is read from
// the file each time, because another process may have written meanwhile.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type * as z from 'zod'
import { stretchBegin } from '../../../shared/domain/audit-own-acts.ts'
import type { SealedRecord } from '../../../shared/domain/audit-record.ts'
import { linesOf } from './lines.ts'

export type Segment = {
  readonly size: number
  readonly begin: z.infer<typeof stretchBegin>
  readonly beganAt: string
  readonly last: SealedRecord
  /** What lies behind the last record. */
  readonly rest: Buffer
}

const firstPiece = 64 * 1024

/** `none`: there is no file, or an empty one. `foreign`: one that does not begin as a segment does. */
export function readSegment(file: string): Segment | 'none' | 'foreign' {
  let descriptor: number
  try {
    descriptor = openSync(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'none'
    throw error
  }
  try {
    const { size } = fstatSync(descriptor)
    return size === 0 ? 'none' : segmentIn(descriptor, size)
  } finally {
    closeSync(descriptor)
  }
}

function segmentIn(descriptor: number, size: number): Segment | 'foreign' {
  const first = linesOf(bytesAt(descriptor, 0, Math.min(size, firstPiece)))[0]
  const begin = stretchBegin.safeParse(first?.read?.record.input)
  if (first?.read === undefined || !first.isEnded || !begin.success) return 'foreign'
  const found = lastIn(descriptor, size, firstPiece) ?? lastIn(descriptor, size, size)
  if (found === undefined) return 'foreign'
  return { size, begin: begin.data, beganAt: first.read.record.at, ...found }
}

/** The first line of the piece may be the end of one. */
function lastIn(descriptor: number, size: number, length: number): Pick<Segment, 'last' | 'rest'> | undefined {
  const from = Math.max(0, size - length)
  const bytes = bytesAt(descriptor, from, size - from)
  const found = linesOf(bytes).findLast((line) => line.isEnded && line.read?.hashIsRight === true)
  if (found?.read === undefined) return undefined
  return { last: found.read.record, rest: bytes.subarray(found.at + found.length) }
}

export function bytesAt(descriptor: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  let taken = 0
  while (taken < length) {
    const now = readSync(descriptor, bytes, taken, length - taken, position + taken)
    if (now === 0) break
    taken += now
  }
  return bytes.subarray(0, taken)
}

/** The last record of the file that is being written; undefined where there is none. Throws. */
export function headNow(file: string): SealedRecord | undefined {
  const segment = readSegment(file)
  return typeof segment === 'object' ? segment.last : undefined
}
