// Measuring a model service under load: which ones can be, the measurement as it goes on, and the results that are kept.
import * as z from 'zod'
import { entryId } from '../domain/artifact.ts'
import {
  benchCandidate,
  benchComparison,
  benchEvent,
  benchHead,
  benchId,
  benchResult,
  benchWish,
} from '../domain/bench.ts'
import { call, streamCall } from './call.ts'

/** `target`: an appliance as the contract's calls name one. */
export function benchCalls<T extends z.ZodType>(target: T) {
  return {
    /** Services that can be measured there now: models that chat, and gateways to them. */
    candidates: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({ target }),
      z.array(benchCandidate),
    ),
    /**
     * Puts load on a service that others may be using. No run begins there meanwhile, and it does not begin during one.
     * Ends with the result, which is kept; it ends early, with what was measured, when nobody reads it any more.
     */
    run: streamCall(
      { effect: 'change', right: 'operate', audit: 'bench-run' },
      'log',
      z.strictObject({ target, deployment: entryId, wish: benchWish }),
      benchEvent,
    ),
    /** It ends at once; its stream has the result of what was measured. */
    stop: call(
      { effect: 'change', right: 'operate', audit: 'bench-stop' },
      z.strictObject({ benchId }),
      z.strictObject({ running: z.boolean() }),
    ),
    /** Newest first. */
    list: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({}), z.array(benchHead)),
    /** Null where none of that id is kept. */
    read: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({ benchId }), benchResult.nullable()),
    /** Null where one of them is not kept. */
    compare: call(
      { effect: 'read', right: 'look', audit: 'none' },
      z.strictObject({ before: benchId, after: benchId }),
      benchComparison.nullable(),
    ),
  }
}
