// An app that brings no model: which of the installed ones it asks, what that makes of its container, and that nothing
// else of the appliance is touched.
import { describe, expect, it } from 'vitest'
import type { Container, Facts } from '../../../../shared/domain/facts.ts'
import { plan as planSchema, type SetUpPlan, wishOf } from '../../../../shared/domain/plan.ts'
import { newPrivileges } from '../../../../shared/domain/privilege.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { entryLabel, proofLabel, specLabel, usesLabel } from '../../../../shared/domain/remote-layout.ts'
import { closureForClass, closureForFacts } from '../../../../shared/plan/bundle-closure.ts'
import { driftOf } from '../../../../shared/plan/drift.ts'
import { answerDifferences, answersOf, wantedIn } from '../../../../shared/plan/fingerprint.ts'
import { makePlan, type PlanWish } from '../../../../shared/plan/make-plan.ts'
import { makeRollBack } from '../../../../shared/plan/roll-back.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { knownValue } from '../../../support/known-value.ts'
import { bareFacts, planFor, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'
import { catalogBeside, factsWith, letters, otherModel, runningAs, wardModel } from '../../../support/ward-beside.ts'
import { catalogWithParts } from '../../../support/ward-with-parts.ts'
import { catalogWithTasks, probeOfApp } from '../../../support/ward-with-tasks.ts'

const catalog = catalogBeside()
const planned = (facts: Facts, more: Partial<PlanWish> = {}, of = catalog) =>
  planFor(facts, of, { solution: 'letters', ...more })
const container = (plan: SetUpPlan, deployment = 'letters') => {
  const found = plan.steps.find(({ id }) => id === `container.${deployment}`)?.spec
  if (found?.kind !== 'container') throw new Error(`no container of ${deployment}`)
  return found
}
const chosen = (plan: SetUpPlan) => plan.uses?.map((one) => one.uses?.deployment)
const two = [wardModel(), otherModel('chat', 'house')]
const chooseProblems = ({ blockers }: SetUpPlan) => blockers.filter(({ kind }) => kind === 'choose-model')
/** With the app of an earlier plan running beside them. */
const afterwards = (plan: SetUpPlan, ...models: Container[]) => factsWith(...models, runningAs(container(plan)))

describe('an app that uses an installed model', () => {
  it('asks the only one there is, where that is found in its own network', () => {
    const plan = planned(factsWith(wardModel()))
    expect(planSchema.parse(plan)).toEqual(plan)
    expect(plan.blockers).toEqual([])
    const { spec } = container(plan)
    expect(spec.environment).toMatchObject({ MODEL_BASE_URL: 'http://ward-model:8080/v1', MODEL_NAME: 'qwen3-8b' })
    expect(spec.network).toBe('rackside-letters')
    expect(spec.uses).toEqual({ deployment: 'ward-model', network: 'rackside-ward', modelName: 'qwen3-8b' })
    expect(plan.uses).toEqual([{ service: 'letters', serves: 'openai-chat', uses: spec.uses, candidates: [spec.uses] }])
  })

  it('leaves the model and all that is its own alone', () => {
    const plan = planned(factsWith(wardModel()))
    expect(plan.steps.map(({ id }) => id)).toEqual([
      'artifact.note-helper-amd64',
      'image.note-helper-amd64',
      'network.rackside-letters',
      'container.letters',
      'ready.letters',
    ])
    expect(plan.others).toEqual(['ward-model'])
  })

  it('joins the network of the model without a name there, and is noted to use it', () => {
    const plan = planned(factsWith(wardModel()))
    const step = container(plan)
    const { configDigest: id } = step.spec.image
    const images = known([{ id, architecture: 'amd64', repoDigests: [] }])
    const words = actingKindOf(step)
      .commands(step, bareFacts({ images }), 'run-1')
      .map((one) => one.words)
    expect(words[0]?.slice(0, 2)).toEqual(['docker', 'create'])
    expect(words[0]).toContain(`${usesLabel}=${JSON.stringify(step.spec.uses)}`)
    expect(words[1]?.slice(4)).toEqual(['rackside-letters', 'rackside-ward', ''])
    expect(words[2]).toEqual(['docker', 'start', 'rackside-letters'])
    expect(JSON.stringify(words)).toContain(JSON.stringify(JSON.stringify(step.spec.uses)).slice(1, -1))
  })

  it('says that it joins that network with all that is in it, which is agreed to once, and again for another one', () => {
    const first = planned(factsWith(wardModel()))
    const network = 'rackside-ward'
    const asked = [`letters/join-network=${network}`]
    expect(first.privileges).toMatchObject([
      { service: 'letters', wants: [{ privilege: { kind: 'join-network', network }, isNew: true }], noMore: [] },
    ])
    expect(newPrivileges(first.privileges ?? [])).toEqual(asked)
    const now = afterwards(first, wardModel())
    expect(newPrivileges(planned(now).privileges ?? [])).toEqual([])
    const { uses } = container(first).spec
    const proof = container(first).proof
    const record = { deployment: 'letters', entry: 'note-helper', version: '3', proof, ...(uses && { uses }) }
    const other = (labels: object, deployments = known([record])) =>
      newPrivileges(
        planned({
          ...now,
          containers: known(
            knownValue(now.containers).map((one) =>
              one.name === 'rackside-letters'
                ? { ...one, labels: { ...one.labels, [entryLabel]: 'note-helper', [specLabel]: 'f', ...labels } }
                : one,
            ),
          ),
          deployments,
        }).privileges ?? [],
      )
    expect(other({})).toEqual([])
    // A label alone may come from the image.
    expect(other({}, known([]))).toEqual(asked)
    expect(other({ [usesLabel]: '' })).toEqual(asked)
  })

  it('is set up once: the second plan changes nothing of its container', () => {
    const first = planned(factsWith(wardModel()))
    const again = planned(afterwards(first, wardModel()))
    expect(again.steps.find(({ id }) => id === 'container.letters')).toMatchObject({ change: false })
    expect(container(again).specDigest).toBe(container(first).specDigest)
  })

  it('changes no digest of what uses a model of its own solution', () => {
    const digests = (of: SetUpPlan) =>
      of.steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec.specDigest] : []))
    expect(digests(planFor(bareFacts(), catalog))).toEqual(digests(planFor(bareFacts(), wardCatalog())))
    expect(container(planFor(bareFacts()), 'note-helper').spec).not.toHaveProperty('uses')
    expect(planFor(bareFacts())).not.toHaveProperty('uses')
  })
})

describe('which installed model it is', () => {
  it('is asked for where there are several, and kept in the wish', () => {
    const plan = planned(factsWith(...two))
    expect(chooseProblems(plan)).toEqual([
      {
        ...{ kind: 'choose-model', service: 'letters', deployment: '', serves: 'openai-chat', reason: 'several' },
        known: ['chat', 'ward-model'],
      },
    ])
    const named = planned(factsWith(...two), { uses: [{ service: 'letters', deployment: 'chat' }] })
    expect(named.blockers).toEqual([])
    expect(container(named).spec.environment).toMatchObject({ MODEL_BASE_URL: 'http://chat:9000/v1' })
    expect(planFor(factsWith(...two), catalog, wishOf(named))).toEqual(named)
    expect(chosen(planned(factsWith(...two), { uses: [{ deployment: 'chat' }] }))).toEqual(['chat'])
  })

  it('stays the one that it uses, whatever else is installed', () => {
    const first = planned(factsWith(wardModel()))
    const again = planned(afterwards(first, ...two))
    expect([chosen(again), chooseProblems(again)]).toEqual([['ward-model'], []])
    const { uses } = container(first).spec
    const record = { deployment: 'letters', entry: 'note-helper', version: '3', proof: container(first).proof, uses }
    const gone = { ...factsWith(...two), deployments: known([record]) }
    expect(chosen(planned(gone))).toEqual(['ward-model'])
  })

  it('is no other one because that one is gone', () => {
    const first = planned(factsWith(wardModel()))
    const stopped = wardModel({ state: 'exited' })
    for (const models of [[otherModel('chat', 'house')], [stopped, otherModel('chat', 'house')]]) {
      expect(chooseProblems(planned(afterwards(first, ...models)))).toMatchObject([
        { reason: 'gone', deployment: 'ward-model', known: ['chat'] },
      ])
    }
  })

  it('is none where nothing serves that', () => {
    const embeddings = otherModel('vectors', 'house')
    const proof = { ...JSON.parse(embeddings.labels[proofLabel] ?? ''), serves: 'openai-embeddings' }
    const labels = { ...embeddings.labels, [proofLabel]: JSON.stringify(proof) }
    const odd = (wardModel().labels[proofLabel] ?? '').replace('qwen3-8b', 'qwen3\\nPATH=/tmp')
    const unable: Container[] = [
      { ...embeddings, labels },
      wardModel({ state: 'exited' }),
      // Anybody may label a container.
      wardModel({ name: 'somebody' }),
      // Where nothing is found by its name.
      wardModel({ place: { network: 'host', port: 8080 } }),
      wardModel({ place: { network: 'rackside-ward_notes', port: 8080 } }),
      // No model has such a name, and it would stand in a file of variables.
      wardModel({ labels: { ...wardModel().labels, [proofLabel]: odd } }),
      // Of the solution itself.
      wardModel({ place: { network: 'rackside-letters', port: 8080 } }),
    ]
    const { place: _, ...placeless } = wardModel()
    for (const one of [...unable, placeless]) {
      expect(chooseProblems(planned(factsWith(one)))).toMatchObject([{ reason: 'none', known: [] }])
    }
  })

  it("is no gateway: its keys are its own solution's", () => {
    const gateway = { serves: 'openai-gateway', deployment: 'gate', hostPort: 8401, readyPath: '/ready' }
    const said = JSON.stringify({ ...gateway, models: ['qwen3-8b'], keyName: 'consumer-rackside' })
    const one = otherModel('gate', 'ward')
    const guarded = { ...one, labels: { ...one.labels, [proofLabel]: said } }
    expect(chooseProblems(planned(factsWith(guarded)))).toMatchObject([{ reason: 'none' }])
    expect(chosen(planned(factsWith(guarded, wardModel())))).toEqual(['ward-model'])
  })

  it('has to be one that is there, of a service that asks', () => {
    const wrong = planned(factsWith(...two), { uses: [{ service: 'letters', deployment: 'constructor' }] })
    expect(chooseProblems(wrong)).toMatchObject([{ reason: 'not-there', deployment: 'constructor' }])
    const made = (uses: PlanWish['uses']) =>
      makePlan(factsWith(...two), catalog, { ...wish, solution: 'letters', uses }, tools)
    expect(made([{ service: 'constructor', deployment: 'chat' }])).toMatchObject({
      failure: { kind: 'choose-model', reason: 'no-service', known: ['letters'] },
    })
    const both = catalogBeside([letters, { ...letters, name: 'more-letters', hostPort: 8421 } as typeof letters])
    const wanted = { ...wish, solution: 'letters', uses: [{ deployment: 'chat' }] }
    expect(makePlan(factsWith(...two), both, wanted, tools)).toMatchObject({
      failure: { reason: 'no-service', known: ['letters', 'more-letters'] },
    })
  })

  it('is in the fingerprint: another version of it makes the plan another one', () => {
    const plan = planned(factsWith(wardModel()))
    const now = (model: Container) => answerDifferences(plan, answersOf(factsWith(model), wantedIn(plan.steps)))
    expect(now(wardModel())).toEqual([])
    const newer = wardModel()
    newer.labels[specLabel] = 'f'.repeat(64)
    expect(now(newer)).toMatchObject([expect.stringContaining('deployment ward-model')])
  })

  it('has to speak what the app requires', () => {
    const odd = catalogBeside([{ ...letters, usesInstalled: 'rerank' } as typeof letters])
    expect(planned(factsWith(wardModel()), {}, odd).blockers).toContainEqual({
      ...{ kind: 'no-variant-fits', entry: 'note-helper' },
      rejected: [expect.objectContaining({ rejections: [expect.objectContaining({ needs: 'openai-chat@1' })] })],
    })
  })
})

describe('what belongs to such an app', () => {
  it('asks the same model: a probe joins its network, and tries the app in its own', () => {
    const probe = { ...probeOfApp, of: 'letters', usesInstalled: 'openai-chat' } as const
    const mute = { ...probe, name: 'mute', usesInstalled: undefined }
    const plan = planned(factsWith(wardModel()), {}, catalogBeside([letters, probe, mute], catalogWithTasks([])))
    const steps = plan.steps.flatMap(({ spec }) => (spec.kind === 'probe' ? [spec] : []))
    expect(steps.map(({ spec }) => [spec.task, spec.network, spec.joins])).toEqual([
      ['ward-smoke', 'rackside-letters', 'rackside-ward'],
      ['mute', 'rackside-letters', undefined],
    ])
    expect(steps[0]?.touches).toEqual(['letters'])
  })

  it('stays in its own network, but for the part that asks the model', () => {
    const plan = planned(factsWith(wardModel()), {}, catalogBeside([letters], catalogWithParts()))
    const own = 'rackside-letters_letters'
    const networks = ['letters-db', 'letters-worker', 'letters'].map((one) => {
      const { network, joins, uses } = container(plan, one).spec
      return [network, joins, uses?.network]
    })
    expect(networks).toEqual([
      [own, undefined, undefined],
      [own, 'rackside-ward', undefined],
      ['rackside-letters', own, 'rackside-ward'],
    ])
  })
})

describe('afterwards', () => {
  const plan = planned(factsWith(wardModel()))
  const kept = { keptAt: '2026-11-20T08:00:00Z', step: container(plan) }
  const record = { deployment: 'letters', entry: 'note-helper', version: '3', proof: container(plan).proof }
  const driftWith = (...models: Container[]) => {
    const facts = { ...afterwards(plan, ...models), deployments: known([record]) }
    const all = { versions: [kept], images: [], strangers: [], tags: [], there: true, backups: false }
    return driftOf(facts, { ...all, engineSettings: known('') } as never).filter(({ what }) => what === 'used-model')
  }

  it('a model that is gone, stopped or called otherwise is said of the app', () => {
    const lacks = { deployment: 'letters', what: 'used-model', of: 'ward-model', was: 'ward-model (qwen3-8b)' }
    expect(driftWith(wardModel())).toEqual([])
    expect(driftWith()).toEqual([{ ...lacks, now: '' }])
    expect(driftWith(wardModel({ state: 'exited' }))).toEqual([{ ...lacks, now: '' }])
    const renamed = wardModel()
    renamed.labels[proofLabel] = (renamed.labels[proofLabel] ?? '').replace('qwen3-8b', 'qwen4-8b')
    expect(driftWith(renamed)).toEqual([{ ...lacks, now: 'ward-model (qwen4-8b)' }])
    expect(planned(factsWith(renamed, runningAs(container(plan)))).steps).toContainEqual(
      expect.objectContaining({ id: 'container.letters', change: true, reason: 'container-differs' }),
    )
  })

  it('whoever replaces the model is told whose app asks it, and whether that finds it again', () => {
    const users = (changes: (model: Container) => void, of = wardCatalog()) => {
      const model = wardModel()
      changes(model)
      return planFor(afterwards(plan, model), of).users
    }
    const older = ({ labels }: Container) => {
      labels[specLabel] = 'older'
    }
    expect(users(() => undefined)).toBeUndefined()
    expect(users(older)).toEqual([{ service: 'ward-model', user: 'letters', finds: true }])
    const { entries, artifacts } = wardCatalog()
    const renamed = entries.map((one) => (one.kind === 'model' ? { ...one, servedName: 'qwen4-8b' } : one))
    expect(users(() => undefined, { entries: renamed, artifacts })).toEqual([
      { service: 'ward-model', user: 'letters', finds: false },
    ])
    expect(planned(afterwards(plan, wardModel())).users).toBeUndefined()
  })

  it('an earlier version comes back only to the model that it asked', () => {
    const back = (facts: Facts) =>
      makeRollBack(facts, kept, { address: wish.address, soakSeconds: 0 }, tools).blockers.filter(
        (one) => one.kind === 'version-incomplete' && one.part.startsWith('ward-model'),
      )
    expect(back(afterwards(plan, wardModel()))).toEqual([])
    expect(back(afterwards(plan))).toMatchObject([{ deployment: 'letters', part: 'ward-model (qwen3-8b)' }])
  })

  it('its replacement is not proven beside it, where nothing leads to the model', () => {
    const older = runningAs(container(plan), { labels: { ...runningAs(container(plan)).labels, 'rackside.spec': 'x' } })
    const step = planned(factsWith(wardModel(), older)).steps.find(({ id }) => id === 'container.letters')
    expect(step).toMatchObject({ reason: 'container-differs', interrupts: true })
    expect(step?.spec).not.toHaveProperty('beside')
  })
})

describe('a bundle for such an app', () => {
  it('needs no model, also for a server that has none', () => {
    const ids = ['note-helper-amd64']
    const forFacts = closureForFacts(catalog, 'letters', bareFacts())
    expect(forFacts.ok && forFacts.value.artifacts).toEqual(ids)
    const forClass = closureForClass(catalog, 'letters', 'nvidia')
    expect(forClass.ok && forClass.value.artifacts).toEqual(expect.arrayContaining(ids))
    expect(forClass.ok && forClass.value.entries.map(({ kind }) => kind)).not.toContain('model')
  })
})
