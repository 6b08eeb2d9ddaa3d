// The steps of a set-up in their order, from what was chosen for each service: bytes, images, networks, secrets, then one
// service after the other with its parts and tasks.
import type { Artifact } from '../domain/artifact.ts'
import { isAsked } from '../domain/deployment.ts'
import { fileStepName, signalOf } from '../domain/entry/configuration.ts'
import type { SolutionEntry } from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import type { StepSpec, StepSpecOf } from '../domain/plan.ts'
import type { SecretToMake } from '../domain/service-file.ts'
import { digestOf, type Hash } from './canonical.ts'
import type { Catalog } from './catalog.ts'
import { layer } from './choose/choose-services.ts'
import { weightsArtifacts } from './choose/stock.ts'
import { containerSpecOf, filesOf, proofOf, type ServiceBuild, startTimeoutOf, volumeSteps } from './container-spec.ts'
import { networkStepOf, partFiles, partStep, partsSaid } from './parts.ts'
import type { Secrets, ServiceFiles } from './service-files.ts'
import { layOutTask, type TaskBuild, type TaskLayout, taskDraftsAt } from './task-steps.ts'

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
export function layOutSpecs(
  { builds, tasks }: { readonly builds: readonly ServiceBuild[]; readonly tasks: readonly TaskBuild[] },
  solution: SolutionEntry,
  layout: Layout,
): StepDraft[] {
  const artifacts = artifactsOf(builds, tasks, layout.catalog)
  const { secrets, sha256 } = layout
  const inOrder = [...builds].sort((a, b) => layer[a.role] - layer[b.role])
  const services = inOrder.map((build) => layOutService(build, layout))
  const ran = tasks.map((one) => layOutTask(one, secrets, sha256))
  const all = [
    ...services.flatMap(({ parts, files }) => [...parts.map((one) => one.files), files]),
    ...ran.map((one) => one.files),
  ]
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

/** Its parts come before it. */
function layOutService(build: ServiceBuild, layout: Layout) {
  const { facts, secrets, sha256 } = layout
  const files = filesOf(build, secrets, sha256)
  const parts = build.parts.map((part) => {
    const ofPart = partFiles(part, secrets, sha256)
    return { files: ofPart, step: partStep(part, ofPart, layout) }
  })
  const said = partsSaid(
    build.parts,
    parts.map(({ step }) => step),
  )
  const spec = containerSpecOf(build, facts, files, said)
  const proof = proofOf(build)
  return { build, files, parts, spec, proof, name: spec.deployment, specDigest: digestOf({ spec, proof }, sha256) }
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
    for (const { image } of [build, ...build.parts]) artifacts.set(image.sha256, image)
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
  { build, files, parts, spec, proof, specDigest }: ServiceLayout,
  { services, ran }: { readonly services: readonly ServiceLayout[]; readonly ran: readonly TaskLayout[] },
  soakSeconds: number,
): StepDraft[] {
  const { readyPath } = build.runs
  const startTimeoutSeconds = startTimeoutOf(build)
  const { deployment, hostPort } = spec
  const asked = isAsked(proof) ? { hostPort, readyPath } : {}
  const { before, after } = taskDraftsAt(deployment, ran, services)
  return [
    ...parts.flatMap(partSpecs),
    ...volumeSteps(spec),
    ...fileSteps(files.files),
    ...certificateSteps(build),
    ...before,
    [`container.${deployment}`, { kind: 'container', spec, specDigest, proof, startTimeoutSeconds, soakSeconds }],
    [`ready.${deployment}`, { kind: 'ready', deployment, ...asked, timeoutSeconds: startTimeoutSeconds }],
    ...after,
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
