// What config.json says of a model: the shapes of models that hospitals run, and what must not become one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullAttentionLayers } from '../../../../../shared/domain/model-shape.ts'
import { shapeOfConfig } from '../../../../../shared/plan/shape/config-json.ts'
import { knownValue } from '../../../../support/known-value.ts'
import { configText, modelNames, refusedConfigs, shapeNamed } from '../../../../support/model-cases.ts'

const changed = (model: string, change: object) =>
  shapeOfConfig(JSON.stringify({ ...(JSON.parse(configText(model)) as object), ...change }))

describe('config.json', () => {
  it('of a dense model has heads, layers and the longest context', () => {
    expect(shapeNamed('qwen3-32b')).toEqual({
      architecture: 'qwen3',
      layers: 64,
      attention: { kind: 'grouped-query', attentionHeads: 64, kvHeads: 8, headDimension: 128 },
      maxContextTokens: 40_960,
    })
  })

  it('leaves the size of a head to the hidden size where the model does', () => {
    expect(shapeNamed('qwen2.5-7b').attention).toMatchObject({ attentionHeads: 28, kvHeads: 4, headDimension: 128 })
  })

  it('without KV heads means that each head has its own', () => {
    expect(changed('llama-3.3-70b', { num_key_value_heads: null })).toMatchObject({
      value: { attention: { kvHeads: 64 } },
    })
  })

  it('of a compressed cache has its dimensions, and what the attention of FP8 files weighs', () => {
    // One layer: 11,010,048 + 37,748,736 + 4,128,768 + 16,777,216 + 117,440,512 parameters.
    expect(shapeNamed('deepseek-r1').attention).toEqual({
      ...{ kind: 'latent', attentionHeads: 128, latentDimension: 512, ropeDimension: 64 },
      attentionWeightsBytes: 61 * 187_105_280,
    })
    expect(changed('deepseek-r1', { quantization_config: null, v_head_dim: null, index_head_dim: 128 })).toMatchObject({
      value: { attention: { indexDimension: 128 } },
    })
    expect(changed('deepseek-r1', { quantization_config: null })).toMatchObject({
      value: { attention: { attentionWeightsBytes: 61 * 187_105_280 * 2 } },
    })
  })

  it('of a hybrid model has the few layers that grow, and the state of the others', () => {
    const shape = shapeNamed('qwen3.5-27b')
    expect(fullAttentionLayers(shape)).toBe(16)
    // Convolution: 3 x 10,240 values in 16 bits; matrix: 48 x 128 x 128 in 32 bits.
    const state = { layers: 48, bytesPerSequence: 48 * (61_440 + 3_145_728), heads: 16 }
    expect(shape.attention).toMatchObject({ kvHeads: 4, headDimension: 256, state })
  })

  it('of a model with windows has those layers, by list or by rule', () => {
    expect(shapeNamed('gemma-3-27b').attention).toMatchObject({ sliding: { layers: 52, windowTokens: 1024 } })
    const list = ['full_attention', ...Array.from({ length: 35 }, () => 'sliding_attention')]
    const byList = changed('qwen3-8b', { layer_types: list, sliding_window: 4096 })
    expect(byList).toMatchObject({ value: { attention: { sliding: { layers: 35, windowTokens: 4096 } } } })
    const byRule = changed('qwen3-8b', { use_sliding_window: true, max_window_layers: 30, sliding_window: 4096 })
    expect(byRule).toMatchObject({ value: { attention: { sliding: { layers: 6, windowTokens: 4096 } } } })
    const mistral = changed('llama-3.3-70b', { model_type: 'mistral', sliding_window: 4096 })
    expect(mistral).toMatchObject({ value: { attention: { sliding: { layers: 80, windowTokens: 4096 } } } })
  })

  it('has a window that is switched off, or not read by the model, for none', () => {
    expect(shapeNamed('qwen2.5-72b').attention).not.toHaveProperty('sliding')
    const llama = changed('llama-3.3-70b', { sliding_window: 4096 })
    expect(knownValue(llama).attention).not.toHaveProperty('sliding')
  })

  it('of a multimodal model is read in its text part; what that leaves out is what its code has', () => {
    expect(shapeNamed('medgemma-4b')).toEqual({
      architecture: 'gemma3_text',
      layers: 34,
      attention: {
        ...{ kind: 'grouped-query', attentionHeads: 8, kvHeads: 4, headDimension: 256 },
        sliding: { layers: 29, windowTokens: 1024 },
      },
      maxContextTokens: 131_072,
    })
  })

  it('stretched by YaRN goes as far as that, by other ways as far as it says', () => {
    expect(shapeNamed('antangelmed').maxContextTokens).toBe(131_072)
    expect(shapeNamed('deepseek-r1').maxContextTokens).toBe(163_840)
    expect(shapeNamed('llama-3.3-70b').maxContextTokens).toBe(131_072)
    const yarn = { rope_type: 'yarn', factor: 4, original_max_position_embeddings: 32_768 }
    expect(changed('qwen3-8b', { rope_parameters: yarn })).toMatchObject({ value: { maxContextTokens: 131_072 } })
  })

  it.each(refusedConfigs())('with %s is no shape, and says why', (_name, text, why) => {
    expect(shapeOfConfig(text)).toMatchObject({ state: 'unreadable', why: expect.stringContaining(why) })
  })

  it('that is no object, too large or too deep is refused', () => {
    for (const text of ['', '[]', 'null', '"x"', '{', '{}', '[['.repeat(200_000), ' '.repeat(5 * 1024 * 1024)]) {
      expect(shapeOfConfig(text)).toMatchObject({ state: 'unreadable' })
    }
    const deep = `{"model_type":"qwen3","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect(shapeOfConfig(deep)).toMatchObject({ state: 'unreadable' })
  })

  it('never throws, whatever stands in its fields', () => {
    const model = fc.constantFrom(...modelNames)
    const field = fc.constantFrom(...Object.keys(JSON.parse(configText('deepseek-r1')) as object), 'layer_types')
    fc.assert(
      fc.property(model, field, fc.jsonValue(), (name, where, value) => {
        const read = changed(name, { [where]: value, text_config: undefined })
        if (read.state === 'known') expect(read.value.layers).toBeGreaterThan(0)
        expect(shapeOfConfig(JSON.stringify(value)).state).toBe('unreadable')
      }),
      { numRuns: 500 },
    )
    fc.assert(fc.property(fc.string(), (text) => shapeOfConfig(text).state === 'unreadable'))
  })
})
