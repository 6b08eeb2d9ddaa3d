// A gateway: one address and one interface in front of several models, and a key of its own for each who asks.
import * as z from 'zod'
import { aboutEntry, aboutUse } from './about.ts'
import { interfaceName } from './entry-text.ts'
import { parts } from './part.ts'
import { declaredVariables } from './part-variables.ts'
import { hostNetworkAlone } from './privileges.ts'
import { serviceParts } from './service-parts.ts'
import { declaredSettings } from './settings.ts'
import { containerVariants } from './variant.ts'

export const gatewayEntry = z
  .strictObject({
    kind: z.literal('gateway'),
    ...aboutEntry,
    ...z.strictObject(aboutUse).partial().shape,
    ...serviceParts,
    provides: z.array(interfaceName).min(1),
    /** Of each model behind it. */
    requires: z.array(interfaceName),
    variants: containerVariants,
    parts: parts.optional(),
  })
  .superRefine(declaredVariables)
  .superRefine(declaredSettings)
  .superRefine(hostNetworkAlone)
export type GatewayEntry = z.infer<typeof gatewayEntry>
