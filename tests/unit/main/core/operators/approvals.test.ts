// A second person's word for a plan: bound to what was shown, given by somebody else, good for a day.
import { describe, expect, it } from 'vitest'
import { clientInProcess } from '../../../../../main/core/link/console-client.ts'
import { received } from '../../../../../main/core/refusal.ts'
import type { Failure, Result } from '../../../../../shared/domain/failure.ts'
import type { Role } from '../../../../../shared/domain/role.ts'
import { bareFacts, planFor } from '../../../../support/plan-cases.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { signedInAs } from '../../../../support/signed-in.ts'

const hour = 3_600_000
const plan = planFor(bareFacts())
const target = { by: 'address', address: plan.address, credentialId: 'key-1' } as const

function twoPersons(on = true) {
  let nowMs = Date.parse('2026-11-20T08:00:00.000Z')
  const pretend = pretendCore(undefined, undefined, { now: () => new Date(nowMs).toISOString() })
  const { core } = pretend
  if (!core.state.savePlan(plan).ok) throw new Error('not saved')
  const as = (name: string, ...roles: Role[]) => {
    const sessionKey = signedInAs(core, { name, roles }, { twoPersons: on, idleMinutes: 120, longestHours: 24 })
    return clientInProcess({ core, caller: { by: 'person', operator: 'pc', sessionKey } }).product
  }
  const pass = (milliseconds: number) => {
    nowMs += milliseconds
  }
  const failureOf = async (answer: Promise<Result<unknown>>): Promise<Failure | undefined> => {
    const got = await received('call', answer)
    if (!got.ok) return got.failure
    return got.value.ok ? undefined : got.value.failure
  }
  const apply = async (who: ReturnType<typeof as>) => {
    const read = async () => {
      for await (const _ of await who.setup.apply({ planId: plan.id, target })) break
    }
    const got = await received('setup.apply', read())
    return got.ok ? undefined : got.failure
  }
  const give = async (who: ReturnType<typeof as>) => {
    const listed = await who.approvals.list({})
    const digest = listed.ok ? (listed.value[0]?.digest ?? '') : ''
    return failureOf(who.approvals.give({ subject: plan.id, digest }))
  }
  return { ...pretend, as, apply, give, failureOf, pass }
}

/** Refused for want of nobody's word: the appliance of these tests answers nobody. */
const goesOn = expect.not.objectContaining({ kind: 'second-person-needed' })
const needed = (why: string) => ({ kind: 'second-person-needed', subject: plan.id, why })

describe('a plan', () => {
  it('is applied without a second person where nobody asked for one', async () => {
    const { as, apply } = twoPersons(false)
    expect(await apply(as('li', 'operator'))).toEqual(goesOn)
  })

  it('waits for a second person, from the question to the answer', async () => {
    const { as, apply, give, failureOf, dialled } = twoPersons()
    const [li, wang] = [as('li', 'operator'), as('wang', 'approver')]
    expect(await apply(li)).toEqual(needed('not-asked'))
    expect(await failureOf(li.approvals.ask({ subject: plan.id, note: 'the ward waits' }))).toBe(undefined)
    expect(await apply(li)).toEqual(needed('waiting'))
    expect(dialled).toEqual([])
    expect(await wang.approvals.list({})).toMatchObject({
      value: [{ subject: plan.id, askedBy: 'li', note: 'the ward waits', state: 'waiting' }],
    })
    expect(await give(wang)).toBe(undefined)
    expect(await apply(li)).toEqual(goesOn)
  })

  it('is approved by nobody who asked for it, and applied by nobody who approved', async () => {
    const { as, apply, give, failureOf } = twoPersons()
    const both = as('li', 'operator', 'approver')
    await failureOf(both.approvals.ask({ subject: plan.id }))
    expect(await give(both)).toEqual(needed('own'))
    const other = as('wang', 'operator', 'approver')
    expect(await give(other)).toBe(undefined)
    expect(await apply(other)).toEqual(needed('own-word'))
    expect(await apply(both)).toEqual(goesOn)
  })

  it('that was refused says so, with the reason', async () => {
    const { as, apply, failureOf } = twoPersons()
    const [li, wang] = [as('li', 'operator'), as('wang', 'approver')]
    await failureOf(li.approvals.ask({ subject: plan.id }))
    await failureOf(wang.approvals.refuse({ subject: plan.id, reason: 'not on a Monday' }))
    expect(await apply(li)).toEqual(needed('refused'))
    expect(await li.approvals.list({})).toMatchObject({ value: [{ state: 'refused', reason: 'not on a Monday' }] })
  })

  it('is asked for anew a day later, whether it was answered or not', async () => {
    const { as, apply, give, failureOf, pass } = twoPersons()
    const [li, wang] = [as('li', 'operator'), as('wang', 'approver')]
    await failureOf(li.approvals.ask({ subject: plan.id }))
    await give(wang)
    pass(24 * hour - 1000)
    const still = as('li', 'operator')
    expect(await apply(still)).toEqual(goesOn)
    pass(1000)
    expect(await apply(as('li', 'operator'))).toEqual(needed('expired'))
  })

  it('is approved of as it was looked at, and nothing else is', async () => {
    const { as, failureOf } = twoPersons()
    const [li, wang] = [as('li', 'operator'), as('wang', 'approver')]
    await failureOf(li.approvals.ask({ subject: plan.id }))
    const other = wang.approvals.give({ subject: plan.id, digest: 'a'.repeat(64) })
    expect(await failureOf(other)).toMatchObject({ kind: 'plan-unknown' })
  })

  it('whose approver has lost that role since needs another word', async () => {
    const { as, apply, give, failureOf } = twoPersons()
    const [li, wang] = [as('li', 'operator'), as('wang', 'approver')]
    await failureOf(li.approvals.ask({ subject: plan.id }))
    await give(wang)
    as('wang', 'viewer')
    expect(await apply(as('li', 'operator'))).toEqual(needed('expired'))
  })

  it('is not asked for twice, and a no is not turned into a yes', async () => {
    const { as, apply, give, failureOf } = twoPersons()
    const [li, wang, zhao] = [as('li', 'operator'), as('wang', 'approver'), as('zhao', 'approver')]
    await failureOf(li.approvals.ask({ subject: plan.id }))
    await give(wang)
    expect(await li.approvals.ask({ subject: plan.id })).toMatchObject({ value: { state: 'given' } })
    await failureOf(zhao.approvals.refuse({ subject: plan.id, reason: 'not today' }))
    expect(await give(wang)).toEqual(needed('refused'))
    expect(await apply(li)).toEqual(needed('refused'))
  })

  it('that nobody made cannot be asked for', async () => {
    const { as, failureOf } = twoPersons()
    const unknown = as('li', 'operator').approvals.ask({ subject: 'plan-0000000000000000' })
    expect(await failureOf(unknown)).toMatchObject({ kind: 'plan-unknown' })
  })

  it('that was planned anew, and is the same, needs no second question', async () => {
    const { as, apply, give, failureOf, core } = twoPersons()
    const [li, wang] = [as('li', 'operator'), as('wang', 'approver')]
    await failureOf(li.approvals.ask({ subject: plan.id }))
    await give(wang)
    const kept = core.state.approvals.read()
    if (!kept.ok) throw new Error('no approvals')
    // As it stands when the approved plan had another id: made at another time.
    core.state.approvals.write(kept.value.map((one) => ({ ...one, subject: 'plan-0123456789abcdef' })))
    expect(await apply(li)).toEqual(goesOn)
  })
})
