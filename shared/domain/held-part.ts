// A part of a service that took the place of another, whose service did not take its own after it: a run that stopped in
// between leaves that. It answers, and does not start with the server.
import * as z from 'zod'

export const heldPart = z.strictObject({ part: z.string().max(100), of: z.string().max(100) })
export type HeldPart = z.infer<typeof heldPart>
