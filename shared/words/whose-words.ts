// The shape of what is said of whose a deployment is: what a plan takes over, what its publisher has taken back, what is
// different from now, and which terms somebody accepted.
import type { DifferenceKind } from '../domain/replacement.ts'

export type WhoseWords = {
  /** With somebody's agreement. */
  readonly takesFrom: (name: string, id: string, what: string) => string
  readonly takesFromNobody: (what: string) => string
  /** `what`: an entry with its version. */
  readonly takenBack: (what: string, publisher: string, since: string) => string
  /** What to do about it. */
  readonly takenBackNext: string
  /** `name`: of terms. */
  readonly accepted: (name: string, spdx: string, by: string, at: string) => string
  /** Before what is different of a service. */
  readonly changes: (service: string) => string
  readonly kinds: { readonly [K in DifferenceKind]: string }
  readonly patientData: { readonly [V in 'none' | 'passes-through' | 'stored']: string }
  readonly change: (before: string, after: string) => string
  /** In the place of what was before. */
  readonly notKnown: string
  readonly nothing: string
  /** In the place of a value that may be a secret. */
  readonly hidden: string
}
