// An app that people open, or that other programs of the hospital talk to.
import * as z from 'zod'
import { signIn } from '../sign-in.ts'
import { aboutEntry, aboutUse } from './about.ts'
import { interfaceName } from './entry-text.ts'
import { parts } from './part.ts'
import { declaredVariables } from './part-variables.ts'
import { hostNetworkAlone } from './privileges.ts'
import { serviceParts } from './service-parts.ts'
import { declaredSettings } from './settings.ts'
import { containerVariants } from './variant.ts'

export const appEntry = z
  .strictObject({
    kind: z.literal('app'),
    ...aboutEntry,
    ...aboutUse,
    ...serviceParts,
    requires: z.array(interfaceName),
    /** Missing where nobody has said it. */
    signIn: signIn.optional(),
    variants: containerVariants,
    parts: parts.optional(),
  })
  .superRefine(declaredVariables)
  .superRefine(declaredSettings)
  .superRefine(hostNetworkAlone)
export type AppEntry = z.infer<typeof appEntry>
