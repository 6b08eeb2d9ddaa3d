// What a record says of the server and the plan that its act names only by an address or an id.
import { describe, expect, it } from 'vitest'
import { namingAppliances } from '../../../../../main/core/audit/audited-appliance.ts'
import type { Audit, AuditLine } from '../../../../../main/store/audit/audit.ts'
import type { Appliance } from '../../../../../shared/domain/appliance.ts'
import { fail, ok } from '../../../../../shared/domain/failure.ts'
import { bareFacts, planFor } from '../../../../support/plan-cases.ts'

const lab14 = { name: 'lab14', address: { host: '10.78.0.24', port: 22, user: 'ops' } } as Appliance

async function written(input: object, saved: readonly Appliance[], act = 'run-begin'): Promise<AuditLine | undefined> {
  const lines: AuditLine[] = []
  const audit = { append: (line: AuditLine) => ok(lines.push(line)) } as unknown as Audit
  const plan = { ...(await planFor(bareFacts())), id: 'plan-1' }
  const readPlan = (id: string) => (id === plan.id ? ok(plan) : fail({ kind: 'plan-unknown', planId: id }))
  const state = { appliances: { read: () => ok([...saved]) }, pins: { read: () => ok([]) }, readPlan }
  namingAppliances(audit, state as never).append({ at: 'T', who: 'li', act, input })
  return lines[0]
}

describe('the record of an act', () => {
  it('has the saved name of an appliance that was named by its address', async () => {
    const line = await written({ address: lab14.address }, [lab14])
    expect(line?.appliance).toMatchObject({ name: 'lab14', host: '10.78.0.24' })
  })

  it('has no name where that address has none, or two', async () => {
    const other = { ...lab14, name: 'ward-2' }
    for (const saved of [[], [lab14, other]]) {
      const line = await written({ address: lab14.address }, saved)
      expect(line?.appliance).toMatchObject({ host: '10.78.0.24' })
      expect(line?.appliance).not.toHaveProperty('name')
    }
  })

  it('says what its plan was for, beside what was asked for', async () => {
    const line = await written({ planId: 'plan-1' }, [], 'plan-apply')
    expect(line?.input).toEqual({
      planId: 'plan-1',
      planFor: { act: 'set-up', what: expect.any(String), version: expect.any(String) },
    })
    expect((await written({ planId: 'plan-2' }, [], 'plan-apply'))?.input).toEqual({ planId: 'plan-2' })
  })
})
