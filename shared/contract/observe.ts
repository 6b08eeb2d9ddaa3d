// What an appliance does now: its samples, as they come.
import * as z from 'zod'
import { sample, watchItem } from '../domain/sample.ts'
import { call, streamCall } from './call.ts'
import { target } from './target.ts'

export const observeCalls = {
  /** Samples of the appliance, one a second while somebody watches. Ends when its reader leaves. */
  watch: streamCall({ effect: 'read', role: 'viewer', audit: 'none' }, 'latest', z.strictObject({ target }), watchItem),
  /** The samples of the last minutes, oldest first, as far as somebody was watching. */
  recent: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({ target }), z.array(sample)),
}
