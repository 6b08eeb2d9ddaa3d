// A model: what it is asked for, and its weights in the forms that there are of them, best first.
import * as z from 'zod'
import { vendor } from '../accelerator.ts'
import { acceleratorFamily } from '../accelerator-family.ts'
import { entryId, weightsFormat } from '../artifact.ts'
import { chatCanarySet } from '../canary-set.ts'
import { mostDimensions } from '../deployment.ts'
import { servedName } from '../installed-model.ts'
import { modelShape } from '../model-shape.ts'
import { aboutEntry, aboutUse } from './about.ts'
import { plainEnvironment, printable, words } from './entry-text.ts'
import { measuredEvidence, mostMeasured } from './measured.ts'
import { evidenceOfVariant } from './variant.ts'

/** What one runtime needs to be told of this model besides its own words. */
const serving = z.strictObject({
  runtime: entryId,
  arguments: words.default([]),
  environment: plainEnvironment.default({}),
  /** Of big models, whose weights take longer to be read than the runtime expects. */
  startTimeoutSeconds: z.int().positive().max(36_000).optional(),
})

/** What its maker says that it needs: shown beside the console's own sum, and never instead of it. */
const statedNeed = z.strictObject({
  vendor,
  family: acceleratorFamily.optional(),
  count: z.int().positive(),
  /** Of each device, as the maker calls it: 64 for "64G". */
  gigabytes: z.int().positive(),
})

export const modelVariant = z.strictObject({
  id: entryId,
  /** The weights in a bundle. */
  weights: entryId,
  format: weightsFormat,
  /** "bf16", "fp8", "w8a8", "gptq-int4", "q4_k_m": as its maker calls it. */
  quantization: printable(32).min(1),
  /** Of all its files. Those of a bundle count where it brings them. */
  bytes: z.int().positive(),
  /** Where it is published, "Qwen/Qwen3-32B"; who makes a bundle gets it from there. */
  repository: printable(200).min(1).optional(),
  /** Devices that can compute with weights of this form; absent: any. */
  onlyOn: z
    .array(z.strictObject({ vendor, families: z.array(acceleratorFamily).min(1).optional() }))
    .min(1)
    .optional(),
  statedNeeds: z.array(statedNeed).max(20).default([]),
  serving: z.array(serving).max(20).default([]),
  evidence: evidenceOfVariant,
  /** On real hardware, out of certificates of servers that run it. */
  measured: z.array(measuredEvidence).max(mostMeasured).optional(),
})
export type ModelVariant = z.infer<typeof modelVariant>

export const modelEntry = z.strictObject({
  kind: z.literal('model'),
  ...aboutEntry,
  ...z.strictObject(aboutUse).partial().shape,
  servedName,
  can: z.array(z.enum(['chat', 'reasoning', 'tools', 'vision', 'embedding', 'rerank'])).min(1),
  /** Of a model for embeddings: how many numbers each of its vectors has. */
  embeddingDimensions: z.int().min(1).max(mostDimensions).optional(),
  /**
   * Which questions a canary asks it. `basic`: only whether its answers are sound, for a model that says nothing sensible.
   * Missing: those of what it is for.
   */
  canary: chatCanarySet.optional(),
  /** Of one request and its answer together. */
  contextTokens: z.int().positive(),
  /** Requests at once, each with the whole context. */
  parallel: z.int().positive().max(1024),
  /** What the arithmetic of its memory goes by, from its own published config; that of a bundle's weights goes first. */
  shape: modelShape.optional(),
  variants: z.array(modelVariant).min(1).max(30),
})
export type ModelEntry = z.infer<typeof modelEntry>
