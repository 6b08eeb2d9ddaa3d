// Which layers of a model in config.json keep less than a full cache: those with a window, those with a fixed state. Files
// name each layer (layer_types), or a rule from which the model's own code makes that list.
import type { GroupedQueryAttention } from '../../domain/model-shape.ts'
import { known, type Reading, unreadable } from '../../domain/reading.ts'
import type { ConfigFields } from './config-fields.ts'
import type { ModelTypeRule } from './model-types.ts'

type Counts = { readonly sliding: number; readonly linear: number }
type Special = Pick<GroupedQueryAttention, 'sliding' | 'state'>

export function layersByKind(rule: ModelTypeRule, fields: ConfigFields): Reading<Special> {
  const counts = fields.layer_types ? listed(fields.layer_types, fields) : ruled(rule, fields)
  if (counts.state !== 'known') return counts
  const { sliding, linear } = counts.value
  const windowTokens = fields.sliding_window
  if (sliding > 0 && windowTokens === undefined) return unreadable('config.json: sliding_window is missing')
  if (linear > 0 && rule.cache !== 'hybrid') {
    return unreadable('config.json: linear attention is not known of this model type')
  }
  const state = linear > 0 ? stateOf(linear, fields) : known(undefined)
  if (state.state !== 'known') return state
  return known({
    ...(sliding > 0 && windowTokens !== undefined && { sliding: { layers: sliding, windowTokens } }),
    ...(state.value !== undefined && { state: state.value }),
  })
}

function listed(types: readonly string[], { num_hidden_layers }: ConfigFields): Reading<Counts> {
  if (types.length !== num_hidden_layers) return unreadable('config.json: layer_types has another number of layers')
  const stranger = types.find((type) => !['full_attention', 'sliding_attention', 'linear_attention'].includes(type))
  if (stranger !== undefined) return unreadable(`config.json: layers of type ${JSON.stringify(stranger)} are not known`)
  const countOf = (type: string) => types.filter((one) => one === type).length
  return known({ sliding: countOf('sliding_attention'), linear: countOf('linear_attention') })
}

function ruled(rule: ModelTypeRule, fields: ConfigFields): Reading<Counts> {
  const layers = fields.num_hidden_layers
  if (rule.cache === 'hybrid') {
    const every = fields.full_attention_interval
    if (!every) return unreadable('config.json: full_attention_interval is missing')
    return known({ sliding: 0, linear: layers - Math.floor(layers / every) })
  }
  if (fields.full_attention_interval !== undefined) {
    return unreadable('config.json: full_attention_interval is not known of this model type')
  }
  return slidingByRule(rule, fields)
}

function slidingByRule({ window }: ModelTypeRule, fields: ConfigFields): Reading<Counts> {
  const layers = fields.num_hidden_layers
  const slidingLayers = (sliding: number) => known({ sliding: Math.max(0, sliding), linear: 0 })
  const { sliding_window, use_sliding_window, max_window_layers, sliding_window_pattern: every } = fields
  switch (window) {
    case 'none':
      return slidingLayers(0)
    case 'all':
      return slidingLayers(sliding_window === undefined || use_sliding_window === false ? 0 : layers)
    case 'from-layer':
      if (use_sliding_window !== true || sliding_window === undefined) return slidingLayers(0)
      if (max_window_layers === undefined) return unreadable('config.json: max_window_layers is missing')
      return slidingLayers(layers - max_window_layers)
    case 'all-but-every':
      if (!every) return unreadable('config.json: sliding_window_pattern is missing')
      return slidingLayers(layers - Math.floor(layers / every))
  }
}

/**
 * What gated delta nets keep (vLLM: gated_delta_net_state_shape): the last inputs of their convolution in 16 bits, and a
 * matrix for each value head. That one is in 32 bits unless the file says otherwise; engines differ, and more is safer.
 */
function stateOf(layers: number, fields: ConfigFields): Reading<Special['state']> {
  const { linear_num_key_heads: keyHeads, linear_num_value_heads: valueHeads } = fields
  const { linear_key_head_dim: keys, linear_value_head_dim: values, linear_conv_kernel_dim: kernel } = fields
  if (!keyHeads || !valueHeads || !keys || !values || !kernel) {
    return unreadable('config.json: a dimension of the linear attention (linear_*) is missing')
  }
  if (valueHeads % keyHeads !== 0) return unreadable('config.json: linear_num_value_heads is not a multiple')
  const convolution = (2 * keyHeads * keys + valueHeads * values) * (kernel - 1) * 2
  const matrix = valueHeads * keys * values * (fields.mamba_ssm_dtype === 'bfloat16' ? 2 : 4)
  return known({ layers, bytesPerSequence: layers * (convolution + matrix), heads: keyHeads })
}
