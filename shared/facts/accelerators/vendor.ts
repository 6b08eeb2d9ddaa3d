// What a vendor brings to the facts: its probes and one reader of their answers. Adding a vendor is
// one file of this shape and a line in all.ts.
import type { AcceleratorReport, Vendor } from '../../domain/accelerator.ts'
import type { Answers, Probe } from '../probe.ts'

export type VendorReader = {
  readonly vendor: Vendor
  readonly probes: readonly Probe[]
  /** Total: every answer, also none, gives a report. */
  readonly read: (answers: Answers) => AcceleratorReport
}
