// Whole segments that are older than the audit is kept are removed, the oldest first: a record says which and how they ended,
// a checkpoint signs that, and only then they go. So what is left still proves what it follows.

import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type * as z from 'zod'
import { ownActs, type removedSegment } from '../../../shared/domain/audit-own-acts.ts'
import { syncFolder } from '../folder.ts'
import { auditBytes } from './audit-files.ts'
import { type AuditLine, byItself } from './audit-line.ts'
import { type AuditPlaces, closedEpochs } from './audit-places.ts'
import { forgetCheckpoints } from './checkpoint-file.ts'
import { linesOf } from './lines.ts'
import { readSegment } from './segment.ts'

type Removed = z.infer<typeof removedSegment>
type Old = Removed & { readonly legacy: readonly string[] }

const dayMs = 86_400_000

export function oldSegments(places: AuditPlaces, at: string, days: number): Old[] {
  const beforeMs = Date.parse(at) - days * dayMs
  const old: Old[] = []
  for (const epoch of closedEpochs(places)) {
    const segment = readSegment(places.closed(epoch))
    // What cannot be read is not removed, nor what follows it.
    if (typeof segment !== 'object' || !(Date.parse(segment.last.at) < beforeMs)) break
    const first = linesOf(auditBytes(places.closed(epoch)))[0]?.read?.record.number
    if (first === undefined) break
    const { number: last, hash: lastHash, at: lastAt } = segment.last
    const legacy = (segment.begin.legacy ?? []).map(({ file }) => file)
    old.push({ epoch, first, last, lastHash, lastAt, legacy })
  }
  return old
}

export function retentionLine(at: string, days: number, old: readonly Old[]): AuditLine {
  const removed: Removed[] = old.map(({ legacy: _, ...one }) => one)
  return byItself(at, ownActs.retention, { days, removed })
}

/** After their record and its checkpoint are on the disk. Throws. */
export function removeSegments(places: AuditPlaces, old: readonly Old[]): void {
  for (const { epoch, legacy } of old) {
    for (const file of legacy) rmSync(join(places.folder, basename(file)), { force: true })
    rmSync(places.closed(epoch), { force: true })
  }
  syncFolder(places.folder)
  const [newest] = old.slice(-1)
  if (newest !== undefined) forgetCheckpoints(places, newest.last + 1)
}
