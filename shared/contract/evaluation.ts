// Evaluating a model service with a set of questions: the sets there are, the evaluation as it goes on, and the results that
// are kept.
import * as z from 'zod'
import { entryId } from '../domain/artifact.ts'
import { canaryCandidate } from '../domain/canary.ts'
import {
  evaluationComparison,
  evaluationEvent,
  evaluationHead,
  evaluationId,
  evaluationRecord,
  evaluationResult,
  evaluationWish,
} from '../domain/evaluation.ts'
import { broughtSet, evaluationSetHead, foundSet } from '../domain/evaluation-set.ts'
import { sha256Hex } from '../domain/sha256.ts'
import { call, streamCall } from './call.ts'

/** Records of one answer. */
export const recordsAtOnce = 1000

/** `target`: an appliance as the contract's calls name one. */
export function evaluationCalls<T extends z.ZodType>(target: T) {
  return {
    /** The one that comes with the console first, then what was brought, by name; and what lies in the import folder. */
    sets: call(
      { effect: 'read', right: 'look', audit: 'none' },
      z.strictObject({}),
      z.strictObject({ sets: z.array(evaluationSetHead), found: z.array(foundSet) }),
    ),
    /** From the import folder into what this console keeps. */
    takeSet: call(
      { effect: 'change', right: 'operate', audit: 'evaluation-set-take' },
      z.strictObject({ foundId: foundSet.shape.foundId }),
      broughtSet,
    ),
    /** Models that chat and run there now. */
    candidates: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({ target }),
      z.array(canaryCandidate.pick({ deployment: true, model: true })),
    ),
    /**
     * No run begins there meanwhile, and it does not begin during one. Each answer is on the disk before the next is told of.
     * Ends with the result, which is kept; it stops when nobody reads it any more, and can be resumed. `keepsText`: what is
     * answered is kept as it was said.
     */
    run: streamCall(
      { effect: 'change', right: 'operate', audit: 'evaluation-run' },
      'log',
      z.strictObject({
        ...{ target, deployment: entryId, setDigest: sha256Hex, wish: evaluationWish },
        keepsText: z.literal(true).optional(),
      }),
      evaluationEvent,
    ),
    /** Asks what is missing of it; refused where the model or the set is not the same any more. */
    resume: streamCall(
      { effect: 'change', right: 'operate', audit: 'evaluation-resume' },
      'log',
      z.strictObject({ target, evaluationId }),
      evaluationEvent,
    ),
    /** It ends at once; its stream has the result of what was asked. */
    stop: call(
      { effect: 'change', right: 'operate', audit: 'evaluation-stop' },
      z.strictObject({ evaluationId }),
      z.strictObject({ running: z.boolean() }),
    ),
    /** Newest first. */
    list: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({}), z.array(evaluationHead)),
    /** Null where none of that id is kept. */
    read: call(
      { effect: 'read', right: 'look', audit: 'none' },
      z.strictObject({ evaluationId }),
      evaluationResult.nullable(),
    ),
    /** One of each question that was asked, in the order of the set: so many from that one on. */
    records: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({ evaluationId, from: z.int().nonnegative() }),
      z.array(evaluationRecord).max(recordsAtOnce),
    ),
    /** Null where one of them is not kept. */
    compare: call(
      { effect: 'read', right: 'look', audit: 'none' },
      z.strictObject({ before: evaluationId, after: evaluationId }),
      evaluationComparison.nullable(),
    ),
  }
}
