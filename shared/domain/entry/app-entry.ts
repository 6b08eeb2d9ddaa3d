// An app that people open, or that other programs of the hospital talk to.
import * as z from 'zod'
import { signIn } from '../sign-in.ts'
import { aboutEntry, aboutUse } from './about.ts'
import { declaredSecrets } from './configuration.ts'
import { interfaceName } from './entry-text.ts'
import { serviceParts } from './service-parts.ts'
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
  })
  .superRefine(declaredSecrets)
export type AppEntry = z.infer<typeof appEntry>
