// Somebody who knows better has a service installed although the sum of its memory says no: what it needs by the sum, and
// what there is. It is said wherever the plan is shown.
import * as z from 'zod'
import { entryId } from './artifact.ts'

export const ignoredFit = z.strictObject({
  service: entryId,
  needBytes: z.int().nonnegative(),
  availableBytes: z.int().nonnegative(),
})
export type IgnoredFit = z.infer<typeof ignoredFit>

/** Services whose memory is not asked for, by name. */
export const ignoredFits = z.array(entryId).max(50)
