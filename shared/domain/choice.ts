// Why a variant was chosen, or exactly what stands against each one that was not.
import * as z from 'zod'
import { vendor } from './accelerator.ts'
import { versionRange } from './entry/hardware-match.ts'
import { measuredEvidence } from './entry/measured.ts'
import { modelLayout } from './model-layout.ts'

const text = z.string().max(400)
const bytes = z.int().nonnegative()

export const rejection = z.discriminatedUnion('reason', [
  z.strictObject({ reason: z.literal('architecture-differs'), needs: text, has: text }),
  z.strictObject({ reason: z.literal('system-differs'), needs: text, has: text }),
  z.strictObject({ reason: z.literal('kernel-differs'), needs: versionRange, has: text }),
  z.strictObject({ reason: z.literal('accelerator-absent'), vendor }),
  z.strictObject({ reason: z.literal('accelerator-unreadable'), vendor, why: text }),
  z.strictObject({ reason: z.literal('too-few-accelerators'), vendor, needs: z.int(), has: z.int() }),
  /** `has`: the products of that vendor that are there. */
  z.strictObject({ reason: z.literal('family-differs'), vendor, needs: text, has: text }),
  z.strictObject({ reason: z.literal('device-memory-too-small'), vendor, needBytes: bytes, hasBytes: bytes }),
  /** Outside the range, on either side; `has` is "unknown" where it could not be read. */
  z.strictObject({ reason: z.literal('driver-differs'), vendor, needs: versionRange, has: text }),
  z.strictObject({ reason: z.literal('firmware-differs'), vendor, needs: versionRange, has: text }),
  z.strictObject({ reason: z.literal('toolkit-differs'), vendor, needs: versionRange, has: text }),
  /** The weights are in a form that this runtime does not read. */
  z.strictObject({ reason: z.literal('format-differs'), needs: text, has: text }),
  /** It reads weights from a store of its own alone, and nothing here puts them there. */
  z.strictObject({ reason: z.literal('weights-imported') }),
  /** The weights are in a form that these devices do not compute with; `has` is empty where it is the processor. */
  z.strictObject({ reason: z.literal('weights-for-other-devices'), needs: text, has: text }),
  z.strictObject({
    reason: z.literal('memory-too-small'),
    needBytes: bytes,
    hasBytes: bytes,
    /** Devices of this kind that would do; missing where no number of them does. */
    devicesNeeded: z.int().positive().optional(),
    devices: z.int().nonnegative(),
  }),
  /** It fits alone, and then another model of the solution does not. */
  z.strictObject({ reason: z.literal('leaves-no-room') }),
  /** No number of these devices can share the model as its engine shares it. */
  z.strictObject({ reason: z.literal('no-split'), devices: z.int().nonnegative() }),
  /** In tokens; `has`: what the model was made for. */
  z.strictObject({ reason: z.literal('context-too-long'), needs: z.int(), has: z.int() }),
  /** What its memory would be cannot be said before somebody brings its weights. */
  z.strictObject({ reason: z.literal('shape-unknown'), model: text }),
  /** What it is to ask does not offer what it talks. `by`: that entry. */
  z.strictObject({ reason: z.literal('interface-not-provided'), needs: text, by: text }),
  /** Who asks a gateway names a model: of two with one name the second would never be asked. */
  z.strictObject({ reason: z.literal('model-name-twice'), name: text }),
  /** Of a container of a part: another service or part of the solution has it, or it is too long. */
  z.strictObject({ reason: z.literal('part-name-unusable'), name: text }),
  /** In the network of the host it listens at its own port, and the solution gives it another one. */
  z.strictObject({ reason: z.literal('host-port-differs'), needs: z.int(), has: z.int() }),
  /** A folder that it wants of the host holds the engine's own, or lies in it. */
  /** It listens by itself, past the way in that is to publish it. */
  z.strictObject({ reason: z.literal('published-past-way-in') }),
  z.strictObject({ reason: z.literal('folder-of-engine'), path: text, folder: text }),
  /** A job or a probe counts on something of its service that this has not. */
  z.strictObject({
    reason: z.literal('not-of-service'),
    part: z.enum(['volume', 'secret']),
    name: text,
    service: text,
  }),
  z.strictObject({ reason: z.literal('artifact-not-in-bundle'), artifact: text }),
  z.strictObject({ reason: z.literal('image-for-other-platform'), needs: text, has: text }),
])
export type Rejection = z.infer<typeof rejection>

/** `model`: the form of the weights, where that is what something stands against. */
export const rejectedVariant = z.strictObject({
  entry: text,
  variant: text,
  model: text.optional(),
  rejections: z.array(rejection),
})
export type RejectedVariant = z.infer<typeof rejectedVariant>

/** More of them than this, and those for quite other machines are only counted. */
const mostNamed = 3
const elsewhere: readonly Rejection['reason'][] = ['accelerator-absent', 'architecture-differs']

/**
 * Those that somebody asks about: a variant for another maker's accelerators, or for another processor, explains nothing
 * where there are many of them. `others`: how many of those were left out.
 */
export function namedRejections(rejected: readonly RejectedVariant[]): {
  readonly named: readonly RejectedVariant[]
  readonly others: number
} {
  if (rejected.length <= mostNamed) return { named: rejected, others: 0 }
  const near = rejected.filter(({ rejections }) => !rejections.some(({ reason }) => elsewhere.includes(reason)))
  const named = near.length === 0 ? rejected.slice(0, mostNamed) : near
  return { named, others: rejected.length - named.length }
}

const evidence = z.enum(['none', 'lab'])

export const choice = z.strictObject({
  service: text,
  entry: text,
  variant: text,
  evidence,
  /** Of a model service: its weights, and how they are shared among devices. */
  model: z
    .strictObject({ entry: text, variant: text, quantization: text, evidence, measured: measuredEvidence.optional() })
    .optional(),
  /** Missing where the memory of the devices is not known. `devices`: their ids, as many as the layout has parts. */
  layout: modelLayout.extend({ devices: z.array(text).max(1000) }).optional(),
  rejected: z.array(rejectedVariant),
})
export type Choice = z.infer<typeof choice>
