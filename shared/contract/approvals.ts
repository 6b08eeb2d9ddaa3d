// Plans that a second person has to approve of: asked for by whoever wants to apply one, given by somebody else.
import * as z from 'zod'
import { approval, approvalSubject } from '../domain/approval.ts'
import { call } from './call.ts'

const about = z.strictObject({ subject: approvalSubject })

export const approvalsCalls = {
  /** Those of the last days, the newest first. */
  list: call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({}), z.array(approval).max(500)),
  ask: call(
    { effect: 'change', right: 'deliver', audit: 'approval-ask' },
    about.extend({ note: approval.shape.note }),
    approval,
  ),
  /** Never by whoever asked, and for the plan with this digest alone. */
  give: call(
    { effect: 'change', right: 'approve', audit: 'approval-give' },
    about.extend({ digest: approval.shape.digest }),
    approval,
  ),
  refuse: call(
    { effect: 'change', right: 'approve', audit: 'approval-refuse' },
    about.extend({ reason: approval.shape.reason }),
    approval,
  ),
}
