// A server without an engine: the plan begins with the packages that bring one, or says of each why it does not.
import { describe, expect, it } from 'vitest'
import { kindOf } from '../../../../shared/apply/all-kinds.ts'
import type { Artifact } from '../../../../shared/domain/artifact.ts'
import { hostPackageEntry } from '../../../../shared/domain/entry/host-package-entry.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import type { Plan, StepSpec } from '../../../../shared/domain/plan.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import type { Blocked } from '../../../../shared/plan/blocked-versions.ts'
import { answerDifferences, answersOf } from '../../../../shared/plan/fingerprint.ts'
import type { PlanFacts } from '../../../../shared/plan/host-packages.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { bareFacts, planCase, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const bytes = 20_000_000
const file: Artifact = { kind: 'file', id: 'docker-deb', sha256: 'd'.repeat(64), bytes, chunks: ['d'.repeat(64)] }
const text = { en: 'Engine', 'zh-CN': '引擎' }
const engine = hostPackageEntry.parse({
  kind: 'host-package',
  ...{ id: 'docker-here', version: '28', title: text, summary: text, licence: { spdx: 'Apache-2.0' } },
  provides: ['container-engine@1'],
  match: { architecture: 'amd64', systems: [{ id: 'debian' }, { id: 'ubuntu', versions: ['22.04', '24.04'] }] },
  manager: 'deb',
  packages: [{ name: 'docker.io', version: '28.5', artifact: 'docker-deb', fileName: 'docker.deb' }],
  services: ['docker.service'],
})

const bare = planCase('no-docker').facts
const ubuntu = (versionId: string) => known({ id: 'ubuntu', versionId, prettyName: `Ubuntu ${versionId}` })

function plan(facts: PlanFacts, entry = engine, artifacts: Artifact[] = [file], blocked: Blocked[] = []): Plan {
  const { entries, artifacts: others } = wardCatalog()
  const made = makePlan(
    facts,
    { entries: [...entries, entry], artifacts: [...others, ...artifacts] },
    { ...wish, blocked },
    tools,
  )
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

/** As the system answers it: of a package dpkg's three letters, of everything else that it is not there. */
function looked(facts: PlanFacts, letters: string, service = 'inactive'): PlanFacts {
  const answer = (spec: StepSpec) =>
    spec.kind === 'host-package'
      ? `part docker.io ${letters}${letters.includes(' ') ? '' : ' ge'}\n`
      : spec.kind === 'reboot'
        ? 'none\n'
        : `enabled disabled\nactive ${service}\nis nothing\n`
  const host = new Map(
    plan(facts).steps.flatMap(({ spec }) => {
      const question = kindOf(spec).look?.(spec as never)
      return question === undefined ? [] : [[question, known(answer(spec))] as const]
    }),
  )
  return { ...facts, host }
}

const engineFailure = (facts: PlanFacts, entry = engine, artifacts: Artifact[] = [file]): Failure | undefined =>
  plan(facts, entry, artifacts).blockers.find(({ kind }) => kind.startsWith('engine-'))

describe('a plan for a server without an engine', () => {
  it('begins with what brings one, and then does what it does anywhere', () => {
    const { steps, blockers } = plan(looked(bare, 'un-'))
    expect(steps.slice(0, 3).map((s) => [s.id, s.change, s.reason])).toEqual([
      ['artifact.docker-deb', true, 'artifact-missing'],
      ['host-package.docker-here', true, 'not-there'],
      ['systemd-unit.docker.service', true, 'unit-stopped'],
    ])
    expect(steps.slice(3).every((step) => step.change)).toBe(true)
    expect(blockers).toEqual([])
  })

  it('is blocked by a package that its publisher has taken back, where it would be installed', () => {
    const reason = { en: 'It loses data.', 'zh-CN': '会丢失数据。' }
    const back = (versions: string[]): Blocked[] => [
      { publisher: 'A publisher', blocked: { entry: 'docker-here', versions, since: '2026-11-01', reason } },
    ]
    const blockers = (facts: PlanFacts, versions: string[]) => plan(facts, engine, [file], back(versions)).blockers
    expect(blockers(looked(bare, 'un-'), ['28'])).toMatchObject([
      { kind: 'version-blocked', entry: 'docker-here', version: '28' },
    ])
    expect(blockers(looked(bare, 'un-'), ['27'])).toEqual([])
    expect(blockers(bareFacts(), ['28'])).toEqual([])
  })

  it('asks for the reboot that a package needs right behind it', () => {
    const { steps } = plan(looked(bare, 'un-'), { ...engine, rebootNeeded: true })
    expect(steps[2]).toMatchObject({ id: 'reboot.docker-here', change: true })
  })

  it('is blocked by the services that nothing would start where no systemd runs, however little could be looked at', () => {
    const missing: Failure = { kind: 'systemd-missing', services: ['docker.service'] }
    expect(plan({ ...looked(bare, 'un-'), systemd: absent }).blockers).toEqual([missing])
    const unseen = plan({ ...bare, systemd: absent, host: new Map() }).blockers
    expect(unseen).toEqual([
      missing,
      expect.objectContaining({ kind: 'fact-missing', fact: 'host-package.docker-here' }),
    ])
  })

  it('is blocked where the system could not be looked at', () => {
    const { blockers } = plan({ ...bare, host: new Map() })
    expect(blockers.map(({ kind }) => kind)).toEqual(['fact-missing', 'fact-missing'])
  })

  it.each<[string, PlanFacts, typeof engine, Artifact[], object]>([
    ['another system', { ...bare, os: ubuntu('20.04') }, engine, [file], { against: 'system', has: 'ubuntu 20.04' }],
    ['a missing file', bare, engine, [], { against: 'artifact', needs: 'docker-deb' }],
    ['an installed one', looked(bare, 'ii-'), engine, [file], { against: 'installed', has: '28.5' }],
  ])('says what stands against its packages: %s', (_what, facts, entry, artifacts, unfit) => {
    const failure = engineFailure(facts, entry, artifacts)
    expect(failure).toMatchObject({ kind: 'engine-missing', packages: [{ package: 'docker-here', ...unfit }] })
  })

  it('takes the versions of a system that its package is for', () => {
    expect(engineFailure({ ...bare, os: ubuntu('24.04') })).toBeUndefined()
  })
})

describe('an engine that does not answer', () => {
  const silent: PlanFacts = { ...bare, engine: unreadable('Cannot connect'), containers: unreadable('x') }

  it('is mended by its package where that broke off', () => {
    const facts = looked(silent, 'iF-')
    expect(plan(facts).steps[1]).toMatchObject({ reason: 'package-broken', change: true })
    expect(engineFailure(facts)).toBeUndefined()
  })

  it('is started again where Rackside installed it, and nothing is sent for that', () => {
    const { steps } = plan(looked(silent, 'ii- ge\nours'))
    expect(steps.slice(0, 2).map((s) => [s.id, s.change])).toEqual([
      ['host-package.docker-here', false],
      ['systemd-unit.docker.service', true],
    ])
  })

  it.each([
    ['came from elsewhere', 'un-'],
    ['is installed as it should be', 'ii-'],
  ])('is left alone where it %s', (_what, letters) => {
    expect(engineFailure(looked(silent, letters))).toMatchObject({ kind: 'engine-unreadable' })
  })
})

describe('what containers need for accelerators', () => {
  const toolkit = hostPackageEntry.parse({
    ...engine,
    ...{ id: 'toolkit', provides: ['container-toolkit@1'], services: [] },
    match: { ...engine.match, vendor: 'nvidia' },
    packages: [{ name: 'docker.io', version: '1.17', artifact: 'docker-deb', fileName: 'toolkit.deb' }],
    registers: { runtime: 'nvidia', path: '/usr/bin/nvidia-container-runtime', arguments: [], asDefault: false },
  })
  const cards = planCase('eight-h20').facts
  const running = 'engine\nruntimes {"runc":{}}\ndefault runc\nlive false\nrunning pacs\nis nothing\n'
  const steps = (facts: PlanFacts) =>
    plan(facts, toolkit).steps.filter(({ spec }) => ['host-package', 'runtime-registration'].includes(spec.kind))
  const answered = (facts: PlanFacts, letters: string): PlanFacts => {
    const answer = (spec: StepSpec) => (spec.kind === 'host-package' ? `part docker.io ${letters}\n` : running)
    const asked = steps({ ...facts, host: new Map() }).map(({ spec }) => spec)
    const host = new Map(asked.map((spec) => [kindOf(spec).look?.(spec as never) ?? '', known(answer(spec))]))
    return { ...facts, host }
  }

  it('is installed and registered where a card is used, and the plan names what the engine stops', () => {
    expect(steps(answered(cards, 'un- lt'))).toMatchObject([
      { id: 'host-package.toolkit', change: true },
      { id: 'runtime-registration.nvidia', change: true, interrupts: true, stops: ['pacs'] },
    ])
  })

  it('is left alone where somebody else installed it, and where no card is used', () => {
    expect(steps(answered(cards, 'ii- lt'))).toEqual([])
    expect(steps(bareFacts())).toEqual([])
  })

  it('is registered after all where Rackside installed it and broke off before that', () => {
    expect(steps(answered(cards, 'ii- ge\nours')).map((step) => step.change)).toEqual([false, true])
  })
})

describe('the premises of such a plan', () => {
  const wanted = { deployment: 'ward-model', hostPort: 8400 }
  const now = answersOf(bareFacts(), [wanted])
  const moved = (made: Plan) => answerDifferences(made, now).filter((line) => line.startsWith('engine'))

  it('allow for the engine that it brings itself, and for no other', () => {
    expect(moved(plan(looked(bare, 'un-')))).toEqual([])
    expect(moved(plan(bare, engine, []))).toHaveLength(1)
    expect(plan(bareFacts()).steps.some(({ spec }) => spec.kind === 'host-package')).toBe(false)
  })
})
