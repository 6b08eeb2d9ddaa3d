// From entries and choices to the exact container: variables replaced inside single words, so that
// nothing a catalog says can become a second word or a shell sign.
import type { Vendor } from '../domain/accelerator.ts'
import { type Artifact, artifactPath } from '../domain/artifact.ts'
import type { DeploymentProof } from '../domain/deployment.ts'
import type { SolutionService, TemplateVariable, Variant } from '../domain/entry.ts'
import type { Facts } from '../domain/facts.ts'
import type { ContainerSpec, StepSpec } from '../domain/plan.ts'
import { volumeName } from '../domain/service-volume.ts'
import type { ServiceEntries } from './catalog.ts'

export type Variables = Partial<Record<TemplateVariable, string>>

export function fillWord(word: string, variables: Variables): string {
  // "constructor" is in every object, and no variable.
  const filling = (name: string) => (Object.hasOwn(variables, name) ? variables[name as TemplateVariable] : undefined)
  return word.replace(/\{([^{}]*)\}/g, (whole, name: string) => filling(name) ?? whole)
}

export type ServiceBuild = {
  readonly service: SolutionService
  readonly entries: ServiceEntries
  readonly variant: Variant
  readonly image: Extract<Artifact, { kind: 'image' }>
  readonly weights?: Extract<Artifact, { kind: 'weights' }>
  /** For an app: the model service it uses. */
  readonly uses?: { readonly name: string; readonly containerPort: number; readonly modelName: string }
  readonly network: string
}

const modelFolder = '/models'

function variablesOf(build: ServiceBuild): Variables {
  const variables: Variables = { 'service.port': String(build.entries.runs.containerPort) }
  if (build.entries.role === 'model') {
    const { model } = build.entries
    variables['model.path'] = `${modelFolder}/${model.servedName}.gguf`
    variables['model.name'] = model.servedName
    variables['model.contextTokens'] = String(model.contextTokens)
    variables['service.parallel'] = String(model.parallel)
  }
  if (build.uses !== undefined) {
    variables['needs.model.baseUrl'] = `http://${build.uses.name}:${build.uses.containerPort}/v1`
    variables['needs.model.name'] = build.uses.modelName
  }
  return variables
}

export function containerSpecOf(build: ServiceBuild, facts: Pick<Facts, 'accelerators'>): ContainerSpec {
  const variables = variablesOf(build)
  const { entries, variant, weights } = build
  const path = variables['model.path']
  return {
    deployment: build.service.name,
    entry: entries.runs.id,
    entryVersion: entries.runs.version,
    image: build.image.image,
    arguments: variant.arguments.map((word) => fillWord(word, variables)),
    environment: Object.fromEntries(
      Object.entries(variant.environment).map(([name, word]) => [name, fillWord(word, variables)]),
    ),
    mounts: weights === undefined || path === undefined ? [] : [{ source: artifactPath(weights.sha256), target: path }],
    ...volumesOf(build),
    containerPort: entries.runs.containerPort,
    hostPort: build.service.hostPort,
    network: build.network,
    healthCommand: [...entries.runs.healthCommand],
    ...devicesFor(variant.match.accelerator?.vendor, facts),
  }
}

function volumesOf({ service, entries }: ServiceBuild): Pick<ContainerSpec, 'volumes'> {
  const { volumes } = entries.runs
  if (volumes.length === 0) return {}
  return { volumes: volumes.map((one) => ({ ...one, name: volumeName(service.name, one.name) })) }
}

function devicesFor(
  vendor: Vendor | undefined,
  { accelerators }: Pick<Facts, 'accelerators'>,
): Pick<ContainerSpec, 'accelerators' | 'access'> {
  if (vendor === undefined) return {}
  const access = accelerators.find((report) => report.vendor === vendor)?.container
  return access === undefined ? { accelerators: vendor } : { accelerators: vendor, access }
}

/** Those of a container, in their order; each comes before it. */
export function volumeSteps({ deployment, volumes = [] }: ContainerSpec): [id: string, spec: StepSpec][] {
  const first = volumeName(deployment, '')
  return volumes.map(({ name }) => [
    `volume.${deployment}.${name.slice(first.length)}`,
    { kind: 'volume', name, deployment },
  ])
}

export function proofOf(build: ServiceBuild): DeploymentProof {
  const { entries, service } = build
  const base = { deployment: service.name, hostPort: service.hostPort, readyPath: entries.runs.readyPath }
  if (entries.role === 'app') return { serves: 'page', ...base }
  return {
    serves: 'openai-chat',
    ...base,
    modelName: entries.model.servedName,
    metricsPath: entries.runs.metricsPath,
    metricsReader: entries.runs.metricsReader,
  }
}
