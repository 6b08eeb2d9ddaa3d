// A successor starts beside the service only where nothing else is hurt by it: memory for both and some to spare, and
// devices that several processes can hold.
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { isBeside, type MemoryFit, type PlanStep, type StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { backupLabel } from '../../../../shared/domain/remote-layout.ts'
import { withBeside } from '../../../../shared/plan/beside.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'

const { facts } = planCase('installed-with-another-spec')
const { steps } = planFor(facts)
const id = 'container.ward-model'
const model = steps.find((one) => one.id === id) as PlanStep
const modelSpec = model.spec as StepSpecOf<'container'>
const fit: MemoryFit = {
  ...{ service: 'ward-model', where: 'memory', weightsBytes: 0, kvCacheBytes: 0, overheadBytes: 0 },
  ...{ needBytes: 1000, availableBytes: 1100 },
}

const planned = (step: PlanStep, fits: readonly MemoryFit[], others: readonly PlanStep[] = [], seen: Facts = facts) =>
  withBeside([step, ...others], fits, seen)[0] as PlanStep
const spec = (other: Partial<StepSpecOf<'container'>['spec']>): PlanStep => ({
  ...withoutBeside(model),
  spec: { ...modelSpec, beside: undefined, spec: { ...modelSpec.spec, ...other } },
})
function withoutBeside(step: PlanStep): PlanStep {
  return { ...step, spec: { ...(step.spec as StepSpecOf<'container'>), beside: undefined } }
}
const other = (change: boolean, reason: PlanStep['reason'], deployment = 'note-helper'): PlanStep => ({
  ...{ ...spec({ deployment }), id: `container.${deployment}`, change, reason },
})
const helperFit: MemoryFit = { ...fit, service: 'note-helper', needBytes: 1 }

describe('a replacement', () => {
  it('is proven beside where memory holds a tenth more than it needs, and not with a byte less', () => {
    expect(planned(spec({}), [fit]).spec).toMatchObject({ beside: { memoryBytes: 1100 } })
    expect(isBeside(planned(spec({}), [{ ...fit, availableBytes: 1099 }]))).toBe(false)
  })

  it('counts what the plan starts besides, in the same place, and nothing else', () => {
    const both = [helperFit, fit]
    expect(isBeside(planned(spec({}), both, [other(true, 'container-missing')]))).toBe(false)
    expect(isBeside(planned(spec({}), both, [other(false, 'container-same')]))).toBe(true)
    expect(isBeside(planned(spec({}), both, [other(true, 'container-differs')]))).toBe(true)
    const elsewhere = [{ ...helperFit, where: 'accelerator' as const }, fit]
    expect(isBeside(planned(spec({}), elsewhere, [other(true, 'container-missing')]))).toBe(true)
  })

  it('of which nobody knows what it needs stops the old one first', () => {
    expect(isBeside(planned(spec({}), [helperFit]))).toBe(false)
  })

  it('on accelerators is proven beside where several processes share one, and asks nothing of the host memory', () => {
    const onCards = [{ ...fit, where: 'accelerator' as const }]
    expect(planned(spec({ accelerators: 'nvidia' }), onCards).spec).toMatchObject({ beside: { memoryBytes: 0 } })
    expect(isBeside(planned(spec({ accelerators: 'ascend' }), onCards))).toBe(false)
  })

  it('of what does not run, or runs already as it is to be, is none', () => {
    const containers = known(knownValue(facts.containers).map((one) => ({ ...one, state: 'exited' as const })))
    expect(isBeside(planned(spec({}), [fit], [], { ...facts, containers }))).toBe(false)
    expect(isBeside(planned(spec({}), [fit], [], { ...facts, containers: known([]) }))).toBe(false)
    const same = { ...spec({}), change: false, reason: 'container-same' as const }
    expect(planned(same, [fit])).toBe(same)
    const network = steps.find((one) => one.spec.kind === 'network') as PlanStep
    expect(planned({ ...network, reason: 'container-differs' }, [fit]).spec).toBe(network.spec)
  })

  it('never has two at once on the same data', () => {
    const volume = { name: 'rackside-ward-model_data', target: '/data', backUp: false }
    expect(isBeside(planned(spec({ volumes: [volume] }), [fit]))).toBe(false)
    const noted = known(
      knownValue(facts.containers).map((one) => ({ ...one, labels: { ...one.labels, [backupLabel]: volume.name } })),
    )
    expect(isBeside(planned(spec({}), [fit], [], { ...facts, containers: noted }))).toBe(false)
  })
})
