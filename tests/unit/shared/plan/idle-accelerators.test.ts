// Accelerators that a plan leaves unused are told before; nothing is told where nobody can know, or nothing is served.
import { expect, it } from 'vitest'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { wordsOf } from '../../../../shared/words/words-of.ts'
import { applianceFile, factsOf } from '../../../support/explanation-cases.ts'
import { bareFacts, planFor, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const eight = factsOf(applianceFile('eight-910b4-driver-26-0'))
const withEight = (changes: Partial<Facts> = {}) => bareFacts({ accelerators: eight.accelerators, ...changes })

it('counts those of the server where every model runs on its processor', () => {
  expect(planFor(withEight()).idle).toEqual([{ count: 8, product: '910B4' }])
  expect(wordsOf('zh-CN').cautions.idle(8, '910B4')).toContain('8 × 910B4')
})

it('says nothing where there are none, or they cannot be read', () => {
  expect(planFor(bareFacts({ accelerators: [] })).idle).toBeUndefined()
  const unread = eight.accelerators.map((one) => ({ ...one, devices: { state: 'unreadable', why: 'no' } as const }))
  expect(planFor(bareFacts({ accelerators: unread })).idle).toBeUndefined()
})

it('says nothing of a solution that serves no model', () => {
  const { entries, artifacts } = wardCatalog()
  const alone = entries.map((one) => {
    if (one.kind === 'app') return { ...one, requires: [] }
    if (one.kind !== 'solution') return one
    const services = one.services.flatMap((each) =>
      each.role === 'app' ? [{ ...each, usesModel: undefined, through: undefined }] : [],
    )
    return { ...one, services }
  })
  const made = makePlan(withEight(), { entries: alone, artifacts }, wish, tools)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  expect(made.value.steps.some(({ id }) => id.startsWith('container.'))).toBe(true)
  expect(made.value.idle).toBeUndefined()
})
