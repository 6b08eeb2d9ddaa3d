// The fields of config.json that say what a model caches, with what they may be.
import * as z from 'zod'

const count = z
  .int()
  .min(0)
  .max(2 ** 31)
/** Null is what transformers writes for "not set". */
const optional = count.nullish().transform((value) => value ?? undefined)
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? undefined)

const rope = z
  .looseObject({
    type: z.string().max(64).optional(),
    rope_type: z.string().max(64).optional(),
    factor: z.number().min(1).max(1e6).optional(),
    original_max_position_embeddings: z
      .number()
      .min(1)
      .max(2 ** 31)
      .optional(),
  })
  .nullish()

/** Of whatever else is in the file nothing is asked. */
export const configFields = z.looseObject({
  num_hidden_layers: count,
  ...{ num_attention_heads: optional, num_key_value_heads: optional, head_dim: optional, hidden_size: optional },
  max_position_embeddings: optional,
  ...{ rope_scaling: rope, rope_parameters: rope },
  ...{ kv_lora_rank: optional, qk_rope_head_dim: optional, qk_nope_head_dim: optional, v_head_dim: optional },
  ...{ q_lora_rank: optional, index_head_dim: optional },
  layer_types: z.array(z.string().max(64)).max(4096).nullish(),
  ...{ sliding_window: optional, use_sliding_window: flag, max_window_layers: optional },
  ...{ sliding_window_pattern: optional, full_attention_interval: optional },
  ...{ linear_num_key_heads: optional, linear_num_value_heads: optional },
  ...{ linear_key_head_dim: optional, linear_value_head_dim: optional, linear_conv_kernel_dim: optional },
  mamba_ssm_dtype: z.string().max(32).nullish(),
  torch_dtype: z.string().max(32).nullish(),
  dtype: z.string().max(32).nullish(),
  quantization_config: z.looseObject({ quant_method: z.string().max(64).optional() }).nullish(),
})
export type ConfigFields = z.infer<typeof configFields>
