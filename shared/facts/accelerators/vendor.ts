// What a vendor brings to the facts: its probes and one reader of their answers, and the same for the
// sampler. Adding a vendor is one file of this shape and a line in all.ts.
import type { Accelerator, AcceleratorReport, Vendor } from '../../domain/accelerator.ts'
import type { Reading } from '../../domain/reading.ts'
import type { Answers, Probe, ProbeAnswer } from '../probe.ts'

export type VendorReader = {
  readonly vendor: Vendor
  readonly probes: readonly Probe[]
  /** Total: every answer, also none, gives a report. */
  readonly read: (answers: Answers) => AcceleratorReport
  /** One tool call that may be made once a second. Same id as the facts' own: a tool that hangs is known to both. */
  readonly sampleProbe: Probe
  readonly readSample: (answer: ProbeAnswer) => VendorSample
}

export type VendorSample = {
  /** Absent where the tool is not installed. */
  readonly devices: Reading<readonly Accelerator[]>
  /** What the tool said beside its rows: a lost device, a row that could not be read. */
  readonly notes: readonly string[]
}
