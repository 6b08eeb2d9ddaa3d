// A second person's word for a plan, bound to what the plan is. Whoever asks for it, and whoever applies the plan, cannot
// be the one who gives it.
import * as z from 'zod'
import { operatorName } from './operator.ts'
import { plan } from './plan.ts'
import { rolloutId } from './rollout.ts'
import { sha256Hex } from './sha256.ts'

/** A plan, or a rollout with the plans of all its members. */
export const approvalSubject = z.union([plan.shape.id, rolloutId])

/** How long one counts. */
export const approvalHours = 24

export const approvalState = z.enum(['waiting', 'given', 'refused', 'expired'])
export type ApprovalState = z.infer<typeof approvalState>

export const approval = z.strictObject({
  subject: approvalSubject,
  /** Of the plan as it was shown, or of all of a rollout's; another one needs an approval of its own. */
  digest: sha256Hex,
  /** What it is about: saved names of appliances, or their addresses. */
  appliances: z.array(z.string().max(300)).min(1).max(200),
  askedBy: operatorName,
  askedAt: z.iso.datetime(),
  /** Why it is wanted, by whoever asks. */
  note: z.string().max(500).optional(),
  state: approvalState,
  decidedBy: operatorName.optional(),
  decidedAt: z.iso.datetime().optional(),
  /** Why not, by whoever refuses. */
  reason: z.string().max(500).optional(),
})
export type Approval = z.infer<typeof approval>
