// A rule of the doctor: what it looks for, and how bad it is. What it means and what helps is in shared/words.
import type { Facts } from '../../domain/facts.ts'
import type { DoctorRule, Severity } from '../../domain/finding.ts'

export type Rule = {
  readonly id: DoctorRule
  readonly severity: Severity
  /** Total. The evidence, line by line; empty where the rule does not apply. */
  readonly match: (facts: Facts) => readonly string[]
}
