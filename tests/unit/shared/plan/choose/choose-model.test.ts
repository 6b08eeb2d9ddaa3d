// Which runtime, which form of the weights and how many devices: chosen together, with the reason for each that was
// passed over.
import { describe, expect, it } from 'vitest'
import type { ModelEntry } from '../../../../../shared/domain/entry/model-entry.ts'
import type { Facts } from '../../../../../shared/domain/facts.ts'
import { known } from '../../../../../shared/domain/reading.ts'
import { chooseModel } from '../../../../../shared/plan/choose/choose-model.ts'
import { describedStock } from '../../../../../shared/plan/choose/stock.ts'
import { madeForm, madeModel, madeRuntime, madeVariant, reportOf } from '../../../../support/made-entries.ts'
import { bareFacts } from '../../../../support/plan-cases.ts'

const vllm = madeRuntime('vllm', { variants: [madeVariant('cuda', { vendor: 'nvidia' })] })
const ascend = madeRuntime('vllm-ascend', {
  variants: [
    madeVariant('a3', { vendor: 'ascend', families: ['ascend-910c'] }),
    madeVariant('a2-new', { vendor: 'ascend', families: ['ascend-910b'], driver: { atLeast: '26.0.RC1' } }),
    madeVariant('a2', { vendor: 'ascend', families: ['ascend-910b'], driver: { atLeast: '25.0' } }),
  ],
})
const processor = madeRuntime('llama-cpp', {
  ...{ weightsFormats: ['gguf'], splits: 'layers', variants: [madeVariant('cpu')] },
})

const with910b = (count: number, memoryGib: number, driver = '25.5.1'): Facts =>
  bareFacts({
    accelerators: [reportOf('ascend', { product: '910B4', count, memoryGib }, { driverVersion: known(driver) })],
  })

function choose(facts: Facts, model: ModelEntry = madeModel('m'), held = new Map<string, number>()) {
  const chosen = chooseModel(model, [vllm, ascend, processor], { facts, stock: describedStock, held })
  if (!chosen.ok) return { failure: chosen.failure }
  const { runtime, variant, form, fit, rejected } = chosen.value
  return {
    chosen: `${runtime.id} ${variant.id} ${form.id}`,
    layout: fit?.layout,
    devices: fit?.devices,
    rejected: rejected.map((one) => [one.entry, one.variant, one.model, ...one.rejections.map(({ reason }) => reason)]),
  }
}

describe('a model on an appliance', () => {
  it('is served in its best form on as few devices as hold it', () => {
    expect(choose(with910b(8, 32))).toMatchObject({
      chosen: 'vllm-ascend a2 bf16',
      layout: { tensor: 4, pipeline: 1, data: 1 },
      devices: ['ascend 0 0', 'ascend 1 0', 'ascend 2 0', 'ascend 3 0'],
    })
  })

  it('says of each variant before why it is not that one: the maker, the family, the driver', () => {
    expect(choose(with910b(8, 32)).rejected).toEqual([
      ['vllm', 'cuda', undefined, 'accelerator-absent'],
      ['vllm-ascend', 'a3', undefined, 'family-differs'],
      ['vllm-ascend', 'a2-new', undefined, 'driver-differs'],
    ])
  })

  it('takes the newest image that the driver can run, and another one after another driver', () => {
    expect(choose(with910b(8, 32, '26.0.RC1')).chosen).toBe('vllm-ascend a2-new bf16')
    expect(choose(with910b(8, 32, '24.1')).failure).toMatchObject({ kind: 'no-variant-fits' })
  })

  it('takes a smaller form where the best one has no room, with the figures', () => {
    const two = choose(with910b(2, 32))
    expect(two).toMatchObject({ chosen: 'vllm-ascend a2 w8a8', layout: { tensor: 2 } })
    expect(two.rejected?.at(-1)).toEqual(['vllm-ascend', 'a2', 'bf16', 'memory-too-small'])
  })

  it('says how many devices of this kind would do where none of its forms fits', () => {
    const { failure } = choose(with910b(1, 32))
    const rejected = failure?.kind === 'no-variant-fits' ? failure.rejected : []
    const sizes = rejected.flatMap(({ model, rejections }) =>
      rejections.flatMap((one) => (one.reason === 'memory-too-small' ? [[model, one.devices, one.devicesNeeded]] : [])),
    )
    expect(sizes).toEqual([
      ['bf16', 1, 4],
      ['w8a8', 1, 2],
    ])
  })

  it('does not share devices that another model keeps to itself', () => {
    const held = new Map([0, 1, 2, 3].map((at) => [`ascend ${at} 0`, 29 * 1024 ** 3]))
    expect(choose(with910b(8, 32), madeModel('m'), held).devices).toEqual([
      ...['ascend 4 0', 'ascend 5 0', 'ascend 6 0', 'ascend 7 0'],
    ])
  })

  it('is not put onto the processor while an accelerator holds a smaller form', () => {
    const model = madeModel('m', {
      variants: [madeForm('f16', 16_000_000_000, { format: 'gguf' }), madeForm('w8a8', 34_300_000_000)],
    })
    const facts = with910b(2, 32)
    expect(choose(facts, model).chosen).toBe('vllm-ascend a2 w8a8')
    expect(choose({ ...facts, accelerators: [] }, model).chosen).toBe('llama-cpp cpu f16')
  })

  it('in a form for other devices is passed over by name', () => {
    const onlyOn = [{ vendor: 'ascend', families: ['ascend-910c'] }]
    const model = madeModel('m', { variants: [madeForm('w4a8', 20_000_000_000, { onlyOn })] })
    const { failure } = choose(with910b(8, 32), model)
    expect(failure?.kind === 'no-variant-fits' && failure.rejected.at(-2)).toMatchObject({
      model: 'w4a8',
      rejections: [{ reason: 'weights-for-other-devices', needs: 'ascend ascend-910c', has: 'ascend 910B4' }],
    })
  })

  it('that is asked for more than it was made for is refused for that', () => {
    const { failure } = choose(with910b(8, 60), madeModel('m', { contextTokens: 131_072, parallel: 1 }))
    expect(JSON.stringify(failure)).toContain('{"reason":"context-too-long","needs":131072,"has":40960}')
  })

  it('whose shape nobody knows is not guessed at', () => {
    expect(JSON.stringify(choose(with910b(8, 60), madeModel('m', { shape: undefined })).failure)).toContain(
      '{"reason":"shape-unknown","model":"m"}',
    )
  })
})
