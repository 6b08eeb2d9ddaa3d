// What the memory arithmetic needs to know of a model beside the bytes of its weights: what one sequence keeps while it
// is worked on, in which layers, and into how many parts engines can take it apart.
import * as z from 'zod'
import { says } from './schema-rule.ts'

/** No model comes near; what lies beyond is a damaged or hostile file. */
const layers = z.int().min(0).max(4096)
const heads = z.int().min(1).max(4096)
const dimension = z.int().min(1).max(65_536)
const bytes = z
  .int()
  .min(1)
  .max(2 ** 50)

/** Layers that only look back so many tokens: their cache ends there. Heads are those of the full layers unless said. */
const slidingLayers = z.strictObject({
  layers: layers.min(1),
  windowTokens: z
    .int()
    .min(1)
    .max(2 ** 31),
})

/** Layers that keep one state of a fixed size for a sequence, however long (linear attention of Qwen3.5 and 3.6). */
const stateLayers = z.strictObject({
  layers: layers.min(1),
  /** Of all these layers together. */
  bytesPerSequence: bytes,
  /** Into so many equal parts it can be split over devices. */
  heads,
})

/** A key and a value for every KV head (GQA, and MHA, where every attention head has its own). */
const groupedQuery = z.strictObject({
  kind: z.literal('grouped-query'),
  attentionHeads: heads,
  kvHeads: heads,
  /** Values of a key. */
  headDimension: dimension,
  /** Values of a value, where they are not as many. */
  valueDimension: dimension.optional(),
  sliding: slidingLayers.optional(),
  state: stateLayers.optional(),
})
export type GroupedQueryAttention = z.infer<typeof groupedQuery>

/** One compressed vector for all heads (MLA of DeepSeek V2 to V3.2), which no split over heads makes smaller. */
const latent = z.strictObject({
  kind: z.literal('latent'),
  attentionHeads: heads,
  /** kv_lora_rank */
  latentDimension: dimension,
  /** qk_rope_head_dim */
  ropeDimension: dimension,
  /** Of the key by which sparse attention picks tokens (V3.2). */
  indexDimension: dimension.optional(),
  /** Bytes of the attention's own weights: what groups with a cache of their own each hold again. */
  attentionWeightsBytes: bytes.optional(),
})
export type LatentAttention = z.infer<typeof latent>

/** A cache that no formula here covers, as its vendor measured it in 16 bits (DeepSeek V4); on every device of a split. */
const declared = z.strictObject({
  kind: z.literal('declared'),
  attentionHeads: heads,
  bytesPerToken: bytes,
})

const attention = z.discriminatedUnion('kind', [groupedQuery, latent, declared])
type Attention = z.infer<typeof attention>

export const modelShape = z
  .strictObject({
    /** As the file calls it: `model_type`, `general.architecture`. */
    architecture: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/),
    /** All of them, whatever they keep: a pipeline splits these. */
    layers: layers.min(1),
    attention,
    /** The longest sequence it was made for. */
    maxContextTokens: z
      .int()
      .min(1)
      .max(2 ** 31),
  })
  .refine((shape) => fullAttentionLayers(shape) >= 0, says({ rule: 'layers-add-up' }))
export type ModelShape = z.infer<typeof modelShape>

/** Layers whose cache grows with every token. */
export function fullAttentionLayers({ layers, attention }: { layers: number; attention: Attention }): number {
  if (attention.kind !== 'grouped-query') return layers
  return layers - (attention.sliding?.layers ?? 0) - (attention.state?.layers ?? 0)
}
