// What counts as drift, and how it is told: pure, from facts and from what the appliance keeps.
import { describe, expect, it } from 'vitest'
import { artifactPath } from '../../../../shared/domain/artifact.ts'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import type { Kept } from '../../../../shared/domain/kept.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import { specLabel } from '../../../../shared/domain/remote-layout.ts'
import { baselineOf, driftOf } from '../../../../shared/plan/drift.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'

const { facts } = planCase('installed')
const step = planFor(facts).steps.find((s) => s.id === 'container.ward-model')?.spec as StepSpecOf<'container'>
const older = { ...step, specDigest: 'b'.repeat(64), spec: { ...step.spec, entryVersion: '0' } }
const versions = [step, older].map((one) => ({ keptAt: '2026-11-20T08:00:00Z', step: one }))
const record = { deployment: 'ward-model', entry: 'llama-cpp', version: '1', proof: step.proof }
const here = { ...facts, deployments: known([record]) }
const lists = { versions, images: [step.spec.image], strangers: [], folders: [], tags: [], held: [] }
const kept: Kept = { there: true, backups: false, ...lists, engineSettings: absent }

const { deployment } = step.spec
const found = knownValue(facts.containers)
const changed = (change: Partial<Container>): Facts => ({
  ...here,
  containers: known(found.map((one) => ({ ...one, ...change }))),
})
const drifted = (now: Facts, other: Partial<Kept> = {}) => driftOf(now, { ...kept, ...other })
const whats = (now: Facts, other: Partial<Kept> = {}) => drifted(now, other).map(({ what }) => what)

describe('drift', () => {
  it('is none where all is as it was, and none of what cannot be read', () => {
    expect(drifted(here)).toEqual([])
    expect(drifted({ ...here, containers: unreadable('garbage'), artifacts: unreadable('garbage') })).toEqual([])
  })

  it('of the stack is what is missing, and what does not run', () => {
    const was = step.spec.entryVersion
    expect(drifted({ ...here, containers: known([]) })).toEqual([
      { deployment, what: 'container-missing', was, now: '' },
    ])
    expect(drifted(changed({ state: 'exited' }))).toEqual([
      { deployment, what: 'container-stopped', was: 'running', now: 'exited' },
    ])
    expect(drifted(changed({ state: 'restarting' }))).toEqual([])
    const source = step.spec.mounts[0]?.source
    expect(drifted({ ...here, artifacts: known([]) })).toEqual([
      { deployment, what: 'artifact-missing', was: source, now: '' },
    ])
  })

  it('of the stack is a file of its settings that is gone, where that could be seen', () => {
    const folder = '/var/lib/rackside/services/ward-model'
    const [files, environmentFile] = [`${folder}/files-0123456789ab`, `${folder}/env-0123456789ab`]
    const mounts = [...step.spec.mounts, { source: files, target: '/run/rackside' }]
    const newest = {
      keptAt: '2026-11-21T08:00:00Z',
      step: { ...step, spec: { ...step.spec, mounts, environmentFile } },
    }
    const missing = (serviceFiles: Facts['serviceFiles']) =>
      drifted({ ...here, ...(serviceFiles !== undefined && { serviceFiles }) }, { versions: [newest] })
    const told = { deployment, what: 'settings-missing', now: '' }
    expect(missing(known([files, environmentFile]))).toEqual([])
    expect(missing(known([environmentFile]))).toEqual([{ ...told, was: files }])
    expect(missing(known([]))).toEqual([files, environmentFile].map((was) => ({ ...told, was })))
    expect([missing(unreadable('no permission')), missing(undefined)]).toEqual([[], []])
  })

  it('of the stack is what runs from something else, whichever of its names the engine gives an image', () => {
    const was = step.spec.image.configDigest
    expect(drifted(changed({ imageId: 'sha256:00' }))).toEqual([{ deployment, what: 'image', was, now: 'sha256:00' }])
    const image = { ...step.spec.image, manifestDigest: `sha256:${'e'.repeat(64)}` }
    const newest = { keptAt: '2026-11-21T08:00:00Z', step: { ...step, spec: { ...step.spec, image } } }
    expect(drifted(changed({ imageId: image.manifestDigest }), { versions: [newest, ...versions] })).toEqual([])
  })

  it('of the stack is what was made from another spec, or from one that nobody noted', () => {
    const labels = found.find(({ name }) => name === 'rackside-ward-model')?.labels ?? {}
    const { [specLabel]: was, ...others } = labels
    const now = 'f'.repeat(64)
    expect(drifted(changed({ labels: { ...labels, [specLabel]: now } }))).toEqual([
      { deployment, what: 'spec', was, now },
    ])
    expect(drifted(changed({ labels: others }))).toEqual([{ deployment, what: 'spec', was, now: '' }])
  })

  it('of the stack is what somebody set by hand, with what it was and is', () => {
    const settings = { restartPolicy: 'no', memoryLimitBytes: 5, cpuLimitNano: 0, cpuSet: '', command: ['sleep', '9'] }
    expect(drifted(changed({ settings }))).toEqual([
      { deployment, what: 'restart-policy', was: 'always', now: 'no' },
      { deployment, what: 'memory-limit', was: '0', now: '5' },
      { deployment, what: 'command', was: step.spec.arguments.join(' '), now: 'sleep 9' },
    ])
    const limited = { ...settings, restartPolicy: 'always', memoryLimitBytes: 0, command: [...step.spec.arguments] }
    expect(drifted(changed({ settings: { ...limited, cpuLimitNano: 2e9, cpuSet: '0-3' } }))).toEqual([
      { deployment, what: 'cpu-limit', was: '0', now: '2000000000' },
      { deployment, what: 'cpu-set', was: '', now: '0-3' },
    ])
  })

  it('is none of what is not meant to run, and not told where nobody knows', () => {
    const gone = { containers: known([]), artifacts: known([]) }
    const another = { ...record, deployment: 'note-helper' }
    for (const deployments of [known([]), known([another]), unreadable('garbage'), absent]) {
      expect(drifted({ ...here, ...gone, deployments })).toEqual([])
    }
    expect(whats({ ...here, ...gone, deployments: known([another, record]) })).toEqual([
      'container-missing',
      'artifact-missing',
    ])
  })

  it('is no file that lies outside of what was brought', () => {
    const mounts = [
      { source: '/etc/localtime', target: '/etc/localtime' },
      { source: artifactPath('0'.repeat(64)), target: '/x' },
    ]
    const newest = { keptAt: '2026-11-21T08:00:00Z', step: { ...step, spec: { ...step.spec, mounts } } }
    expect(drifted(here, { versions: [newest] })).toMatchObject([{ was: mounts[1]?.source }])
  })
})

describe('drift of the server', () => {
  const [nvidia, ascend] = ['nvidia', 'ascend'].map((vendor) => {
    const report = facts.accelerators.find((one) => one.vendor === vendor)
    if (report === undefined) throw new Error(`the fixture lost ${vendor}`)
    return report
  }) as [Facts['accelerators'][number], Facts['accelerators'][number]]
  const proven = {
    ...here,
    accelerators: [
      { ...nvidia, driverVersion: known('570') },
      { ...ascend, driverVersion: known('24.1') },
    ],
  }
  const baseline = baselineOf(proven, kept)
  const now = (other: Partial<Facts>, engineSettings: Kept['engineSettings'] = absent) =>
    drifted({ ...proven, ...other }, { baseline, engineSettings })

  it('is told from what it was when the stack was proven', () => {
    const { os, kernel, engine } = proven
    expect(baseline).toEqual({
      os: known(knownValue(os).prettyName),
      kernel,
      engine: known(`${knownValue(engine).version} ${knownValue(engine).imageStore}`),
      engineSettings: absent,
      drivers: { nvidia: known('570'), ascend: known('24.1') },
    })
    expect(baselineOf({ ...proven, os: unreadable('x'), engine: absent }, kept)).toMatchObject({
      os: unreadable('x'),
      engine: absent,
    })
  })

  it('is what is not as it was then, the drivers by vendor', () => {
    expect(now({})).toEqual([])
    const accelerators = [{ ...nvidia, driverVersion: known('575') }]
    const os = { ...knownValue(proven.os), prettyName: 'Debian 14' }
    const engine = { ...knownValue(proven.engine), version: '99' }
    const moved = { os: known(os), engine: known(engine), kernel: known('6.1.0-99'), accelerators }
    const was = (one: 'os' | 'engine' | 'kernel') => knownValue(baseline[one])
    expect(now(moved, known('c'.repeat(64)))).toEqual([
      { what: 'os', was: was('os'), now: 'Debian 14' },
      { what: 'kernel', was: was('kernel'), now: '6.1.0-99' },
      { what: 'engine', was: was('engine'), now: `99 ${engine.imageStore}` },
      { what: 'engine-settings', was: '', now: 'c'.repeat(64) },
      { what: 'driver', of: 'ascend', was: '24.1', now: '' },
      { what: 'driver', of: 'nvidia', was: '570', now: '575' },
    ])
    const more = [...proven.accelerators, { ...nvidia, vendor: 'hygon' as const, driverVersion: known('1') }]
    expect(now({ accelerators: more })).toEqual([{ what: 'driver', of: 'hygon', was: '', now: '1' }])
  })

  it('is nothing that cannot be read, then or now', () => {
    const accelerators = proven.accelerators.map((one) => ({ ...one, driverVersion: unreadable('hung') }))
    const { os, kernel, engine } = { os: unreadable('x'), kernel: unreadable('x'), engine: unreadable('x') }
    expect(now({ os, kernel, engine, accelerators }, unreadable('x'))).toEqual([])
    const unread = baselineOf({ ...proven, os, kernel, engine, accelerators }, { engineSettings: unreadable('x') })
    expect(drifted(proven, { baseline: unread })).toEqual([])
  })
})
