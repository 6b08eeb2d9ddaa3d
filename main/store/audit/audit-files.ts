// The files of an audit, read from a folder: the state folder of a console, a copy of it, or one file alone. Only plain
// files, one after the other.

import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type AuditCheckpoint, readCheckpoints } from '../../../shared/domain/audit-checkpoint.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readPlainBytes } from '../../files/plain-file.ts'
import { auditPlaces, closedEpochs, legacyNumbers, sha256Of } from './audit-places.ts'
import type { AuditMaterial } from './verify-audit.ts'
import type { SegmentBytes } from './walk-chain.ts'

/** A segment is 4 MiB and one record. */
const mostBytes = 256 * 1024 * 1024

/** As a copy on an appliance is called: by the console's id. */
const copyName = /^[0-9a-f]{32}\.jsonl(?:\.1)?$/

class AuditUnreadable extends Error {}

/** Throws AuditUnreadable. */
export function auditBytes(file: string): Buffer {
  const taken = readPlainBytes(file, { follow: true, mostBytes })
  if ('read' in taken) return taken.read
  throw new AuditUnreadable(`${file}: ${taken.why}`)
}

/** In order; the one that is being written comes last, and may be missing for a moment. Throws AuditUnreadable. */
function* segmentsOf(stateFolder: string): Generator<SegmentBytes> {
  const places = auditPlaces(stateFolder)
  for (const epoch of closedEpochs(places)) {
    const file = places.closed(epoch)
    yield { file: join('audit', basename(file)), bytes: auditBytes(file) }
  }
  if (statSync(places.active, { throwIfNoEntry: false }) !== undefined) {
    yield { file: basename(places.active), bytes: auditBytes(places.active) }
  }
}

export type Compared = { readonly given: readonly AuditCheckpoint[]; readonly copies: readonly SegmentBytes[] }

/** Of a state folder, or of one file. */
export function materialAt(place: string, compared: Compared): Result<AuditMaterial> {
  const about = statSync(place, { throwIfNoEntry: false })
  if (about === undefined) return unreadable(place, 'it is missing')
  return gathered(place, () => {
    if (about.isFile()) {
      const isCopy = copyName.test(basename(place))
      return { isPart: true, isCopy, segments: [{ file: basename(place), bytes: auditBytes(place) }], ...compared }
    }
    const places = auditPlaces(place)
    const segments = segmentsOf(place)
    const own =
      statSync(places.checkpoints, { throwIfNoEntry: false }) === undefined ? [] : checkpointsFrom(places.checkpoints)
    const kept = legacyNumbers(places).map((number) => places.legacy(number))
    const legacy = new Map(kept.map((file) => [basename(file), sha256Of(auditBytes(file))]))
    return { segments, own, legacy, ...compared }
  })
}

function checkpointsFrom(file: string): AuditCheckpoint[] {
  return readCheckpoints(auditBytes(file).toString('utf8')).checkpoints
}

/** A file of checkpoints that somebody kept elsewhere. */
export function givenCheckpoints(file: string): Result<AuditCheckpoint[]> {
  return gathered(file, () => {
    const checkpoints = checkpointsFrom(file)
    if (checkpoints.length === 0) throw new AuditUnreadable(`${file}: there is no checkpoint in it`)
    return checkpoints
  })
}

export function gathered<T>(place: string, work: () => T): Result<T> {
  try {
    return ok(work())
  } catch (error) {
    if (error instanceof AuditUnreadable) return unreadable(place, error.message)
    throw error
  }
}

function unreadable(place: string, detail: string): Result<never> {
  return fail({ kind: 'audit-unreadable', file: place, detail })
}
