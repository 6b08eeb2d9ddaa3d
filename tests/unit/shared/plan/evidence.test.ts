// Evidence counts on the same hardware alone: the same product, as many of them, the same runtime.
import { describe, expect, it } from 'vitest'
import { type HardwareClass, isSameHardware, type MeasuredEvidence } from '../../../../shared/domain/entry/measured.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { measuredOn } from '../../../../shared/plan/evidence.ts'
import { measuredCase } from '../../../support/evidence-cases.ts'
import { reportOf } from '../../../support/made-entries.ts'
import { bareFacts } from '../../../support/plan-cases.ts'

const gibibyte = 2 ** 30
const cards: HardwareClass = { on: 'accelerators', vendor: 'ascend', product: '910B4', count: 2 }
const evidence = (changes: Partial<MeasuredEvidence> = {}) => measuredCase({ hardware: cards, ...changes })

const facts = bareFacts({
  accelerators: [reportOf('ascend', { product: '910B4', count: 8, memoryGib: 32 })],
  cpu: known({ model: 'Kunpeng 920', logicalCores: 128 }),
})
const devices = ['ascend 0 0', 'ascend 1 0']
const ascend = { match: { accelerator: { vendor: 'ascend', countAtLeast: 1 } } } as const

function found(measured: MeasuredEvidence[], given: { devices?: string[]; onProcessor?: true } = {}) {
  const variant = given.onProcessor ? { match: {} } : ascend
  return measuredOn(
    { form: { measured }, runtime: { id: 'vllm', version: '2' }, variant, fit: { devices: given.devices ?? devices } },
    facts,
  )
}

describe('evidence of a model', () => {
  it('holds where as many of the same devices are given', () => {
    expect(found([evidence()])).toEqual(evidence())
    expect(found([evidence()], { devices: devices.slice(1) })).toBeUndefined()
    expect(found([evidence()], { devices: [...devices, 'ascend 9 0'] })).toBeUndefined()
    expect(found([])).toBeUndefined()
  })

  it.each([
    ['another product', { ...cards, product: '910B3' }],
    ['another vendor', { ...cards, vendor: 'nvidia' }],
    ['less memory', { ...cards, memoryBytes: 24 * gibibyte }],
    ['the processor', { on: 'processor', product: 'Kunpeng 920', cores: 128 }],
  ] as [string, HardwareClass][])('does not hold on %s', (_, hardware) => {
    expect(found([evidence({ hardware })])).toBeUndefined()
  })

  it('does not hold for another runtime, and prefers the same version of it, then the newest', () => {
    expect(found([evidence({ runtime: 'sglang' })])).toBeUndefined()
    const [older, newer] = [evidence({ measuredOn: '2026-01-02' }), evidence({ measuredOn: '2026-10-02' })]
    expect(found([older, newer])?.measuredOn).toBe('2026-10-02')
    const same = evidence({ runtimeVersion: '2', measuredOn: '2025-01-01' })
    expect(found([newer, same, older])).toEqual(same)
  })

  it('of a processor holds on that processor with as many threads', () => {
    const processor: HardwareClass = { on: 'processor', product: 'kunpeng  920 ', cores: 128 }
    expect(found([evidence({ hardware: processor })], { onProcessor: true })).toBeDefined()
    const other = evidence({ hardware: { ...processor, cores: 64 } })
    expect(found([other], { onProcessor: true })).toBeUndefined()
  })

  it('holds where the memory of the same card is told a little differently, or not at all', () => {
    const with32 = { ...cards, memoryBytes: 32 * gibibyte }
    expect(isSameHardware(with32, { ...cards, memoryBytes: 31.2 * gibibyte })).toBe(true)
    expect(isSameHardware(with32, cards)).toBe(true)
    expect(isSameHardware(with32, { ...cards, memoryBytes: 64 * gibibyte })).toBe(false)
  })
})
