// Estimates are made of a plan's own figures: bytes at known rates, and the time a service is away.
import { describe, expect, it } from 'vitest'
import { estimateOf, estimateOfAll } from '../../../../shared/domain/estimate.ts'
import type { PlanStep } from '../../../../shared/domain/plan.ts'
import { bareFacts, planCase, planFor } from '../../../support/plan-cases.ts'

const registration: PlanStep = {
  ...{ id: 'runtime-registration.nvidia', change: true, reason: 'not-there', uploadBytes: 0, diskBytes: 0 },
  ...{ interrupts: true, stops: ['pacs', 'ward-model'] },
  spec: {
    kind: 'runtime-registration',
    ...{ runtime: 'nvidia', path: '/usr/bin/nvidia', arguments: [], asDefault: false, activation: 'restart' },
  },
}

describe('the estimate of a step', () => {
  it('grows with its bytes, and is nothing where it is true already', () => {
    const { steps } = planFor(bareFacts())
    const weights = steps.find(({ spec }) => spec.kind === 'artifact' && spec.artifact.kind === 'weights') as PlanStep
    expect(estimateOf(weights)).toEqual({ seconds: 1 + Math.round(5_027_783_488 / 75e6), downtimeSeconds: 0 })
    expect(estimateOf({ ...weights, change: false })).toEqual({ seconds: 0, downtimeSeconds: 0 })
  })

  it.each([
    ['installed-with-no-room-beside', 30],
    ['installed-with-another-spec', 10],
  ])('says how long a replaced service is away, and counts the time it is watched: %s', (name, downtimeSeconds) => {
    const replaced = planFor(planCase(name).facts).steps.filter((step) => step.interrupts)
    expect(replaced.length).toBeGreaterThan(0)
    for (const step of replaced) expect(estimateOf(step)).toEqual({ seconds: 92, downtimeSeconds })
  })

  it('says that an engine that starts anew takes every container with it', () => {
    expect(estimateOf(registration).downtimeSeconds).toBe(20)
    expect(estimateOfAll([registration, registration])).toEqual({ seconds: 46, downtimeSeconds: 40 })
  })
})
