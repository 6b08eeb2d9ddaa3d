// Looking something up in the audit: what is asked for, what of a record answers it, and an act together with how it came out.
import * as z from 'zod'
import { auditedEnd, auditRecord, type SealedRecord } from './audit-record.ts'
import { sha256Hex } from './sha256.ts'

const part = z.string().max(200)
const instant = z.iso.datetime()

/** `since` and `until` are UTC. Texts are looked for inside, whatever their case. */
export const auditFilter = z.strictObject({
  who: part.optional(),
  appliance: part.optional(),
  act: part.optional(),
  since: instant.optional(),
  until: instant.optional(),
})
export type AuditFilter = z.infer<typeof auditFilter>

/** An act with its end, where one is recorded. `isWhole`: its line is as it was written. */
export const auditEntry = z.strictObject({
  record: z.strictObject({ ...auditRecord.shape, hash: sha256Hex }),
  isWhole: z.boolean(),
  came: z.strictObject({ ...auditedEnd.shape, at: z.string().max(40) }).optional(),
})
export type AuditEntry = z.infer<typeof auditEntry>

/** Who looks for "login" finds the refused ones too: an act is found by what it failed for as well. */
export function answersFilter(
  record: SealedRecord,
  { who, appliance, act, since, until }: AuditFilter,
  came?: AuditEntry['came'],
): boolean {
  const about = Object.values(record.appliance ?? {}).map(String)
  return (
    isIn(who, [record.who]) &&
    isIn(act, [record.act, came?.failure ?? '']) &&
    isIn(appliance, about) &&
    (since === undefined || record.at >= since) &&
    (until === undefined || record.at <= until)
  )
}

function isIn(wanted: string | undefined, texts: readonly string[]): boolean {
  if (wanted === undefined || wanted === '') return true
  return texts.some((text) => text.toLowerCase().includes(wanted.toLowerCase()))
}
