// Accepting a server: the proof as it is made, what is kept of earlier ones, and whether a certificate that somebody hands
// over is one.
import * as z from 'zod'
import {
  acceptanceCheck,
  acceptanceComparison,
  acceptanceEvent,
  acceptanceFiles,
  acceptanceHead,
  acceptanceId,
  acceptanceWish,
  keptAcceptance,
} from '../domain/acceptance.ts'
import { call, streamCall } from './call.ts'

/** Of a file that is checked: more than any certificate has. */
const longestText = 8 * 1024 * 1024

/** `target`: an appliance as the contract's calls name one. */
export function acceptanceCalls<T extends z.ZodType>(target: T) {
  return {
    /**
     * Puts load on every model there for many minutes. No run begins meanwhile, and it does not begin during one. Ends with
     * the result, which is kept, and signed where it is not refused; nothing is kept when nobody reads it any more.
     */
    run: streamCall(
      { effect: 'change', right: 'operate', audit: 'acceptance-run' },
      'log',
      z.strictObject({ target, wish: acceptanceWish }),
      acceptanceEvent,
    ),
    stop: call(
      { effect: 'change', right: 'operate', audit: 'acceptance-stop' },
      z.strictObject({ acceptanceId }),
      z.strictObject({ running: z.boolean() }),
    ),
    /** Newest first. */
    list: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({}), z.array(acceptanceHead)),
    /** Null where none of that id is kept. */
    read: call(
      { effect: 'read', right: 'look', audit: 'none' },
      z.strictObject({ acceptanceId }),
      keptAcceptance.nullable(),
    ),
    /** Null where one of them is not kept. */
    compare: call(
      { effect: 'read', right: 'look', audit: 'none' },
      z.strictObject({ before: acceptanceId, after: acceptanceId }),
      acceptanceComparison.nullable(),
    ),
    /** As files to hand over. Null where none of that id is kept. */
    files: call(
      { effect: 'read', right: 'look', audit: 'none' },
      z.strictObject({ acceptanceId, language: z.enum(['en', 'zh-CN']) }),
      acceptanceFiles.nullable(),
    ),
    /**
     * Of texts that somebody brought, in which nothing is believed. Who is no viewer has the key that signed remembered, unless
     * it is not the one that was expected.
     */
    check: call(
      { effect: 'read', right: 'look', audit: 'none' },
      z.strictObject({
        document: z.string().max(longestText),
        signature: z.string().max(10_000),
        fingerprint: z.string().max(100).optional(),
      }),
      acceptanceCheck,
    ),
  }
}
