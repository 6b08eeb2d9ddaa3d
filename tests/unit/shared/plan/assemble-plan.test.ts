// The seals of a plan: whoever changed what will be done, where, when or from which answers has another plan.
import { describe, expect, it } from 'vitest'
import { type Plan, plan as planSchema } from '../../../../shared/domain/plan.ts'
import { isAsMade, named } from '../../../../shared/plan/assemble-plan.ts'
import { bareFacts, planFor, tools } from '../../../support/plan-cases.ts'

const { sha256 } = tools
const made: Plan = planFor(bareFacts())

describe('a plan', () => {
  it('is as made after it was saved and read', () => {
    expect(isAsMade(planSchema.parse(JSON.parse(JSON.stringify(made))), sha256)).toBe(true)
    expect(made.id).toMatch(/^plan-[0-9a-f]{16}$/)
  })

  const changes: [what: string, change: Partial<Plan>][] = [
    ['step', { steps: made.steps.slice(1) }],
    ['purpose', { purpose: { act: 'roll-back', deployment: 'ward-model', version: '0' } }],
    ['address', { address: { ...made.address, host: '10.78.0.99' } }],
    ['answer', { answers: { ...made.answers, 'machine-id': 'another' } }],
    ['time', { createdAt: '2027-01-01T00:00:00.000Z' }],
    ['id', { id: 'plan-0123456789abcdef' }],
    ['digest', { digest: 'a'.repeat(64) }],
  ]
  it.each(changes)('of which somebody changed the %s is not as made', (_what, change) => {
    expect(isAsMade({ ...made, ...change }, sha256)).toBe(false)
  })

  it.each(changes.slice(0, 5))('with another %s is another plan', (_what, change) => {
    expect(named({ ...made, ...change }, sha256).id).not.toBe(made.id)
  })

  it('has the digest of what will be done, wherever and whenever that is', () => {
    const elsewhere = named({ ...made, address: { ...made.address, port: 2222 }, createdAt: '2027-01-01' }, sha256)
    expect(elsewhere.digest).toBe(made.digest)
    expect(named({ ...made, steps: made.steps.slice(1) }, sha256).digest).not.toBe(made.digest)
  })
})
