// What is said of the audit.
import type { AuditNoteKind, AuditProblemKind, AuditReport } from '../domain/audit-report.ts'
import type { AuditEntry } from '../domain/audit-search.ts'

type Found = { readonly file: string; readonly number: number }

export type AuditWords = {
  readonly problems: { readonly [K in AuditProblemKind]: (found: Found) => string }
  readonly notes: { readonly [K in AuditNoteKind]: (found: Found) => string }
  /** By the code of an act; one without a text is shown by its code. */
  readonly acts: Readonly<Record<string, string>>
  readonly results: { readonly [R in 'ok' | 'failed' | 'left' | 'unknown']: string }
  readonly intact: (report: AuditReport) => string
  readonly broken: (problems: number) => string
  readonly agree: (checkpoints: AuditReport['checkpoints']) => string
  readonly line: (entry: AuditEntry, local: string) => string
  readonly nothing: string
  readonly older: (number: number) => string
  readonly exported: (entries: number, file: string) => string
  readonly checkpoint: (number: number, hash: string) => string
  /** Of a checkpoint, where no other place is set. */
  readonly keptHereOnly: string
  readonly kept: (days: number) => string
  readonly sentTo: (places: string) => string
  readonly sentNowhere: string
}

export function actText(words: Pick<AuditWords, 'acts'>, act: string): string {
  return words.acts[act] ?? act
}
