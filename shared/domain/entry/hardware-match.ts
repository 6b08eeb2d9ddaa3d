// What hardware and system one variant of an entry is for. Everything that is named has to hold; what is not named is
// not asked.
import * as z from 'zod'
import { vendor } from '../accelerator.ts'
import { acceleratorFamily } from '../accelerator-family.ts'
import { printable } from './entry-text.ts'

const version = printable(32).min(1)
/** Of versions with dots ("525.60.13", "26.0.RC1"): from the first one on, and before the second. */
export const versionRange = z.union([
  z.strictObject({ atLeast: version, below: version.optional() }),
  z.strictObject({ below: version }),
])
export type VersionRange = z.infer<typeof versionRange>

export function endsOf(range: VersionRange): {
  readonly atLeast?: string | undefined
  readonly below?: string | undefined
} {
  return range
}

/** What `ID` and `VERSION_ID` of os-release say; no versions: any of them. */
export const systemMatch = z.strictObject({
  id: printable(64).min(1),
  versions: z.array(printable(64).min(1)).max(50).optional(),
})

export const acceleratorMatch = z.strictObject({
  vendor,
  /** Every device that is used is of one of these. */
  families: z.array(acceleratorFamily).min(1).max(20).optional(),
  countAtLeast: z.int().positive(),
  /** Of each device, as its driver reports it. */
  memoryAtLeastBytes: z.int().positive().optional(),
  driver: versionRange.optional(),
  firmware: versionRange.optional(),
  /** The newest toolkit that the driver can run ("CUDA 12.8"). */
  toolkit: versionRange.optional(),
})
export type AcceleratorMatch = z.infer<typeof acceleratorMatch>

export const hardwareMatch = z.strictObject({
  systems: z.array(systemMatch).min(1).max(50).optional(),
  kernel: versionRange.optional(),
  /** Absent: it runs on the processor alone. */
  accelerator: acceleratorMatch.optional(),
})
export type HardwareMatch = z.infer<typeof hardwareMatch>
