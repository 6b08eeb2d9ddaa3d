// Ports of the server in a plan: what somebody chose reaches the container and its proof, stays until somebody says
// otherwise, and where one is taken a free one is proposed.
import { describe, expect, it } from 'vitest'
import { record } from '../../../../shared/apply/container-proof.ts'
import { appEntry } from '../../../../shared/domain/entry/app-entry.ts'
import type { Container, Facts, ListeningPort } from '../../../../shared/domain/facts.ts'
import { plan as planSchema, type SetUpPlan, wishOf } from '../../../../shared/domain/plan.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { portChosenLabel, portLabel } from '../../../../shared/domain/remote-layout.ts'
import type { PortWishes } from '../../../../shared/domain/service-port.ts'
import type { Catalog } from '../../../../shared/plan/catalog.ts'
import { answerDifferences, answersOf, wantedIn } from '../../../../shared/plan/fingerprint.ts'
import { makePlan, type PlanWish } from '../../../../shared/plan/make-plan.ts'
import { makeRollBack } from '../../../../shared/plan/roll-back.ts'
import { makingOf } from '../../../support/making-words.ts'
import { bareFacts, planFor, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'
import { catalogBeside, factsWith, runningAs } from '../../../support/ward-beside.ts'

const service = 'note-helper'
const at = (port: number | null, of = service): PortWishes => [{ service: of, port }]
const planned = (ports?: PortWishes, facts: Facts = bareFacts(), catalog: Catalog = wardCatalog()) =>
  planFor(facts, catalog, ports === undefined ? {} : { ports })
const refused = (ports: PortWishes, facts = bareFacts(), catalog = wardCatalog()) =>
  makePlan(facts, catalog, { ...wish, ports }, tools)

function container(plan: Pick<SetUpPlan, 'steps'>, deployment = service) {
  const step = plan.steps.find(({ id }) => id === `container.${deployment}`)?.spec
  if (step?.kind !== 'container') throw new Error('no container')
  return step
}

/** As a run of that plan leaves it. */
function running(plan: SetUpPlan, ...only: string[]): Container[] {
  return plan.steps.flatMap(({ spec }) => {
    if (spec.kind !== 'container' || (only.length > 0 && !only.includes(spec.spec.deployment))) return []
    const made = runningAs(spec)
    const label = (name: string) => {
      const word = makingOf(spec).find((one) => one.startsWith(`${name}=`))
      return { [name]: word?.slice(name.length + 1) ?? '' }
    }
    return [{ ...made, labels: { ...made.labels, ...label(portLabel), ...label(portChosenLabel) } }]
  })
}

const listening = (...ports: number[]): Pick<Facts, 'listeningPorts'> => ({
  listeningPorts: known(ports.map((port): ListeningPort => ({ address: '0.0.0.0', port, process: known('nginx') }))),
})
const portOf = ({ ports }: SetUpPlan, of = service) => ports?.find((one) => one.service === of)
const taken = ({ blockers }: Pick<SetUpPlan, 'blockers'>) => blockers.filter(({ kind }) => kind === 'port-taken')

/** The solution says another port for the app. */
function movedTo(hostPort: number): Catalog {
  const { entries, artifacts } = wardCatalog()
  const move = (one: Catalog['entries'][number]) =>
    one.kind === 'solution'
      ? { ...one, services: one.services.map((part) => (part.name === service ? { ...part, hostPort } : part)) }
      : one
  return { artifacts, entries: entries.map(move) as Catalog['entries'] }
}

describe('the ports of a plan', () => {
  it('are those of the solution, and leave no mark, where nobody chose any', () => {
    const plan = planned()
    expect(planSchema.parse(plan)).toEqual(plan)
    expect(portOf(plan)).toEqual({ service, port: 8410, source: 'default', otherwise: 8410 })
    expect('portChosen' in container(plan).spec).toBe(false)
    expect('ports' in plan.purpose).toBe(false)
    expect(makingOf(container(plan))).toEqual(expect.arrayContaining([`${portLabel}=8410`, `${portChosenLabel}=`]))
    expect(String(record(container(plan)).words)).not.toContain('portChosen')
  })

  it('that somebody chose reach the container, its proof, its record and what the plan was made from', () => {
    const plan = planned(at(8431))
    expect(planSchema.parse(plan)).toEqual(plan)
    expect(portOf(plan)).toEqual({ service, port: 8431, source: 'chosen', otherwise: 8410 })
    const { spec, proof } = container(plan)
    expect([spec.hostPort, spec.portChosen, 'hostPort' in proof && proof.hostPort]).toEqual([8431, true, 8431])
    expect(makingOf(container(plan))).toEqual(
      expect.arrayContaining([`127.0.0.1:8431:${spec.containerPort}`, `${portLabel}=8431`, `${portChosenLabel}=true`]),
    )
    expect(plan.steps.find(({ id }) => id === `ready.${service}`)?.spec).toMatchObject({ hostPort: 8431 })
    expect(String(record(container(plan)).words)).toContain('"portChosen":true')
    expect(plan.answers).toMatchObject({ 'port 8431': 'available' })
    expect(plan.answers).not.toHaveProperty('port 8410')
    expect(plan.digest).not.toBe(planned().digest)
    expect(wishOf(plan).ports).toEqual(at(8431))
  })

  it('stay as they were chosen: the same again changes nothing, and a solution that moves takes nobody along', () => {
    const first = planned(at(8431))
    const there = factsWith(...running(first))
    for (const catalog of [wardCatalog(), movedTo(8450)]) {
      const again = planned(undefined, there, catalog)
      expect(portOf(again)).toMatchObject({ port: 8431, source: 'kept' })
      expect(container(again).specDigest).toBe(container(first).specDigest)
      expect(again.steps.find(({ id }) => id === `container.${service}`)?.change).toBe(false)
    }
    // What nobody chose goes where the solution says.
    const moved = planned(undefined, factsWith(...running(planned())), movedTo(8450))
    expect(portOf(moved)).toMatchObject({ port: 8450, source: 'default' })
  })

  it('are known from the record where the container is gone', () => {
    const { spec, proof } = container(planned(at(8431)))
    const { deployment, entry, entryVersion: version } = spec
    const kept = (more: object) => bareFacts({ deployments: known([{ deployment, entry, version, proof, ...more }]) })
    expect(portOf(planned(undefined, kept({ portChosen: true })))).toMatchObject({ port: 8431, source: 'kept' })
    expect(portOf(planned(undefined, kept({})))).toMatchObject({ port: 8410, source: 'default' })
  })

  it('go back to what the solution says where somebody says so, and the plan says the change', () => {
    const there = factsWith(...running(planned(at(8431))))
    const back = planned(at(null), there)
    expect(portOf(back)).toEqual({ service, port: 8410, source: 'default', otherwise: 8410 })
    expect('portChosen' in container(back).spec).toBe(false)
    const differences = back.replacements?.find((one) => one.service === service)?.differences
    expect(differences).toContainEqual({ what: 'port', before: ['8431'], after: ['8410'] })
    const same = planned(undefined, there)
    expect(JSON.stringify(same.replacements ?? [])).not.toContain('"port"')
  })

  it('are those of the version that comes back', () => {
    const step = container(planned(at(8431)))
    const there = factsWith(...running(planned(at(8440))))
    const back = makeRollBack(
      there,
      { keptAt: '2026-11-20T08:00:00Z', step },
      { address: wish.address, soakSeconds: 1 },
      tools,
    )
    expect(container(back).spec).toMatchObject({ hostPort: 8431, portChosen: true })
    expect(back.replacements?.[0]?.differences).toContainEqual({ what: 'port', before: ['8440'], after: ['8431'] })
  })

  it('are no difference once the plan is carried out', () => {
    const plan = planned(at(8431))
    const after = { ...factsWith(...running(plan)), ...listening(8431, 8400) }
    expect(answerDifferences(plan, answersOf(after, wantedIn(plan.steps)))).toEqual([])
  })

  it.each([
    ['of no service of the solution', at(8431, 'letters'), { reason: 'no-service', known: ['ward-model', service] }],
    ['that another service has', at(8400), { reason: 'twice', by: 'ward-model', port: 8400 }],
    [
      'that two get',
      [...at(9000), ...at(9000, 'ward-model')],
      { reason: 'twice', service, by: 'ward-model', port: 9000 },
    ],
  ])('%s are refused', (_why, ports, failure) => {
    expect(refused(ports)).toMatchObject({ ok: false, failure: { kind: 'port-unusable', ...failure } })
  })

  it('of a service in the network of the server are its own', () => {
    const { entries, artifacts } = wardCatalog()
    const privileges = [{ kind: 'host-network', why: { en: 'A.', 'zh-CN': '甲。' } }]
    const hostly = entries.map((one) =>
      one.kind === 'app'
        ? appEntry.parse({
            ...one,
            requires: [],
            variants: one.variants.map((variant) => ({ ...variant, privileges })),
          })
        : one,
    )
    const catalog = { artifacts, entries: hostly }
    const { containerPort } = container(planned(undefined, bareFacts(), catalog)).spec
    const failure = { kind: 'port-unusable', reason: 'host-network', needs: containerPort, port: 8431 }
    expect(refused(at(8431), bareFacts(), catalog)).toMatchObject({ ok: false, failure })
    const taking = planned(at(containerPort ?? 0), { ...bareFacts(), ...listening(containerPort ?? 0) }, catalog)
    expect(taken(taking)).toMatchObject([{ port: containerPort }])
    expect(taken(taking)[0]).not.toHaveProperty('free')
  })
})

describe('a port that is taken', () => {
  it('comes with the next one that nobody has: no listener, no service of this solution, none that is installed', () => {
    const wards: Partial<PlanWish> = { solution: 'letters' }
    const beside = container(planFor(bareFacts(), catalogBeside(), wards), 'letters')
    const stopped = running({ steps: [{ spec: beside }] } as unknown as SetUpPlan).map((one) => ({
      ...one,
      state: 'exited' as const,
      labels: { ...one.labels, [portLabel]: '8411' },
    }))
    const facts = { ...factsWith(...stopped), ...listening(8410, 8412) }
    const plan = planned(at(8413, 'ward-model'), facts)
    expect(taken(plan)).toEqual([{ kind: 'port-taken', port: 8410, by: 'nginx', neededBy: service, free: 8414 }])
    expect(taken(planned([...at(8413, 'ward-model'), ...at(8414)], facts))).toEqual([])
  })

  it('is proposed a different one for each service', () => {
    const facts = { ...bareFacts(), ...listening(...Array.from({ length: 20 }, (_, i) => 8400 + i)) }
    expect(taken(planned(undefined, facts))).toMatchObject([
      { neededBy: 'ward-model', free: 8420 },
      { neededBy: service, free: 8421 },
    ])
  })

  it('gets no proposal where nobody knows who listens, or where none is left', () => {
    expect(planned(undefined, bareFacts({ listeningPorts: unreadable('ss is missing') })).blockers).toMatchObject([
      { kind: 'fact-missing' },
      { kind: 'fact-missing' },
    ])
    const last = taken(planned(at(65_535), { ...bareFacts(), ...listening(65_535) }))
    expect(last).toEqual([{ kind: 'port-taken', port: 65_535, by: 'nginx', neededBy: service }])
  })

  it('by the chosen one of another service stands in the way of the one that nobody chose, also where that is stopped', () => {
    const chosen = planned(at(8450))
    const stopped = running(chosen, service).map((one) => ({ ...one, state: 'exited' as const }))
    const catalog = wardCatalog()
    const entries = catalog.entries.map((one) =>
      one.kind === 'solution'
        ? {
            ...one,
            services: one.services.map((part) => (part.name === 'ward-model' ? { ...part, hostPort: 8450 } : part)),
          }
        : one,
    ) as Catalog['entries']
    const plan = planned(undefined, factsWith(...stopped), { ...catalog, entries })
    expect(taken(plan)).toEqual([
      { kind: 'port-taken', port: 8450, by: `the deployment ${service}`, neededBy: 'ward-model', free: 8451 },
    ])
  })
})
