// The audit: one record for each changing call and for its end, on disk before the call acts, chained to the one before.
// No record, no act. Bytes are only ever added; what was cut short by a full disk or a power cut stays, and the next
// record says so.
import { closeSync, existsSync, fstatSync, fsyncSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { AuditCheckpoint } from '../../../shared/domain/audit-checkpoint.ts'
import { ownActs } from '../../../shared/domain/audit-own-acts.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { syncFolder, writeEveryByte } from '../folder.ts'
import { type AuditLine, byItself, chained, type Head } from './audit-line.ts'
import { type AuditPlaces, auditPlaces, sha256Of } from './audit-places.ts'
import { addCheckpointLine, signedCheckpoint } from './checkpoint-file.ts'
import { oldSegments, removeSegments, retentionLine } from './retention.ts'
import { type Found, findEnd, headOf, ownKey, rotate } from './rotation.ts'
import { bytesAt, readSegment } from './segment.ts'
import { whileWriting } from './writer-lock.ts'

export type { AuditLine } from './audit-line.ts'

export type Audit = {
  /** The number of its record, which the record of its end names. */
  append(line: AuditLine): Result<{ readonly number: number }>
  /** Signed and on this disk; undefined where nothing was written yet. */
  checkpoint(at: string): Result<AuditCheckpoint | undefined>
  /** Removes whole segments whose last record is older, and says how many. */
  retain(at: string, days: number): Result<number>
}

export type AuditLimits = { readonly segmentBytes: number }

const usualLimits: AuditLimits = { segmentBytes: 4 * 1024 * 1024 }

/** Written, and not known to be on the disk. */
type Unsure = { readonly from: number; readonly numbers: readonly number[] }

export function openAudit(stateFolder: string, limits: AuditLimits = usualLimits): Audit {
  const places = auditPlaces(stateFolder)
  let unsure: Unsure | undefined
  const guarded = <T>(work: () => T): Result<T> => {
    try {
      mustBeFile(places.active)
      mkdirSync(places.folder, { recursive: true, mode: 0o700 })
      return ok(whileWriting(places.lock, work))
    } catch (error) {
      return fail({ kind: 'audit-unwritable', detail: (error as Error).message })
    }
  }
  const write = (line: AuditLine) => {
    const voids = (unsure?.numbers ?? []).map((number) => byItself(line.at, ownActs.void, { number }))
    if (unsure !== undefined) writeAgain(places.active, unsure.from)
    const found = roomFor(places, findEnd(places, line.at), { at: line.at, limits })
    const added = addLines(places.active, found, { at: line.at, lines: [...voids, line] })
    unsure = added.unsure
    if (added.error !== undefined) throw added.error
    return { number: added.head.number }
  }
  return {
    append: (line) => guarded(() => write(line)),
    checkpoint: (at) => guarded(() => checkpointNow(places, at)),
    retain: (at, days) =>
      guarded(() => {
        const old = oldSegments(places, at, days)
        if (old.length === 0) return 0
        write(retentionLine(at, days, old))
        checkpointNow(places, at)
        removeSegments(places, old)
        return old.length
      }),
  }
}

/** Nothing is made around what cannot be written. */
function mustBeFile(file: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() === false) throw new Error(`${file} is no file`)
}

type Room = { readonly at: string; readonly limits: AuditLimits }

/** A segment is of one month, and not much larger than it may be. */
function roomFor(places: AuditPlaces, found: Found, { at, limits }: Room): Found {
  if (found.opening !== undefined) return found
  const { segment } = found
  if (segment.rest.length > 0) return found
  if (segment.size < limits.segmentBytes && monthOf(segment.beganAt) === monthOf(at)) return found
  rotate(places, segment, at)
  return findEnd(places, at)
}

function monthOf(at: string): string {
  return at.slice(0, 7)
}

type Adding = { readonly at: string; readonly lines: readonly AuditLine[] }
type Added = { readonly head: Head; readonly unsure?: Unsure; readonly error?: unknown }

/** An error after the bytes were taken says that they may or may not last. */
function addLines(file: string, found: Found, { at, lines }: Adding): Added {
  const rest = found.opening === undefined ? found.segment.rest : Buffer.alloc(0)
  const before = found.opening === undefined ? headOf(found.segment.last) : found.head
  const gap = rest.length > 0 ? [byItself(at, ownActs.gap, { bytes: rest.length, sha256: sha256Of(rest) })] : []
  const first = found.opening === undefined ? gap : [found.opening]
  const { bytes, head } = chained(before, [...first, ...lines])
  const start = rest.length > 0 && rest.at(-1) !== 0x0a ? '\n' : ''
  const descriptor = openSync(file, 'a', 0o600)
  try {
    const from = fstatSync(descriptor).size
    writeEveryByte(descriptor, Buffer.concat([Buffer.from(start), bytes]))
    try {
      fsyncSync(descriptor)
      if (from === 0) syncFolder(dirname(file))
    } catch (error) {
      return { head, error, unsure: { from, numbers: [head.number] } }
    }
    return { head }
  } finally {
    closeSync(descriptor)
  }
}

/** After a sync that failed the system may have dropped the bytes and call them clean: the same bytes are written once more. */
function writeAgain(file: string, from: number): void {
  // Another process may have put the segment among the full ones, which synced it.
  if (!existsSync(file)) return
  const descriptor = openSync(file, 'r+')
  try {
    const bytes = bytesAt(descriptor, from, Math.max(0, fstatSync(descriptor).size - from))
    for (let done = 0; done < bytes.length; )
      done += writeSync(descriptor, bytes, done, bytes.length - done, from + done)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function checkpointNow(places: AuditPlaces, at: string): AuditCheckpoint | undefined {
  const found = readSegment(places.active)
  if (typeof found !== 'object') return undefined
  const key = ownKey(places, found)
  if (key === undefined) throw new Error('the key that signs checkpoints is gone')
  const checkpoint = signedCheckpoint(key, { head: headOf(found.last), at, consoleId: found.begin.consoleId })
  addCheckpointLine(places.checkpoints, checkpoint)
  return checkpoint
}
