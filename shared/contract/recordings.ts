// Recordings: what an appliance answered, to take along; and one that somebody brought, to look at in its place.
import * as z from 'zod'
import { recording } from '../domain/recording.ts'
import { call } from './call.ts'

export const replayId = z.string().regex(/^replay-[0-9a-f]{8,32}$/)

/** `target`: an appliance as the contract's calls name one. */
export function recordingCalls<T extends z.ZodType>(target: T) {
  return {
    record: call({ effect: 'read', right: 'operate', audit: 'none' }, z.strictObject({ target }), recording),
    /** From then on it stands for an appliance that only answers what was recorded, until this console ends. */
    replay: call(
      { effect: 'read', right: 'operate', audit: 'none' },
      z.strictObject({ recording }),
      z.strictObject({ replayId }),
    ),
  }
}
