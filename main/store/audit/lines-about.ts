// The lines of the audit that are about one appliance, as they stand, newest acts first found and oldest first given: what is
// kept there as a copy.
import { existsSync } from 'node:fs'
import type { SealedRecord } from '../../../shared/domain/audit-record.ts'
import { auditBytes } from './audit-files.ts'
import { auditPlaces, closedEpochs } from './audit-places.ts'
import { linesOf } from './lines.ts'
import { readSegment } from './segment.ts'

type About = { readonly host: string; readonly port: number; readonly machineId: string | null }
export type AuditLines = {
  readonly consoleId: string
  readonly lines: readonly { readonly number: number; readonly text: string }[]
}

const mostLines = 200
/** Of one script, with all that it says beside. */
const mostBytes = 48 * 1024

/** Of this month and the last one. Undefined where there is no audit. Throws. */
export function linesAbout(stateFolder: string, about: About): AuditLines | undefined {
  const places = auditPlaces(stateFolder)
  const segment = readSegment(places.active)
  if (typeof segment !== 'object') return undefined
  const files = [
    places.active,
    ...closedEpochs(places)
      .slice(-1)
      .map((epoch) => places.closed(epoch)),
  ]
  const found: { number: number; text: string }[] = []
  let bytesLeft = mostBytes
  for (const file of files.filter((one) => existsSync(one))) {
    const bytes = auditBytes(file)
    for (const { read, at, length, isEnded } of linesOf(bytes).reverse()) {
      if (read === undefined || !read.hashIsRight || !isEnded || !isAbout(read.record, about)) continue
      bytesLeft -= length
      if (bytesLeft < 0 || found.length === mostLines)
        return { consoleId: segment.begin.consoleId, lines: found.reverse() }
      found.push({ number: read.record.number, text: bytes.toString('utf8', at, at + length - 1) })
    }
  }
  return { consoleId: segment.begin.consoleId, lines: found.reverse() }
}

function isAbout({ appliance }: SealedRecord, { host, port, machineId }: About): boolean {
  if (appliance === undefined) return false
  if (machineId !== null && appliance.machineId !== undefined) return appliance.machineId === machineId
  return appliance.host === host && appliance.port === port
}
