// What one sequence keeps on each device of a layout, by figures that can be checked by hand.
import { describe, expect, it } from 'vitest'
import { type ModelLayout, oneDevice } from '../../../../../shared/domain/model-layout.ts'
import type { ModelShape } from '../../../../../shared/domain/model-shape.ts'
import { sequenceBytes } from '../../../../../shared/plan/fit/kv-cache.ts'
import { shapeNamed } from '../../../../support/model-cases.ts'

const KiB = 1024
const kept = (shape: ModelShape, tokens: number, layout: Partial<ModelLayout> = {}, kvBits: 16 | 8 = 16) =>
  sequenceBytes(shape, tokens, { layout: { ...oneDevice, ...layout }, kvBits })

describe('the cache of a sequence', () => {
  it('is split over a tensor split as far as there are KV heads, and copied beyond', () => {
    const qwen = shapeNamed('qwen3-235b-a22b')
    expect([1, 2, 4, 8, 16].map((tensor) => kept(qwen, 1, { tensor }) / KiB)).toEqual([188, 94, 47, 47, 47])
  })

  it('is halved by an 8-bit cache', () => {
    expect(kept(shapeNamed('qwen3-32b'), 1000, {}, 8)).toBe(128_000 * KiB)
    expect(kept(shapeNamed('deepseek-r1'), 1, {}, 8)).toBe(35_136)
  })

  it('that is compressed is whole on each device of a split, whatever its groups are', () => {
    const r1 = shapeNamed('deepseek-r1')
    const layouts = [{ tensor: 1 }, { tensor: 16 }, { tensor: 16, attentionGroups: 2 }, { tensor: 8, data: 2 }]
    for (const layout of layouts) expect(kept(r1, 10, layout)).toBe(702_720)
  })

  it('goes with its layers along a pipeline, where the fullest stage counts', () => {
    expect(kept(shapeNamed('deepseek-r1'), 1, { pipeline: 2 })).toBeCloseTo(31 * 576 * 2)
    expect(kept(shapeNamed('qwen3-32b'), 1, { pipeline: 4, tensor: 2 })).toBe(32 * KiB)
    // 10 layers with a whole cache and 52 with a window, on four stages: 3 and 13.
    const gemma = shapeNamed('gemma-3-27b')
    expect(kept(gemma, 2048, { pipeline: 4 })).toBeCloseTo(8 * KiB * (3 * 2048 + 13 * 1024))
  })

  it('of layers with a window ends there', () => {
    const gemma = shapeNamed('gemma-3-27b')
    expect(kept(gemma, 1)).toBe(496 * KiB)
    expect(kept(gemma, 1024)).toBe(1024 * 496 * KiB)
    expect(kept(gemma, 1025) - kept(gemma, 1024)).toBe(80 * KiB)
  })

  it('of a hybrid model has a state besides, of one size and split with its heads', () => {
    const qwen = shapeNamed('qwen3.5-27b')
    const state = 48 * 3_207_168
    expect(kept(qwen, 0)).toBe(state)
    expect(kept(qwen, 8192)).toBe(8192 * 64 * KiB + state)
    expect(kept(qwen, 0, {}, 8)).toBe(state)
    expect(kept(qwen, 1, { tensor: 8 })).toBe(16 * KiB + state / 8)
  })

  it('with keys and values of different sizes counts both', () => {
    const shape: ModelShape = {
      ...{ architecture: 'deepseek2', layers: 10, maxContextTokens: 4096 },
      attention: { kind: 'grouped-query', attentionHeads: 4, kvHeads: 4, headDimension: 192, valueDimension: 128 },
    }
    expect(kept(shape, 1)).toBe(10 * 4 * 320 * 2)
  })

  it('of sparse attention has the key it picks tokens by as well', () => {
    const { attention, ...others } = shapeNamed('deepseek-r1')
    if (attention.kind !== 'latent') throw new Error('the fixture has a compressed cache')
    expect(kept({ ...others, attention: { ...attention, indexDimension: 128 } }, 1)).toBe(61 * (576 + 128) * 2)
  })

  it('that only its vendor measured is what that said', () => {
    const v4: ModelShape = {
      ...{ architecture: 'deepseek_v4', layers: 61, maxContextTokens: 1_048_576 },
      // 9.62 GiB for 1,048,576 tokens.
      attention: { kind: 'declared', attentionHeads: 128, bytesPerToken: 9851 },
    }
    expect(kept(v4, 1_048_576) / 2 ** 30).toBeCloseTo(9.62, 2)
    expect(kept(v4, 2, { tensor: 8 })).toBe(19_702)
    expect(kept(v4, 1, {}, 8)).toBe(4926)
  })
})
