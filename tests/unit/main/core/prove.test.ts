// Which containers count as deployments when an appliance is proven, and what is said when nobody can look.
import { describe, expect, it } from 'vitest'
import { proveDeployments } from '../../../../main/core/prove.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { fail } from '../../../../shared/domain/failure.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { knownValue } from '../../../support/known-value.ts'
import { bareFacts, planCase } from '../../../support/plan-cases.ts'
import { pretendCore } from '../../../support/pretend-core.ts'

const silent = {
  http: async () => fail({ kind: 'http-failed', port: 1, detail: 'refused' }),
} as unknown as Connection
const { facts } = planCase('installed')
const prove = (of = facts) => proveDeployments(pretendCore().core, silent, of)

describe('proving an appliance', () => {
  it('looks at every deployment, in the order of their names', async () => {
    const proven = await prove()
    expect(proven.ok && proven.value.deployments.map((one) => one.deployment)).toEqual(['note-helper', 'ward-model'])
    expect(proven.ok && proven.value.state).not.toBe('healthy')
  })

  it('does not count what a replacement left aside, nor what is not ours', async () => {
    const [model, helper] = knownValue(facts.containers)
    if (model === undefined || helper === undefined) throw new Error('the fixture lost its containers')
    const aside = { ...model, name: `${model.name}-previous` }
    const foreign = { ...helper, labels: {} }
    const proven = await prove({ ...facts, containers: known([aside, foreign]) })
    expect(proven).toEqual({ ok: true, value: { state: 'unknown', reason: 'nothing-deployed', deployments: [] } })
  })

  it('with nothing installed does not call it healthy', async () => {
    expect(await prove(bareFacts())).toMatchObject({ value: { state: 'unknown', reason: 'nothing-deployed' } })
  })

  it.each(['engine', 'containers'] as const)('that cannot read the %s says so', async (name) => {
    expect(await prove({ ...facts, [name]: unreadable('daemon dead') })).toEqual({
      ok: false,
      failure: { kind: 'engine-unreadable', detail: 'daemon dead' },
    })
  })

  it('that cannot read what should be running does not blame the engine, nor calls it healthy', async () => {
    expect(await prove({ ...facts, deployments: unreadable('cut short') })).toEqual({
      ok: false,
      failure: { kind: 'fact-missing', fact: 'installed deployments', why: 'cut short' },
    })
  })

  it('misses a deployment that was recorded and is gone', async () => {
    const proof = { serves: 'page', deployment: 'gone', hostPort: 8499, readyPath: '/' } as const
    const record = { deployment: 'gone', entry: 'note-helper', version: '3', proof }
    const proven = await prove({ ...bareFacts(), deployments: known([record]) })
    expect(proven).toMatchObject({
      value: { state: 'down', deployments: [{ deployment: 'gone', state: 'down', reason: 'missing' }] },
    })
  })
})
