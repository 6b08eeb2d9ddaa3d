// The header of a GGUF file, as far as the memory arithmetic needs it. Keys as in gguf-py's constants, what is cached as in
// llama.cpp; of architectures that it treats in a way of their own only those that are here are known.
import {
  type GroupedQueryAttention,
  type LatentAttention,
  type ModelShape,
  modelShape,
} from '../../domain/model-shape.ts'
import { known, type Reading, unreadable } from '../../domain/reading.ts'
import { type GgufValue, ggufValues } from './gguf-values.ts'

/** `files`: how many the model was split into, this one included. */
export type GgufModel = { readonly shape: ModelShape; readonly files: number }

type ArchitectureRule = {
  readonly cache: 'grouped-query' | 'latent' | 'hybrid'
  /** All layers but every so many-th have a window; llama.cpp has it in its code where files do not say it. */
  readonly windowButEvery?: number
}
const plain: ArchitectureRule = { cache: 'grouped-query' }
const hybrid: ArchitectureRule = { cache: 'hybrid' }

const architectures: Readonly<Record<string, ArchitectureRule>> = {
  ...{ llama: plain, qwen2: plain, qwen2moe: plain, qwen2vl: plain, qwen3: plain, qwen3moe: plain },
  ...{ qwen3vl: plain, qwen3vlmoe: plain, glm4: plain, glm4moe: plain, bailingmoe: plain, bailingmoe2: plain },
  ...{ qwen3next: hybrid, qwen35: hybrid, qwen35moe: hybrid },
  ...{ gemma3: { ...plain, windowButEvery: 6 }, 'gpt-oss': { ...plain, windowButEvery: 2 } },
  deepseek2: { cache: 'latent' },
}

export function shapeOfGguf(
  prefix: Uint8Array,
): Reading<GgufModel> | { readonly state: 'needs'; readonly bytes: number } {
  const read = ggufValues(prefix)
  if (read.state === 'unreadable') return unreadable(`GGUF: ${read.why}`)
  if (read.state === 'needs') return read
  const architecture = read.values.get('general.architecture')
  if (typeof architecture !== 'string') return unreadable('GGUF: general.architecture is missing')
  const rule = Object.hasOwn(architectures, architecture) ? architectures[architecture] : undefined
  if (rule === undefined) return unreadable(`GGUF: the architecture ${JSON.stringify(architecture)} is not known`)
  const header: Header = { rule, value: (key) => read.values.get(`${architecture}.${key}`) }
  const shape = shapeOf(architecture, header)
  if (shape.state !== 'known') return shape
  const files = whole(read.values.get('split.count')) ?? 1
  return known({ shape: shape.value, files: Math.max(1, files) })
}

type Header = { readonly rule: ArchitectureRule; value(key: string): GgufValue | undefined }

function shapeOf(architecture: string, header: Header): Reading<ModelShape> {
  const layers = layerCount(header)
  if (layers === undefined) return missing('block_count')
  const maxContextTokens = whole(header.value('context_length'))
  if (maxContextTokens === undefined) return missing('context_length')
  const attention = isLatent(header) ? latentOf(header) : groupedOf(header, layers)
  if (attention.state !== 'known') return attention
  const shape = modelShape.safeParse({ architecture, layers, attention: attention.value, maxContextTokens })
  return shape.success ? known(shape.data) : unreadable('GGUF: its figures do not fit together')
}

/** Without those that only guess ahead (MTP): they keep something where that is switched on. */
function layerCount({ value }: Header): number | undefined {
  const blocks = whole(value('block_count'))
  return blocks === undefined ? undefined : blocks - (whole(value('nextn_predict_layers')) ?? 0)
}

/** Files from before llama.cpp could do it have no such key: there keys and values are cached as they are. */
function isLatent({ rule, value }: Header): boolean {
  return rule.cache === 'latent' && value('attention.key_length_mla') !== undefined
}

function latentOf({ value }: Header): Reading<LatentAttention> {
  const attentionHeads = whole(value('attention.head_count'))
  const latentDimension = whole(value('attention.kv_lora_rank'))
  const ropeDimension = whole(value('rope.dimension_count'))
  if (attentionHeads === undefined) return missing('attention.head_count')
  if (latentDimension === undefined) return missing('attention.kv_lora_rank')
  if (ropeDimension === undefined) return missing('rope.dimension_count')
  return known({ kind: 'latent', attentionHeads, latentDimension, ropeDimension })
}

function groupedOf(header: Header, layers: number): Reading<GroupedQueryAttention> {
  const { value } = header
  const attentionHeads = equalHeads(value('attention.head_count'))
  if (attentionHeads === undefined) return missing('attention.head_count')
  const said = value('attention.head_count_kv')
  const kvHeads = said === undefined ? attentionHeads : equalHeads(said)
  if (kvHeads === undefined) return unreadable('GGUF: layers with different KV heads are not known')
  const fromEmbedding = (whole(value('embedding_length')) ?? Number.NaN) / attentionHeads
  const headDimension = whole(value('attention.key_length')) ?? whole(fromEmbedding)
  if (headDimension === undefined) return missing('attention.key_length')
  const valueDimension = whole(value('attention.value_length')) ?? headDimension
  const special = specialLayers(header, layers)
  if (special.state !== 'known') return special
  return known({
    ...{ kind: 'grouped-query', attentionHeads, kvHeads, headDimension },
    ...(valueDimension !== headDimension && { valueDimension }),
    ...special.value,
  })
}

function specialLayers(header: Header, layers: number): Reading<Pick<GroupedQueryAttention, 'sliding' | 'state'>> {
  const { rule, value } = header
  const window = whole(value('attention.sliding_window')) ?? 0
  if (rule.cache === 'hybrid')
    return window > 0 ? unreadable('GGUF: windows are not known here') : stateOf(header, layers)
  if (value('full_attention_interval') !== undefined || value('ssm.state_size') !== undefined) {
    return unreadable('GGUF: layers without attention are not known of this architecture')
  }
  if (window === 0) return known({})
  const sliding = slidingCount(header, layers)
  if (sliding === undefined) return unreadable('GGUF: which layers have a window is not known')
  return known(sliding === 0 ? {} : { sliding: { layers: sliding, windowTokens: window } })
}

/** A list with a mark for each layer with a window, or a number; else what llama.cpp has for the architecture. */
function slidingCount({ rule, value }: Header, layers: number): number | undefined {
  const pattern = value('attention.sliding_window_pattern')
  if (Array.isArray(pattern)) {
    return pattern.length < layers ? undefined : pattern.slice(0, layers).filter((mark) => mark === 1).length
  }
  const every = whole(pattern) ?? rule.windowButEvery
  return every === undefined || every === 0 ? undefined : layers - Math.floor(layers / every)
}

/** Both parts are in 32 bits in llama.cpp (n_embd_r and n_embd_s), and there they are not split. */
function stateOf({ value }: Header, layers: number): Reading<Pick<GroupedQueryAttention, 'state'>> {
  const every = whole(value('full_attention_interval'))
  if (every === undefined || every === 0) return missing('full_attention_interval')
  const [inner, size] = [whole(value('ssm.inner_size')), whole(value('ssm.state_size'))]
  const [groups, kernel] = [whole(value('ssm.group_count')), whole(value('ssm.conv_kernel'))]
  if (!inner || !size || !groups || !kernel) return unreadable('GGUF: a dimension of the linear attention is missing')
  const linear = layers - Math.floor(layers / every)
  if (linear === 0) return known({})
  const bytesPerLayer = 4 * ((kernel - 1) * (inner + 2 * groups * size) + size * inner)
  return known({ state: { layers: linear, bytesPerSequence: linear * bytesPerLayer, heads: groups } })
}

/** The number of all layers, said once or for each. */
function equalHeads(value: GgufValue | undefined): number | undefined {
  if (!Array.isArray(value)) return whole(value) || undefined
  const first = whole(value[0])
  return first !== undefined && first > 0 && value.every((one) => one === first) ? first : undefined
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

function missing(key: string): Reading<never> {
  return unreadable(`GGUF: ${key} is missing`)
}
