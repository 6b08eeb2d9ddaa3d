// One way to run an entry in a container on hardware that matches: the image of each architecture, the words it is
// started with, and what it was seen running on.
import * as z from 'zod'
import { entryId, ociDigest } from '../artifact.ts'
import { says } from '../schema-rule.ts'
import { absolutePath } from '../service-address.ts'
import { environment, localizedText, printable, serviceWords } from './entry-text.ts'
import { hardwareMatch } from './hardware-match.ts'
import { declaredPrivileges } from './privileges.ts'

const image = z.strictObject({
  /** The image in a bundle. */
  artifact: entryId,
  /** As its publisher names it, "vllm/vllm-openai:v0.30.0"; who makes a bundle gets it from there. */
  reference: printable(300).min(1).optional(),
  /** Of its manifest; absent where nobody has seen it yet. */
  digest: ociDigest.optional(),
  bytes: z.int().positive().optional(),
})

/** By the architecture of the appliance, in the words of OCI. */
export const variantImages = z
  .strictObject({ amd64: image.optional(), arm64: image.optional() })
  .refine(({ amd64, arm64 }) => amd64 !== undefined || arm64 !== undefined, says({ rule: 'an-image' }))

/** Of /dev/shm, through which the processes of several devices talk; at most, and taken as it is used. */
export const sharedMemoryBytes = z
  .int()
  .positive()
  .max(1024 ** 4)

/** A known trouble of exactly this variant, and what helps. `match`: where it shows; absent: wherever the variant runs. */
const knownIssue = z.strictObject({
  text: localizedText,
  workaround: localizedText.optional(),
  match: hardwareMatch.optional(),
})

/**
 * What it was seen running on. `lab`: on the lab's appliances, whose accelerators are simulated. `none` is shown as
 * "not yet verified on this hardware".
 */
export const evidenceOfVariant = z.enum(['none', 'lab'])

export const containerVariant = z.strictObject({
  id: entryId,
  images: variantImages,
  match: hardwareMatch.default({}),
  /** Versions of what is inside, for people: { CANN: "9.1.0" }. */
  contains: z.record(printable(40).min(1), printable(64).min(1)).default({}),
  /** In the place of what its image starts. */
  program: absolutePath.optional(),
  arguments: serviceWords,
  environment: environment.default({}),
  /** Memory the process needs besides weights and KV cache; on accelerators of each device. */
  overheadBytes: z.int().nonnegative(),
  /** Absent: the engine's own, 64 MiB. */
  sharedMemoryBytes: sharedMemoryBytes.optional(),
  /** What its container gets beyond the limits of every container; somebody agrees to each by its name. */
  privileges: declaredPrivileges.optional(),
  knownIssues: z.array(knownIssue).max(20).default([]),
  evidence: evidenceOfVariant,
})
export type ContainerVariant = z.infer<typeof containerVariant>
export type Architecture = keyof ContainerVariant['images']

export const containerVariants = z.array(containerVariant).min(1).max(50)

export function architecturesOf({ images }: Pick<ContainerVariant, 'images'>): Architecture[] {
  return (['amd64', 'arm64'] as const).filter((one) => images[one] !== undefined)
}
