// config.json of Hugging Face and ModelScope, as far as the memory arithmetic needs it. Whoever made the file is not
// trusted: what it does not say, or says in a way that is not known here, is no shape, and never a likely one.
import type * as z from 'zod'
import { jsonIn } from '../../domain/json-text.ts'
import {
  type GroupedQueryAttention,
  type LatentAttention,
  type ModelShape,
  modelShape,
} from '../../domain/model-shape.ts'
import { known, type Reading, unreadable } from '../../domain/reading.ts'
import { type ConfigFields, configFields } from './config-fields.ts'
import { layersByKind } from './config-layers.ts'
import { type ModelTypeRule, modelTypeRules, strangeFields } from './model-types.ts'

/** Of characters. Real ones have a few thousand, with quantization lists up to a few hundred thousand. */
const mostCharacters = 4 * 1024 * 1024

/** Text models inside multimodal ones have their fields in a part of their own. */
const partsOfText = ['text_config', 'llm_config', 'language_config'] as const

export function shapeOfConfig(text: string): Reading<ModelShape> {
  if (text.length > mostCharacters) return unreadable('config.json: it is too large')
  const whole = objectIn(jsonIn(text))
  if (whole === undefined) return unreadable('config.json: it is not a JSON object')
  const part = partsOfText.map((name) => objectIn(whole[name])).find((inner) => inner !== undefined)
  // Quantization and width of the weights are said outside, for all parts.
  const said = part === undefined ? whole : { ...outerFields(whole), ...part }
  const type = said['model_type'] ?? whole['model_type']
  if (typeof type !== 'string') return unreadable('config.json: model_type is missing')
  const rule = Object.hasOwn(modelTypeRules, type) ? modelTypeRules[type] : undefined
  if (rule === undefined) return unreadable(`config.json: the model type ${JSON.stringify(type)} is not known`)
  const strange = strangeFields.find((name) => isSet(said[name]))
  if (strange !== undefined) return unreadable(`config.json: ${strange} is not known of ${type}`)
  const fields = configFields.safeParse({ ...rule.defaults, ...withoutNulls(said) })
  if (!fields.success) return unreadable(`config.json: ${problemOf(fields.error)}`)
  return shapeOf(type, rule, fields.data)
}

function shapeOf(type: string, rule: ModelTypeRule, fields: ConfigFields): Reading<ModelShape> {
  const maxContextTokens = longestContext(fields)
  if (maxContextTokens === undefined) return missing('max_position_embeddings')
  const attention = rule.cache === 'latent' ? latentOf(fields) : groupedOf(rule, fields)
  if (attention.state !== 'known') return attention
  const shape = modelShape.safeParse({
    ...{ architecture: type, layers: fields.num_hidden_layers },
    ...{ attention: attention.value, maxContextTokens },
  })
  return shape.success ? known(shape.data) : unreadable(`config.json: ${problemOf(shape.error)}`)
}

function groupedOf(rule: ModelTypeRule, fields: ConfigFields): Reading<GroupedQueryAttention> {
  const { num_attention_heads: attentionHeads, hidden_size, kv_lora_rank } = fields
  if (kv_lora_rank !== undefined) return unreadable('config.json: kv_lora_rank is not known of this model type')
  if (attentionHeads === undefined || attentionHeads === 0) return missing('num_attention_heads')
  const fromHidden = rule.headFromHidden && hidden_size !== undefined ? hidden_size / attentionHeads : undefined
  const headDimension = fields.head_dim ?? fromHidden
  if (headDimension === undefined) return missing('head_dim')
  const others = layersByKind(rule, fields)
  if (others.state !== 'known') return others
  // Without the field every attention head has its own: the rule of transformers and vLLM, and the most it can be.
  const kvHeads = fields.num_key_value_heads ?? attentionHeads
  return known({ kind: 'grouped-query', attentionHeads, kvHeads, headDimension, ...others.value })
}

function latentOf(fields: ConfigFields): Reading<LatentAttention> {
  const { num_attention_heads: attentionHeads, kv_lora_rank, qk_rope_head_dim, index_head_dim } = fields
  if (attentionHeads === undefined) return missing('num_attention_heads')
  if (kv_lora_rank === undefined) return missing('kv_lora_rank')
  if (qk_rope_head_dim === undefined) return missing('qk_rope_head_dim')
  const attentionWeightsBytes = latentWeightsBytes(fields)
  return known({
    ...{ kind: 'latent', attentionHeads, latentDimension: kv_lora_rank, ropeDimension: qk_rope_head_dim },
    ...(index_head_dim !== undefined && { indexDimension: index_head_dim }),
    ...(attentionWeightsBytes !== undefined && { attentionWeightsBytes }),
  })
}

/**
 * The matrices of one layer's attention, as DeepSeek's modeling file has them: down and up for queries, down and up for
 * keys and values, and out. In 8 bits only where the file says fp8; else in 16, which other quantizations keep here.
 */
function latentWeightsBytes(fields: ConfigFields): number | undefined {
  const { hidden_size: hidden, num_attention_heads: heads, qk_nope_head_dim: nope, v_head_dim: value } = fields
  const { q_lora_rank: queryRank, kv_lora_rank: rank, qk_rope_head_dim: rope } = fields
  if (!hidden || !heads || !nope || !value || !rank || !rope) return undefined
  const queryValues = heads * (nope + rope)
  const query = queryRank === undefined ? hidden * queryValues : queryRank * (hidden + queryValues)
  const keysAndValues = hidden * (rank + rope) + rank * heads * (nope + value)
  const parameters = fields.num_hidden_layers * (query + keysAndValues + heads * value * hidden)
  return parameters * (fields.quantization_config?.quant_method === 'fp8' ? 1 : 2)
}

/** YaRN says what it starts from and how far it goes; other ways to stretch are part of the number that is there. */
function longestContext({ max_position_embeddings: most, ...others }: ConfigFields): number | undefined {
  const {
    type,
    rope_type,
    factor,
    original_max_position_embeddings: original,
  } = others.rope_scaling ?? others.rope_parameters ?? {}
  if ((rope_type ?? type) !== 'yarn' || factor === undefined) return most
  const stretched = Math.floor((original ?? most ?? 0) * factor)
  return Math.max(most ?? 0, stretched) || undefined
}

function outerFields(whole: Fields): Fields {
  const names = ['torch_dtype', 'dtype', 'quantization_config', 'max_position_embeddings']
  return Object.fromEntries(names.map((name) => [name, whole[name]]))
}

type Fields = Readonly<Record<string, unknown>>

function objectIn(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}

function withoutNulls(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined))
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== 0
}

function missing(field: string): Reading<never> {
  return unreadable(`config.json: ${field} is missing`)
}

function problemOf(error: z.ZodError): string {
  const issue = error.issues[0]
  return `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it is not usable'}`
}
