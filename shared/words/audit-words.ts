// What is said of the audit.

import type * as z from 'zod'
import type { AcceptanceVerdict } from '../domain/acceptance.ts'
import type { PlanFor } from '../domain/audit-record.ts'
import type { AuditNoteKind, AuditProblemKind, AuditReport } from '../domain/audit-report.ts'
import type { AuditEntry } from '../domain/audit-search.ts'
import type { BenchEnd } from '../domain/bench.ts'
import type { CanaryEnd, canaryVerdict } from '../domain/canary.ts'
import type { EvaluationEnd } from '../domain/evaluation.ts'
import type { FailureKind } from '../domain/failure.ts'

export type FailureNames = { readonly [K in FailureKind]: string }

/** Of a run, an acceptance, canary questions, a load measurement, an evaluation. */
type AuditOutcome =
  | 'done'
  | 'cancelled'
  | 'failed'
  | AcceptanceVerdict
  | z.infer<typeof canaryVerdict>
  | CanaryEnd
  | BenchEnd
  | EvaluationEnd

type Found = { readonly file: string; readonly number: number }

export type AuditWords = {
  readonly problems: { readonly [K in AuditProblemKind]: (found: Found) => string }
  readonly notes: { readonly [K in AuditNoteKind]: (found: Found) => string }
  /** By the code of an act; one without a text is shown by its code. */
  readonly acts: Readonly<Record<string, string>>
  readonly results: { readonly [R in 'ok' | 'failed' | 'left' | 'unknown']: string }
  /** By the code that an event carries. */
  readonly outcomes: { readonly [O in AuditOutcome]: string }
  readonly failureNames: FailureNames
  /** What was tried where trusting a host key ended at the login. */
  readonly login: string
  readonly about: (act: string, what: string) => string
  readonly caused: (result: string, failure: string) => string
  readonly planned: { readonly [A in PlanFor['act']]: (what: string, version: string) => string }
  readonly drill: (drill: string, on: boolean) => string
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
