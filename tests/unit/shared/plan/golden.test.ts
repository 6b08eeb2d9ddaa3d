// Whole plans for whole machines, as texts that a person has read: every choice, reason and blocker.
import { describe, expect, it } from 'vitest'
import { plan as planSchema } from '../../../../shared/domain/plan.ts'
import { expectGolden } from '../../../support/golden.ts'
import { planCases, planFor } from '../../../support/plan-cases.ts'
import { planText } from '../../../support/plan-text.ts'

describe('a plan says what fits, what is to be done and what stands in the way', () => {
  it.each(planCases().map((one) => [one.name, one] as const))(
    '%s',
    (_name, { about, facts, catalog, folder, ignoreFit }) => {
      const plan = planFor(facts, catalog, { ignoreFit })
      expect(planSchema.parse(plan)).toEqual(plan)
      expectGolden(`${folder}/plan.txt`, `${about}\n\n${planText(plan)}`)
    },
  )
})
