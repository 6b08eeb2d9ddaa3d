// Volumes in plans: made before the container that needs them, saved before it is replaced, and kept by an uninstall.
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../../shared/domain/facts.ts'
import type { Kept } from '../../../../shared/domain/kept.ts'
import { backupFolderOf, dataFolderOf, plan as planSchema, type StepSpecOf } from '../../../../shared/domain/plan.ts'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { backupLabel, remoteBackups, specLabel } from '../../../../shared/domain/remote-layout.ts'
import type { PlanFacts } from '../../../../shared/plan/host-packages.ts'
import { makeRollBack } from '../../../../shared/plan/roll-back.ts'
import { makeUninstall } from '../../../../shared/plan/uninstall.ts'
import { actingKindOf } from '../../../support/acting-kind.ts'
import { knownValue } from '../../../support/known-value.ts'
import { bareFacts, planCase, planFor, tools, wish } from '../../../support/plan-cases.ts'
import { catalogWithVolumes, notesVolume, volumesThere } from '../../../support/ward-with-volumes.ts'

const catalog = catalogWithVolumes()
const { facts: installed } = planCase('installed')
const { address } = wish
const cacheVolume = 'rackside-note-helper_cache'
const planned = (facts: PlanFacts) => planFor(facts, catalog)
const containerIn = (plan: ReturnType<typeof planFor>) =>
  plan.steps.find((one) => one.id === 'container.note-helper')?.spec as StepSpecOf<'container'>
/** The app runs with these labels besides its own. */
const runningWith = (labels: Record<string, string>): Facts => ({
  ...installed,
  containers: known(
    knownValue(installed.containers).map((one) =>
      one.name === 'rackside-note-helper' ? { ...one, labels: { ...one.labels, ...labels } } : one,
    ),
  ),
})

describe('a plan for a service with volumes', () => {
  it('makes them right before its container, and the container has them', () => {
    const plan = planned({ ...bareFacts(), host: volumesThere() })
    expect(planSchema.parse(plan)).toEqual(plan)
    const ids = plan.steps.map((one) => one.id)
    const at = ids.indexOf('container.note-helper')
    expect(ids.slice(at - 2, at)).toEqual(['volume.note-helper.notes', 'volume.note-helper.cache'])
    expect(plan.steps.slice(at - 2, at)).toMatchObject([
      { change: true, reason: 'not-there', spec: { name: notesVolume, deployment: 'note-helper' } },
      { change: true, reason: 'not-there', spec: { name: cacheVolume } },
    ])
    expect(containerIn(plan).spec.volumes).toEqual([
      { name: notesVolume, target: '/var/lib/notes', backUp: true },
      { name: cacheVolume, target: '/var/cache/notes', backUp: false },
    ])
    expect(plan.blockers).toEqual([])
  })

  it('starts it with them to write to, and with a label of those that are saved', () => {
    const { images } = installed
    const run = actingKindOf(containerIn(planned(bareFacts()))).commands(
      containerIn(planned(bareFacts())),
      { ...bareFacts(), images },
      'run-1',
    )[0]
    const words = run?.words ?? []
    expect(words).toContain(`type=volume,source=${notesVolume},target=/var/lib/notes`)
    expect(words).toContain(`type=volume,source=${cacheVolume},target=/var/cache/notes`)
    expect(words).toContain(`${backupLabel}=${notesVolume}`)
    expect(words).toContain('--read-only')
  })

  it('leaves those that are there, and does not use one of somebody else', () => {
    const there = planned({ ...bareFacts(), host: volumesThere(notesVolume, cacheVolume) })
    expect(there.steps.filter((one) => one.spec.kind === 'volume').map((one) => one.change)).toEqual([false, false])
    const host = new Map([...volumesThere()].map(([question]) => [question, known('label \n')] as const))
    expect(planned({ ...bareFacts(), host }).blockers).toContainEqual({
      kind: 'host-object-unusable',
      what: notesVolume,
      problem: 'foreign',
    })
  })

  it('says what is saved where it replaces one that has data or will have', () => {
    const host = volumesThere(notesVolume, cacheVolume)
    const step = (facts: PlanFacts) => planned(facts).steps.find((one) => one.id === 'container.note-helper')
    const replacing = step({ ...runningWith({ [specLabel]: 'older' }), host })
    expect(replacing).toMatchObject({ reason: 'container-differs', backsUp: [notesVolume] })
    expect(replacing && backupFolderOf(replacing)).toBe(`${remoteBackups}/note-helper`)
    expect(step({ ...bareFacts(), host })?.backsUp).toBeUndefined()
    const before = planFor(runningWith({ [specLabel]: 'older', [backupLabel]: 'rackside-note-helper_old' }))
    expect(before.steps.find((one) => one.id === 'container.note-helper')?.backsUp).toEqual([
      'rackside-note-helper_old',
    ])
  })
})

it('a service without volumes has the spec digest that it had before there were any', () => {
  const step = containerIn(planFor(bareFacts()))
  expect(Object.keys(step.spec)).not.toContain('volumes')
  expect(step.specDigest).toBe('f658d65baefdc3b2c05593f7fb90066d5bb4dbf9faf66fdf8100f6450e267707')
})

describe('going back to a version with volumes', () => {
  it('makes what is missing, keeps the data, and says where what was saved lies', () => {
    const step = containerIn(planned(bareFacts()))
    const facts = { ...runningWith({ [specLabel]: 'newer' }), host: volumesThere(notesVolume) }
    const plan = makeRollBack(facts, { keptAt: '2026-11-20T08:00:00Z', step }, { address, soakSeconds: 7 }, tools)
    expect(plan.steps.map(({ id, change }) => `${change ? '+' : '='} ${id}`)).toEqual([
      '= network.rackside-ward',
      '= volume.note-helper.notes',
      '+ volume.note-helper.cache',
      '+ container.note-helper',
      '= ready.note-helper',
    ])
    expect([plan.blockers, dataFolderOf(plan)]).toEqual([[], `${remoteBackups}/note-helper`])
  })
})

describe('taking everything away', () => {
  const kept: Kept = {
    ...{ there: true, backups: true, versions: [], images: [], strangers: [], folders: [], tags: [], held: [] },
    engineSettings: absent,
  }
  const made = [{ made: { kind: 'volume', name: notesVolume, deployment: 'note-helper' }, before: {} }] as const
  const away = (deletesData: boolean, other: Partial<Kept> = {}, notes: typeof made | [] = made) => {
    const facts = { ...installed, containers: known([]), networks: known([]) }
    const installedThere = { facts, kept: { ...kept, ...other }, made: notes }
    return makeUninstall(installedThere, { address, deletesData }, tools).steps.map((one) => one.spec)
  }

  it('keeps volumes and what was saved of them, and names them', () => {
    expect(away(false)).toEqual([{ kind: 'absent-rackside', keeps: [notesVolume, remoteBackups] }])
    expect(away(false, { backups: false }, [])).toEqual([{ kind: 'absent-rackside' }])
  })

  it('takes both where data are to go, also when only they were left', () => {
    for (const there of [true, false]) {
      expect(away(true, { there }).map((one) => one.kind)).toEqual(['absent-made', 'absent-rackside'])
      expect(away(true, { there }).at(-1)).toEqual({ kind: 'absent-rackside' })
    }
  })

  it('has nothing to do a second time, with data left or not', () => {
    expect(away(false, { there: false })).toEqual([])
    expect(away(true, { there: false, backups: false }, [])).toEqual([])
  })
})
