// From entries and choices to the exact container.
import { artifactPath } from '../domain/artifact.ts'
import type { DeploymentProof } from '../domain/deployment.ts'
import { accessTo } from '../domain/device-access.ts'
import type { AppEntry } from '../domain/entry/app-entry.ts'
import type { ServiceConfiguration } from '../domain/entry/configuration.ts'
import type { GatewayEntry } from '../domain/entry/gateway-entry.ts'
import type { IngressEntry } from '../domain/entry/ingress-entry.ts'
import type { MeasuredEvidence } from '../domain/entry/measured.ts'
import type { ModelEntry, ModelVariant } from '../domain/entry/model-entry.ts'
import type { RuntimeEntry } from '../domain/entry/runtime-entry.ts'
import { consoleConsumer, type SolutionService } from '../domain/entry/solution-entry.ts'
import type { ContainerVariant } from '../domain/entry/variant.ts'
import type { Facts } from '../domain/facts.ts'
import { oneDevice } from '../domain/model-layout.ts'
import type { ContainerSpec, StepSpec } from '../domain/plan.ts'
import type { PublishedAt } from '../domain/service-address.ts'
import { certificateFolder, certificateTarget } from '../domain/service-file.ts'
import { volumeName } from '../domain/service-volume.ts'
import type { FilledIn } from '../domain/setting.ts'
import { wantsGuard } from '../domain/sign-in.ts'
import { modelFolderPath } from '../domain/weights-folder.ts'
import type { Hash } from './canonical.ts'
import type { UsedModel, WiredSite } from './choose/choose-services.ts'
import { deviceId } from './choose/place-model.ts'
import type { ImageArtifact, WeightsArtifact } from './choose/stock.ts'
import { devicesThere, reportOf } from './devices-there.ts'
import { fillWord, type Variables } from './fill-word.ts'
import type { ChosenFit } from './fit/answer.ts'
import { modelProofOf } from './model-proof.ts'
import { type PartBuild, partVariables } from './parts.ts'
import { privilegesOf } from './privileges.ts'
import { baseUrl, keyNameOf, type Secrets, type ServiceFiles, serviceFiles } from './service-files.ts'

/** What a service is made of, chosen for one appliance. */
export type ServiceBuild = {
  readonly service: SolutionService
  readonly variant: ContainerVariant
  readonly image: ImageArtifact
  readonly network: string
  readonly parts: readonly PartBuild[]
  /** Missing where it has none, or nobody has looked yet. */
  readonly settings?: FilledIn
  /** Somebody chose the port at which it answers on the server. */
  readonly portChosen?: true
} & (ModelBuild | GatewayBuild | AppBuild | IngressBuild)

type ModelBuild = {
  readonly role: 'model'
  readonly runs: RuntimeEntry
  readonly model: ModelEntry
  readonly form: ModelVariant
  readonly weights: WeightsArtifact
  /** Missing where the memory of the devices is not known. */
  readonly fit?: ChosenFit
  /** On as many of the same devices. */
  readonly measured?: MeasuredEvidence
}

type GatewayBuild = {
  readonly role: 'gateway'
  readonly runs: GatewayEntry
  readonly models: readonly UsedModel[]
  readonly consumers: readonly string[]
}

type IngressBuild = {
  readonly role: 'ingress'
  readonly runs: IngressEntry
  readonly sites: readonly WiredSite[]
  readonly at: PublishedAt
}

type AppBuild = {
  readonly role: 'app'
  readonly runs: AppEntry
  readonly uses: UsedModel | undefined
}

const modelFolder = '/models'

/** Otherwise one file. */
function isFolder({ weights }: ModelBuild): boolean {
  return weights.weights.format === 'safetensors'
}

function variablesOf(build: ServiceBuild): Variables {
  const variables: Partial<Record<string, string>> = {
    ...build.settings?.variables,
    'service.port': String(build.runs.containerPort),
    ...partVariables(build.service.name, build.runs),
  }
  if (build.role === 'model') {
    const { model } = build
    variables['model.path'] = `${modelFolder}/${model.servedName}${isFolder(build) ? '' : '.gguf'}`
    variables['model.name'] = model.servedName
    variables['model.contextTokens'] = String(model.contextTokens)
    variables['model.cacheTokens'] = String(model.contextTokens * model.parallel)
    variables['service.parallel'] = String(model.parallel)
    const { tensor, pipeline, data } = build.fit?.layout ?? oneDevice
    variables['parallel.tensor'] = String(tensor)
    variables['parallel.pipeline'] = String(pipeline)
    variables['parallel.data'] = String(data)
  } else if (build.role === 'app' && build.uses !== undefined) {
    variables['needs.model.baseUrl'] = baseUrl(build.uses)
    variables['needs.model.name'] = build.uses.modelName
  }
  return variables
}

/** What this runtime is told of this model besides its own words. */
function servingOf(build: ServiceBuild): ModelVariant['serving'][number] | undefined {
  return build.role === 'model' ? build.form.serving.find(({ runtime }) => runtime === build.runs.id) : undefined
}

const notConfigured: ServiceConfiguration = { secrets: [], files: [] }

/** The files of a service and the variables of its environment, with what it is wired to in their places. */
export function filesOf(build: ServiceBuild, secrets: Secrets, sha256: Hash): ServiceFiles {
  const { runs, variant, service } = build
  return serviceFiles(
    {
      deployment: service.name,
      // What was chosen is of a version too: going back finds the files of that one.
      entry: { id: runs.id, version: runs.version, ...settingsOf(build) },
      configuration: runs.configuration ?? notConfigured,
      environment: { ...variant.environment, ...servingOf(build)?.environment },
      variables: variablesOf(build),
      uses: build.role === 'app' ? build.uses : undefined,
      ...(build.role === 'gateway'
        ? { models: build.models, consumers: build.consumers, listsModelsAt: service.hostPort }
        : { models: [], consumers: [] }),
      sites: build.role === 'ingress' ? build.sites.map((site) => ({ ...site, guarded: isGuarded(site, build) })) : [],
      password: build.role === 'ingress' ? build.runs.guard.secret : undefined,
    },
    secrets,
    sha256,
  )
}

/** `parts`: what was laid out for its parts. */
export function containerSpecOf(
  build: ServiceBuild,
  facts: Pick<Facts, 'accelerators'>,
  { environment, environmentFile, mounts }: Pick<ServiceFiles, 'environment' | 'environmentFile' | 'mounts'>,
  parts: Pick<ContainerSpec, 'joins' | 'parts'> = {},
): ContainerSpec {
  const variables = variablesOf(build)
  const { runs, variant } = build
  const serving = servingOf(build)
  const path = variables['model.path']
  return {
    deployment: build.service.name,
    entry: runs.id,
    entryVersion: runs.version,
    image: build.image.image,
    ...(variant.program !== undefined && { program: variant.program }),
    arguments: [...variant.arguments, ...(serving?.arguments ?? [])].map((word) => fillWord(word, variables)),
    environment,
    ...(environmentFile !== undefined && { environmentFile }),
    mounts: [
      ...(build.role !== 'model' || path === undefined
        ? []
        : [{ source: (isFolder(build) ? modelFolderPath : artifactPath)(build.weights.sha256), target: path }]),
      ...mounts,
      ...(build.role === 'ingress'
        ? [{ source: certificateFolder(build.service.name, build.at), target: certificateTarget }]
        : []),
    ],
    ...volumesOf(build),
    ...(variant.sharedMemoryBytes !== undefined && { shmBytes: variant.sharedMemoryBytes }),
    containerPort: runs.containerPort,
    hostPort: build.service.hostPort,
    ...(build.portChosen !== undefined && { portChosen: build.portChosen }),
    ...(build.role === 'ingress' && { lan: lanOf(build) }),
    network: build.network,
    ...parts,
    ...usesOf(build),
    healthCommand: [...runs.healthCommand],
    ...devicesFor(build, facts),
    ...privilegesOf(variant),
    ...settingsOf(build),
  }
}

function settingsOf({ settings }: ServiceBuild): Pick<ContainerSpec, 'settings'> {
  return settings?.chosen === undefined ? {} : { settings: settings.chosen }
}

/** Of a model that another solution installed. */
function usesOf(build: ServiceBuild): Pick<ContainerSpec, 'uses'> {
  const used = build.role === 'app' ? build.uses : undefined
  if (used?.network === undefined) return {}
  return { uses: { deployment: used.name, network: used.network, modelName: used.modelName } }
}

function lanOf({ at: { address, port }, runs }: IngressBuild): ContainerSpec['lan'] {
  return { address, port, containerPort: runs.tlsPort }
}

/** Apps with accounts of their own ask for themselves. */
export function isGuarded({ signIn }: WiredSite, { at }: Pick<IngressBuild, 'at'>): boolean {
  return at.guarded === true && wantsGuard(signIn)
}

function volumesOf({ service, runs }: ServiceBuild): Pick<ContainerSpec, 'volumes'> {
  const { volumes } = runs
  if (volumes.length === 0) return {}
  return { volumes: volumes.map((one) => ({ ...one, name: volumeName(service.name, one.name) })) }
}

/** Those that its model lies on; all of them where that is not known. */
function devicesFor(
  build: ServiceBuild,
  facts: Pick<Facts, 'accelerators'>,
): Pick<ContainerSpec, 'accelerators' | 'access'> {
  const vendor = build.variant.match.accelerator?.vendor
  if (vendor === undefined) return {}
  const access = reportOf(vendor, facts)?.container
  if (access === undefined) return { accelerators: vendor }
  const all = devicesThere(vendor, facts)
  const ids = build.role === 'model' ? build.fit?.devices : undefined
  const chosen = ids === undefined ? all : all.filter((one) => ids.includes(deviceId(one)))
  return { accelerators: vendor, access: accessTo(chosen, all, access) }
}

/** Those of a container, in their order; each comes before it. */
export function volumeSteps({ deployment, volumes = [] }: ContainerSpec): [id: string, spec: StepSpec][] {
  const first = volumeName(deployment, '')
  return volumes.map(({ name }) => [
    `volume.${deployment}.${name.slice(first.length)}`,
    { kind: 'volume', name, deployment },
  ])
}

/** Seconds until it has to be ready: those of its runtime, unless this model is known to take longer. */
export function startTimeoutOf(build: ServiceBuild): number {
  return servingOf(build)?.startTimeoutSeconds ?? build.runs.startTimeoutSeconds
}

export function proofOf(build: ServiceBuild): DeploymentProof {
  const { service } = build
  const place = { deployment: service.name, hostPort: service.hostPort }
  if (build.role === 'app') {
    const { signIn, serves, readyPath } = build.runs
    if (serves === 'program' || readyPath === undefined) return { serves: 'program', ...place }
    if (serves === 'api') return { serves, ...place, readyPath }
    return { serves, ...place, readyPath, ...(signIn !== undefined && { signIn }) }
  }
  const base = { ...place, readyPath: build.runs.readyPath }
  if (build.role === 'ingress') {
    return {
      serves: 'ingress',
      ...base,
      at: build.at,
      sites: build.sites.map((site) => ({
        ...{ app: site.name, at: site.path },
        ...(isGuarded(site, build) && { guarded: true as const }),
      })),
      ...(build.at.guarded === true && { guard: build.runs.guard }),
    }
  }
  if (build.role === 'gateway') {
    const models = build.models.map(({ modelName }) => modelName)
    return { serves: 'openai-gateway', ...base, models, keyName: keyNameOf(consoleConsumer) }
  }
  return modelProofOf(build, base)
}
