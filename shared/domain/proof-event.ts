// What is seen while an appliance is proven: one deployment after the other, each rung of its ladder as it
// is climbed, and the answer of a model as its words arrive. Everything here comes from an appliance and is
// bounded: at most one answer of 2,000 characters a deployment.
import * as z from 'zod'
import { applianceVerdict, deploymentVerdict, rung, rungName } from './verdict.ts'

export const proofEvent = z.discriminatedUnion('event', [
  /** This one is looked at now; `ladder` are the rungs it has to climb, lowest first. */
  z.strictObject({ event: z.literal('deployment-begin'), deployment: z.string(), ladder: z.array(rungName) }),
  z.strictObject({ event: z.literal('rung'), deployment: z.string(), rung }),
  /** A piece of the streamed answer, to be put after the pieces before it. */
  z.strictObject({ event: z.literal('answer'), deployment: z.string(), text: z.string().max(2000) }),
  z.strictObject({ event: z.literal('deployment-end'), verdict: deploymentVerdict }),
  /** The last one: how the appliance is, with every deployment, also those that are gone. */
  z.strictObject({ event: z.literal('verdict'), verdict: applianceVerdict }),
])
export type ProofEvent = z.infer<typeof proofEvent>
