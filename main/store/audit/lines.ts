// The lines of an audit file as bytes: what is a record, where it lies, and what lies between records.
import { isUtf8 } from 'node:buffer'
import { readSealed, type SealedRecord } from '../../../shared/domain/audit-record.ts'
import { sha256Of } from './audit-places.ts'

export type ReadLine = {
  /** Where it begins, and how long it is with its line end. */
  readonly at: number
  readonly length: number
  /** False for the last one of a file where it has none. */
  readonly isEnded: boolean
  readonly read: { readonly record: SealedRecord; readonly hashIsRight: boolean } | undefined
}

const lineEnd = 0x0a

export function linesOf(bytes: Buffer): ReadLine[] {
  const lines: ReadLine[] = []
  let at = 0
  while (at < bytes.length) {
    const end = bytes.indexOf(lineEnd, at)
    const isEnded = end >= 0
    const length = (isEnded ? end + 1 : bytes.length) - at
    lines.push({ at, length, isEnded, read: recordIn(bytes.subarray(at, at + length - (isEnded ? 1 : 0))) })
    at += length
  }
  return lines
}

/** Bytes that are no UTF-8 would be read as others than they are. */
function recordIn(line: Buffer): ReadLine['read'] {
  return isUtf8(line) ? readSealed(line.toString('utf8'), sha256Of) : undefined
}
