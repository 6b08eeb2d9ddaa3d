// Plans that go back and take away: pure, from facts and from what the appliance keeps.
import { describe, expect, it } from 'vitest'
import type { Container } from '../../../../shared/domain/facts.ts'
import type { Kept } from '../../../../shared/domain/kept.ts'
import type { KnownPublisher } from '../../../../shared/domain/origin.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import { deploymentLabel, publisherLabel } from '../../../../shared/domain/remote-layout.ts'
import type { TakenBack } from '../../../../shared/domain/taken-back.ts'
import { installedSince } from '../../../../shared/plan/changed-since.ts'
import type { PlanFacts } from '../../../../shared/plan/host-packages.ts'
import { makeRollBack } from '../../../../shared/plan/roll-back.ts'
import { makeUninstall } from '../../../../shared/plan/uninstall.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, planFor, tools, wish } from '../../../support/plan-cases.ts'

const { facts } = planCase('installed')
const { address } = wish
const step = planFor(facts).steps.find((s) => s.id === 'container.ward-model')?.spec as StepSpecOf<'container'>
const older = { ...step, specDigest: 'b'.repeat(64), spec: { ...step.spec, entryVersion: '0' } }
const versions = [step, older].map((one) => ({ keptAt: '2026-11-20T08:00:00Z', step: one }))
const lists = { versions, images: [step.spec.image], strangers: [], folders: [], tags: [], held: [] }
const kept: Kept = { there: true, backups: false, ...lists, engineSettings: absent }
const plain = { runtime: 'runc', gpus: false }
const changes = (plan: { steps: readonly { id: string; change: boolean }[] }) =>
  plan.steps.filter((one) => one.change).map((one) => one.id)

describe('a plan that goes back', () => {
  const back = (version = versions[1], now = facts) => {
    if (version === undefined) throw new Error('there is no such version')
    return makeRollBack(now, version, { address, soakSeconds: 7 }, tools)
  }

  it('replaces the service by the kept version, watched as long as was asked', () => {
    const plan = back()
    expect(plan.purpose).toEqual({ act: 'roll-back', deployment: 'ward-model', version: '0' })
    expect(plan.steps[1]).toMatchObject({ reason: 'container-differs', interrupts: true, spec: { soakSeconds: 7 } })
    expect([plan.blockers, changes(plan)]).toEqual([[], ['container.ward-model']])
    expect(plan.others).toBeUndefined()
    expect(changes(back(versions[0]))).toEqual([])
  })

  it('is stopped by a part of it that is gone, and by an engine that is', () => {
    const blockers = back(versions[1], { ...facts, images: known([]), artifacts: known([]) }).blockers
    expect(blockers.map(({ kind }) => kind)).toEqual(['version-incomplete', 'version-incomplete'])
    expect(back(versions[1], { ...facts, engine: absent }).blockers).toMatchObject([{ kind: 'engine-missing' }])
  })
})

describe('a plan that goes back to what another publisher installed', () => {
  const acme: KnownPublisher = { id: 'acme', name: 'Acme Health', fingerprint: `SHA256:${'a'.repeat(43)}` }
  const beta: KnownPublisher = { id: 'beta', name: 'Beta', fingerprint: `SHA256:${'b'.repeat(43)}` }
  const label = JSON.stringify(beta)
  const now: PlanFacts = {
    ...facts,
    kept,
    containers: known(
      knownValue(facts.containers).map((one) => ({ ...one, labels: { ...one.labels, [publisherLabel]: label } })),
    ),
  }
  const made = { ...older, origin: { publisher: acme, solution: { entry: 'ward', version: '1' }, licences: [] } }
  const version = { keptAt: '2026-11-20T08:00:00Z', step: made }
  const about = { ...{ entry: 'llama-cpp', version: '7' }, publisher: 'Beta', since: '2026-11-01' }
  const back: TakenBack[] = ['ward-model', 'note-helper'].map((deployment) => {
    return { deployment, ...about, reason: { en: 'It leaks.', 'zh-CN': '泄漏。' } }
  })
  const wished = { address, soakSeconds: 7, publisher: acme, takenBack: back }

  it('is refused until somebody names that other one, and says what is different and what stays', () => {
    const plan = makeRollBack(now, version, wished, tools)
    const { id: owner, name: ownerName, fingerprint } = beta
    const refusal = { kind: 'deployment-of-other', owner, ownerName, fingerprint, publisher: 'Acme Health' }
    expect(plan.blockers).toEqual([{ ...refusal, deployments: ['ward-model'] }])
    expect(plan.takeovers).toEqual([{ from: beta, what: ['ward-model'] }])
    expect(plan.takenBack).toEqual(back.slice(1))
    expect(plan.replacements?.[0]?.differences[0]).toMatchObject({ what: 'publisher' })
    const agreed = makeRollBack(now, version, { ...wished, takeFrom: ['beta'] }, tools)
    expect([agreed.blockers, agreed.takeovers]).toEqual([[], plan.takeovers])
    expect(agreed.purpose).toMatchObject({ act: 'roll-back', takeFrom: ['beta'] })
  })

  it('takes nothing over of the publisher itself, also after it has changed its keys', () => {
    const since = { ...beta, fingerprint: `SHA256:${'c'.repeat(43)}`, formerly: [beta.fingerprint] }
    const plan = makeRollBack(now, version, { ...wished, publisher: since }, tools)
    expect([plan.blockers, plan.takeovers]).toEqual([[], undefined])
  })
})

describe('a plan that takes everything away', () => {
  const away = (other: Partial<Kept> = {}, now = facts, deletesData = false) =>
    makeUninstall({ facts: now, kept: { ...kept, ...other }, made: [] }, { address, deletesData }, tools)

  it('takes containers, networks, noted images and the folders, in this order', () => {
    const kinds = away().steps.map((one) => one.spec.kind)
    expect([...new Set(kinds)]).toEqual(['absent-container', 'absent-network', 'absent-image', 'absent-rackside'])
    expect(away().blockers).toEqual([])
  })

  it('leaves what only carries a label, an image that others use, and one that it did not bring', () => {
    const [mine] = knownValue(facts.containers)
    const foreign: Container = { ...(mine as Container), name: 'grafana', labels: { [deploymentLabel]: 'ward-model' } }
    const now = { ...facts, containers: known([foreign]), networks: known(['of-somebody-else']) }
    const strangers = knownValue(facts.images).map(({ id }) => ({
      imageId: id,
      name: 'grafana',
      running: true,
      ...plain,
    }))
    expect(changes(away({ strangers }, now))).toEqual(['absent-rackside.folders'])
    expect(away({ images: [] }).steps.some((one) => one.spec.kind === 'absent-image')).toBe(false)
  })

  it('is nothing where nothing is, and is not made from half a list', () => {
    const none = { ...facts, containers: known([]), networks: known([]) }
    expect(away({ there: false, images: [] }, none).steps).toEqual([])
    expect(away({}, { ...facts, containers: unreadable('garbage') }).blockers).toMatchObject([
      { kind: 'engine-unreadable' },
    ])
  })

  it('is not what was agreed to any more once something was installed that it does not name', () => {
    const [first] = knownValue(facts.containers)
    const before = away({}, { ...facts, containers: known([first as Container]) })
    expect(installedSince(before, away())).toEqual(['container rackside-note-helper: absent -> there'])
    expect([installedSince(away(), before), installedSince(away(), away())]).toEqual([[], []])
    expect(installedSince(planFor(facts), planFor(facts))).toEqual([])
  })

  it('takes volumes of services, named or not, only where data are to go', () => {
    const volume = { made: { kind: 'volume', name: 'ward-records', deployment: 'ward' }, before: {} } as const
    const plan = (deletesData: boolean) =>
      makeUninstall({ facts, kept, made: [volume] }, { address, deletesData }, tools).steps.map((one) => one.spec)
    expect(plan(false).some((one) => one.kind === 'absent-made')).toBe(false)
    expect(plan(true).some((one) => one.kind === 'absent-made')).toBe(true)
    expect(plan(false)[0]).toMatchObject({ kind: 'absent-container', deletesData: false })
  })
})

describe('a plan beside other deployments', () => {
  it("names those that are not its own, and nobody else's containers", () => {
    const { facts: installed } = planCase('installed')
    const other = { ...(knownValue(installed.containers)[0] as Container) }
    const dropped = {
      ...other,
      name: 'rackside-old-model',
      labels: { ...other.labels, [deploymentLabel]: 'old-model' },
    }
    const copied = { ...dropped, name: 'somebody-elses' }
    const containers = known([...knownValue(installed.containers), dropped, copied])
    expect(planFor({ ...installed, containers }).others).toEqual(['old-model'])
    expect(planFor(installed).others).toBeUndefined()
  })
})

type Made = Parameters<typeof makeUninstall>[0]['made'][number]

describe('what is taken away beside containers of others', () => {
  const registration: Made = {
    made: {
      kind: 'runtime-registration',
      ...{ runtime: 'nvidia', path: '/usr/bin/nvidia-container-runtime', arguments: [] },
      asDefault: false,
      activation: 'restart',
    },
    before: {},
  }
  const part = { name: 'docker.io', version: '28', fileName: 'docker.deb', artifactSha256: 'a'.repeat(64) }
  const engine: Made = {
    made: {
      kind: 'host-package',
      manager: 'deb',
      ...{ package: 'docker-debian', arguments: [], removeArguments: [] },
      ...{ hold: false, rebootNeeded: false, parts: [part], lockWaitSeconds: 1 },
    },
    before: {},
  }
  const stepsWith = (strangers: Kept['strangers']) => {
    const installed = { facts, kept: { ...kept, strangers }, made: [registration, engine] }
    return makeUninstall(installed, { address, deletesData: false }, tools).steps.filter(
      ({ spec }) => spec.kind === 'absent-made',
    )
  }

  it('is all of it where there are none', () => {
    expect(stepsWith([]).map(({ change, interrupts }) => [change, interrupts])).toEqual([
      [true, false],
      [true, false],
    ])
  })

  it('is not the engine they run on, and says which of them stop for a moment', () => {
    const strangers = [
      { imageId: 'sha256:1', name: 'his-db', running: true, ...plain },
      { imageId: 'sha256:2', name: 'old', running: false, ...plain },
    ]
    expect(stepsWith(strangers)).toMatchObject([
      { change: true, interrupts: true, stops: ['his-db'] },
      { change: false, reason: 'used-by-others' },
    ])
  })

  it('is not what brings accelerators into one of them', () => {
    for (const uses of [
      { runtime: 'runc', gpus: true },
      { runtime: 'nvidia', gpus: false },
    ]) {
      const stays = { change: false, reason: 'used-by-others' }
      expect(stepsWith([{ imageId: 'sha256:1', name: 'his-cuda', running: true, ...uses }])).toMatchObject([
        stays,
        stays,
      ])
    }
  })
})
