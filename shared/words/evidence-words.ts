// About what a catalog's models were measured at on real hardware: the form of its sentences in every language.
import type { HardwareClass, MeasuredEvidence, NotContributed } from '../domain/entry/measured.ts'

export type EvidenceWords = {
  /** "2 × Ascend 910B4, 32 GiB each". */
  readonly hardware: (hardware: HardwareClass) => string
  /** On which hardware, how fast, by whose certificate. */
  readonly measured: (one: MeasuredEvidence) => string
  readonly label: string
  /** Above those in a certificate. */
  readonly byCatalog: string
  readonly written: (deployment: string, form: string, file: string) => string
  readonly wasThere: (deployment: string, form: string, file: string) => string
  readonly left: (deployment: string, why: string) => string
  readonly why: { readonly [W in NotContributed]: string }
  /** The certificate speaks of no model at all. */
  readonly nothing: string
  /** What comes next for who wrote the catalog. */
  readonly next: string
}
