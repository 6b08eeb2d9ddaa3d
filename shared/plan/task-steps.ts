// Jobs and probes as steps: where each stands among the services, and what a plan's changes mean for them. A job comes
// before its service or after it is ready; a probe as soon as all that it goes through is there.
import { type SolutionTask, targetOf } from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import type { MemoryFit, PlanStep, StepSpec } from '../domain/plan.ts'
import { replacesService } from '../domain/plan.ts'
import { volumeName } from '../domain/service-volume.ts'
import type { TaskSpec } from '../domain/task-step.ts'
import { digestOf, type Hash } from './canonical.ts'
import type { Catalog } from './catalog.ts'
import { type ChosenTask, runsOf } from './choose/choose-tasks.ts'
import { type ImageArtifact, imageIn } from './choose/stock.ts'
import { fillWord } from './fill-word.ts'
import { baseUrl, type Secrets, type ServiceFiles, serviceFiles } from './service-files.ts'

export type TaskBuild = ChosenTask & { readonly image: ImageArtifact; readonly network: string }

/** With the images that were counted on when they were chosen. */
export function taskBuildsOf(tasks: readonly ChosenTask[], network: string, catalog: Catalog): TaskBuild[] {
  return tasks.flatMap((one) => {
    const image = imageIn(catalog, one.variant, one.chosen.architecture)
    return image === undefined ? [] : [{ ...one, image, network }]
  })
}

export type TaskLayout = {
  readonly build: TaskBuild
  readonly files: ServiceFiles
  readonly spec: TaskSpec
  readonly digest: string
}

export function layOutTask(build: TaskBuild, secrets: Secrets, sha256: Hash): TaskLayout {
  const { task, entry, variant, target, uses, image, network } = build
  const of = target.service.name
  const variables = {
    'service.host': of,
    'service.port': String(runsOf(target).containerPort),
    ...(uses !== undefined && { 'needs.model.baseUrl': baseUrl(uses), 'needs.model.name': uses.modelName }),
  }
  const files = serviceFiles(
    {
      ...{ deployment: task.name, secretsOf: of, entry: { id: entry.id, version: entry.version } },
      // Whoever makes a secret first makes it as its own entry says.
      ...{ configuration: { secrets: runsOf(target).configuration?.secrets ?? [], files: [] }, asksAs: task.name },
      ...{ environment: variant.environment, variables, uses },
      ...{ models: [], consumers: [], sites: [] },
    },
    secrets,
    sha256,
  )
  const { environment, environmentFile } = files
  const volumes = entry.kind === 'job' ? entry.serviceVolumes : []
  // Another version of its service is another job: that has nothing yet of what this one prepares, whether its data lie in
  // a volume, which may have to be changed for it, or in the container, which goes.
  const lasting = {
    ...{ task: task.name, entry: entry.id, entryVersion: entry.version },
    ...{ of, ofVersion: runsOf(target).version, image: image.image },
    ...(variant.program !== undefined && { program: variant.program }),
    arguments: variant.arguments.map((word) => fillWord(word, variables)),
    environment,
    volumes: volumes.map(({ name, target: at }) => ({ name: volumeName(of, name), target: at })),
    ...{ network, memoryBytes: variant.overheadBytes, timeoutSeconds: entry.timeoutSeconds },
    ...(uses?.network !== undefined && { joins: uses.network }),
  }
  const spec = { ...lasting, ...(environmentFile !== undefined && { environmentFile }) }
  // A key that is made anew is no reason to do a job once more.
  return { build, files, spec, digest: digestOf({ ...lasting, words: variant.environment }, sha256) }
}

/** Of the services in the order in which they are set up. */
export type Laid = { readonly name: string; readonly specDigest: string }
export type Drafts = readonly [id: string, spec: StepSpec][]

/** What comes before the service of that name, and what after it. */
export function taskDraftsAt(
  name: string,
  tasks: readonly TaskLayout[],
  services: readonly Laid[],
): { before: Drafts; after: Drafts } {
  const draft = ({ build, spec, digest }: TaskLayout): [string, StepSpec] => {
    const { task } = build
    if (task.role === 'job') {
      const pauses = task.runs === 'before' && spec.volumes.length > 0
      return [`job.${task.name}`, { kind: 'job', spec, digest, pauses }]
    }
    const against = services.find((one) => one.name === spec.of)?.specDigest ?? ''
    return [`probe.${task.name}`, { kind: 'probe', spec, digest, against, touches: touchedBy(task) }]
  }
  const isBefore = ({ build: { task } }: TaskLayout) => task.role === 'job' && task.runs === 'before'
  const place = (one: string) => services.findIndex((service) => service.name === one)
  const lastOf = ({ build: { task } }: TaskLayout) => Math.max(...touchedBy(task).map(place))
  const here = tasks.filter((one) => !isBefore(one) && lastOf(one) === place(name))
  return {
    before: tasks.filter((one) => isBefore(one) && one.spec.of === name).map(draft),
    after: [
      ...here.filter(({ build }) => build.task.role === 'job').map(draft),
      ...here.filter(({ build }) => build.task.role === 'probe').map(draft),
    ],
  }
}

/** The services that it goes through. */
function touchedBy(task: SolutionTask): string[] {
  const { usesModel, through } = task
  return [targetOf(task), ...(usesModel === undefined ? [] : [usesModel]), ...(through === undefined ? [] : [through])]
}

type Step<K extends StepSpec['kind']> = PlanStep & { readonly spec: Extract<StepSpec, { kind: K }> }

function isKind<K extends StepSpec['kind']>(step: PlanStep, kind: K): step is Step<K> {
  return step.spec.kind === kind
}

/**
 * What changes in a plan changes for its tasks too: a job has not run on a fresh volume, and a probe tries out again what
 * is not as it was. Where a service takes the place of another, what may spoil or disprove it is part of that.
 */
export function withTasks(steps: readonly PlanStep[]): PlanStep[] {
  const jobsDue = steps.map((step): PlanStep => {
    if (!isKind(step, 'job') || step.change) return step
    const { of } = step.spec.spec
    const isFresh = steps.some((one) => isKind(one, 'volume') && one.change && one.spec.deployment === of)
    return isFresh ? { ...step, change: true, reason: 'job-not-run' } : step
  })
  const due = jobsDue.map((step): PlanStep => {
    if (!isKind(step, 'probe') || step.change) return step
    const { touches } = step.spec
    return jobsDue.some((one) => one.change && touches.includes(changedBy(one) ?? ''))
      ? { ...step, change: true, reason: 'probe-due' }
      : step
  })
  return withoutUnneededImages(due.flatMap((step) => within(step, due)))
}

/** The deployment that is another one after this step. */
function changedBy({ spec }: PlanStep): string | undefined {
  if (spec.kind === 'container') return spec.spec.deployment
  if (spec.kind === 'service-file') return spec.deployment
  return spec.kind === 'job' ? spec.spec.of : undefined
}

/** A replacement with its jobs and probes in it; those jobs come behind it, and are found done there. */
function within(step: PlanStep, steps: readonly PlanStep[]): PlanStep[] {
  if (isKind(step, 'job')) return replacing(step.spec.spec.of, steps) !== undefined && step.spec.pauses ? [] : [step]
  if (!isKind(step, 'container') || replacing(step.spec.spec.deployment, steps) !== step) return [step]
  const { deployment } = step.spec.spec
  const jobs = steps
    .filter((one) => isKind(one, 'job'))
    .filter(({ spec }) => spec.pauses && spec.spec.of === deployment)
  const probes = probesRightAfter(step, steps)
  const due = jobs.filter(({ change }) => change).map(({ spec }) => spec)
  return [
    {
      ...step,
      spec: {
        ...step.spec,
        ...(due.length > 0 && { jobs: due }),
        ...(probes.length > 0 && { probes: probes.map(({ spec }) => spec) }),
      },
    },
    ...jobs,
  ]
}

function replacing(deployment: string, steps: readonly PlanStep[]): PlanStep | undefined {
  return steps.find(
    (one) =>
      isKind(one, 'container') && one.spec.spec.deployment === deployment && one.change && replacesService(one.reason),
  )
}

/** None where a job stands before them that they may count on, or another service. */
function probesRightAfter(step: Step<'container'>, steps: readonly PlanStep[]): Step<'probe'>[] {
  const behind = steps.slice(steps.indexOf(step) + 1)
  const end = behind.findIndex((one) => isKind(one, 'container') || (isKind(one, 'job') && one.change))
  return behind
    .slice(0, end < 0 ? undefined : end)
    .filter((one) => isKind(one, 'probe'))
    .filter(({ spec }) => spec.spec.of === step.spec.spec.deployment)
}

/** What has run needs no image any more. */
function withoutUnneededImages(steps: readonly PlanStep[]): PlanStep[] {
  const specs = steps.flatMap(({ change, spec }) =>
    spec.kind === 'job' || spec.kind === 'probe' ? [{ change, image: spec.spec.image }] : [],
  )
  const digests = (all: typeof specs) => all.map(({ image }) => image.configDigest)
  const ofServices = steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec.spec.image.configDigest] : []))
  const needed = [...ofServices, ...digests(specs.filter(({ change }) => change))]
  const idle = digests(specs).filter((one) => !needed.includes(one))
  const files = steps.flatMap(({ spec }) =>
    spec.kind === 'image' && idle.includes(spec.image.configDigest) ? [spec.artifactSha256] : [],
  )
  return steps.filter(({ spec }) => {
    if (spec.kind === 'image') return !files.includes(spec.artifactSha256)
    return spec.kind !== 'artifact' || !files.includes(spec.artifact.sha256)
  })
}

/** They come one after the other: the largest of those that run. */
export function taskFits(steps: readonly PlanStep[], { memory }: Pick<Facts, 'memory'>): MemoryFit[] {
  if (memory.state !== 'known') return []
  const { availableBytes } = memory.value
  const fits = steps.flatMap(({ change, spec }): MemoryFit[] => {
    if (!change || (spec.kind !== 'job' && spec.kind !== 'probe')) return []
    const { task: service, memoryBytes } = spec.spec
    const parts = { weightsBytes: 0, kvCacheBytes: 0, overheadBytes: memoryBytes, needBytes: memoryBytes }
    return [{ service, ...parts, availableBytes, where: 'memory' }]
  })
  return fits.sort((a, b) => b.needBytes - a.needBytes).slice(0, 1)
}
