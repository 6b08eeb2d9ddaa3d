// A piece of a bundle that is not as it should be: a file of a bundle in parts, or an artifact.
import * as z from 'zod'

/** `why`: plain English, for who made the bundle. */
export const bundlePiece = z.strictObject({
  /** The name of a file on the medium, or of one in a bundle's folder. */
  file: z.string().max(300),
  problem: z.enum(['missing', 'damaged', 'cut', 'unreadable', 'foreign']),
  why: z.string().max(600),
})
export type BundlePiece = z.infer<typeof bundlePiece>

/** Why an image of a bundle is given to no engine. `no-program`: what it is started or checked by is not in it. */
export const imageProblem = z.enum(['unreadable', 'named', 'other-image', 'claims-rackside', 'no-program'])
