// Asking a model service a few fixed questions: which services can be asked, the questions as they are answered, the results
// that are kept, and which of them later ones are compared with.
import * as z from 'zod'
import { entryId } from '../domain/artifact.ts'
import { canaryCandidate, canaryEvent, canaryHead, canaryId, canaryResult } from '../domain/canary.ts'
import { call, streamCall } from './call.ts'

/** `target`: an appliance as the contract's calls name one. */
export function canaryCalls<T extends z.ZodType>(target: T) {
  return {
    /** Model services that run there now, and which questions each would be asked. */
    candidates: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({ target }),
      z.array(canaryCandidate),
    ),
    /**
     * No run begins there meanwhile, and it does not begin during one. Ends with the result, which is kept; what was not
     * asked when nobody reads it any more is skipped. `keepsText`: what is answered is kept as it was said.
     */
    run: streamCall(
      { effect: 'change', right: 'operate', audit: 'canary-run' },
      'log',
      z.strictObject({ target, deployment: entryId, keepsText: z.literal(true).optional() }),
      canaryEvent,
    ),
    /** It ends at once; its stream has the result of what was asked. */
    stop: call(
      { effect: 'change', right: 'operate', audit: 'canary-stop' },
      z.strictObject({ canaryId }),
      z.strictObject({ running: z.boolean() }),
    ),
    /** Newest first. */
    list: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({}), z.array(canaryHead)),
    /** Null where none of that id is kept. */
    read: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({ canaryId }), canaryResult.nullable()),
    /** Later ones are compared with it. Null where none of that id is kept; one that did not pass is refused. */
    accept: call(
      { effect: 'change', right: 'operate', audit: 'canary-accept' },
      z.strictObject({ canaryId }),
      canaryHead.nullable(),
    ),
  }
}
