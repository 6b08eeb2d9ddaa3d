// What an appliance answered to every probe, as text: made once at a customer's server, read by anybody who has to
// understand it. Addresses, names and secrets are replaced before it leaves the console.
import * as z from 'zod'

const recordedAnswer = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,59}$/),
  state: z.enum(['answered', 'timed-out', 'still-hung', 'missing']),
  exitCode: z.int().nonnegative().max(255).nullable(),
  /** Of a tool that hangs. */
  since: z.iso.datetime().nullable(),
  stdout: z.string().max(600_000),
  stderr: z.string().max(20_000),
})
export type RecordedAnswer = z.infer<typeof recordedAnswer>

export const recording = z.strictObject({
  format: z.literal(1),
  takenAt: z.iso.datetime(),
  privilege: z.enum(['root', 'login']),
  probes: z.array(recordedAnswer).max(200),
})
export type Recording = z.infer<typeof recording>
