// A version that runs although its publisher has taken it back. Nothing stops because of it: it is said.
import * as z from 'zod'
import { localizedText } from './entry/entry-text.ts'

/** `entry` may be the model inside of it; `publisher`: its name; `since`: the day of the publisher's list. */
export const takenBack = z.strictObject({
  deployment: z.string().max(100),
  entry: z.string().max(64),
  version: z.string().max(64),
  publisher: z.string().max(200),
  since: z.iso.date(),
  reason: localizedText,
})
export type TakenBack = z.infer<typeof takenBack>
