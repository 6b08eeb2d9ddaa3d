// An app that people open, or that other programs of the hospital talk to.
import * as z from 'zod'
import type { SchemaRule } from '../schema-rule.ts'
import { absolutePath } from '../service-address.ts'
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
    /** A page for people, what programs ask by HTTP, or something that talks another way. */
    serves: z.enum(['page', 'api', 'program']).default('page'),
    /** GET answers 200 when the process takes requests; missing where it talks no HTTP. */
    readyPath: absolutePath.optional(),
    requires: z.array(interfaceName),
    /** Missing where nobody has said it. */
    signIn: signIn.optional(),
    variants: containerVariants,
    parts: parts.optional(),
  })
  .superRefine(readyByHttp)
  .superRefine(declaredVariables)
  .superRefine(declaredSettings)
  .superRefine(hostNetworkAlone)
export type AppEntry = z.infer<typeof appEntry>

type Asked = { readonly serves: string; readonly readyPath?: string | undefined }

function readyByHttp({ serves, readyPath }: Asked, context: z.RefinementCtx): void {
  if ((serves === 'program') === (readyPath === undefined)) return
  const rule: SchemaRule = { rule: 'ready-path-by-http' }
  context.addIssue({ code: 'custom', path: ['readyPath'], message: rule.rule, params: rule })
}
