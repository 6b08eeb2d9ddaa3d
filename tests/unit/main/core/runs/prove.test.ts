// Which containers count as deployments when an appliance is proven, and what is said when nobody can look.
import { describe, expect, it } from 'vitest'
import { lasting, noteTrying, proveDeployments } from '../../../../../main/core/runs/prove.ts'
import type { Connection } from '../../../../../shared/domain/connection.ts'
import { fail, ok } from '../../../../../shared/domain/failure.ts'
import { known, unreadable } from '../../../../../shared/domain/reading.ts'
import { proofLabel, specLabel } from '../../../../../shared/domain/remote-layout.ts'
import { knownValue } from '../../../../support/known-value.ts'
import { madeProbe } from '../../../../support/made-tasks.ts'
import { bareFacts, planCase, planFor } from '../../../../support/plan-cases.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'

const silent = {
  http: async () => fail({ kind: 'http-failed', port: 1, detail: 'refused' }),
} as unknown as Connection
const { facts } = planCase('installed')
const prove = (of = facts) => proveDeployments(silent, of, { clock: () => 0 })

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

  it('does not overlook hardware that nobody can read', async () => {
    const [report] = facts.accelerators
    if (report === undefined) throw new Error('the fixture lost its accelerators')
    const unread = { ...report, pciCount: known(8), devices: unreadable('nvidia-smi: still hangs') }
    expect(await prove({ ...bareFacts(), accelerators: [unread] })).toMatchObject({
      value: { reason: 'nothing-deployed', accelerators: [{ trouble: 'unread', count: 8 }] },
    })
  })

  it('says since when it is so, and forgets that when a look fails', () => {
    const { core } = pretendCore()
    const address = { host: '10.78.0.11', port: 22, user: 'ops' }
    const verdict = { state: 'healthy', reason: 'answers', deployments: [] } as const
    const times = ['2026-11-22T09:00:00.000Z', '2026-11-22T09:01:00.000Z', '2026-11-22T09:02:00.000Z']
    const at = (now = '') => ({ ...core, tools: { ...core.tools, now: () => now } })
    const look = (place: number) => lasting(at(times[place]), address, ok({ ...verdict, deployments: [] }))
    look(0)
    expect(look(1)).toMatchObject({ value: { since: times[0] } })
    lasting(core, address, fail({ kind: 'engine-unreadable', detail: 'daemon dead' }))
    expect(look(2)).toMatchObject({ value: { since: times[2] } })
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

describe('probes that are tried anew', () => {
  const helper = knownValue(facts.containers).find(({ name }) => name === 'rackside-note-helper')
  if (helper === undefined) throw new Error('the fixture lost its app')
  const [image] = planFor(facts).steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec.spec.image] : []))
  if (image === undefined) throw new Error('the plan has no container')
  const probe = madeProbe({ of: 'note-helper', image })
  const program = { serves: 'program', deployment: 'note-helper', hostPort: 8501 } as const
  const labels = { ...helper.labels, [specLabel]: probe.against, [proofLabel]: JSON.stringify(program) }
  const { task, of, ofVersion, entry, entryVersion } = probe.spec
  const noted = {
    ...{
      role: 'probe' as const,
      task,
      of,
      ofVersion,
      entry,
      entryVersion,
      digest: probe.digest,
      against: probe.against,
    },
    ...{ run: 'run-1', at: '2026-11-20T08:00:00Z', seconds: 1, outcome: 'passed' as const, exitCode: 0 },
  }
  const there = {
    ...facts,
    containers: known([{ ...helper, labels, health: 'healthy' as const }]),
    deployments: known([]),
    tasks: known([noted]),
    images: known([{ id: image.configDigest, architecture: 'amd64', repoDigests: [] }]),
  }
  const kept = `step ${Buffer.from(JSON.stringify(probe)).toString('base64')}\n`
  const holder = { run: 'run-20261120T080010Z-0badcafe', who: 'li', at: '2026-11-20T08:00:10Z' }
  const connection = (asked: string[]) =>
    ({
      ...silent,
      run: async ({ name }: { name: string }) => {
        asked.push(name)
        const stdout = name === 'kept probes' ? kept : `held ${JSON.stringify(holder)}\n`
        return ok({ exitCode: 0, stdout, stderr: '' })
      },
    }) as unknown as Connection

  it('are none while a run is going on, and it is said whose that is', async () => {
    const asked: string[] = []
    const anew = { holder: { run: 'prove-1', who: 'wang', at: holder.at }, beforeTrying: () => ok(undefined) }
    expect(await proveDeployments(connection(asked), there, { clock: () => 0, anew })).toEqual({
      ok: false,
      failure: { kind: 'run-in-progress', holder: 'li', since: holder.at, runId: holder.run },
    })
    expect(asked.at(-1)).toBe(`probe.${task}`)
  })

  it('stand in the audit before the first of them, and none begins where that cannot be written', async () => {
    const { core, auditLines } = pretendCore()
    const address = { host: '10.78.0.11', port: 22, user: 'ops' }
    expect(noteTrying(core, address, { who: 'li', probes: [task], runId: 'prove-1' })).toMatchObject({ ok: true })
    expect(auditLines()).toMatchObject([
      { who: 'li', act: 'probes-try', input: { address, probes: [task], runId: 'prove-1' } },
    ])
    const asked: string[] = []
    const full = fail({ kind: 'disk-full', path: '/home', detail: 'ENOSPC' })
    const anew = { holder: { run: 'prove-1', who: 'wang', at: holder.at }, beforeTrying: () => full }
    expect(await proveDeployments(connection(asked), there, { clock: () => 0, anew })).toEqual(full)
    expect(asked).toEqual(['kept probes'])
  })

  it('are none for whoever only looks', async () => {
    const asked: string[] = []
    expect(await proveDeployments(connection(asked), there, { clock: () => 0 })).toMatchObject({ ok: true })
    expect(asked).toEqual([])
  })
})
