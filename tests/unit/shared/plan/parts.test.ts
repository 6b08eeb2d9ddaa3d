// Services of several containers in plans: parts before their service, in a network of their own, with its secrets; what
// runs alone keeps its digest.
import { describe, expect, it } from 'vitest'
import { containerName } from '../../../../shared/apply/container-run.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import type { KeptVersion } from '../../../../shared/domain/kept.ts'
import { plan as planSchema, type StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { deploymentLabel, proofLabel, specLabel } from '../../../../shared/domain/remote-layout.ts'
import type { Catalog } from '../../../../shared/plan/catalog.ts'
import type { PlanFacts } from '../../../../shared/plan/host-packages.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { makeRollBack, withItsParts } from '../../../../shared/plan/roll-back.ts'
import { makeUninstall } from '../../../../shared/plan/uninstall.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { knownValue } from '../../../support/known-value.ts'
import { bareFacts, planFor, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'
import { catalogWithParts, noteHelper, writtenParts } from '../../../support/ward-with-parts.ts'

const catalog = catalogWithParts()
const own = 'rackside-ward_note-helper'
const plain = [{ ...noteHelper().variants[0], environment: {} }]
const planned = (facts: PlanFacts = bareFacts(), of: Catalog = catalog) => planFor(facts, of)
const stepOf = (id: string, plan = planned()) => {
  const found = plan.steps.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no step ${id}`)
  return found
}
const container = (deployment: string, plan = planned()) =>
  stepOf(`container.${deployment}`, plan).spec as StepSpecOf<'container'>
const images = () => {
  const all = catalog.artifacts.flatMap((one) => (one.kind === 'image' ? [one.image] : []))
  return known(all.map(({ configDigest }) => ({ id: configDigest, architecture: 'amd64', repoDigests: [] })))
}
const words = (deployment: string, facts: PlanFacts = { ...bareFacts(), images: images() }) =>
  actingKindOf(container(deployment))
    .commands(container(deployment), facts, 'run-1')
    .map((one) => one.words)
const running = (step: StepSpecOf<'container'>, changes: Partial<Container> = {}): Container => ({
  ...{ id: step.spec.deployment, name: containerName(step.spec.deployment), imageId: step.spec.image.configDigest },
  ...{ state: 'running', health: 'healthy', startedAt: '2026-11-20T08:00:00Z', restartCount: 0 },
  labels: {
    ...{ [deploymentLabel]: step.spec.deployment, [specLabel]: step.specDigest },
    [proofLabel]: JSON.stringify(step.proof),
  },
  ...changes,
})
const all = () => ['ward-model', 'note-helper-db', 'note-helper-worker', 'note-helper'].map((one) => container(one))

describe('a plan for a service with parts', () => {
  it('starts them before it, each with what it needs, and waits for each', () => {
    const plan = planned()
    expect(planSchema.parse(plan)).toEqual(plan)
    // Of the system nothing was looked at here.
    expect(plan.blockers.filter(({ kind }) => kind !== 'fact-missing')).toEqual([])
    const ids = plan.steps.map(({ id }) => id)
    expect(ids.slice(ids.indexOf('ready.ward-model') + 1)).toEqual([
      'volume.note-helper-db.data',
      'service-file.note-helper-db.database.conf',
      'service-file.note-helper-db.environment',
      'container.note-helper-db',
      'ready.note-helper-db',
      'container.note-helper-worker',
      'ready.note-helper-worker',
      'service-file.note-helper.environment',
      'container.note-helper',
      'ready.note-helper',
    ])
    expect(stepOf('ready.note-helper-db').spec).toEqual({
      ...{ kind: 'ready', deployment: 'note-helper-db', timeoutSeconds: 30 },
    })
    expect(ids.filter((id) => id === 'image.note-helper-amd64')).toHaveLength(1)
    expect(ids).toContain('image.database-amd64')
  })

  it('gives them a network that nothing leaves, where only it and they are', () => {
    expect(stepOf('network.rackside-ward.note-helper').spec).toEqual({ kind: 'network', name: own, internal: true })
    const networks = all().map(({ spec: { deployment, network, joins } }) => [deployment, network, joins])
    expect(networks).toEqual([
      ['ward-model', 'rackside-ward', undefined],
      ['note-helper-db', own, undefined],
      ['note-helper-worker', own, 'rackside-ward'],
      ['note-helper', 'rackside-ward', own],
    ])
    const step = stepOf('network.rackside-ward.note-helper').spec as StepSpecOf<'network'>
    expect(actingKindOf(step).commands(step, bareFacts(), 'run-1')[0]?.words).toContain('--internal')
  })

  it('publishes nothing of a part, and makes and joins what is in two networks before it starts', () => {
    const [run = [], ...more] = words('note-helper-db')
    expect(more.map(([program, verb]) => [program, verb])).not.toContainEqual(['docker', 'start'])
    expect(run.slice(0, 2)).toEqual(['docker', 'run'])
    expect(run).not.toContain('--publish')
    expect(run.join(' ')).toContain('--user 999:999')
    expect(run).toContain('rackside.port=')
    const app = words('note-helper').map(([program, verb, ...rest]) => [program, verb, rest.at(-2), rest.at(-1)])
    expect(app[0]?.slice(0, 2)).toEqual(['docker', 'create'])
    expect(app[1]).toEqual(['sh', '-c', own, 'note-helper'])
    expect(app[2]).toEqual(['docker', 'start', undefined, 'rackside-note-helper'])
  })

  it('joins what a power cut left between its making and its start', () => {
    const facts = {
      ...bareFacts(),
      images: images(),
      containers: known([running(container('note-helper'), { state: 'created' })]),
    }
    const said = words('note-helper', facts)
    expect(said[0]?.slice(0, 2)).toEqual(['sh', '-c'])
    expect(said[1]).toEqual(['docker', 'start', 'rackside-note-helper'])
  })

  it('has one secret for it and them, and puts addresses in their places', () => {
    const secret = { deployment: 'note-helper', name: 'database', generation: 1 }
    const secrets = planned().steps.filter(({ spec }) => spec.kind === 'secret')
    expect(secrets.map(({ spec }) => spec)).toEqual([{ kind: 'secret', ...secret }])
    expect(stepOf('service-file.note-helper.environment').spec).toMatchObject({
      parts: [{ text: 'DATABASE=db://x:' }, { secret }, { text: '@note-helper-db:5432\n' }],
    })
    expect(stepOf('service-file.note-helper-db.database.conf').spec).toMatchObject({
      parts: [{ text: 'for note-helper:8080, ' }, { secret }, { text: '\n' }],
    })
    expect(container('note-helper-db').spec.arguments).toEqual(['--port', '5432'])
    expect(container('note-helper-worker').spec.arguments).toEqual(['http://ward-model:8080/v1', 'note-helper-db'])
    expect(container('note-helper-worker').spec.environment).toEqual({ KEY: 'none' })
  })

  it('makes a secret as its entry says also where a part alone uses it', () => {
    const readable = catalogWithParts({
      configuration: { secrets: [{ name: 'database', readable: true }] },
      variants: plain,
    })
    const secrets = planned(bareFacts(), readable).steps.filter(({ spec }) => spec.kind === 'secret')
    expect(secrets.map(({ spec }) => spec)).toMatchObject([{ deployment: 'note-helper', readable: true }])
  })

  it('counts their memory, and proves them by the check of the engine', () => {
    const fits = planned().fits.map(({ service, needBytes }) => [service, needBytes])
    expect(fits).toContainEqual(['note-helper-db', 64 * 1024 ** 2])
    expect(fits).toContainEqual(['note-helper-worker', 32 * 1024 ** 2])
    expect(container('note-helper-db').proof).toEqual({
      serves: 'part',
      deployment: 'note-helper-db',
      of: 'note-helper',
    })
    expect(container('note-helper').spec.parts).toEqual(
      ['note-helper-db', 'note-helper-worker'].map((deployment) => ({
        deployment,
        specDigest: container(deployment).specDigest,
      })),
    )
  })

  it('finds nothing to do where they run', () => {
    const facts = { ...bareFacts(), containers: known(all().map((one) => running(one))) }
    const kinds = planned(facts).steps.filter(({ spec }) => spec.kind === 'container')
    expect(kinds.map(({ reason }) => reason)).toEqual(Array.from({ length: 4 }, () => 'container-same'))
    expect(planned(facts).others).toBeUndefined()
  })

  it('replaces it with each of them, one after the other and never two at once on the same data', () => {
    const facts = { ...bareFacts(), containers: known(all().map((one) => running(one))) }
    const [db, ...others] = writtenParts
    const newer = catalogWithParts({ parts: [{ ...db, environment: { ...db?.environment, MORE: '1' } }, ...others] })
    const steps = planned(facts, newer).steps.filter(({ spec, change }) => spec.kind === 'container' && change)
    expect(steps.map(({ id, reason }) => [id, reason])).toEqual([
      ['container.note-helper-db', 'container-differs'],
      ['container.note-helper', 'container-differs'],
    ])
    expect(steps.every(({ spec }) => spec.kind === 'container' && spec.beside === undefined)).toBe(true)
    expect(steps[0]?.backsUp).toEqual(['rackside-note-helper-db_data'])
    expect(steps[0]?.spec).toMatchObject({ soakSeconds: 10 })
  })

  it('takes no container of that name that is something else', () => {
    const stranger = { ...container('note-helper-db'), specDigest: 'other', proof: container('note-helper').proof }
    const facts = { ...bareFacts(), containers: known([running(stranger)]) }
    expect(planned(facts).blockers).toContainEqual({
      ...{ kind: 'host-object-unusable', what: 'rackside-note-helper-db', problem: 'foreign' },
    })
  })

  it('is refused where another service has the name of a part, or where an image of one is missing', () => {
    const named = { ...catalog, entries: catalog.entries.map((one) => renamed(one)) }
    const found = makePlan(bareFacts(), named, wish, tools)
    expect(found.ok && found.value.blockers).toMatchObject([
      {
        kind: 'no-variant-fits',
        rejected: [{ rejections: [{ reason: 'part-name-unusable', name: 'note-helper-db' }] }],
      },
    ])
    const without = { ...catalog, artifacts: catalog.artifacts.filter(({ id }) => id !== 'database-amd64') }
    expect(JSON.stringify(planned(bareFacts(), without).blockers)).toContain(
      '"reason":"artifact-not-in-bundle","artifact":"database-amd64"',
    )
    const arm = { ...bareFacts(), architecture: known('arm64') }
    expect(JSON.stringify(planned(arm).blockers)).toContain(
      '"reason":"architecture-differs","needs":"amd64","has":"arm64"',
    )
  })
})

function renamed(one: Catalog['entries'][number]): Catalog['entries'][number] {
  if (one.kind !== 'solution') return one
  const services = one.services.map((service) =>
    service.role === 'model'
      ? { ...service, name: 'note-helper-db' }
      : service.role === 'app'
        ? { ...service, usesModel: 'note-helper-db' }
        : service,
  )
  return { ...one, services }
}

describe('what runs alone', () => {
  it('has no word of parts in its spec: nothing is replaced because there are parts now', () => {
    const spec = container('note-helper', planFor(bareFacts(), wardCatalog())).spec
    expect(Object.keys(spec).filter((field) => ['parts', 'joins', 'user'].includes(field))).toEqual([])
  })
})

describe('a service with parts that goes', () => {
  const facts = () => ({
    ...bareFacts(),
    containers: known(
      all()
        .map((one) => running(one))
        .reverse(),
    ),
    networks: known(['rackside-ward', own]),
  })
  const keptOf = (versions: KeptVersion[]) => ({
    ...{ there: true, backups: false, versions, images: [], folders: [], strangers: [], tags: [], held: [] },
    engineSettings: known(''),
  })

  it('ends before its parts do, and their network goes too', () => {
    const gone = makeUninstall(
      { facts: facts(), kept: keptOf([]), made: [] },
      { address: wish.address, deletesData: false },
      tools,
    )
    const ids = gone.steps.map(({ id }) => id)
    const at = (id: string) => ids.indexOf(`absent-container.rackside-${id}`)
    expect(at('note-helper')).toBeLessThan(at('note-helper-db'))
    expect(at('note-helper')).toBeLessThan(at('note-helper-worker'))
    expect(ids).toContain('absent-network.rackside-ward..note-helper')
    expect(ids).toContain('absent-network.rackside-ward')
  })

  it('goes back with the versions of its parts that it was put in service with, and not without', () => {
    const versions = all().map((step) => ({ keptAt: '2026-11-20T08:00:00Z', step }))
    const version = versions.find(({ step }) => step.spec.deployment === 'note-helper')
    if (version === undefined) throw new Error('no version')
    const back = makeRollBack(
      facts(),
      withItsParts(version, versions),
      { address: wish.address, soakSeconds: 5 },
      tools,
    )
    expect(planSchema.parse(back)).toEqual(back)
    const kinds = back.steps.map(({ id }) => id).filter((id) => /^(?:container|network|ready)/.test(id))
    expect(kinds).toEqual([
      ...['network.rackside-ward.note-helper', 'network.rackside-ward'],
      ...[
        'container.note-helper-db',
        'ready.note-helper-db',
        'container.note-helper-worker',
        'ready.note-helper-worker',
      ],
      ...['container.note-helper', 'ready.note-helper'],
    ])
    const lost = withItsParts(version, versions.slice(2))
    const broken = makeRollBack(facts(), lost, { address: wish.address, soakSeconds: 5 }, tools)
    expect(broken.blockers).toContainEqual({
      ...{ kind: 'version-incomplete', deployment: 'note-helper', version: '4', part: 'note-helper-db' },
    })
    expect(knownValue(facts().containers)).toHaveLength(4)
  })
})
