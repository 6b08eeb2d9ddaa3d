// From facts, a catalog and a wish to a plan: pure, so the same inputs give the same plan anywhere.
// Read top to bottom: choose what runs, lay out the steps, ask each whether it already holds, then
// say what stands in the way.
import { containerName } from '../apply/container-run.ts'
import type { Address } from '../domain/appliance.ts'
import type { Artifact } from '../domain/artifact.ts'
import { fileStepName, signalOf } from '../domain/entry/configuration.ts'
import { type SolutionEntry, servicesOf } from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import { evidence, ok, type Result } from '../domain/failure.ts'
import type { LicenceTerms } from '../domain/licence-terms.ts'
import { type MemoryFit, type PlanStep, replacesService, type SetUpPlan, type StepSpec } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { deploymentLabel } from '../domain/remote-layout.ts'
import type { PublishedAt, Publishing } from '../domain/service-address.ts'
import type { SecretToMake } from '../domain/service-file.ts'
import { assemblePlan, type PlanTools } from './assemble-plan.ts'
import { withBeside } from './beside.ts'
import {
  diskBlockers,
  machineBlockers,
  memoryBlockers,
  portBlockers,
  stepBlockers,
  unseenAcceleratorBlockers,
} from './blockers.ts'
import { digestOf, type Hash } from './canonical.ts'
import { type Catalog, findSolution } from './catalog.ts'
import { type ChosenService, choiceOf, chooseServices, layer } from './choose/choose-services.ts'
import { type ChosenTask, chooseTasks, runsOf } from './choose/choose-tasks.ts'
import { bundleStock, imageIn, weightsArtifacts, weightsIn } from './choose/stock.ts'
import { containerSpecOf, filesOf, proofOf, type ServiceBuild, startTimeoutOf, volumeSteps } from './container-spec.ts'
import { engineSteps, type PlanFacts, toolkitSteps } from './host-packages.ts'
import { memoryFit } from './memory-fit.ts'
import { planStepOf, withReboots } from './plan-step.ts'
import { closingSteps, openingsOf, publishableOf, publishedNow, withoutIngress } from './publish.ts'
import { type Secrets, type ServiceFiles, secretsOf } from './service-files.ts'
import { spareSteps } from './spare.ts'
import {
  layOutTask,
  type TaskBuild,
  type TaskLayout,
  taskBuildsOf,
  taskDraftsAt,
  taskFits,
  withTasks,
} from './task-steps.ts'

export type PlanWish = {
  readonly solution: string
  readonly address: Address
  readonly bundleId: string
  readonly signed: boolean
  readonly soakSeconds: number
  readonly stopFirst?: true | undefined
  /** Where people reach what the solution publishes; missing: as it is now. */
  readonly publish?: Publishing | undefined
  /** New keys for whoever asks a gateway; the old ones are refused at the end. */
  readonly rotatesKeys?: true | undefined
}

/** Fails only when the catalog itself has no such solution; everything else is a blocker inside the plan. */
export function makePlan(facts: PlanFacts, catalog: Catalog, wish: PlanWish, tools: PlanTools): Result<SetUpPlan> {
  const found = findSolution(catalog, wish.solution)
  if (!found.ok) return found
  const { value: whole } = found
  const openNow = publishedNow(whole, facts)
  const published = wish.publish ?? openNow?.at
  const at = published === 'none' ? undefined : published
  const solution = at === undefined ? withoutIngress(whole) : whole
  const where = { facts, catalog, stock: bundleStock(catalog) }
  const { services, problems } = chooseServices(solution, where)
  const { tasks, problems: taskProblems } = chooseTasks(solution, services, where)
  const builds = buildsOf(services, solution, catalog, at)
  const taskBuilds = taskBuildsOf(tasks, `rackside-${solution.id}`, catalog)
  const choices = services.map(choiceOf)
  const engine = engineSteps(facts, catalog)
  const vendors = builds.flatMap(({ variant }) => variant.match.accelerator?.vendor ?? [])
  const toolkits = toolkitSteps(vendors, facts, catalog)
  const specs = [
    ...toolkits.before,
    ...(engine.ok ? engine.value : []),
    ...toolkits.after,
    ...layOutSpecs({ builds, tasks: taskBuilds }, solution, {
      ...{ facts, catalog, sha256: tools.sha256, soakSeconds: wish.soakSeconds },
      secrets: secretsOf(facts, { rotates: wish.rotatesKeys === true, passwords: passwordsOf(builds) }),
    }),
    ...(wish.publish === 'none' ? closingSteps(whole, facts) : []),
  ]
  const made = withTasks(withReboots(specs.map(([id, spec]) => planStepOf(id, spec, facts, catalog))))
  const allFits = fitsOf(builds, facts)
  const wantedSteps = wish.stopFirst === true ? made : withBeside(made, allFits, facts)
  const steps = [...wantedSteps, ...spareSteps(wantedSteps, facts)]
  const fits = [...changedFits(allFits, steps), ...taskFits(steps, facts)]
  const purpose = {
    act: 'set-up',
    bundleId: wish.bundleId,
    signed: wish.signed,
    solution: solution.id,
    solutionVersion: solution.version,
    ...(published === undefined ? {} : { publish: published }),
    ...(wish.rotatesKeys === true ? { rotatesKeys: wish.rotatesKeys } : {}),
    ...(wish.stopFirst === true ? { stopFirst: wish.stopFirst } : {}),
  } as const
  const blockers = [
    ...machineBlockers(facts, wish.address.user, engine),
    ...problems,
    ...taskProblems,
    ...unseenAcceleratorBlockers(choices, steps),
    ...memoryBlockers(fits, steps, facts),
    ...diskBlockers(steps, facts),
    ...portBlockers(steps, facts),
    ...stepBlockers(steps, facts),
  ]
  const { address, soakSeconds } = wish
  const wanted = servicesOf(solution).map((s) => ({ deployment: s.name, hostPort: s.hostPort }))
  const others = deploymentsBeside(wanted, facts)
  const licences = licencesOf(solution, { services, tasks }, steps)
  const openings = openingsOf(builds, steps, openNow)
  const publishable = at === undefined ? publishableOf(whole) : []
  const parts = {
    purpose,
    address,
    soakSeconds,
    choices,
    fits,
    steps,
    blockers,
    licences,
    openings,
    others,
    publishable,
  }
  return ok(assemblePlan(parts, facts, wanted, tools))
}

/** Of entries whose service is installed or replaced: what runs unchanged was accepted before. */
function licencesOf(
  solution: SolutionEntry,
  { services, tasks }: { readonly services: readonly ChosenService[]; readonly tasks: readonly ChosenTask[] },
  steps: readonly PlanStep[],
) {
  const running = tasks.filter(({ task: { role, name } }) =>
    steps.some((one) => one.change && one.id === `${role}.${name}`),
  )
  const changed = services.filter(({ service }) =>
    steps.some(({ id, change }) => change && id === `container.${service.name}`),
  )
  const entries = changed.flatMap((one): Licensed[] =>
    one.role === 'model' ? [one.chosen.runtime, one.model] : [runsOf(one)],
  )
  const all: Licensed[] =
    changed.length + running.length === 0
      ? []
      : [solution, ...new Set([...entries, ...running.map(({ entry }) => entry)])]
  return all.flatMap(({ id: entry, version, licence: { spdx, url, terms } }): LicenceTerms[] =>
    terms === undefined ? [] : [{ entry, version, spdx, ...(url !== undefined && { url }), terms }],
  )
}

type Licensed = Pick<SolutionEntry, 'id' | 'version' | 'licence'>

/** Another solution's, or what this one had in an earlier version and has no more. */
function deploymentsBeside(wanted: readonly { readonly deployment: string }[], { containers }: Facts): string[] {
  return valueOr(containers, []).flatMap(({ name, labels }) => {
    const deployment = labels[deploymentLabel] ?? ''
    const isOurs = deployment !== '' && name === containerName(deployment)
    return isOurs && !wanted.some((one) => one.deployment === deployment) ? [evidence(deployment, 80)] : []
  })
}

/** With the artifacts that were counted on when they were chosen. */
function buildsOf(
  services: readonly ChosenService[],
  solution: SolutionEntry,
  catalog: Catalog,
  at: PublishedAt | undefined,
): ServiceBuild[] {
  const network = `rackside-${solution.id}`
  return services.flatMap((one): ServiceBuild[] => {
    const { variant, architecture } = one.chosen
    const image = imageIn(catalog, variant, architecture)
    if (image === undefined) return []
    const base = { service: one.service, variant, image, network }
    if (one.role === 'app') return [{ ...base, role: 'app', runs: one.app, uses: one.uses }]
    if (one.role === 'ingress') {
      return at === undefined ? [] : [{ ...base, role: 'ingress', runs: one.ingress, sites: one.sites, at }]
    }
    if (one.role === 'gateway') {
      return [{ ...base, role: 'gateway', runs: one.gateway, models: one.models, consumers: one.consumers }]
    }
    const { runtime, form, fit } = one.chosen
    const weights = weightsIn(catalog, form)
    if (weights === undefined) return []
    return [{ ...base, role: 'model', runs: runtime, model: one.model, form, weights, ...(fit && { fit }) }]
  })
}

function passwordsOf(builds: readonly ServiceBuild[]) {
  return builds.flatMap((build) =>
    build.role === 'ingress' ? [{ deployment: build.service.name, name: build.runs.guard.secret }] : [],
  )
}

type StepDraft = [id: string, spec: StepSpec]
type Layout = {
  readonly facts: Facts
  readonly catalog: Catalog
  readonly sha256: Hash
  readonly soakSeconds: number
  readonly secrets: Secrets
}

/**
 * Bytes first, then what the engine makes of them, then secrets, then one service after the other: who is asked comes
 * before who asks. At the end nobody uses old keys any more.
 */
function layOutSpecs(
  { builds, tasks }: { readonly builds: readonly ServiceBuild[]; readonly tasks: readonly TaskBuild[] },
  solution: SolutionEntry,
  layout: Layout,
): StepDraft[] {
  const artifacts = artifactsOf(builds, tasks, layout.catalog)
  const { secrets, sha256 } = layout
  const inOrder = [...builds].sort((a, b) => layer[a.role] - layer[b.role])
  const services = inOrder.map((build) => layOutService(build, layout))
  const ran = tasks.map((one) => layOutTask(one, secrets, sha256))
  const all = [...services, ...ran].map(({ files }) => files)
  const network = `rackside-${solution.id}`
  return [
    ...artifacts.map((artifact): StepDraft => [`artifact.${artifact.id}`, { kind: 'artifact', artifact }]),
    ...artifacts.flatMap((one): StepDraft[] => {
      if (one.kind !== 'image') return []
      return [[`image.${one.id}`, { kind: 'image', artifactSha256: one.sha256, artifactId: one.id, image: one.image }]]
    }),
    ...artifacts.flatMap(modelFolderSteps),
    [`network.${network}`, { kind: 'network', name: network }],
    ...secretSteps(
      'secret',
      all.flatMap((one) => one.secrets),
    ),
    ...ran.flatMap(({ files }) => fileSteps(files.files)),
    ...services.flatMap((one) => serviceSpecs(one, { services, ran }, layout.soakSeconds)),
    ...all.flatMap(({ lastFiles }) => fileSteps(lastFiles, '.last')),
    ...secretSteps(
      'absent-secret',
      all.flatMap((one) => one.retired),
    ),
  ]
}

type ServiceLayout = ReturnType<typeof layOutService>

function layOutService(build: ServiceBuild, { facts, secrets, sha256 }: Layout) {
  const files = filesOf(build, secrets, sha256)
  const spec = containerSpecOf(build, facts, files)
  const proof = proofOf(build)
  return { build, files, spec, proof, name: spec.deployment, specDigest: digestOf({ spec, proof }, sha256) }
}

/** Each once, however many services share it. */
function secretSteps(kind: 'secret' | 'absent-secret', secrets: readonly SecretToMake[]): StepDraft[] {
  const steps = new Map<string, StepDraft>()
  for (const one of secrets) {
    const id = `${kind}.${one.deployment}.${one.name}.${one.generation}`
    steps.set(id, [id, { kind, ...one }])
  }
  return [...steps.values()]
}

function certificateSteps(build: ServiceBuild): StepDraft[] {
  if (build.role !== 'ingress') return []
  const { at, runs, service } = build
  const reload = signalOf(runs.configuration ?? {})
  const { address, name } = at
  const told = {
    deployment: service.name,
    address,
    ...(name !== undefined && { name }),
    ...(reload !== undefined && { reload }),
  }
  return [[`certificate.${service.name}`, { kind: 'certificate', ...told }]]
}

function fileSteps(files: ServiceFiles['files'], suffix = ''): StepDraft[] {
  return files.map(({ name, ...spec }) => [
    `service-file.${spec.deployment}.${fileStepName(name)}${suffix}`,
    { kind: 'service-file', ...spec },
  ])
}

/** Each once, however many services share it. */
function artifactsOf(builds: readonly ServiceBuild[], tasks: readonly TaskBuild[], catalog: Catalog): Artifact[] {
  const artifacts = new Map<string, Artifact>()
  for (const build of builds) {
    artifacts.set(build.image.sha256, build.image)
    if (build.role !== 'model') continue
    for (const one of weightsArtifacts(catalog, build.weights)) artifacts.set(one.sha256, one)
  }
  for (const { image } of tasks) artifacts.set(image.sha256, image)
  return [...artifacts.values()]
}

function modelFolderSteps(artifact: Artifact): StepDraft[] {
  if (artifact.kind !== 'weights' || artifact.weights.format !== 'safetensors') return []
  const { id, sha256, weights } = artifact
  return [[`model-folder.${id}`, { kind: 'model-folder', sha256, files: weights.files.length }]]
}

function serviceSpecs(
  { build, files, spec, proof, specDigest }: ServiceLayout,
  { services, ran }: { readonly services: readonly ServiceLayout[]; readonly ran: readonly TaskLayout[] },
  soakSeconds: number,
): StepDraft[] {
  const { readyPath } = build.runs
  const startTimeoutSeconds = startTimeoutOf(build)
  const { deployment, hostPort } = spec
  const { before, after } = taskDraftsAt(deployment, ran, services)
  return [
    ...volumeSteps(spec),
    ...fileSteps(files.files),
    ...certificateSteps(build),
    ...before,
    [`container.${deployment}`, { kind: 'container', spec, specDigest, proof, startTimeoutSeconds, soakSeconds }],
    [`ready.${deployment}`, { kind: 'ready', deployment, hostPort, readyPath, timeoutSeconds: startTimeoutSeconds }],
    ...after,
  ]
}

function fitsOf(builds: readonly ServiceBuild[], facts: Facts): MemoryFit[] {
  return builds.flatMap((build) => memoryFit(build, facts) ?? [])
}

/** Memory is only asked for what will be started: a service that runs already holds its own. */
function changedFits(fits: readonly MemoryFit[], steps: readonly PlanStep[]): MemoryFit[] {
  return fits.filter(({ service }) => {
    const step = steps.find(({ spec }) => spec.kind === 'container' && spec.spec.deployment === service)
    // What is replaced gives back about what its successor takes.
    return step?.change === true && !replacesService(step.reason)
  })
}
