// The recorder, which measures an appliance while no console watches it: what is there of it, what it has measured, its
// end. A set-up puts it there (setup.plan with `record`).
import * as z from 'zod'
import { recorderFetch, recorderState } from '../domain/recorder.ts'
import { call } from './call.ts'

/** `target`: an appliance as the contract's calls name one. */
export function recorderCalls<T extends z.ZodType>(target: T) {
  return {
    /** Null where there is none. */
    state: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({ target }), recorderState.nullable()),
    /** Brings what this console does not have into its history. */
    fetch: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({ target }), recorderFetch),
    /** With what it has measured and nobody fetched. */
    remove: call(
      { effect: 'change', right: 'operate', audit: 'recorder-remove', asksAgain: true },
      z.strictObject({ target }),
      z.strictObject({}),
    ),
  }
}
