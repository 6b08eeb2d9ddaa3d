// Packages of the system, for machines where what they provide is missing.
import * as z from 'zod'
import { vendor } from '../accelerator.ts'
import { entryId, platform } from '../artifact.ts'
import { hostPackageParts, hostPackageWays, runtimeParts, unitName } from '../host-step.ts'
import { aboutEntry } from './about.ts'
import { systemMatch } from './hardware-match.ts'

export const hostPackageEntry = z.strictObject({
  kind: z.literal('host-package'),
  ...aboutEntry,
  provides: z.array(z.enum(['container-engine@1', 'container-toolkit@1'])).min(1),
  match: z.strictObject({
    architecture: platform.shape.architecture,
    systems: z.array(systemMatch).min(1).max(50),
    /** Of a toolkit: whose accelerators it brings into containers. */
    vendor: vendor.optional(),
  }),
  ...hostPackageWays,
  arguments: hostPackageWays.arguments.default([]),
  removeArguments: hostPackageWays.removeArguments.default([]),
  hold: hostPackageWays.hold.default(false),
  rebootNeeded: hostPackageWays.rebootNeeded.default(false),
  packages: z
    .array(z.strictObject({ ...hostPackageParts, artifact: entryId }))
    .min(1)
    .max(30),
  /** Enabled and started when it is installed. */
  services: z.array(unitName).max(20).default([]),
  /** A runtime that the engine is told of when it is installed. */
  registers: z.strictObject(runtimeParts).optional(),
})
export type HostPackageEntry = z.infer<typeof hostPackageEntry>
