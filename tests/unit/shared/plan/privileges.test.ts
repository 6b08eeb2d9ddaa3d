// What containers get beyond their limits: nothing that is not declared, all of what is, agreed to once by name.
import { describe, expect, it } from 'vitest'
import { isInHostNetwork } from '../../../../shared/apply/confinement.ts'
import type { DeploymentRecord } from '../../../../shared/domain/deployment.ts'
import { type AppEntry, appEntry } from '../../../../shared/domain/entry/app-entry.ts'
import { entry } from '../../../../shared/domain/entry.ts'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import { coversPrivilege, newPrivileges, privilegeName } from '../../../../shared/domain/privilege.ts'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { deploymentLabel, entryLabel, privilegesLabel, specLabel } from '../../../../shared/domain/remote-layout.ts'
import { ruleOf } from '../../../../shared/domain/schema-rule.ts'
import type { Catalog } from '../../../../shared/plan/catalog.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { knownValue } from '../../../support/known-value.ts'
import { makingOf } from '../../../support/making-words.ts'
import { bareFacts, planCase, planFor, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const why = { en: 'It needs it.', 'zh-CN': '需要。' }
const service = 'note-helper'
const wanted = {
  raw: { kind: 'capability', name: 'NET_RAW', why },
  scans: { kind: 'host-path', path: '/data/scans', target: '/scans', readOnly: true, why },
  network: { kind: 'host-network', why },
}

function withPrivileges(privileges: readonly object[], changes: object = {}): Catalog {
  const { entries, artifacts } = wardCatalog()
  const add = (one: AppEntry) =>
    appEntry.parse({ ...one, ...changes, variants: one.variants.map((variant) => ({ ...variant, privileges })) })
  return { artifacts, entries: entries.map((one) => (one.kind === 'app' ? add(one) : one)) }
}

function planned(privileges: readonly object[], facts: Facts = bareFacts(), changes: object = {}) {
  const made = makePlan(facts, withPrivileges(privileges, changes), wish, tools)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

function container(plan: ReturnType<typeof planned>) {
  const step = plan.steps.find(({ id }) => id === `container.${service}`)?.spec
  if (step?.kind !== 'container') throw new Error('no container')
  return step
}

function recordOf(privileges: readonly string[], entry = service): DeploymentRecord {
  const proof = { serves: 'page', deployment: service, hostPort: 1, readyPath: '/' } as const
  return { deployment: service, entry, version: '1', proof, privileges: [...privileges] }
}

/** As a run left it whose entry had these. */
function having(names: readonly string[], labels: object = {}, recorded = [recordOf(names)]): Facts {
  const { facts } = planCase('installed')
  const some = knownValue(facts.containers)[0] as Container
  const own = { [deploymentLabel]: service, [entryLabel]: service, [privilegesLabel]: JSON.stringify(names) }
  const made = { ...some, name: `rackside-${service}`, labels: { ...own, ...labels } }
  return { ...facts, containers: known([made]), deployments: known(recorded) }
}

const namesOf = (plan: ReturnType<typeof planned>) => newPrivileges(plan.privileges ?? [])
const limits = ['--cap-drop', 'ALL', '--security-opt', 'no-new-privileges', '--read-only', '--tmpfs', '/tmp']

describe('a container without declared privileges', () => {
  it('has the words and the digest that it had before there were any', () => {
    const plain = planFor(bareFacts()).steps.find(({ id }) => id === `container.${service}`)?.spec
    if (plain?.kind !== 'container') throw new Error('no container')
    expect('privileges' in plain.spec).toBe(false)
    expect(makingOf(plain).join(' ')).toContain(limits.join(' '))
    expect(makingOf(plain)).toContain(`${privilegesLabel}=`)
    expect(planFor(bareFacts()).privileges).toBeUndefined()
  })
})

describe('a declared privilege', () => {
  it.each([
    [wanted.raw, ['--cap-add NET_RAW', limits.join(' ')], []],
    [{ kind: 'writable-root', why }, ['--cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp'], ['--read-only']],
    [{ kind: 'user', user: '0:0', why }, ['--user 0:0', limits.join(' ')], []],
    [wanted.scans, ['--mount type=bind,source=/data/scans,target=/scans,readonly'], []],
    [{ ...wanted.scans, readOnly: false }, ['--mount type=bind,source=/data/scans,target=/scans '], []],
    [{ kind: 'host-ipc', why }, ['--ipc host', limits.join(' ')], []],
    [{ kind: 'privileged', why }, ['--privileged --security-opt no-new-privileges --read-only'], ['--cap-drop']],
  ])('%j is exactly that', (one, there, gone) => {
    const words = makingOf(container(planned([one])))
    for (const part of there) expect(`${words.join(' ')} `).toContain(part)
    for (const part of gone) expect(words).not.toContain(part)
  })

  it('of the network of the host takes away what there is not', () => {
    const { facts } = planCase('installed')
    const plan = planned([wanted.network], { ...facts, containers: known([]) }, { requires: [], containerPort: 8410 })
    const words = makingOf(container(plan)).join(' ')
    expect(words).toContain('--network host')
    expect(words).not.toMatch(/--publish|--network-alias/)
    expect(isInHostNetwork(container(plan).spec)).toBe(true)
  })

  it('is agreed to by service and name, is of the digest, and is kept in a label', () => {
    const plan = planned([wanted.raw, wanted.scans])
    const names = ['note-helper/capability=NET_RAW', 'note-helper/host-path=/data/scans']
    expect(namesOf(plan)).toEqual(names)
    expect(plan.digest).not.toBe(planned([wanted.raw]).digest)
    const label = `${privilegesLabel}=["capability=NET_RAW","host-path=/data/scans"]`
    expect(makingOf(container(plan))).toContain(label)
    // The reason is for people: another one replaces nothing.
    const said = { ...wanted.raw, why: { en: 'Other words.', 'zh-CN': '其他说法。' } }
    expect(container(planned([said])).specDigest).toBe(container(planned([wanted.raw])).specDigest)
  })
})

describe('what the installed version has', () => {
  it('is not asked again', () => {
    const plan = planned([wanted.raw, wanted.scans], having(['capability=NET_RAW', 'host-path=/data/scans']))
    expect(container(plan)).toBeTruthy()
    expect(namesOf(plan)).toEqual([])
    expect(plan.privileges?.[0]?.wants).toHaveLength(2)
  })

  it('is asked where it is wider, and said where it is gone', () => {
    const wider = planned([{ ...wanted.scans, readOnly: false }], having(['host-path=/data/scans', 'capability=KILL']))
    expect(namesOf(wider)).toEqual(['note-helper/writable-host-path=/data/scans'])
    expect(wider.privileges?.[0]?.noMore).toEqual(['host-path=/data/scans', 'capability=KILL'])
    expect(planned([wanted.raw], having(['capability=NET_RAW', 'privileged'])).privileges?.[0]?.noMore).toEqual([
      'privileged',
    ])
  })

  it('says nothing where it was another entry, or is no list', () => {
    expect(namesOf(planned([wanted.raw], having(['capability=NET_RAW'], { [entryLabel]: 'another' })))).toHaveLength(1)
    expect(namesOf(planned([wanted.raw], having([], { [privilegesLabel]: '{' })))).toHaveLength(1)
  })

  it('is what the record of it says too: a label may come from the image', () => {
    const asked = ['note-helper/capability=NET_RAW']
    const names = ['privileged', 'capability=NET_RAW']
    for (const recorded of [[], [recordOf([])], [recordOf(['host-ipc'])], [recordOf(names, 'another')]]) {
      expect(namesOf(planned([wanted.raw], having(names, {}, recorded)))).toEqual(asked)
    }
    expect(namesOf(planned([wanted.raw], having([], {}, [recordOf(names)])))).toEqual(asked)
    const unread = { ...having(names), deployments: { state: 'unreadable', why: 'no' } as const }
    expect(namesOf(planned([wanted.raw], unread))).toEqual(asked)
  })

  it('is known from the record where the container is gone', () => {
    const deployments = known([recordOf(['capability=NET_RAW'])])
    expect(namesOf(planned([wanted.raw], bareFacts({ deployments })))).toEqual([])
    expect(namesOf(planned([wanted.raw], bareFacts({ deployments: absent })))).toHaveLength(1)
  })

  it('is not new where nothing is replaced', () => {
    const { specDigest, spec } = container(planned([wanted.raw]))
    const facts = having([], { [specLabel]: specDigest })
    const own = knownValue(facts.containers).map((one) => ({ ...one, imageId: spec.image.configDigest }))
    expect(namesOf(planned([wanted.raw], { ...facts, containers: known(own) }))).toEqual([])
  })

  it.each([
    [['capability=KILL'], 'capability=KILL', true],
    [['capability=KILL'], 'capability=CHOWN', false],
    [['privileged'], 'capability=CHOWN', true],
    [['privileged'], 'host-network', false],
    [['user=0'], 'user=1000', true],
    [['user=0:0'], 'user=1000:4', true],
    [['user=1000'], 'user=0', false],
    [['host-path=/data'], 'host-path=/data/scans', true],
    [['host-path=/data/scans'], 'host-path=/data', false],
    [['host-path=/data'], 'host-path=/database', false],
    [['writable-host-path=/data'], 'host-path=/data', true],
    [['host-path=/data'], 'writable-host-path=/data', false],
    [[], 'privileged', false],
  ])('%j covers %s: %s', (kept, name, covers) => {
    expect(coversPrivilege(kept, name)).toBe(covers)
  })
})

describe('what cannot be given', () => {
  it('a port of the host other than its own stands in the way', () => {
    const plan = planned([wanted.network], bareFacts(), { requires: [] })
    const rejections = [{ reason: 'host-port-differs', needs: 8080, has: 8410 }]
    expect(plan.blockers).toMatchObject([{ kind: 'no-variant-fits', entry: service, rejected: [{ rejections }] }])
  })

  it('a folder that the engine keeps its own in stands in the way', () => {
    const { engine } = bareFacts()
    const facts = bareFacts({ engine: known({ ...knownValue(engine), rootFolder: '/data/scans/docker' }) })
    const rejections = [{ reason: 'folder-of-engine', path: '/data/scans', folder: '/data/scans/docker' }]
    expect(planned([wanted.scans], facts).blockers).toMatchObject([{ rejected: [{ rejections }] }])
    expect(planned([wanted.scans]).blockers).toEqual([])
  })

  const complaints = (privileges: readonly object[], changes: object = {}) => {
    const app = wardCatalog().entries.find((one) => one.kind === 'app') as AppEntry
    const variants = app.variants.map((variant) => ({ ...variant, privileges }))
    return entry.safeParse({ ...app, ...changes, variants }).error?.issues.map((one) => ruleOf(one)?.rule ?? one.code)
  }

  it.each([
    ...['/', '/etc', '/etc/ssh', '/proc', '/sys/fs', '/dev/sda', '/boot', '/root/.ssh', '/home/ops', '/usr/bin'],
    ...['/run/docker.sock', '/var/run/docker.sock', '/var', '/var/lib', '/var/lib/docker/volumes', '/var/lib/rackside'],
    ...['/data/../etc', '/data/./x', '/data,readonly', '/data x', 'data', '/data/', '/data:/etc', '/.ssh'],
  ])('the folder %s of the host is refused', (path) => {
    expect(complaints([{ ...wanted.scans, path }])).toBeDefined()
  })

  it.each(['/tmp', '/run/rackside', '/run', '/dev/x', '/proc', '/models/a'])('nothing is put over %s', (target) => {
    expect(complaints([{ ...wanted.scans, target }])).toContain('folder-taken')
  })

  it('nothing else is declared, and nothing twice', () => {
    expect(complaints([wanted.raw, wanted.scans])).toBeUndefined()
    expect(complaints([wanted.raw, wanted.raw])).toContain('name-twice')
    expect(complaints([wanted.scans, { ...wanted.scans, path: '/data/other' }])).toContain('name-twice')
    expect(complaints([])).toBeDefined()
    expect(complaints([{ ...wanted.raw, name: 'SYS_ADMIN' }])).toBeDefined()
    expect(complaints([{ kind: 'user', user: 'root', why }])).toBeDefined()
    expect(complaints([{ kind: 'writable-root' }])).toBeDefined()
    // Nothing would find it by its name, and it would find nobody.
    expect(complaints([wanted.network])).toContain('host-network-alone')
    expect(complaints([wanted.network], { requires: [] })).toBeUndefined()
    const part = { name: 'db', images: { amd64: { artifact: 'a' } }, healthCommand: ['true'], startTimeoutSeconds: 1 }
    const withPart = { requires: [], parts: [{ ...part, overheadBytes: 1 }] }
    expect(complaints([wanted.raw], withPart)).toBeUndefined()
    expect(complaints([wanted.network], withPart)).toContain('host-network-alone')
  })

  it('has a name for each', () => {
    expect(privilegeName({ kind: 'user', user: '0' })).toBe('user=0')
    expect(privilegeName({ kind: 'host-ipc' })).toBe('host-ipc')
  })
})
