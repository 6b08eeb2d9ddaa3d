// What the verifier of the audit found: how far the chain goes, what is wrong with it, and what is no fault but should be
// known.
import * as z from 'zod'
import { sha256Hex } from './sha256.ts'

export const auditProblemKinds = [
  // A line that is no record, and no beginning of one that was cut off.
  'line-strange',
  // The bytes of a record are others than those its digest was made of.
  'record-changed',
  // Records are missing, doubled or in another order.
  'number-wrong',
  // It names another one as the record before.
  'link-broken',
  'begin-missing',
  // A segment is not what follows the one before.
  'segment-wrong',
  // The key of a segment did not make way for the one that speaks next.
  'key-unannounced',
  'legacy-changed',
  'legacy-missing',
  'checkpoint-unsigned',
  'checkpoint-of-other',
  'checkpoint-differs',
  // It names a record behind the last one: the end was cut off.
  'checkpoint-beyond',
  'copy-differs',
] as const

export const auditNoteKinds = [
  // A line that was cut short, as the record behind it says.
  'gap',
  'cut-end',
  // Older records were removed after the time they are kept.
  'removed',
  'checkpoint-of-removed',
  // That act was refused: its record was not known to be on the disk.
  'voided',
  // Nothing from elsewhere was there to compare with.
  'no-checkpoint',
  // Only a part of the audit was given.
  'part',
] as const

const found = { file: z.string().max(300), number: z.int().nonnegative() }
const mostTold = 200

export const auditReport = z.strictObject({
  consoleId: z.string().max(32).nullable(),
  records: z.int().nonnegative(),
  /** Numbers of the first and the last record; 0 where there is none. */
  first: z.int().nonnegative(),
  last: z.int().nonnegative(),
  lastHash: sha256Hex.nullable(),
  lastAt: z.string().max(40).nullable(),
  /** Up to the first 200 of them. */
  problems: z.array(z.strictObject({ kind: z.enum(auditProblemKinds), ...found })).max(mostTold),
  notes: z.array(z.strictObject({ kind: z.enum(auditNoteKinds), ...found })).max(mostTold),
  /** How many of those that came from elsewhere agree, and the number of the highest of them. */
  checkpoints: z.strictObject({ agree: z.int().nonnegative(), highest: z.int().nonnegative() }),
  /** Up to which record something from elsewhere says that nothing is missing; null: whether the end is, cannot be seen. */
  endShownTo: z.int().nonnegative().nullable(),
})
export type AuditReport = z.infer<typeof auditReport>
export type AuditProblemKind = (typeof auditProblemKinds)[number]
export type AuditNoteKind = (typeof auditNoteKinds)[number]

export function findings(): {
  readonly problems: AuditReport['problems']
  readonly notes: AuditReport['notes']
  problem(kind: AuditProblemKind, file: string, number: number): void
  note(kind: AuditNoteKind, file: string, number: number): void
} {
  const problems: AuditReport['problems'] = []
  const notes: AuditReport['notes'] = []
  return {
    ...{ problems, notes },
    problem(kind, file, number) {
      if (problems.length < mostTold) problems.push({ kind, file, number })
    },
    note(kind, file, number) {
      if (notes.length < mostTold) notes.push({ kind, file, number })
    },
  }
}
