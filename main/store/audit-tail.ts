// The newest lines of the audit, for whoever helps: read from the end, across segments that are full. The keys and the
// checkpoints that lie beside them are never opened.
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { auditPlaces, closedEpochs, legacyNumbers } from './audit/audit-places.ts'

const mostBytes = 4 * 1024 * 1024

/** Oldest first; what is no line of ours is left out. Throws where it cannot be read. */
export function newestAuditLines(folder: string, wanted: (line: object) => boolean, most: number): object[] {
  const places = auditPlaces(folder)
  const ordered = [
    ...legacyNumbers(places).map(places.legacy),
    ...closedEpochs(places).map(places.closed),
    places.active,
  ].filter((file) => existsSync(file))
  const found: object[] = []
  for (const file of ordered.toReversed()) {
    const lines = endOf(file).map(jsonIn)
    found.unshift(...lines.filter((line) => typeof line === 'object' && line !== null).filter(wanted))
    if (found.length >= most) break
  }
  return found.slice(-most)
}

function endOf(file: string): string[] {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.alloc(Math.min(size, mostBytes))
    const count = readSync(descriptor, bytes, 0, bytes.length, size - bytes.length)
    const lines = bytes.subarray(0, count).toString('utf8').split('\n')
    // Where it was not read from its beginning, the first line is half of one.
    return size > mostBytes ? lines.slice(1) : lines
  } finally {
    closeSync(descriptor)
  }
}
