// Jobs and probes in plans: where they stand, when they are due, and what of them a replacement has in it.
import { describe, expect, it } from 'vitest'
import { taskContainerName } from '../../../../shared/apply/task.ts'
import type { SolutionTask } from '../../../../shared/domain/entry/solution-entry.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import { type Plan, plan as planSchema, type StepSpecOf } from '../../../../shared/domain/plan.ts'
import { known, unreadable } from '../../../../shared/domain/reading.ts'
import { deploymentLabel, specLabel } from '../../../../shared/domain/remote-layout.ts'
import type { TaskResult } from '../../../../shared/domain/task-step.ts'
import { driftOf } from '../../../../shared/plan/drift.ts'
import type { PlanFacts } from '../../../../shared/plan/host-packages.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { makeUninstall } from '../../../../shared/plan/uninstall.ts'
import { knownValue } from '../../../support/known-value.ts'
import { bareFacts, planCase, planFor, tools, wish } from '../../../support/plan-cases.ts'
import {
  catalogWithTasks,
  jobAfter,
  jobBefore,
  probeOfApp,
  type TaskChanges,
} from '../../../support/ward-with-tasks.ts'
import { notesVolume, volumesThere } from '../../../support/ward-with-volumes.ts'

const { facts: bareInstalled } = planCase('installed')
/** A bare server with Docker, where the volumes were looked for. */
const bare = (changes: Partial<PlanFacts> = {}): PlanFacts => ({ ...bareFacts(), host: volumesThere(), ...changes })
const onNotes: TaskChanges = { job: { serviceVolumes: [{ name: 'notes', target: '/notes' }] } }
const bothVolumes = volumesThere(notesVolume, 'rackside-note-helper_cache')
const idsOf = ({ steps }: Pick<Plan, 'steps'>) => steps.map((one) => one.id)
const stepOf = (plan: Plan, id: string) => plan.steps.find((one) => one.id === id)

const containerIn = (plan: Plan) => stepOf(plan, 'container.note-helper')?.spec as StepSpecOf<'container'> | undefined

/** Everything of the ward runs as that catalog wants it, and its tasks have ended well. */
function installedWith(tasks: readonly SolutionTask[], changes: TaskChanges = {}): PlanFacts {
  const plan = planFor({ ...bareInstalled, host: bothVolumes } as PlanFacts, catalogWithTasks(tasks, changes))
  const digests = new Map(
    plan.steps.flatMap(({ spec }) => (spec.kind === 'container' ? [[spec.spec.deployment, spec.specDigest]] : [])) as [
      string,
      string,
    ][],
  )
  const containers = knownValue(bareInstalled.containers).map((one) => ({
    ...one,
    labels: { ...one.labels, [specLabel]: digests.get(one.labels[deploymentLabel] ?? '') ?? '' },
  }))
  const notes = plan.steps.flatMap(({ spec }): TaskResult[] =>
    spec.kind === 'job' || spec.kind === 'probe' ? [noteFor(spec)] : [],
  )
  return { ...bareInstalled, host: bothVolumes, containers: known(containers), tasks: known(notes) }
}

function noteFor(step: StepSpecOf<'job'> | StepSpecOf<'probe'>): TaskResult {
  const { task, of, ofVersion, entry, entryVersion } = step.spec
  return {
    ...{ role: step.kind, task, of, ofVersion, entry, entryVersion, digest: step.digest, run: 'run-0' },
    ...(step.kind === 'probe' && { against: step.against }),
    ...{ at: '2026-11-20T08:00:00Z', seconds: 1, outcome: 'passed', exitCode: 0 },
  }
}

/** The app runs with other settings than are wanted. */
function withOlderApp(facts: PlanFacts): PlanFacts {
  const older = (one: Container): Container =>
    one.name === 'rackside-note-helper' ? { ...one, labels: { ...one.labels, [specLabel]: 'older' } } : one
  return { ...facts, containers: known(knownValue(facts.containers).map(older)) }
}

describe('a plan with jobs and probes', () => {
  it('has them around their service: a job before it or when it is ready, a probe last', () => {
    const before = planFor(bare(), catalogWithTasks([probeOfApp, jobBefore]))
    expect(planSchema.parse(before)).toEqual(before)
    expect(before.blockers).toEqual([])
    expect(idsOf(before).slice(-5)).toEqual([
      ...['volume.note-helper.cache', 'job.ward-starter', 'container.note-helper', 'ready.note-helper'],
      'probe.ward-smoke',
    ])
    const after = planFor(bare(), catalogWithTasks([probeOfApp, jobAfter]))
    expect(idsOf(after).slice(-4)).toEqual([
      ...['container.note-helper', 'ready.note-helper', 'job.ward-starter', 'probe.ward-smoke'],
    ])
    expect(stepOf(after, 'job.ward-starter')?.spec).toMatchObject({
      spec: {
        ...{ of: 'note-helper', ofVersion: '3', program: '/bin/do', arguments: ['note-helper'] },
        ...{ environment: { URL: 'http://note-helper:8080' }, network: 'rackside-ward', memoryBytes: 64 * 1024 ** 2 },
      },
    })
  })

  it('changes nothing where they have ended well for what runs', () => {
    const facts = installedWith([jobBefore, probeOfApp], onNotes)
    const plan = planFor(facts, catalogWithTasks([jobBefore, probeOfApp], onNotes))
    expect(plan.steps.filter((one) => one.change)).toEqual([])
    expect(stepOf(plan, 'job.ward-starter')?.reason).toBe('job-run')
    expect(stepOf(plan, 'probe.ward-smoke')?.reason).toBe('probe-passed')
  })

  it('does a job again that has another version or other words, and not for a new key', () => {
    const facts = installedWith([jobAfter], onNotes)
    const withWords = (job: object) => planFor(facts, catalogWithTasks([jobAfter], { job: { ...onNotes.job, ...job } }))
    expect(stepOf(withWords({ version: '2' }), 'job.ward-starter')).toMatchObject({
      change: true,
      reason: 'job-not-run',
    })
    expect(stepOf(withWords({ timeoutSeconds: 61 }), 'job.ward-starter')?.change).toBe(true)
    expect(stepOf(withWords({}), 'job.ward-starter')?.change).toBe(false)
  })

  it('does a job again for another version of its service, also one that writes to no volume of it', () => {
    const facts = installedWith([jobAfter])
    const catalog = catalogWithTasks([jobAfter])
    expect(stepOf(planFor(facts, catalog), 'job.ward-starter')?.change).toBe(false)
    const entries = catalog.entries.map((one) => (one.id === 'note-helper' ? { ...one, version: '99' } : one))
    expect(stepOf(planFor(facts, { ...catalog, entries }), 'job.ward-starter')).toMatchObject({
      change: true,
      reason: 'job-not-run',
    })
  })

  it('does a job again on a fresh volume, and tries its service out again then', () => {
    const facts = { ...installedWith([jobAfter, probeOfApp]), host: volumesThere('rackside-note-helper_cache') }
    const plan = planFor(facts, catalogWithTasks([jobAfter, probeOfApp]))
    expect(plan.steps.filter((one) => one.change).map((one) => one.id)).toEqual([
      ...['volume.note-helper.notes', 'job.ward-starter', 'probe.ward-smoke'],
    ])
  })

  it('tries a service out again where anything that the probe goes through is another one', () => {
    const asking: SolutionTask = { ...probeOfApp, usesModel: 'ward-model' }
    const facts = installedWith([asking])
    const stopped = knownValue(facts.containers).map((one) =>
      one.name === 'rackside-ward-model' ? { ...one, state: 'exited' as const } : one,
    )
    const changed = { ...facts, containers: known(stopped) }
    expect(stepOf(planFor(changed, catalogWithTasks([asking])), 'probe.ward-smoke')).toMatchObject({
      ...{ change: true, reason: 'probe-due' },
    })
    const alone = installedWith([probeOfApp])
    const modelStopped = { ...alone, containers: known(stopped) }
    const plan = planFor(modelStopped, catalogWithTasks([probeOfApp]))
    expect(stepOf(plan, 'probe.ward-smoke')?.change).toBe(false)
  })

  it('stops a service for a job on its data, and only where it runs', () => {
    const facts = installedWith([], onNotes)
    const plan = planFor({ ...facts, tasks: known([]) } as PlanFacts, catalogWithTasks([jobBefore], onNotes))
    expect(stepOf(plan, 'job.ward-starter')).toMatchObject({ interrupts: true, stops: ['rackside-note-helper'] })
    const without = planFor({ ...facts, tasks: known([]) } as PlanFacts, catalogWithTasks([jobBefore]))
    expect(stepOf(without, 'job.ward-starter')).toMatchObject({ interrupts: false })
    const fresh = planFor(bare(), catalogWithTasks([jobBefore], onNotes))
    expect(stepOf(fresh, 'job.ward-starter')).toMatchObject({ interrupts: false })
  })

  it('has the jobs on its data and the probes of a replacement in it, so that a failure brings the old one back', () => {
    const facts = withOlderApp(installedWith([jobBefore, probeOfApp], onNotes))
    const plan = planFor(
      { ...facts, tasks: known([]) } as PlanFacts,
      catalogWithTasks([jobBefore, probeOfApp], onNotes),
    )
    expect(planSchema.parse(plan)).toEqual(plan)
    const container = containerIn(plan)
    expect(container?.jobs?.map(({ spec }) => spec.task)).toEqual(['ward-starter'])
    expect(container?.probes?.map(({ spec }) => spec.task)).toEqual(['ward-smoke'])
    const ids = idsOf(plan)
    expect(ids.indexOf('job.ward-starter')).toBe(ids.indexOf('container.note-helper') + 1)
    const ran = planFor(facts, catalogWithTasks([jobBefore, probeOfApp], onNotes))
    expect(containerIn(ran)?.jobs).toBeUndefined()
  })

  it('tries a replacement out only once a job is done that is still to run after it', () => {
    const facts = withOlderApp(installedWith([]))
    const plan = planFor(facts, catalogWithTasks([jobAfter, probeOfApp]))
    expect(containerIn(plan)?.probes).toBeUndefined()
    expect(stepOf(plan, 'probe.ward-smoke')?.change).toBe(true)
  })

  it('brings no image for what has run, and keeps one that a service runs in', () => {
    const own: TaskChanges = {
      job: { variants: [{ ...catalogVariant(), images: { amd64: { artifact: 'note-helper-arm64' } } }] },
    }
    const { entries, artifacts } = catalogWithTasks([jobAfter], own)
    const catalog = { entries, artifacts: artifacts.map((one) => asAmd64(one)) }
    const first = planFor(bare(), catalog)
    expect(idsOf(first)).toContain('image.note-helper-arm64')
    const ran = stepOf(first, 'job.ward-starter')?.spec as StepSpecOf<'job'>
    const again = planFor(bare({ tasks: known([noteFor(ran)]), host: bothVolumes }), catalog)
    expect(idsOf(again)).not.toContain('image.note-helper-arm64')
    expect(idsOf(again)).not.toContain('artifact.note-helper-arm64')
    expect(idsOf(again)).toContain('image.note-helper-amd64')
  })

  it('counts the memory of the largest of them while it runs', () => {
    const catalog = catalogWithTasks([jobAfter, probeOfApp], {
      job: { variants: [{ ...catalogVariant(), overheadBytes: 10 ** 15 }] },
    })
    const plan = planFor(bare(), catalog)
    expect(plan.fits.at(-1)).toMatchObject({ service: 'ward-starter', needBytes: 10 ** 15, where: 'memory' })
    expect(plan.blockers).toMatchObject([{ kind: 'memory-too-small', entry: 'ward-starter' }])
  })

  it('is refused for what the service has not, and for notes that cannot be read', () => {
    const of = (changes: TaskChanges) => planFor(bare(), catalogWithTasks([jobAfter], changes)).blockers
    expect(of({ job: { serviceVolumes: [{ name: 'letters', target: '/letters' }] } })).toMatchObject([
      {
        kind: 'no-variant-fits',
        rejected: [
          { rejections: [{ reason: 'not-of-service', part: 'volume', name: 'letters', service: 'note-helper' }] },
        ],
      },
    ])
    expect(of({ job: { serviceSecrets: ['admin'] } })).toMatchObject([
      { kind: 'no-variant-fits', rejected: [{ rejections: [{ part: 'secret', name: 'admin' }] }] },
    ])
    const unread = bare({ tasks: unreadable('no permission') })
    expect(planFor(unread, catalogWithTasks([jobAfter])).blockers).toMatchObject([
      { kind: 'fact-missing', fact: 'job.ward-starter', why: 'no permission' },
    ])
  })

  it('wants terms accepted of a job that is to run', () => {
    const terms = { en: 'Ask first.', 'zh-CN': '请先询问。' }
    const changes: TaskChanges = { job: { licence: { spdx: 'LicenseRef-job', terms } } }
    const made = makePlan(bare(), catalogWithTasks([jobAfter], changes), wish, tools)
    expect(made.ok && made.value.licences?.map(({ entry }) => entry)).toEqual(['starter'])
    const facts = installedWith([jobAfter], changes)
    expect(planFor(facts, catalogWithTasks([jobAfter], changes)).licences).toBeUndefined()
  })
})

function catalogVariant(): object {
  const job = catalogWithTasks([]).entries.find(({ kind }) => kind === 'job')
  return job?.kind === 'job' ? { ...job.variants[0] } : {}
}

function asAmd64<A extends object>(artifact: A): A {
  return JSON.parse(JSON.stringify(artifact).replaceAll('"arm64"', '"amd64"')) as A
}

describe('what is left of tasks', () => {
  const kept = {
    ...{ there: true, backups: false, versions: [], images: [], folders: [], strangers: [], tags: [], held: [] },
    engineSettings: { state: 'absent' as const },
  }

  it('an uninstall takes a container of theirs away', () => {
    const [any] = knownValue(bareInstalled.containers)
    const left = { ...any, name: taskContainerName('ward-starter'), labels: { [deploymentLabel]: 'ward-starter' } }
    const facts = { ...bareInstalled, containers: known([left as Container]) }
    const plan = makeUninstall({ facts, kept, made: [] }, { address: wish.address, deletesData: false }, tools)
    expect(idsOf(plan)).toContain('absent-container.rackside-ward-starter..task')
  })

  it('a probe that failed since the set-up is a difference', () => {
    const facts = installedWith([probeOfApp])
    const plan = planFor(facts, catalogWithTasks([probeOfApp]))
    const step = containerIn(plan)
    if (step === undefined) throw new Error('the ward lost its app')
    const versions = [{ keptAt: '2026-11-20T08:00:00Z', step }]
    const { deployment, entry, entryVersion: version } = step.spec
    const deployments = known([{ deployment, entry, version, proof: step.proof }])
    const noted = facts.tasks?.state === 'known' ? facts.tasks.value : []
    const failed = noted.map((one) => ({ ...one, outcome: 'exit' as const, exitCode: 4 }))
    const now = { ...facts, deployments, tasks: known(failed) }
    const drifts = (of: PlanFacts) => driftOf(of, { ...kept, versions }).filter(({ what }) => what === 'probe-failed')
    expect(drifts({ ...facts, deployments })).toEqual([])
    expect(drifts(now)).toMatchObject([
      { deployment: 'note-helper', of: 'ward-smoke', was: 'passed', now: 'exit 4, 2026-11-20T08:00:00Z' },
    ])
  })
})
