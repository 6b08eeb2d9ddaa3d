// Why a variant was chosen, or exactly what stands against each one that was not.
import * as z from 'zod'
import { vendor } from './accelerator.ts'

const text = z.string().max(400)

export const rejection = z.discriminatedUnion('reason', [
  z.strictObject({ reason: z.literal('architecture-differs'), needs: text, has: text }),
  z.strictObject({ reason: z.literal('accelerator-absent'), vendor }),
  z.strictObject({ reason: z.literal('accelerator-unreadable'), vendor, why: text }),
  z.strictObject({ reason: z.literal('too-few-accelerators'), vendor, needs: z.int(), has: z.int() }),
  z.strictObject({ reason: z.literal('driver-too-old'), vendor, needs: text, has: text }),
  z.strictObject({ reason: z.literal('artifact-not-in-bundle'), artifact: text }),
  z.strictObject({ reason: z.literal('image-for-other-platform'), needs: text, has: text }),
])
export type Rejection = z.infer<typeof rejection>

export const rejectedVariant = z.strictObject({ variant: text, rejections: z.array(rejection) })

export const choice = z.strictObject({
  service: text,
  entry: text,
  variant: text,
  evidence: z.enum(['none', 'lab']),
  rejected: z.array(rejectedVariant),
})
export type Choice = z.infer<typeof choice>
