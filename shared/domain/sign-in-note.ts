// Somebody said that the password which a maker publishes was changed: noted on the appliance, with the notes of jobs. It is
// about the data as those are, goes with them, and is gone where older data come back.
import * as z from 'zod'
import { entryId } from './artifact.ts'
import { remoteTasks } from './remote-layout.ts'

export const signInNote = z.strictObject({
  note: z.literal('sign-in-changed'),
  of: entryId,
  /** The administrator whose it is. */
  user: z.string().max(100),
  /** Who said so. */
  by: z.string().max(200),
})
export type SignInNote = z.infer<typeof signInNote>

export function signInNotePath(deployment: string): string {
  return `${remoteTasks}/${deployment}/sign-in-changed.job`
}
