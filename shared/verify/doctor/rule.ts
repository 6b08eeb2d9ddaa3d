// A rule of the doctor: what it looks for, and how bad it is. What it means and what helps is in shared/words.
import type { Facts } from '../../domain/facts.ts'
import type { DoctorRule, Severity } from '../../domain/finding.ts'
import type { HeldPart } from '../../domain/held-part.ts'
import type { TakenBack } from '../../domain/taken-back.ts'

/** What this console knows besides what is on the appliance. */
export type KnownHere = { readonly takenBack: readonly TakenBack[]; readonly held?: readonly HeldPart[] }

export type Rule = {
  readonly id: DoctorRule
  readonly severity: Severity
  /** Total. The evidence, line by line; empty where the rule does not apply. */
  readonly match: (facts: Facts, here: KnownHere) => readonly string[]
}
