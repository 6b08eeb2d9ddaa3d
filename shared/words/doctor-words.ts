// The shape of what the doctor says: each rule with what is wrong, why, and what helps. A rule without its three
// sentences in a language does not compile.
import type { DoctorRule, Severity } from '../domain/finding.ts'
import type { Stack } from '../domain/stack.ts'

export type DoctorText = { readonly title: string; readonly cause: string; readonly fix: string }
export type DoctorTexts = { readonly [R in DoctorRule]: DoctorText }

export type DoctorWords = {
  readonly rules: DoctorTexts
  readonly severities: { readonly [S in Severity]: string }
  readonly nothing: string
  readonly sum: (errors: number, warnings: number, hints: number) => string
  readonly cause: string
  readonly evidence: string
  readonly fix: string
  /** Before what could not be looked at. */
  readonly unread: string
  readonly facts: { readonly [F in keyof Stack]-?: string }
}
