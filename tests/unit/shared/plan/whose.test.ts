// Whose a deployment is: said by its container and by a note that outlives it, never by its digest. Nobody takes over what
// is somebody else's, unless that one is named.
import { describe, expect, it } from 'vitest'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import type { KnownPublisher, Owner, PublisherMark } from '../../../../shared/domain/origin.ts'
import { isSetUp, type Plan, wishOf } from '../../../../shared/domain/plan.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { modelLabel, publisherLabel } from '../../../../shared/domain/remote-layout.ts'
import type { PlanWish } from '../../../../shared/plan/make-plan.ts'
import { knownValue } from '../../../support/known-value.ts'
import { makingOf } from '../../../support/making-words.ts'
import { bareFacts, planCase, planFor, wardCatalog } from '../../../support/plan-cases.ts'

const acme: KnownPublisher = { id: 'acme', name: 'Acme Health', fingerprint: `SHA256:${'a'.repeat(43)}` }
const beta: KnownPublisher = { id: 'beta', name: 'Beta', fingerprint: `SHA256:${'b'.repeat(43)}` }
const service = 'note-helper'
const network = 'rackside-ward'

/** As the ward is installed with another spec, by that publisher. */
function installedBy(mark: PublisherMark | undefined, notes: readonly Owner[] = []): Facts {
  const { facts } = planCase('installed-with-another-spec')
  const labelled = (one: Container) => {
    const { [publisherLabel]: _, ...labels } = one.labels
    return { ...one, labels: { ...labels, ...(mark && { [publisherLabel]: JSON.stringify(mark) }) } }
  }
  return { ...facts, containers: known(knownValue(facts.containers).map(labelled)), owners: known([...notes]) }
}

const plan = (facts: Facts, wish: Partial<PlanWish>) => planFor(facts, wardCatalog(), wish)
const refused = ({ blockers }: Plan) => blockers.filter(({ kind }) => kind === 'deployment-of-other')
const replaced = () =>
  plan(installedBy(undefined), {}).steps.flatMap(({ change, spec }) =>
    change && spec.kind === 'container' ? [spec.spec.deployment] : [],
  )

describe('a container of a signed bundle', () => {
  const stepIn = (made: Plan, name: string) => {
    const spec = made.steps.find(({ id }) => id === `container.${name}`)?.spec
    if (spec?.kind !== 'container') throw new Error('no container')
    return spec
  }

  it('says who vouched for it, in full, and keeps its digest', () => {
    const [unsigned, signed] = [plan(bareFacts(), {}), plan(bareFacts(), { publisher: { ...acme, formerly: [] } })]
    const words = makingOf(stepIn(signed, service))
    expect(words).toContain(`${publisherLabel}=${JSON.stringify(acme)}`)
    expect(makingOf(stepIn(unsigned, service))).toContain(`${publisherLabel}=`)
    expect(stepIn(signed, service).specDigest).toBe(stepIn(unsigned, service).specDigest)
  })

  it('says which model it serves', () => {
    const words = makingOf(stepIn(plan(bareFacts(), { publisher: acme }), 'ward-model'))
    expect(words).toContain(`${modelLabel}=${JSON.stringify({ entry: 'qwen3-8b', version: '1', form: 'q4' })}`)
  })

  it('is not replaced because of it', () => {
    const { facts } = planCase('installed')
    expect(plan(facts, { publisher: acme }).steps.some(({ change }) => change)).toBe(false)
  })
})

describe('a plan that would replace what another publisher installed', () => {
  it('is refused, and both are named', () => {
    const found = refused(plan(installedBy(acme), { publisher: beta }))
    const { id: owner, name: ownerName, fingerprint } = acme
    expect(replaced()).not.toEqual([])
    expect(found).toEqual([
      { kind: 'deployment-of-other', owner, ownerName, fingerprint, publisher: 'Beta', deployments: replaced() },
    ])
  })

  it('is refused too where nobody vouches for the bundle', () => {
    expect(refused(plan(installedBy(acme), {}))).toMatchObject([{ owner: 'acme', publisher: '' }])
  })

  it('is refused where the other one only has the same id', () => {
    const other = { ...acme, fingerprint: beta.fingerprint }
    expect(refused(plan(installedBy(acme), { publisher: other }))).toHaveLength(1)
  })

  it('is none of another where its publisher has changed its keys since', () => {
    const since = { ...acme, fingerprint: beta.fingerprint, formerly: [acme.fingerprint] }
    expect(refused(plan(installedBy(acme), { publisher: since }))).toEqual([])
  })

  it('is made where somebody names that one, and says what it takes', () => {
    const made = plan(installedBy(acme), { publisher: beta, takeFrom: ['acme'] })
    expect(refused(made)).toEqual([])
    expect(made.takeovers).toEqual([{ from: acme, what: replaced() }])
    expect(isSetUp(made) && wishOf(made).takeFrom).toEqual(['acme'])
    expect(made.digest).not.toBe(plan(installedBy(acme), { publisher: beta }).digest)
  })

  it('is not made where somebody names another one', () => {
    expect(refused(plan(installedBy(acme), { publisher: beta, takeFrom: ['beta', 'gamma'] }))).toHaveLength(1)
  })

  it('is no matter where nothing is replaced', () => {
    const { facts } = planCase('installed')
    const containers = known(
      knownValue(facts.containers).map((one) => ({
        ...one,
        labels: { ...one.labels, [publisherLabel]: JSON.stringify(acme) },
      })),
    )
    expect(refused(plan({ ...facts, containers }, { publisher: beta }))).toEqual([])
  })
})

describe('data and networks that outlive their container', () => {
  it('are their publisher’s, whatever bundle comes next', () => {
    const owners = known([{ deployment: service, network: 'rackside-other', publisher: acme }])
    const found = refused(plan({ ...bareFacts(), owners }, { publisher: beta }))
    expect(found).toMatchObject([{ owner: 'acme', deployments: [service] }])
    expect(refused(plan({ ...bareFacts(), owners }, { publisher: acme }))).toEqual([])
  })

  it('are joined by nobody else: a network where a service of another one is', () => {
    const facts = installedBy(acme)
    const [first] = knownValue(facts.containers)
    if (first === undefined) throw new Error('no container')
    const labels = { ...first.labels, 'rackside.deployment': 'neighbour' }
    const neighbour = { ...first, name: 'rackside-neighbour', labels }
    const owners = known([{ deployment: 'neighbour', network, publisher: acme }])
    const beside: Facts = { ...bareFacts(), containers: known([neighbour]), owners }
    expect(refused(plan(beside, { publisher: beta }))).toMatchObject([{ owner: 'acme', deployments: [network] }])
    // The network holds nothing: where no service of theirs is in it any more it is nobody's.
    expect(refused(plan({ ...beside, containers: known([]) }, { publisher: beta }))).toEqual([])
  })
})

it('a name that somebody wrote on the appliance is one line of text, and never nothing', () => {
  const named = (name: string) => refused(plan(installedBy({ ...acme, name }), { publisher: beta }))
  expect(named('Acme\n\u001b[2JHealthy\u202e')).toMatchObject([{ ownerName: 'Acme [2JHealthy' }])
  expect(named('\u200b')).toMatchObject([{ ownerName: 'acme' }])
})

describe('what nobody is known to have installed', () => {
  it('is taken over, and the plan says so', () => {
    const made = plan(installedBy(undefined), { publisher: beta })
    expect(refused(made)).toEqual([])
    expect(made.takeovers).toEqual([{ what: replaced() }])
  })

  it('is no news to a bundle that nobody signed', () => {
    expect(plan(installedBy(undefined), {}).takeovers).toBeUndefined()
  })

  it.each([
    ['a label that is none', 'acme'],
    ['a label without a fingerprint', JSON.stringify({ id: 'acme', name: 'Acme Health' })],
  ])('is what has %s', (_name, label) => {
    const facts = installedBy(undefined)
    const containers = known(
      knownValue(facts.containers).map((one) => ({ ...one, labels: { ...one.labels, [publisherLabel]: label } })),
    )
    expect(plan({ ...facts, containers }, { publisher: beta }).takeovers).toEqual([{ what: replaced() }])
  })

  it('is told by labels alone where the notes cannot be read', () => {
    const facts = { ...installedBy(acme), owners: unreadable('no permission') }
    expect(refused(plan(facts, { publisher: beta }))).toHaveLength(1)
  })
})
