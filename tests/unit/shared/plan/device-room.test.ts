// A model starts on the devices that it was placed on: what is free on others is no room for it, neither where it is
// installed nor where its next version would be proven beside it.
import { describe, expect, it } from 'vitest'
import type { Accelerator, AcceleratorReport } from '../../../../shared/domain/accelerator.ts'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import { isBeside, type SetUpPlan, type StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { deploymentLabel, proofLabel, specLabel } from '../../../../shared/domain/remote-layout.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'

const gigabyte = 1e9
const [report, ...others] = planCase('cards-are-busy').facts.accelerators as [AcceleratorReport, ...AcceleratorReport[]]
const [card] = knownValue(report.devices) as [Accelerator]
const bare = planCase('cards-are-busy').facts

/** Two cards of 102.6 GB, of which so much is used. */
function withTwo(usedGigabytes: readonly [number, number], more: Partial<Facts> = {}): Facts {
  const devices = usedGigabytes.map((used, index) => ({
    ...{ ...card, index, pciAddress: known(`0000:${index}8:00.0`) },
    memoryUsedBytes: used < 0 ? unreadable('hung') : known(used * gigabyte),
  }))
  const two: AcceleratorReport = { ...report, pciCount: known(2), devices: known(devices) }
  return { ...bare, accelerators: [two, ...others], ...more }
}

const model = (plan: SetUpPlan) =>
  plan.steps.find(({ id }) => id === 'container.ward-model') as SetUpPlan['steps'][number]
const tooSmall = (plan: SetUpPlan) => plan.blockers.filter(({ kind }) => kind === 'memory-too-small')

/** As it runs now, made by another spec. */
function installed(plan: SetUpPlan): Container {
  const { spec, proof } = model(plan).spec as StepSpecOf<'container'>
  const labels = {
    ...{ [deploymentLabel]: 'ward-model', [specLabel]: '0'.repeat(64), [proofLabel]: JSON.stringify(proof) },
  }
  return {
    ...{ id: 'f'.repeat(64), name: 'rackside-ward-model', imageId: spec.image.configDigest, labels },
    ...{ state: 'running', health: 'healthy', restartCount: 0, startedAt: '2026-11-20T07:00:00Z' },
  } as Container
}

describe('a model that is installed', () => {
  it('is refused where its own device is full, whatever is free on another', () => {
    expect(tooSmall(planFor(withTwo([0, 0])))).toEqual([])
    expect(tooSmall(planFor(withTwo([100, 0])))).toMatchObject([{ entry: 'ward-model', availableBytes: 2_625_181_696 }])
    expect(tooSmall(planFor(withTwo([0, 100])))).toEqual([])
  })

  it('is refused once where there is no room anywhere, and may be installed all the same', () => {
    expect(tooSmall(planFor(withTwo([100, 102])))).toHaveLength(1)
    const ignored = planFor(withTwo([100, 0]), undefined, { ignoreFit: ['ward-model'] })
    expect(tooSmall(ignored)).toEqual([])
    expect(ignored.ignoredFits).toMatchObject([{ service: 'ward-model', availableBytes: 2_625_181_696 }])
  })

  it('is not refused for a device whose memory cannot be read', () => {
    expect(tooSmall(planFor(withTwo([-1, 0])))).toEqual([])
  })
})

describe('the next version of a model', () => {
  it('is proven beside the one in service only where both fit on its own device', () => {
    const containers = known([installed(planFor(withTwo([0, 0])))])
    const beside = (used: readonly [number, number]) => {
      const plan = planFor(withTwo(used, { containers }))
      expect(model(plan).reason).toBe('container-differs')
      expect(tooSmall(plan)).toEqual([])
      return isBeside(model(plan))
    }
    expect(beside([8, 100])).toBe(true)
    expect(beside([100, 0])).toBe(false)
  })
})

describe('a replacement that a power cut broke off', () => {
  it('goes on: what lies aside holds the memory of the device until the run stops it', () => {
    const before = { ...installed(planFor(withTwo([0, 0]))), name: 'rackside-ward-model-previous' }
    const plan = planFor(withTwo([100, 0], { containers: known([before]) }))
    expect(model(plan)).toMatchObject({ reason: 'container-missing', interrupts: true })
    expect(tooSmall(plan)).toEqual([])
  })
})
