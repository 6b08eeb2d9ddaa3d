// What is handed to the audit to be written, and the record that becomes of it behind another one.
import {
  type AuditedAppliance,
  type AuditedEnd,
  type AuditRecord,
  beforeAll,
  sealedLine,
} from '../../../shared/domain/audit-record.ts'
import { sha256Of } from './audit-places.ts'

export type AuditLine = {
  /** UTC, ISO 8601. */
  readonly at: string
  readonly who: string
  /** What the caller may do. */
  readonly role?: string
  readonly act: string
  /** It is about a demo appliance. */
  readonly demo?: true
  readonly appliance?: AuditedAppliance
  readonly planDigest?: string
  /** The record whose act this one ends. */
  readonly ends?: AuditedEnd
  /** The call's checked input. Contract inputs hold ids, addresses and fingerprints, never secrets. */
  readonly input: unknown
}

/** A record that another one follows. */
export type Head = { readonly number: number; readonly hash: string }

export const noHead: Head = { number: 0, hash: beforeAll }

/** What the audit notes about itself. */
export function byItself(at: string, act: string, input: object): AuditLine {
  return { at, who: 'rackside', act, input }
}

/** The bytes of some records behind `head`, each with its line end, and the last of them. */
export function chained(head: Head, lines: readonly AuditLine[]): { readonly bytes: Buffer; readonly head: Head } {
  let { number, hash } = head
  const texts = lines.map((line) => {
    number += 1
    const record: AuditRecord = { ...line, number, zone: zoneAt(line.at), previous: hash }
    const sealed = sealedLine(record, sha256Of)
    hash = sealed.hash
    return `${sealed.line}\n`
  })
  return { bytes: Buffer.from(texts.join('')), head: { number, hash } }
}

/** How far the clock on this computer's wall was ahead of UTC then: "+08:00". */
function zoneAt(at: string): string {
  const minutes = -new Date(at).getTimezoneOffset() || 0
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
}
