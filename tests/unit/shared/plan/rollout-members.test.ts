// What came of planning on each appliance decides who is in which ring, and who is in none.
import { expect, it } from 'vitest'
import { fail, ok, type Result } from '../../../../shared/domain/failure.ts'
import type { Plan } from '../../../../shared/domain/plan.ts'
import { type Looked, shapeRollout } from '../../../../shared/plan/rollout-members.ts'
import { bareFacts, planCase, planFor } from '../../../support/plan-cases.ts'

const machine = (at: number) => ({ state: 'known' as const, value: String(at).padStart(32, 'a') })
const bare = (at: number): Plan => planFor(bareFacts({ machineId: machine(at) }))
const ofCase = (name: string, at: number): Plan => {
  const { facts, catalog } = planCase(name)
  return planFor({ ...facts, machineId: machine(at) }, catalog)
}
const looked = (name: string, plan: Result<Plan>): Looked => ({ name, demo: false, plan })
const short = (looks: Looked[], canary?: string) =>
  shapeRollout(looks, canary).members.map(({ name, ring, stand }) => [
    name,
    ring,
    stand.state === 'left-out' ? stand.failure.kind : stand.state,
  ])

it('those that are to change are in rings; who has nothing to do, no plan or a blocker is in none', () => {
  const silent = fail({ kind: 'deadline-passed', what: 'its plan', seconds: 60 })
  const looks = [
    looked('silent', silent),
    looked('one', ok(bare(1))),
    looked('installed', ok(ofCase('installed', 2))),
    looked('blocked', ok(ofCase('no-docker', 3))),
    looked('two', ok(bare(4))),
  ]
  expect(short(looks)).toEqual([
    ['silent', undefined, 'deadline-passed'],
    ['one', 1, 'planned'],
    ['installed', undefined, 'nothing-to-do'],
    ['blocked', undefined, 'engine-missing'],
    ['two', 2, 'planned'],
  ])
  expect(short(looks, 'two').filter(([, ring]) => ring === 1)).toEqual([['two', 1, 'planned']])
  // A canary that is not to change proves nothing: the first that is takes its place.
  expect(short(looks, 'installed').filter(([, ring]) => ring === 1)).toEqual([['one', 1, 'planned']])
  expect([...shapeRollout(looks).plans.keys()]).toEqual(['one', 'two'])
})

it('takes nothing over of what nobody is known to have installed; of somebody who was named it does', () => {
  const from = { id: 'acme', name: 'Acme', fingerprint: `SHA256:${'a'.repeat(43)}` }
  const unowned = { ...bare(1), takeovers: [{ from, what: ['notes'] }, { what: ['ward-model'] }] }
  const looks = [looked('old', ok(unowned)), looked('one', ok({ ...bare(2), takeovers: [{ from, what: ['notes'] }] }))]
  expect(short(looks)).toEqual([
    ['old', undefined, 'deployment-of-other'],
    ['one', 1, 'planned'],
  ])
  const [member] = shapeRollout(looks).members
  expect(member?.stand).toMatchObject({ failure: { owner: '', deployments: ['ward-model'] } })
})

it('two names of one machine are never both in it; machines that do not say who they are, are', () => {
  const unnamed = planFor(bareFacts({ machineId: { state: 'absent' } }))
  const looks = [
    looked('one', ok(bare(1))),
    looked('alias', ok(bare(1))),
    looked('x', ok(unnamed)),
    looked('y', ok(unnamed)),
  ]
  expect(short(looks)).toEqual([
    ['one', 1, 'planned'],
    ['alias', undefined, 'same-machine'],
    ['x', 2, 'planned'],
    ['y', 3, 'planned'],
  ])
})

it('says in figures what is changed, sent and interrupted, of real replacements', () => {
  const { facts, catalog } = planCase('installed')
  if (facts.containers.state !== 'known') throw new Error('the case has no containers')
  const other = facts.containers.value.map((one) => ({
    ...one,
    labels: { ...one.labels, 'rackside.spec': 'f'.repeat(64) },
  }))
  const plan = planFor({ ...facts, containers: { state: 'known', value: other } }, catalog)
  const [member] = shapeRollout([looked('one', ok(plan))]).members
  expect(member?.plan).toMatchObject({
    id: plan.id,
    uploadBytes: 0,
    interrupts: plan.steps.flatMap((s) =>
      s.interrupts && s.spec.kind === 'container' ? [s.spec.spec.deployment] : [],
    ),
  })
  expect(member?.plan?.interrupts).toContain('ward-model')
})
