// What sequences keep on one device while they are worked on: the KV cache and, in hybrid models, a fixed state. All in
// bytes. Formulas as in vLLM (kv_cache_interface, MambaStateShapeCalculator) and in the vendors' own tables.

import type { ModelLayout } from '../../domain/model-layout.ts'
import {
  fullAttentionLayers,
  type GroupedQueryAttention,
  type LatentAttention,
  type ModelShape,
} from '../../domain/model-shape.ts'

/** Bits of one value in the cache. */
export type KvBits = 16 | 8

/** What a device of a layout keeps: its part of the heads, and of the layers of the fullest stage. */
type Part = { readonly layout: ModelLayout; readonly kvBits: KvBits }

/** Bytes that one more token costs in the whole model, on one device and beyond every window. */
export function kvBytesPerToken(shape: ModelShape, kvBits: KvBits): number {
  const { attention } = shape
  const valueBytes = kvBits / 8
  if (attention.kind === 'declared') return Math.ceil((attention.bytesPerToken * kvBits) / 16)
  const values = attention.kind === 'latent' ? latentValues(attention) : attention.kvHeads * headValues(attention)
  return fullAttentionLayers(shape) * values * valueBytes
}

/**
 * Bytes that one sequence of so many tokens keeps on each device that works on it. KV heads are split as far as there
 * are any, then copied: a device has at least one. A latent cache is on every device of its attention group.
 */
export function sequenceBytes(shape: ModelShape, contextTokens: number, { layout, kvBits }: Part): number {
  const { attention } = shape
  const full = fullAttentionLayers(shape)
  const grown = kvBytesPerToken(shape, kvBits) * contextTokens * stageShare(full, layout.pipeline)
  if (attention.kind !== 'grouped-query') return grown
  const headShare = Math.ceil(attention.kvHeads / layout.tensor) / attention.kvHeads
  const slid = slidingBytes(attention, contextTokens, { layout, kvBits })
  return (grown + slid) * headShare + stateBytes(attention, layout)
}

/** Of so many layers the part that the fullest stage of a pipeline has: 31 of 61, where 61 are split in two. */
export function stageShare(layers: number, pipeline: number): number {
  return layers === 0 ? 0 : Math.ceil(layers / pipeline) / layers
}

function headValues({ headDimension, valueDimension }: GroupedQueryAttention): number {
  return headDimension + (valueDimension ?? headDimension)
}

/** Key and value are read out of the same vector: it counts once. */
function latentValues({ latentDimension, ropeDimension, indexDimension }: LatentAttention): number {
  return latentDimension + ropeDimension + (indexDimension ?? 0)
}

function slidingBytes(attention: GroupedQueryAttention, contextTokens: number, { layout, kvBits }: Part): number {
  const { sliding, kvHeads } = attention
  if (sliding === undefined) return 0
  const kept = Math.min(contextTokens, sliding.windowTokens)
  const perToken = sliding.layers * kvHeads * headValues(attention) * (kvBits / 8)
  return perToken * kept * stageShare(sliding.layers, layout.pipeline)
}

/** Engines keep it in the width that it was trained for, whatever the cache has. */
function stateBytes({ state }: GroupedQueryAttention, { tensor, pipeline }: ModelLayout): number {
  if (state === undefined) return 0
  return (state.bytesPerSequence / Math.min(tensor, state.heads)) * stageShare(state.layers, pipeline)
}
