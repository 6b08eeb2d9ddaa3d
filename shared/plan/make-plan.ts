// From facts, a catalog and a wish to a plan: pure, so the same inputs give the same plan anywhere.
// Read top to bottom: choose what runs, lay out the steps, ask each whether it already holds, then
// say what stands in the way.
import { containerName } from '../apply/container-run.ts'
import type { Artifact } from '../domain/artifact.ts'
import type { AppEntry } from '../domain/entry/app-entry.ts'
import { fileStepName, signalOf } from '../domain/entry/configuration.ts'
import type { GatewayEntry } from '../domain/entry/gateway-entry.ts'
import type { SolutionEntry } from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import { evidence, ok, type Result } from '../domain/failure.ts'
import type { LicenceTerms } from '../domain/licence-terms.ts'
import {
  type MemoryFit,
  type PlanStep,
  replacesService,
  type SetUpPlan,
  type StepSpec,
  type StepSpecOf,
} from '../domain/plan.ts'
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
import { type ChosenService, choiceOf, chooseServices, layer, type UsedModel } from './choose/choose-services.ts'
import { bundleStock, imageIn, weightsArtifacts, weightsIn } from './choose/stock.ts'
import { containerSpecOf, filesOf, proofOf, type ServiceBuild, startTimeoutOf, volumeSteps } from './container-spec.ts'
import { engineSteps, type PlanFacts, toolkitSteps } from './host-packages.ts'
import { ignoringFits } from './ignore-fit.ts'
import { issuesIn } from './known-issues.ts'
import { memoryFit } from './memory-fit.ts'
import {
  deploymentOf,
  networkStepOf,
  type PartBuild,
  partBuilds,
  partFiles,
  partFit,
  partStep,
  partsSaid,
} from './parts.ts'
import { planStepOf, withReboots } from './plan-step.ts'
import { privilegeBlockers, privilegesIn } from './privileges.ts'
import { closingSteps, openingsOf, publishableOf, publishedNow, withoutIngress } from './publish.ts'
import { type Secrets, type ServiceFiles, secretsOf } from './service-files.ts'
import { planSettings, type SettingsWish } from './settings.ts'
import { spareSteps } from './spare.ts'

export type PlanWish = SettingsWish & {
  readonly solution: string
  readonly bundleId: string
  readonly signed: boolean
  /** Nobody vouches for the bundle any more. */
  readonly expired?: SetUpPlan['purpose']['expired']
  readonly soakSeconds: number
  readonly stopFirst?: true | undefined
  /** Where people reach what the solution publishes; missing: as it is now. */
  readonly publish?: Publishing | undefined
  /** Services that are installed although the sum of their memory says no, by name. */
  readonly ignoreFit?: readonly string[] | undefined
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
  const { ignoreFit = [] } = wish
  const chosen = chooseServices(solution, { facts, catalog, stock: bundleStock(catalog), ignoreFit })
  const { services, problems } = chosen
  const planned = planSettings(buildsOf(services, solution, catalog, at), wish, facts)
  if (!planned.ok) return planned
  const { builds, settings } = planned.value
  const choices = services.map(choiceOf)
  const engine = engineSteps(facts, catalog)
  const vendors = builds.flatMap(({ variant }) => variant.match.accelerator?.vendor ?? [])
  const toolkits = toolkitSteps(vendors, facts, catalog)
  const specs = [
    ...toolkits.before,
    ...(engine.ok ? engine.value : []),
    ...toolkits.after,
    ...layOutSpecs(builds, solution, {
      ...{ facts, catalog, sha256: tools.sha256, soakSeconds: wish.soakSeconds },
      secrets: secretsOf(facts, { rotates: wish.rotatesKeys === true, passwords: passwordsOf(builds) }),
    }),
    ...(wish.publish === 'none' ? closingSteps(whole, facts) : []),
  ]
  const made = withReboots(specs.map(([id, spec]) => planStepOf(id, spec, facts, catalog)))
  const allFits = fitsOf(builds, facts)
  const wantedSteps = wish.stopFirst === true ? made : withBeside(made, allFits, facts)
  const steps = [...wantedSteps, ...spareSteps(wantedSteps, facts)]
  const fits = changedFits(allFits, steps)
  const purpose = {
    act: 'set-up',
    bundleId: wish.bundleId,
    signed: wish.signed,
    ...(wish.expired === undefined ? {} : { expired: wish.expired }),
    solution: solution.id,
    solutionVersion: solution.version,
    ...(published === undefined ? {} : { publish: published }),
    ...(wish.rotatesKeys === true ? { rotatesKeys: wish.rotatesKeys } : {}),
    ...(wish.stopFirst === true ? { stopFirst: wish.stopFirst } : {}),
    ...(wish.settings === undefined ? {} : { settings: wish.settings }),
    ...(ignoreFit.length === 0 ? {} : { ignoreFit: [...ignoreFit] }),
  } as const
  const memory = ignoringFits(chosen, memoryBlockers(fits, steps, facts), ignoreFit)
  const blockers = [
    ...machineBlockers(facts, wish.address.user, engine),
    ...problems,
    ...planned.value.problems,
    ...privilegeBlockers(builds, facts),
    ...unseenAcceleratorBlockers(choices, steps),
    ...memory.problems,
    ...diskBlockers(steps, facts),
    ...portBlockers(steps, facts),
    ...stepBlockers(steps, facts),
  ]
  const { address, soakSeconds } = wish
  const wanted = [
    ...solution.services.map((s) => ({ deployment: s.name, hostPort: s.hostPort })),
    ...builds.flatMap((build) => build.parts.map((part) => ({ deployment: deploymentOf(part) }))),
  ]
  const others = deploymentsBeside(wanted, facts)
  const licences = licencesOf(solution, services, steps)
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
    settings,
    privileges: privilegesIn(builds, steps, facts),
    issues: issuesIn(builds, steps, facts),
    ignoredFits: memory.ignored,
    mayIgnoreFit: memory.may,
  }
  return ok(assemblePlan(parts, facts, wanted, tools))
}

/** Of entries whose service is installed or replaced: what runs unchanged was accepted before. */
function licencesOf(solution: SolutionEntry, services: readonly ChosenService[], steps: readonly PlanStep[]) {
  const changed = services.filter(({ service }) =>
    steps.some(({ id, change }) => change && id === `container.${service.name}`),
  )
  const entries = changed.flatMap((one): Licensed[] =>
    one.role === 'model' ? [one.chosen.runtime, one.model] : [runsOf(one)],
  )
  const all: Licensed[] = changed.length === 0 ? [] : [solution, ...new Set(entries)]
  return all.flatMap(({ id: entry, version, licence: { spdx, url, terms } }): LicenceTerms[] =>
    terms === undefined ? [] : [{ entry, version, spdx, ...(url !== undefined && { url }), terms }],
  )
}

function runsOf(one: Exclude<ChosenService, { role: 'model' }>): Licensed {
  if (one.role === 'app') return one.app
  return one.role === 'gateway' ? one.gateway : one.ingress
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
    const service = { service: one.service.name, solution: solution.id }
    const parts = (entry: AppEntry | GatewayEntry, uses?: UsedModel) =>
      partBuilds({ ...service, entry, uses }, (part) => imageIn(catalog, part, architecture))
    const base = { service: one.service, variant, image, network, parts: [] }
    if (one.role === 'app') {
      const made = parts(one.app, one.uses)
      return made === undefined ? [] : [{ ...base, parts: made, role: 'app', runs: one.app, uses: one.uses }]
    }
    if (one.role === 'ingress') {
      return at === undefined ? [] : [{ ...base, role: 'ingress', runs: one.ingress, sites: one.sites, at }]
    }
    if (one.role === 'gateway') {
      const { gateway: runs, models, consumers } = one
      const made = parts(runs)
      return made === undefined ? [] : [{ ...base, parts: made, role: 'gateway', runs, models, consumers }]
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
function layOutSpecs(builds: readonly ServiceBuild[], solution: SolutionEntry, layout: Layout): StepDraft[] {
  const artifacts = artifactsOf(builds, layout.catalog)
  const { secrets, sha256 } = layout
  const inOrder = [...builds].sort((a, b) => layer[a.role] - layer[b.role])
  const withFiles = inOrder.map((build) => ({
    build,
    files: filesOf(build, secrets, sha256),
    parts: build.parts.map((part) => ({ part, files: partFiles(part, secrets, sha256) })),
  }))
  const all = withFiles.flatMap(({ files, parts }) => [...parts.map((one) => one.files), files])
  const network = `rackside-${solution.id}`
  return [
    ...artifacts.map((artifact): StepDraft => [`artifact.${artifact.id}`, { kind: 'artifact', artifact }]),
    ...artifacts.flatMap((one): StepDraft[] => {
      if (one.kind !== 'image') return []
      return [[`image.${one.id}`, { kind: 'image', artifactSha256: one.sha256, artifactId: one.id, image: one.image }]]
    }),
    ...artifacts.flatMap(modelFolderSteps),
    networkStepOf(network),
    ...inOrder.flatMap(({ parts: [first] }) => (first === undefined ? [] : [networkStepOf(first.network)])),
    ...secretSteps(
      'secret',
      all.flatMap((one) => one.secrets),
    ),
    ...withFiles.flatMap((one) => serviceSpecs(one, layout)),
    ...all.flatMap(({ lastFiles }) => fileSteps(lastFiles, '.last')),
    ...secretSteps(
      'absent-secret',
      all.flatMap((one) => one.retired),
    ),
  ]
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
function artifactsOf(builds: readonly ServiceBuild[], catalog: Catalog): Artifact[] {
  const artifacts = new Map<string, Artifact>()
  for (const build of builds) {
    for (const { image } of [build, ...build.parts]) artifacts.set(image.sha256, image)
    if (build.role !== 'model') continue
    for (const one of weightsArtifacts(catalog, build.weights)) artifacts.set(one.sha256, one)
  }
  return [...artifacts.values()]
}

function modelFolderSteps(artifact: Artifact): StepDraft[] {
  if (artifact.kind !== 'weights' || artifact.weights.format !== 'safetensors') return []
  const { id, sha256, weights } = artifact
  return [[`model-folder.${id}`, { kind: 'model-folder', sha256, files: weights.files.length }]]
}

type Laid = {
  readonly build: ServiceBuild
  readonly files: ServiceFiles
  readonly parts: readonly { readonly part: PartBuild; readonly files: ServiceFiles }[]
}

/** Its parts come before it. */
function serviceSpecs({ build, files, parts }: Laid, layout: Layout): StepDraft[] {
  const { facts, sha256, soakSeconds } = layout
  const made = parts.map((one) => ({ files: one.files, step: partStep(one.part, one.files, layout) }))
  const said = partsSaid(
    build.parts,
    made.map(({ step }) => step),
  )
  const spec = containerSpecOf(build, facts, files, said)
  const proof = proofOf(build)
  const { readyPath } = build.runs
  const startTimeoutSeconds = startTimeoutOf(build)
  const specDigest = digestOf({ spec, proof }, sha256)
  const { deployment, hostPort } = spec
  return [
    ...made.flatMap(partSpecs),
    ...volumeSteps(spec),
    ...fileSteps(files.files),
    ...certificateSteps(build),
    [`container.${deployment}`, { kind: 'container', spec, specDigest, proof, startTimeoutSeconds, soakSeconds }],
    [`ready.${deployment}`, { kind: 'ready', deployment, hostPort, readyPath, timeoutSeconds: startTimeoutSeconds }],
  ]
}

function partSpecs({ files, step }: { readonly files: ServiceFiles; readonly step: StepSpecOf<'container'> }) {
  const { deployment } = step.spec
  const timeoutSeconds = step.startTimeoutSeconds
  return [
    ...volumeSteps(step.spec),
    ...fileSteps(files.files),
    [`container.${deployment}`, step],
    [`ready.${deployment}`, { kind: 'ready', deployment, timeoutSeconds }],
  ] satisfies StepDraft[]
}

function fitsOf(builds: readonly ServiceBuild[], facts: Facts): MemoryFit[] {
  return builds.flatMap((build) => [
    ...build.parts.flatMap((part) => partFit(part, facts) ?? []),
    ...[memoryFit(build, facts) ?? []].flat(),
  ])
}

/** Memory is only asked for what will be started: a service that runs already holds its own. */
function changedFits(fits: readonly MemoryFit[], steps: readonly PlanStep[]): MemoryFit[] {
  return fits.filter(({ service }) => {
    const step = steps.find(({ spec }) => spec.kind === 'container' && spec.spec.deployment === service)
    // What is replaced gives back about what its successor takes.
    return step?.change === true && !replacesService(step.reason)
  })
}
