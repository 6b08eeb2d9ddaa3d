// What the containers of an appliance write. Only those that carry Rackside's label, named as the appliance's own list
// names them.
import * as z from 'zod'
import { containerNameShape, logEvent, logPlace, logSource, longestSinceSeconds, mostTailLines } from '../domain/log.ts'
import { call, streamCall } from './call.ts'

/** `target`: an appliance as the contract's calls name one. */
export function logCalls<T extends z.ZodType>(target: T) {
  return {
    /** By deployment. What services write may be about people: it is for operators. */
    sources: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({ target }),
      z.array(logSource).max(2000),
    ),
    /**
     * `tailLines`: so many of what was written before, at most; `sinceSeconds`: none that is older. `after`: what comes
     * behind that place, all of it. Without `follow` it ends with what there is now; with it, when nobody reads any more.
     */
    follow: streamCall(
      { effect: 'read', right: 'operate', audit: 'none' },
      'log',
      z.strictObject({
        target,
        container: containerNameShape,
        follow: z.boolean(),
        tailLines: z.int().min(0).max(mostTailLines),
        sinceSeconds: z.int().min(1).max(longestSinceSeconds).optional(),
        after: logPlace.optional(),
      }),
      logEvent,
    ),
  }
}
