// A plan of one publisher that would put something in the place of what another one installed: refused, unless somebody
// names that other one. What nobody is known to have installed may be taken over, and the plan says so.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { publisherMark } from './origin.ts'

/** Ids of publishers, as somebody names them. */
export const takenFrom = z.array(entryId).max(50)

/** `from`: missing where nobody knows. `what`: names of deployments and networks. */
export const planTakeover = z.strictObject({
  from: publisherMark.optional(),
  what: z.array(z.string().max(200)).min(1).max(200),
})
export type PlanTakeover = z.infer<typeof planTakeover>
