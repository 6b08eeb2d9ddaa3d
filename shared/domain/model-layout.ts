// How one model is shared among devices: each layer over `tensor` of them, layers one after the other over `pipeline`
// groups of those, and `data` whole copies side by side.
import * as z from 'zod'

export const modelLayout = z.strictObject({
  tensor: z.int().positive(),
  pipeline: z.int().positive(),
  data: z.int().positive(),
})
export type ModelLayout = z.infer<typeof modelLayout>

export function devicesOf({ tensor, pipeline, data }: ModelLayout): number {
  return tensor * pipeline * data
}
