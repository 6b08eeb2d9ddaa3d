// One record of the audit, and how a chain of them is written: every line ends with the sha256 of its own bytes before
// that, and names the one of the line before. What is hashed are the bytes as they stand, so no two ways of writing the
// same value exist.
import * as z from 'zod'
import { sha256Hex } from './sha256.ts'

/** What the first record of all names as the one before. */
export const beforeAll = '0'.repeat(64)

const short = z.string().max(300)

/** Which server an act is about, as far as the console knew when it began. */
export const auditedAppliance = z.strictObject({
  name: short.optional(),
  host: short.optional(),
  port: z.int().optional(),
  user: short.optional(),
  machineId: short.optional(),
})
export type AuditedAppliance = z.infer<typeof auditedAppliance>

/** `left`: nobody waited for its end. `failure` is the kind alone, or "bug". */
export const auditedEnd = z.strictObject({
  /** Of the record of the act that ended. */
  number: z.int().positive(),
  result: z.enum(['ok', 'failed', 'left']),
  failure: short.optional(),
})
export type AuditedEnd = z.infer<typeof auditedEnd>

export const auditRecord = z.strictObject({
  number: z.int().positive(),
  /** UTC, ISO 8601. */
  at: z.string().max(40),
  /** What the console's own clock on the wall was ahead of UTC then. */
  zone: z.string().regex(/^[+-][0-9]{2}:[0-9]{2}$/),
  who: short,
  role: short.optional(),
  act: z.string().min(1).max(100),
  /** It is about a demo appliance. */
  demo: z.literal(true).optional(),
  appliance: auditedAppliance.optional(),
  planDigest: sha256Hex.optional(),
  ends: auditedEnd.optional(),
  /** The call's checked input, without what is secret. */
  input: z.unknown(),
  previous: sha256Hex,
})
export type AuditRecord = z.infer<typeof auditRecord>

/** Acts that no call of somebody is: what happened, told by one record alone. */
export const eventActs = [
  ...(['run-begin', 'run-end', 'probes-try', 'acceptance-end', 'bench-end', 'canary-end', 'evaluation-end'] as const),
  ...(['terminal-begin', 'terminal-end', 'terminal-recording-remove', 'backup-restore'] as const),
  ...(['host-key-pinned-from-import', 'host-key-learned', 'host-key-dropped', 'host-key-refused'] as const),
  ...(['known-hosts-imported', 'signed-in', 'sign-in-refused', 'sign-in-locked', 'call-refused'] as const),
  ...(['provider-unusable', 'provider-sign-in-refused', 'subject-unknown', 'audit-copy-failed'] as const),
  ...(['audit-begin', 'audit-epoch-begin', 'audit-epoch-end', 'audit-gap', 'audit-void', 'audit-retention'] as const),
] as const

/** What a plan was for, beside its id in the input of an act. */
export const planFor = z.object({
  act: z.enum(['set-up', 'roll-back', 'renew-certificate', 'uninstall']),
  what: z.string().optional(),
  version: z.string().optional(),
})
export type PlanFor = z.infer<typeof planFor>

/** As it is read: with the digest of its line. */
export type SealedRecord = AuditRecord & { readonly hash: string }

type Hash = (text: string) => string

/** Without the line end. */
export function sealedLine(record: AuditRecord, sha256: Hash): { readonly line: string; readonly hash: string } {
  const { number, at, zone, who, role, act, demo, appliance, planDigest, ends, input, previous } = record
  const text = JSON.stringify({
    ...{ number, at, zone, who, role, act, demo, appliance, planDigest, ends, input, previous },
  })
  const hash = sha256(text)
  return { line: `${text.slice(0, -1)},"hash":"${hash}"}`, hash }
}

const sealed = /^(\{.*),"hash":"([0-9a-f]{64})"\}$/s

/** `hashIsRight`: false for one whose bytes were changed. Undefined for what is no record at all. */
export function readSealed(
  line: string,
  sha256: Hash,
): { readonly record: SealedRecord; readonly hashIsRight: boolean } | undefined {
  const parts = sealed.exec(line)
  const [, body, hash] = parts ?? []
  if (body === undefined || hash === undefined) return undefined
  const text = `${body}}`
  const record = auditRecord.safeParse(parsed(text))
  return record.success ? { record: { ...record.data, hash }, hashIsRight: sha256(text) === hash } : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
