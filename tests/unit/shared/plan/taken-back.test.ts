// What runs although its publisher has taken it back: found by its own publisher's list alone, by version, image and model;
// nothing stops, nothing goes back to it.
import { describe, expect, it } from 'vitest'
import type { BlockedVersion } from '../../../../shared/domain/blocked-version.ts'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import type { KnownPublisher } from '../../../../shared/domain/origin.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import {
  deploymentLabel,
  entryLabel,
  modelLabel,
  proofLabel,
  publisherLabel,
  versionLabel,
} from '../../../../shared/domain/remote-layout.ts'
import { makeRollBack } from '../../../../shared/plan/roll-back.ts'
import { blockedBy, isTakenBack, takenBackIn } from '../../../../shared/plan/taken-back.ts'
import { knownValue } from '../../../support/known-value.ts'
import { bareFacts, planCase, planFor, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const reason = { en: 'It loses notes.', 'zh-CN': '会丢失记录。' }
const acme: KnownPublisher = { id: 'acme', name: 'Acme Health', fingerprint: `SHA256:${'a'.repeat(43)}` }
const model = { entry: 'qwen3-8b', version: '1' }
const images = ['c', 'd'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string]
const image = {
  ...{ configDigest: images[0], manifestDigest: images[1], unpackedBytes: 1 },
  platform: { os: 'linux', architecture: 'amd64' } as const,
}

const solution = { entry: 'ward', version: '2' }

function running(labels: object = {}, recorded = true): Facts {
  const { facts } = planCase('installed')
  const [some] = knownValue(facts.containers) as [Container]
  const own = {
    ...{ [deploymentLabel]: 'ward-model', [entryLabel]: 'llama-cpp', [versionLabel]: '7' },
    ...{ [publisherLabel]: JSON.stringify(acme), [modelLabel]: JSON.stringify(model) },
  }
  const all = Object.fromEntries(Object.entries({ ...own, ...labels }).filter(([, value]) => value !== ''))
  const container = { ...some, name: 'rackside-ward-model', imageId: 'sha256:engine', labels: all }
  const proof = { serves: 'program', deployment: 'ward-model', hostPort: 8400 } as const
  const made = { image, origin: { solution } }
  const record = { deployment: 'ward-model', entry: 'llama-cpp', version: '7', proof, ...made }
  return { ...facts, containers: known([container]), deployments: known(recorded ? [record] : []) }
}

const list = (...blocked: Partial<BlockedVersion>[]) => [
  {
    ...acme,
    blocked: blocked.map((one): BlockedVersion => ({ entry: 'llama-cpp', reason, since: '2026-11-01', ...one })),
  },
]
const said = { deployment: 'ward-model', publisher: 'Acme Health', since: '2026-11-01', reason }

describe('a version that runs', () => {
  it.each<[string, Partial<BlockedVersion>, object]>([
    ['by its version', { versions: ['6', '7'] }, { entry: 'llama-cpp', version: '7' }],
    ['by a range', { range: { below: '8' } }, { entry: 'llama-cpp', version: '7' }],
    ['by either digest of its image', { images: [images[1]] }, { entry: 'llama-cpp', version: '7' }],
    ['by the model inside of it', { entry: 'qwen3-8b', versions: ['1'] }, model],
    ['by the solution that it is of', { entry: 'ward', range: { below: '3' } }, solution],
  ])('is found %s', (_how, blocked, found) => {
    expect(takenBackIn(running(), list(blocked))).toEqual([{ ...said, ...found }])
  })

  it.each<[string, Partial<BlockedVersion>]>([
    ['another version', { versions: ['8'] }],
    ['another entry', { entry: 'vllm', versions: ['7'] }],
    ['another version of its model', { entry: 'qwen3-8b', versions: ['2'] }],
  ])('is not %s', (_how, blocked) => {
    expect(takenBackIn(running(), list(blocked))).toEqual([])
  })

  it('is of the newest version of its solution: what that left as it was has the older one in its record', () => {
    const facts = running()
    const [own] = knownValue(facts.deployments)
    if (own === undefined) throw new Error('no record')
    const other = { ...own, deployment: 'notes', origin: { solution: { ...solution, version: '10' } } }
    const since = { ...facts, deployments: known([own, other]) }
    expect(takenBackIn(since, list({ entry: 'ward', range: { below: '10' } }))).toEqual([])
    expect(takenBackIn(since, list({ entry: 'ward', versions: ['10'] }))).toEqual([
      { ...said, entry: 'ward', version: '10' },
    ])
  })

  it('is nobody else’s to take back', () => {
    const all = list({ versions: ['7'] })
    const other = { ...acme, fingerprint: `SHA256:${'b'.repeat(43)}` }
    expect(takenBackIn(running({ [publisherLabel]: JSON.stringify(other) }), all)).toEqual([])
    expect(takenBackIn(running({ [publisherLabel]: JSON.stringify({ ...acme, id: 'beta' }) }), all)).toEqual([])
    expect(takenBackIn(running({ [publisherLabel]: '' }), all)).toEqual([])
  })

  it('is its publisher’s to take back after that has changed its keys', () => {
    const [one] = list({ versions: ['7'] })
    const since = { ...acme, ...one, fingerprint: `SHA256:${'b'.repeat(43)}`, formerly: [acme.fingerprint] }
    expect(takenBackIn(running(), [since])).toHaveLength(1)
  })

  it('is told without a record too, and no record of another version speaks for it', () => {
    expect(takenBackIn(running({}, false), list({ entry: 'qwen3-8b', versions: ['1'] }))).toHaveLength(1)
    expect(takenBackIn(running({ [versionLabel]: '8' }), list({ images: [images[0]] }))).toEqual([])
  })

  it('is said of a service, and of its part only what is the part’s alone', () => {
    const facts = running()
    const [service] = knownValue(facts.containers) as [Container]
    const proof = JSON.stringify({ serves: 'part', deployment: 'ward-model-db', of: 'ward-model' })
    const own = { [deploymentLabel]: 'ward-model-db', [proofLabel]: proof }
    const part = {
      ...service,
      name: 'rackside-ward-model-db',
      labels: { ...service.labels, ...own },
      imageId: images[0],
    }
    const both = { ...facts, containers: known([service, part]), deployments: known([]) }
    const found = (blocked: Partial<BlockedVersion>) => takenBackIn(both, list(blocked)).map((one) => one.deployment)
    expect(found({ versions: ['7'] })).toEqual(['ward-model'])
    expect(found({ images: [images[0]] })).toEqual(['ward-model-db'])
  })

  it('is said in a plan that leaves it, and not in one that replaces it', () => {
    const takenBack = takenBackIn(running(), list({ versions: ['7'] }))
    const other = { ...takenBack[0], deployment: 'discharge-letters' } as (typeof takenBack)[number]
    const made = planFor(running(), wardCatalog(), { takenBack: [...takenBack, other], publisher: acme })
    expect(made.steps.find(({ id }) => id === 'container.ward-model')).toMatchObject({ reason: 'container-differs' })
    expect(made.takenBack).toEqual([other])
    expect(planFor(planCase('installed').facts, wardCatalog(), { takenBack }).takenBack).toEqual(takenBack)
  })
})

describe('a kept version that was taken back', () => {
  const made = planFor(bareFacts(), wardCatalog(), { publisher: acme })
  const step = made.steps.find(({ id }) => id === 'container.ward-model')?.spec as StepSpecOf<'container'>
  const older = { ...step, specDigest: 'b'.repeat(64), spec: { ...step.spec, entryVersion: '6' } }
  const back = (kept: typeof older, all: ReturnType<typeof list>) => {
    const blocked = blockedBy(kept.origin?.publisher, all)
    const { facts } = planCase('installed')
    const { address } = wish
    return makeRollBack(
      facts,
      { keptAt: '2026-11-20T08:00:00Z', step: kept },
      { address, soakSeconds: 7, blocked },
      tools,
    )
  }

  it.each<[string, Partial<BlockedVersion>]>([
    ['itself', { versions: ['6'] }],
    ['for its image', { images: [step.spec.image.configDigest] }],
    ['for its model', { entry: 'qwen3-8b', versions: ['1'] }],
    ['for its solution', { entry: 'ward', versions: ['2'] }],
  ])('%s is not gone back to', (_how, blocked) => {
    expect(back(older, list(blocked)).blockers).toMatchObject([{ kind: 'version-blocked', publisher: 'Acme Health' }])
    expect(isTakenBack(older, list(blocked))).toBe(true)
  })

  it('of somebody else, or of before it was said, is', () => {
    const { origin: _, ...old } = older
    for (const kept of [old, { ...older, origin: { ...older.origin, publisher: { ...acme, id: 'beta' } } }]) {
      const all = list({ versions: ['6'] })
      expect(back(kept as typeof older, all).blockers).toEqual([])
      expect(isTakenBack(kept as typeof older, all)).toBe(false)
    }
  })
})
