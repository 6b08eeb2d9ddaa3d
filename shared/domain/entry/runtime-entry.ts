// A runtime serves models over an interface.
import * as z from 'zod'
import { weightsFormat } from '../artifact.ts'
import { metricsReader, rerankForm } from '../deployment.ts'
import { rerankInterface } from '../model-interface.ts'
import type { SchemaRule } from '../schema-rule.ts'
import { absolutePath } from '../service-address.ts'
import { aboutEntry } from './about.ts'
import { interfaceName } from './entry-text.ts'
import { declaredVariables } from './part-variables.ts'
import { hostNetworkAlone } from './privileges.ts'
import { serviceParts } from './service-parts.ts'
import { declaredSettings } from './settings.ts'
import { containerVariants } from './variant.ts'

/** How it shares one model among devices: parts of each layer on all of them, whole layers one after the other, or not. */
const splits = z.enum(['tensors', 'layers', 'none'])

export const runtimeEntry = z
  .strictObject({
    kind: z.literal('runtime'),
    ...aboutEntry,
    ...serviceParts,
    provides: z.array(interfaceName).min(1),
    weightsFormats: z.array(weightsFormat).min(1),
    /** Missing: mounted. `imported`: it serves what a command has put into a store of its own before, which no plan does: none chooses it. */
    weights: z.enum(['mounted', 'imported']).optional(),
    splits,
    /** Absent where it publishes none that say how many requests it has. */
    metrics: z.strictObject({ path: absolutePath, reader: metricsReader }).optional(),
    /** False: GET /v1/models is nothing that it knows. */
    listsModels: z.boolean().default(true),
    /** Where texts are ranked, and in which form. */
    rerank: z.strictObject({ path: absolutePath, form: rerankForm }).optional(),
    variants: containerVariants,
  })
  .superRefine(declaredVariables)
  .superRefine(declaredSettings)
  .superRefine(hostNetworkAlone)
  .superRefine(saysHowItRanks)
export type RuntimeEntry = z.infer<typeof runtimeEntry>

type Ranking = { readonly provides: readonly string[]; readonly rerank?: object | undefined }

function saysHowItRanks({ provides, rerank }: Ranking, context: z.RefinementCtx): void {
  if (provides.includes(rerankInterface) === (rerank !== undefined)) return
  const rule: SchemaRule = { rule: 'rerank-both-ways', interfaceName: rerankInterface }
  context.addIssue({ code: 'custom', path: ['provides'], message: rule.rule, params: rule })
}
