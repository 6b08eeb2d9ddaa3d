// A runtime serves models over an interface.
import * as z from 'zod'
import { weightsFormat } from '../artifact.ts'
import { metricsReader } from '../deployment.ts'
import { absolutePath } from '../service-address.ts'
import { aboutEntry } from './about.ts'
import { declaredSecrets } from './configuration.ts'
import { interfaceName } from './entry-text.ts'
import { serviceParts } from './service-parts.ts'
import { containerVariants } from './variant.ts'

/** How it shares one model among devices: parts of each layer on all of them, or whole layers one after the other. */
const splits = z.enum(['tensors', 'layers'])

export const runtimeEntry = z
  .strictObject({
    kind: z.literal('runtime'),
    ...aboutEntry,
    ...serviceParts,
    provides: z.array(interfaceName).min(1),
    weightsFormats: z.array(weightsFormat).min(1),
    splits,
    metrics: z.strictObject({ path: absolutePath, reader: metricsReader }),
    variants: containerVariants,
  })
  .superRefine(declaredSecrets)
export type RuntimeEntry = z.infer<typeof runtimeEntry>
