// The parts of a service as containers of their own, in a network that only it and they are in: no other app asks its
// database. They start before it, in the order of its entry. What it was put in service with is said by their digests, so
// that going back to it takes the same ones.
import type { ServiceConfiguration } from '../domain/entry/configuration.ts'
import { type Part, partDeployment, partsOf } from '../domain/entry/part.ts'
import type { Facts } from '../domain/facts.ts'
import type { ContainerSpec, MemoryFit, StepSpec, StepSpecOf } from '../domain/plan.ts'
import { volumeName } from '../domain/service-volume.ts'
import { digestOf, type Hash } from './canonical.ts'
import type { UsedModel } from './choose/choose-services.ts'
import type { ImageArtifact } from './choose/stock.ts'
import { fillWord, type Variables } from './fill-word.ts'
import { baseUrl, type Secrets, type ServiceFiles, serviceFiles } from './service-files.ts'

export type PartBuild = {
  readonly service: string
  readonly part: Part
  readonly image: ImageArtifact
  /** Of the service and its parts; `outer`: where the model is, that of the solution or of who installed that model. */
  readonly network: string
  readonly outer: string
  readonly entry: {
    readonly id: string
    readonly version: string
    readonly containerPort: number
    readonly configuration?: ServiceConfiguration | undefined
  }
  readonly variables: Variables
  readonly uses: UsedModel | undefined
}

/** Of a service with parts. No id has a "_", so no other solution has a network of that name. */
function partsNetwork(solution: string, service: string): string {
  return `rackside-${solution}_${service}`
}

/** For its own words and for those of its parts. */
export function partVariables(service: string, entry: object): Variables {
  return Object.fromEntries(
    partsOf(entry).flatMap((one) => [
      [`part.${one.name}.host`, partDeployment(service, one)],
      ...(one.containerPort === undefined ? [] : [[`part.${one.name}.port`, String(one.containerPort)]]),
    ]),
  )
}

type Serving = {
  readonly service: string
  readonly solution: string
  readonly entry: PartBuild['entry']
  readonly uses: UsedModel | undefined
}

/** Undefined where an image of them is not there: the choice says so. */
export function partBuilds(
  { service, solution, entry, uses }: Serving,
  imageOf: (part: Part) => ImageArtifact | undefined,
): PartBuild[] | undefined {
  const variables: Variables = {
    ...partVariables(service, entry),
    'service.host': service,
    'service.port': String(entry.containerPort),
    ...(uses !== undefined && { 'needs.model.baseUrl': baseUrl(uses), 'needs.model.name': uses.modelName }),
  }
  const builds: PartBuild[] = []
  for (const part of partsOf(entry)) {
    const image = imageOf(part)
    if (image === undefined) return undefined
    const networks = { network: partsNetwork(solution, service), outer: uses?.network ?? `rackside-${solution}` }
    builds.push({ service, part, image, ...networks, entry, variables, uses })
  }
  return builds
}

export function deploymentOf({ service, part }: Pick<PartBuild, 'service' | 'part'>): string {
  return partDeployment(service, part)
}

/** The secrets of its service, by their names. */
export function partFiles(build: PartBuild, secrets: Secrets, sha256: Hash): ServiceFiles {
  const { service, part, entry, variables, uses } = build
  const files = part.files.map(({ name, text }) => ({ name, parts: [{ text }] }))
  const configuration: ServiceConfiguration = { secrets: entry.configuration?.secrets ?? [], files }
  return serviceFiles(
    {
      ...{ deployment: deploymentOf(build), secretsOf: service, configuration, variables, uses },
      entry: { id: entry.id, version: entry.version },
      environment: part.environment,
      ...{ models: [], consumers: [], sites: [] },
    },
    secrets,
    sha256,
  )
}

/** With the version of its entry: a new one replaces it too, and its data are saved before anything of that writes on them. */
function specOf(build: PartBuild, { environment, environmentFile, mounts }: ServiceFiles): ContainerSpec {
  const { part, image, network, outer, entry, variables } = build
  const deployment = deploymentOf(build)
  return {
    deployment,
    entry: entry.id,
    entryVersion: entry.version,
    image: image.image,
    arguments: part.arguments.map((word) => fillWord(word, variables)),
    environment,
    ...(environmentFile !== undefined && { environmentFile }),
    mounts,
    ...(part.volumes.length > 0 && {
      volumes: part.volumes.map((one) => ({ ...one, name: volumeName(deployment, one.name) })),
    }),
    ...(part.sharedMemoryBytes !== undefined && { shmBytes: part.sharedMemoryBytes }),
    ...(part.containerPort !== undefined && { containerPort: part.containerPort }),
    network,
    ...(part.asksModel === true && { joins: outer }),
    ...(part.user !== undefined && { user: part.user }),
    healthCommand: [...part.healthCommand],
  }
}

/** What starts well holds, mostly; the long watch is that of the service itself, which uses it. */
const mostSoakSeconds = 10

export function partStep(
  build: PartBuild,
  files: ServiceFiles,
  { sha256, soakSeconds }: { readonly sha256: Hash; readonly soakSeconds: number },
): StepSpecOf<'container'> {
  const spec = specOf(build, files)
  const proof = { serves: 'part', deployment: spec.deployment, of: build.service } as const
  return {
    ...{ kind: 'container', spec, specDigest: digestOf({ spec, proof }, sha256), proof },
    startTimeoutSeconds: build.part.startTimeoutSeconds,
    soakSeconds: Math.min(soakSeconds, mostSoakSeconds),
  }
}

/** What the container of the service says of them; nothing where it has none. */
export function partsSaid(
  builds: readonly PartBuild[],
  steps: readonly StepSpecOf<'container'>[],
): Pick<ContainerSpec, 'joins' | 'parts'> {
  const [first] = builds
  if (first === undefined) return {}
  return {
    joins: first.network,
    parts: steps.map(({ spec: { deployment }, specDigest }) => ({ deployment, specDigest })),
  }
}

/** Nobody outside a network of parts is reached from it, or reaches anybody in it. */
export function networkStepOf(name: string): [id: string, spec: StepSpec] {
  if (!name.includes('_')) return [`network.${name}`, { kind: 'network', name }]
  return [`network.${name.replace('_', '.')}`, { kind: 'network', name, internal: true }]
}

/** Undefined where the memory of the host is not known. */
export function partFit(build: PartBuild, { memory }: Pick<Facts, 'memory'>): MemoryFit | undefined {
  if (memory.state !== 'known') return undefined
  const { overheadBytes } = build.part
  return {
    ...{ service: deploymentOf(build), weightsBytes: 0, kvCacheBytes: 0, overheadBytes, needBytes: overheadBytes },
    ...{ availableBytes: memory.value.availableBytes, where: 'memory' },
  }
}
