// What a plan opens to the local network: nothing by itself, what somebody says, what is open already; and its end.
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../../../shared/apply/container-run.ts'
import type { SolutionEntry } from '../../../../shared/domain/entry/solution-entry.ts'
import { entry } from '../../../../shared/domain/entry.ts'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { deploymentLabel, portLabel, proofLabel } from '../../../../shared/domain/remote-layout.ts'
import type { Publishing } from '../../../../shared/domain/service-address.ts'
import type { SignIn } from '../../../../shared/domain/sign-in.ts'
import type { Catalog } from '../../../../shared/plan/catalog.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { makeRollBack } from '../../../../shared/plan/roll-back.ts'
import { knownValue } from '../../../support/known-value.ts'
import { bareFacts, planCase, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const said = { en: 'Way in', 'zh-CN': '入口' }
const wayIn = entry.parse({
  ...{ kind: 'ingress', id: 'way-in', version: '1', title: said, summary: said, licence: { spdx: 'MIT' } },
  ...{ containerPort: 8080, tlsPort: 8443, readyPath: '/health', startTimeoutSeconds: 60, healthCommand: ['true'] },
  guard: { user: 'hospital', secret: 'people' },
  configuration: {
    reload: 'HUP',
    secrets: [{ name: 'people', readable: true }],
    files: [
      { name: 'sites', parts: [{ each: 'sites', text: '{{site.path}} {{site.host}} {{site.guard}}' }] },
      { name: 'people', parts: [{ text: 'hospital:{{secret.people}}' }] },
    ],
  },
  variants: [
    {
      ...{ id: 'any', arguments: [], overheadBytes: 1, evidence: 'none' },
      images: { amd64: { artifact: 'note-helper-amd64' }, arm64: { artifact: 'note-helper-arm64' } },
    },
  ],
})

it('of a solution without a way in is refused where somebody wants it opened', () => {
  const facts = bareFacts()
  const made = makePlan(facts, wardCatalog(), { ...wish, publish: { address: '10.0.0.5', port: 443 } }, tools)
  expect(made.ok && made.value.blockers).toContainEqual({
    ...{ kind: 'usage', problem: 'no-way-in', word: '10.0.0.5', other: wish.solution },
  })
  const closed = makePlan(facts, wardCatalog(), { ...wish, publish: 'none' }, tools)
  expect(closed.ok && closed.value.blockers).toEqual([])
})

function withIngress(signIn?: SignIn): Catalog {
  const { entries, artifacts } = wardCatalog()
  const service = {
    role: 'ingress',
    name: 'way',
    ingress: 'way-in',
    publishes: [{ app: 'note-helper', at: '/' }],
    hostPort: 8499,
  } as const
  return {
    artifacts,
    entries: [
      wayIn,
      ...entries.map((one) => {
        if (one.kind === 'app' && signIn !== undefined) return { ...one, signIn }
        if (one.kind !== 'solution') return one
        return { ...one, services: [...one.services, service] as SolutionEntry['services'] }
      }),
    ],
  }
}

const at = { address: '10.78.0.11', port: 443 }
const { facts } = planCase('installed')

function planned(publish?: Publishing, seen: Facts = facts, signIn?: SignIn) {
  const made = makePlan(seen, withIngress(signIn), { ...wish, publish }, tools)
  if (!made.ok) throw new Error(JSON.stringify(made.failure))
  return made.value
}

/** As its run would have left it. */
function opened(open: Publishing = at): Facts {
  const step = planned(open).steps.find(({ id }) => id === 'container.way')?.spec as StepSpecOf<'container'>
  const some = knownValue(facts.containers)[0] as Container
  const labels = { [deploymentLabel]: 'way', [proofLabel]: JSON.stringify(step.proof), [portLabel]: '8499' }
  const container = { ...some, name: 'rackside-way', state: 'running' as const, labels }
  return { ...facts, containers: known([...knownValue(facts.containers), container]) }
}

/** With another proof on the container of that service. */
function withProof(seen: Facts, name: string, change: object): Facts {
  const all = knownValue(seen.containers).map((one) => {
    if (one.name !== `rackside-${name}`) return one
    const proof = { ...JSON.parse(one.labels[proofLabel] ?? '{}'), ...change }
    return { ...one, labels: { ...one.labels, [proofLabel]: JSON.stringify(proof) } }
  })
  return { ...seen, containers: known(all) }
}

/** What is left is asked of the server itself, which nobody has here. */
const isUsage = ({ kind }: Failure) => kind === 'usage'
const idsOf = ({ steps }: ReturnType<typeof planned>) => steps.map(({ id }) => id).filter((id) => id.includes('way'))

describe('a solution with an ingress', () => {
  it('opens nothing where nobody says so, and says what it could', () => {
    const plan = planned()
    expect(idsOf(plan)).toEqual([])
    expect(plan).toMatchObject({ publishable: ['note-helper'] })
    expect([plan.openings, plan.purpose.publish]).toEqual([undefined, undefined])
  })

  it('opens one address where somebody says which, and names it', () => {
    const plan = planned(at)
    expect(idsOf(plan)).toEqual([
      'secret.way.people.1',
      'service-file.way.sites',
      'service-file.way.people',
      'certificate.way',
      'container.way',
      'ready.way',
    ])
    expect(plan.steps.find(({ id }) => id === 'secret.way.people.1')?.spec).toMatchObject({ readable: true })
    expect(plan.openings).toEqual([{ ...at, services: ['note-helper'] }])
    expect(plan.publishable).toBeUndefined()
    const spec = plan.steps.find(({ id }) => id === 'container.way')?.spec as StepSpecOf<'container'>
    expect(spec.spec).toMatchObject({ hostPort: 8499, lan: { ...at, containerPort: 8443 } })
    // Nothing else of it is published beyond the appliance.
    for (const one of plan.steps) {
      if (one.spec.kind === 'container' && one.id !== 'container.way') expect(one.spec.spec.lan).toBeUndefined()
    }
    expect(planned({ ...at, port: 8443 }).digest).not.toBe(plan.digest)
  })

  it('stays as it is open, and is closed where somebody says so', () => {
    const again = planned(undefined, opened())
    expect(again.purpose.publish).toEqual(at)
    // What takes the place of it opens the same: whoever agreed to that is not asked again, and a fleet goes on.
    expect(again.steps.find(({ id }) => id === 'container.way')?.change).toBe(true)
    expect(again.openings).toBeUndefined()
    expect(planned({ ...at, port: 8443 }, opened()).openings).toHaveLength(1)
    const closing = planned('none', opened())
    expect(idsOf(closing)).toEqual(['absent-container.way'])
    expect(closing.steps.at(-1)).toMatchObject({ change: true, spec: { name: 'rackside-way', deletesData: false } })
    expect(closing.openings).toBeUndefined()
  })

  it('opens an address of the server itself and no other, and names those that it has', () => {
    const having = (...addresses: string[]) => ({ ...facts, addresses: known(addresses) })
    expect(planned(at, having('192.168.7.1', at.address)).blockers.filter(isUsage)).toEqual([])
    expect(planned(at, having('10.78.0.12', 'fd00::12')).blockers.filter(isUsage)).toEqual([
      { kind: 'usage', problem: 'not-own-address', word: at.address, other: '10.78.0.12, fd00::12' },
    ])
    expect(planned('none', having('10.78.0.12')).blockers.filter(isUsage)).toEqual([])
    // What was opened earlier at an address that is gone is said too.
    expect(
      planned(undefined, { ...opened(), addresses: known(['10.78.0.12']) }).blockers.filter(isUsage),
    ).toMatchObject([{ problem: 'not-own-address' }])
    expect(
      planned(at, { ...facts, addresses: { state: 'unreadable', why: 'no answer' } }).blockers.filter(isUsage),
    ).toEqual([])
  })

  it('opens an address of IPv6, however it is written', () => {
    const sixth = { address: 'fd00::11', port: 8443 }
    const plan = planned(sixth, { ...facts, addresses: known(['fd00:0:0::11']) })
    expect(plan.blockers.filter(isUsage)).toEqual([])
    expect(plan.openings).toEqual([{ ...sixth, services: ['note-helper'] }])
    const step = plan.steps.find(({ id }) => id === 'container.way')?.spec as StepSpecOf<'container'>
    const as = { runId: 'run-1', facts: { ...facts, host: new Map() }, restartPolicy: 'no' }
    expect(runCommand(step, 'sha256:x', as).words.join(' ')).toContain('--publish [fd00::11]:8443:8443')
    expect(step.spec.mounts.map(({ source }) => source)).toContainEqual(expect.stringMatching(/\/tls-fd00--11$/))
  })

  it('opens no app that listens by itself on the network of the server, past its password', () => {
    const open = withIngress()
    const entries = open.entries.map((one) => {
      if (one.kind !== 'app') return one
      const why = { en: 'x', 'zh-CN': 'x' }
      const privileges = [{ kind: 'host-network' as const, why }]
      return { ...one, requires: [], variants: one.variants.map((variant) => ({ ...variant, privileges })) }
    })
    const blockers = (publish?: Publishing) => {
      const made = makePlan(facts, { ...open, entries }, { ...wish, publish }, tools)
      return JSON.stringify(made.ok ? made.value.blockers : made.failure)
    }
    expect(blockers({ ...at, guarded: true })).toContain('published-past-way-in')
    expect(blockers(at)).toContain('published-past-way-in')
    expect(blockers()).not.toContain('published-past-way-in')
  })

  describe('that asks for a password', () => {
    const guarded = { ...at, guarded: true as const }
    const sites = (plan: ReturnType<typeof planned>) =>
      plan.steps.flatMap(({ id, spec }) =>
        id === 'service-file.way.sites' && spec.kind === 'service-file' ? [JSON.stringify(spec.parts)] : [],
      )[0]
    const proofOf = (plan: ReturnType<typeof planned>) => {
      const spec = plan.steps.find(({ id }) => id === 'container.way')?.spec as StepSpecOf<'container'>
      return spec.proof
    }

    it.each<[string, SignIn | undefined, boolean]>([
      ['no accounts', { by: 'nobody' }, true],
      ['nobody knows which accounts', undefined, true],
      ['an administrator that was made with it', { by: 'made', user: 'a@b', secret: 'x' }, false],
      ['an administrator who comes first', { by: 'first-visitor' }, false],
    ])('asks for it before an app with %s: %s %s', (_what, signIn, asks) => {
      const plan = planned(guarded, facts, signIn)
      expect(sites(plan)).toContain(`/ note-helper ${asks ? 'on' : 'off'}`)
      expect(proofOf(plan)).toMatchObject({ at: guarded, guard: { user: 'hospital', secret: 'people' } })
      expect(plan.openings?.[0]?.guarded).toEqual(asks ? ['note-helper'] : undefined)
      expect(JSON.stringify(proofOf(plan))).toContain(asks ? '"at":"/","guarded":true' : '"at":"/"}')
    })

    it('asks for none where nobody wants it', () => {
      const plan = planned(at, facts, { by: 'nobody' })
      expect(sites(plan)).toContain('/ note-helper off')
      expect(JSON.stringify(proofOf(plan))).not.toContain('guard')
    })

    it.each<SignIn>([{ by: 'first-visitor' }, { by: 'published', user: 'admin', password: 'admin' }])(
      'says which app belongs to whoever comes first: %j',
      (signIn) => {
        expect(planned(at, facts, signIn).openings).toEqual([
          { ...at, services: ['note-helper'], unguarded: ['note-helper'] },
        ])
      },
    )

    it('gets another password where keys are made anew, and the old one goes at the end', () => {
      const seen = { ...opened(guarded), secrets: known([{ deployment: 'way', name: 'people', generation: 1 }]) }
      const ids = (rotatesKeys?: true, now: Facts = seen) => {
        const made = makePlan(now, withIngress(), { ...wish, publish: guarded, rotatesKeys }, tools)
        if (!made.ok) throw new Error(JSON.stringify(made.failure))
        return made.value.steps.map(({ id }) => id).filter((id) => id.includes('.people'))
      }
      expect(ids()).toEqual(['secret.way.people.1', 'service-file.way.people'])
      const rotated = ['secret.way.people.2', 'service-file.way.people', 'absent-secret.way.people.1']
      expect(ids(true)).toEqual(rotated)
      // One that broke off is ended, also by a set-up that was not asked for new keys.
      const both = {
        ...seen,
        secrets: known([1, 2].map((generation) => ({ deployment: 'way', name: 'people', generation }))),
      }
      expect([ids(true, both), ids(undefined, both)]).toEqual([rotated, rotated])
    })

    it('is agreed to anew where an app with accounts becomes one without, also when only the app changes', () => {
      const made: SignIn = { by: 'made', user: 'a@b', secret: 'x' }
      const page = { serves: 'page', deployment: 'note-helper', hostPort: 8410, readyPath: '/readyz', signIn: made }
      const now = withProof(opened(), 'note-helper', page)
      const openingsOf = (signIn: SignIn, open: Publishing = at) => {
        const seen = open === at ? now : withProof(opened(open), 'note-helper', page)
        return planned(undefined, seen, signIn).openings
      }
      for (const signIn of [{ by: 'nobody' }, { by: 'published', user: 'a', password: 'b' }] as const) {
        expect(openingsOf(signIn)?.[0]).toMatchObject({ ...at, services: ['note-helper'] })
      }
      expect(openingsOf(made)).toBeUndefined()
      // The password of the way in stands before it.
      expect(openingsOf({ by: 'nobody' }, guarded)).toBeUndefined()
    })

    it('is agreed to anew once it asks no more, and not when it begins to', () => {
      const kept = planned(undefined, opened(guarded))
      expect([kept.purpose.publish, kept.openings]).toEqual([guarded, undefined])
      expect(planned(at, opened(guarded)).openings).toEqual([{ ...at, services: ['note-helper'] }])
      expect(planned(guarded, opened()).openings).toBeUndefined()
    })
  })

  it('has a certificate for its name too, in a place of its own', () => {
    const plan = planned({ ...at, name: 'ai.hospital.example' })
    const { spec } = plan.steps.find(({ id }) => id === 'certificate.way') ?? {}
    expect(spec).toMatchObject({ address: at.address, name: 'ai.hospital.example' })
    const container = plan.steps.find(({ id }) => id === 'container.way')?.spec as StepSpecOf<'container'>
    expect(container.spec.lan).toEqual({ ...at, containerPort: 8443 })
    const sources = container.spec.mounts.map(({ source }) => source)
    expect(sources).toContain('/var/lib/rackside/services/way/tls-10.78.0.11-ai.hospital.example')
  })

  it.each([
    ['at that address', '10.78.0.11', 'port-taken'],
    ['at all addresses', '0.0.0.0', 'port-taken'],
    ['at another address', '10.78.0.12', undefined],
  ])('is in nobody’s way: somebody listens %s', (_where, address, kind) => {
    const listener = { address, port: 443, process: known('nginx') }
    const seen = { ...facts, listeningPorts: known([...knownValue(facts.listeningPorts), listener]) }
    const blockers = planned(at, seen).blockers.filter((one) => one.kind === 'port-taken')
    expect(blockers.map((one) => one.kind)).toEqual(kind === undefined ? [] : [kind])
  })
})

describe('going back to a kept version', () => {
  const kept = () => {
    const spec = planned(at).steps.find(({ id }) => id === 'container.way')?.spec as StepSpecOf<'container'>
    return {
      keptAt: '2026-11-20T08:00:00Z',
      step: { ...spec, spec: { ...spec.spec, environmentFile: '/var/lib/rackside/services/way/env-0123456789ab' } },
    }
  }
  const back = (seen: Facts, change: object = {}) => {
    const { keptAt, step } = kept()
    const version = { keptAt, step: { ...step, spec: { ...step.spec, ...change } } }
    return makeRollBack(seen, version, { address: wish.address, soakSeconds: 0 }, tools)
  }

  it('opens only what somebody agrees to, unless it is open just so', () => {
    expect(back(facts).openings).toEqual([{ ...at, services: ['note-helper'] }])
    expect(back(opened()).openings).toBeUndefined()
    // Now it asks for a password, and the version did not.
    const guardedNow = withProof(opened(), 'way', { sites: [{ app: 'note-helper', at: '/', guarded: true }] })
    expect(back(guardedNow).openings).toEqual([{ ...at, services: ['note-helper'] }])
  })

  it('of an app that had no accounts is agreed to where the network reaches it', () => {
    const page = { serves: 'page', deployment: 'note-helper', hostPort: 8410, readyPath: '/readyz' } as const
    const made: SignIn = { by: 'made', user: 'a@b', secret: 'x' }
    const { facts: bare } = planCase('installed')
    const backTo = (signIn: SignIn, open?: Publishing) => {
      const seen = open === undefined ? bare : opened(open)
      const step = planned().steps.find(({ id }) => id === 'container.note-helper')?.spec as StepSpecOf<'container'>
      const version = { keptAt: '2026-11-20T08:00:00Z', step: { ...step, proof: { ...page, signIn } } }
      const now = withProof(seen, 'note-helper', { ...page, signIn: made })
      return makeRollBack(now, version, { address: wish.address, soakSeconds: 0 }, tools).openings
    }
    expect(backTo({ by: 'nobody' }, at)).toEqual([{ ...at, services: ['note-helper'] }])
    expect(backTo({ by: 'first-visitor' }, at)).toEqual([
      { ...at, services: ['note-helper'], unguarded: ['note-helper'] },
    ])
    for (const same of [backTo(made, at), backTo({ by: 'nobody' })]) expect(same).toBeUndefined()
  })

  it('gets beyond its limits only what somebody agrees to, unless it has that now', () => {
    const privileges = [{ kind: 'privileged' as const }]
    const [wanted] = back(opened(), { privileges }).privileges ?? []
    expect(wanted).toMatchObject({ service: 'way', wants: [{ privilege: { kind: 'privileged' }, isNew: true }] })
    expect(back(opened()).privileges).toBeUndefined()
  })

  const missing = (serviceFiles: Facts['serviceFiles']) => {
    const { step } = kept()
    const seen = { ...facts, ...(serviceFiles !== undefined && { serviceFiles }) }
    const plan = makeRollBack(seen, kept(), { address: wish.address, soakSeconds: 0 }, tools)
    const given = [...step.spec.mounts.map(({ source }) => source), step.spec.environmentFile ?? '']
    return plan.blockers.flatMap((one) =>
      one.kind === 'version-incomplete' && given.includes(one.part) ? [one.part.split('/').at(-1)?.slice(0, 4)] : [],
    )
  }

  it('needs what it was given: files, certificate and environment', () => {
    const { step } = kept()
    const all = [...step.spec.mounts.map(({ source }) => source), step.spec.environmentFile ?? '']
    expect(missing(known(all))).toEqual([])
    expect(missing(known([]))).toEqual(['file', 'tls-', 'env-'])
    // What nobody could look at stands in no way: the service proves itself.
    expect(missing(undefined)).toEqual([])
  })
})
