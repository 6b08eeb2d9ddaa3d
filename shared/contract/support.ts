// The support bundle: made, looked at file by file, and handed over. Whoever makes one has it in the audit: it takes what
// is known of appliances out of this console.
import * as z from 'zod'
import { applianceName } from '../domain/appliance.ts'
import { mostSupported, supportFileName, supportId, supportSummary } from '../domain/support.ts'
import { call } from './call.ts'

const looked = { effect: 'read', right: 'operate', audit: 'none' } as const

export const supportCalls = {
  /** Held until three newer ones were made. An appliance that cannot be reached is in it with the reason. */
  gather: call(
    { effect: 'change', right: 'operate', audit: 'support-gather' },
    z.strictObject({
      appliances: z.array(applianceName).max(mostSupported),
      keepsNames: z.boolean(),
      language: z.enum(['en', 'zh-CN']),
    }),
    supportSummary,
  ),
  /** Exactly as it is handed over. Null where it is not held any more. */
  read: call(
    looked,
    z.strictObject({ supportId, name: supportFileName }),
    z.strictObject({ text: z.string() }).nullable(),
  ),
  /** A gzipped tar archive, in base64. Null where it is not held any more. */
  archive: call(
    looked,
    z.strictObject({ supportId }),
    z.strictObject({ name: z.string(), base64: z.string() }).nullable(),
  ),
}

export const supportWindow = {
  /** A native dialog says where it goes. */
  saveSupport: call(looked, z.strictObject({ supportId }), z.strictObject({ saved: z.boolean() })),
}
