// Which `model_type` of config.json says its cache in which fields. Only types whose own code was looked at are here:
// another one may use the same names for something else, so it is not known. A new type is a line.
// Sources: transformers' configuration_*.py for fields and defaults, vLLM's model_executor/models for what is cached.

/** Where layers with a window are, when there is no list of them. */
type WindowRule =
  /** sliding_window is not read by the model. */
  | 'none'
  /** All layers, where sliding_window is a number. */
  | 'all'
  /** From layer max_window_layers on, where use_sliding_window is true. */
  | 'from-layer'
  /** All but every so many-th (sliding_window_pattern). */
  | 'all-but-every'

export type ModelTypeRule = {
  readonly cache: 'grouped-query' | 'latent' | 'hybrid'
  readonly window: WindowRule
  /** head_dim that is missing is hidden_size / num_attention_heads; elsewhere it is a constant that nobody wrote down. */
  readonly headFromHidden: boolean
  /** What the files may leave out, as the model's own code has it. */
  readonly defaults?: Readonly<Record<string, number>>
}

const plain: ModelTypeRule = { cache: 'grouped-query', window: 'none', headFromHidden: true }
const ownHead: ModelTypeRule = { ...plain, headFromHidden: false }
const windowed: ModelTypeRule = { ...plain, window: 'all' }
const qwen: ModelTypeRule = { ...plain, window: 'from-layer' }
const qwenOwnHead: ModelTypeRule = { ...qwen, headFromHidden: false }
const latent: ModelTypeRule = { ...plain, cache: 'latent' }
const hybrid: ModelTypeRule = { ...ownHead, cache: 'hybrid' }
const gemma3: ModelTypeRule = {
  ...{ cache: 'grouped-query', window: 'all-but-every', headFromHidden: false },
  // The 4B files of Gemma 3 and MedGemma name none of these.
  defaults: {
    ...{ num_attention_heads: 8, num_key_value_heads: 4, head_dim: 256 },
    ...{ max_position_embeddings: 131_072, sliding_window_pattern: 6 },
  },
}

export const modelTypeRules: Readonly<Record<string, ModelTypeRule>> = {
  llama: plain,
  ...{ mistral: windowed, mixtral: windowed, phi3: windowed },
  ...{ qwen2: qwen, qwen2_moe: qwen, qwen2_vl: qwen, qwen2_vl_text: qwen, qwen2_5_vl: qwen, qwen2_5_vl_text: qwen },
  ...{ qwen3: qwenOwnHead, qwen3_moe: qwenOwnHead, qwen3_vl_text: ownHead, qwen3_vl_moe_text: ownHead },
  ...{ qwen3_next: hybrid, qwen3_5: hybrid, qwen3_5_text: hybrid, qwen3_5_moe: hybrid, qwen3_5_moe_text: hybrid },
  ...{ gemma3: gemma3, gemma3_text: gemma3 },
  ...{ glm4: ownHead, glm4_moe: ownHead, gpt_oss: ownHead },
  // Ling 1.5 and 2.0, and AntAngelMed on top of it; Ling 2.5 has other layers, and fields that say so.
  ...{ bailing_moe: plain, bailing_moe_v2: plain },
  ...{ deepseek_v2: latent, deepseek_v3: latent, deepseek_v32: latent, kimi_k2: latent },
}

/** Fields that say of a model that it keeps something else besides, or less, than the rules here know of. */
export const strangeFields: readonly string[] = [
  ...['num_kv_shared_layers', 'cross_attention_layers', 'cross_attention_freq', 'attention_chunk_size'],
  ...['layer_group_size', 'hybrid_override_pattern', 'attn_layer_period', 'attn_type_list', 'block_configs'],
  ...['mamba_d_state', 'mamba_num_heads', 'ssm_cfg', 'ssm_state_size', 'state_size', 'compress_ratios'],
]
