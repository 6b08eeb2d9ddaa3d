// What a person does when a server refused this console: nothing dials it again by itself, so somebody says when.
import * as z from 'zod'
import { call } from './call.ts'

/** What was refused for this appliance counts no more: the next call dials it, and whoever watches it goes on. */
export function retryCall<T extends z.ZodType>(target: T) {
  return call({ effect: 'read', right: 'deliver', audit: 'none' }, z.strictObject({ target }), z.strictObject({}))
}
