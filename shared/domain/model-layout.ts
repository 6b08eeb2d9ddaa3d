// Into how many parts a model is split among devices: each layer over `tensor` of them, layers one after the other over
// `pipeline` groups of those, and `data` whole copies side by side.
import * as z from 'zod'

const parts = z.int().positive()

export const modelLayout = z.strictObject({
  tensor: parts,
  pipeline: parts,
  data: parts,
  /** Groups inside the tensor split that keep the caches of their own sequences (data-parallel attention); usually 1. */
  attentionGroups: parts,
})
export type ModelLayout = z.infer<typeof modelLayout>

export const oneDevice: ModelLayout = { tensor: 1, pipeline: 1, data: 1, attentionGroups: 1 }
