// What a plan will do, read from recorded plan cases: nothing hidden, nothing made up.
import { describe, expect, it } from 'vitest'
import { memoryNeeds, passedOver, planSummary } from '../../../../../renderer/features/setup/plan-summary.ts'
import { planCase, planCases, planFor } from '../../../../support/plan-cases.ts'

const summaryOf = (name: string) => planSummary(planFor(planCase(name).facts))

describe('the summary of a plan', () => {
  it.each(planCases().map(({ name, facts }) => [name, facts] as const))(
    'of %s holds every step once, as a change or as true already',
    (_name, facts) => {
      const plan = planFor(facts)
      const { changes, alreadyTrue, uploadBytes } = planSummary(plan)
      expect([...changes, ...alreadyTrue].map(({ id }) => id).sort()).toEqual(plan.steps.map(({ id }) => id).sort())
      expect(uploadBytes).toBe(changes.reduce((sum, step) => sum + step.uploadBytes, 0))
    },
  )

  it('names what does not answer while it is replaced', () => {
    expect(summaryOf('installed-with-another-spec').interrupted).not.toEqual([])
    expect(summaryOf('bare-cpu-server').interrupted).toEqual([])
  })

  it('opens no port where nothing is to be done', () => {
    const { changes, opened, diskBytes } = summaryOf('installed')
    expect({ changes, opened, diskBytes }).toEqual({ changes: [], opened: [], diskBytes: 0 })
    expect(summaryOf('bare-cpu-server').opened.map(({ port }) => port)).toEqual([8400, 8410])
  })

  it('adds up the memory of services that share it', () => {
    const { fits } = planFor(planCase('bare-cpu-server').facts)
    const [need] = memoryNeeds(fits)
    expect(need).toEqual({
      where: 'memory',
      needBytes: fits.reduce((sum, fit) => sum + fit.needBytes, 0),
      availableBytes: fits[0]?.availableBytes,
    })
  })

  it('keeps the bigger variant that was passed over, with what stood against it', () => {
    const { choices } = planFor(planCase('h20-with-an-old-driver').facts)
    expect(JSON.stringify(passedOver(choices))).toContain('driver-differs')
  })
})
