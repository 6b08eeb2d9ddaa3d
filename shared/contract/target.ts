// Which appliance a call is about.
import * as z from 'zod'
import { access, address, applianceName } from '../domain/appliance.ts'
import { replayId } from './recordings.ts'

/** `local`: the machine this console runs on is the appliance. `replay`: a recording stands in its place. */
export const target = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('local') }),
  z.strictObject({ by: z.literal('replay'), replayId }),
  z.strictObject({ by: z.literal('name'), name: applianceName }),
  z.strictObject({ by: z.literal('address'), address, ...access.shape }),
])
export type Target = z.infer<typeof target>
