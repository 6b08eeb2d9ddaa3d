// Reads the audit backwards, newest first, segment by segment and no further than was asked for.
import { existsSync } from 'node:fs'
import { type AuditEntry, type AuditFilter, answersFilter } from '../../../shared/domain/audit-search.ts'
import { auditBytes } from './audit-files.ts'
import { auditPlaces, closedEpochs } from './audit-places.ts'
import { linesOf } from './lines.ts'

export type AuditSearch = {
  readonly filter: AuditFilter
  /** Only records with a lower number. */
  readonly before?: number | undefined
  readonly most: number
}

/** `next`: go on before this number; null where there is nothing older. */
export type AuditPage = { readonly entries: AuditEntry[]; readonly next: number | null }

/** So many bytes are read for one page; one who looks for what is rare goes on from there. */
const mostBytesRead = 64 * 1024 * 1024

/** Throws AuditUnreadable. */
export function searchAudit(
  stateFolder: string,
  { filter, before = Number.MAX_SAFE_INTEGER, most }: AuditSearch,
): AuditPage {
  const entries: AuditEntry[] = []
  const ends = new Map<number, AuditEntry['came']>()
  let bytesRead = 0
  let oldest = before
  for (const file of newestFirst(stateFolder)) {
    if (bytesRead >= mostBytesRead) return { entries, next: oldest }
    const bytes = auditBytes(file)
    bytesRead += bytes.length
    for (const { read } of linesOf(bytes).reverse()) {
      if (read === undefined) continue
      const { record, hashIsRight } = read
      const { number, ends: end } = record
      if (end !== undefined) ends.set(end.number, { ...end, at: record.at })
      if (number >= before) continue
      if (entries.length === most) return { entries, next: oldest }
      oldest = number
      const came = ends.get(number)
      if (end !== undefined || !answersFilter(record, filter, came)) continue
      entries.push({ record, isWhole: hashIsRight, ...(came !== undefined && { came }) })
    }
    if (filter.since !== undefined && isOlder(bytes, filter.since)) break
  }
  return { entries, next: null }
}

function* newestFirst(stateFolder: string): Generator<string> {
  const places = auditPlaces(stateFolder)
  // Missing for the moment in which one segment follows another, and before the first act.
  if (existsSync(places.active)) yield places.active
  for (const epoch of closedEpochs(places).reverse()) yield places.closed(epoch)
}

/** The whole segment began before: what is older still is not asked for. */
function isOlder(bytes: Buffer, since: string): boolean {
  const first = linesOf(bytes.subarray(0, 64 * 1024))[0]?.read?.record
  return first !== undefined && first.at < since
}
