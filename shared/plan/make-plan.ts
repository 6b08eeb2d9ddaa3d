// From facts, a catalog and a wish to a plan: pure, so the same inputs give the same plan anywhere.
// Read top to bottom: choose what runs, lay out the steps, ask each whether it already holds, then
// say what stands in the way.
import { containerName } from '../apply/container-run.ts'
import type { Address } from '../domain/appliance.ts'
import type { Artifact } from '../domain/artifact.ts'
import type { Choice } from '../domain/choice.ts'
import type { SolutionEntry, SolutionService } from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import { evidence, type Failure, ok, type Result } from '../domain/failure.ts'
import { type MemoryFit, type PlanStep, replacesService, type SetUpPlan, type StepSpec } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { deploymentLabel } from '../domain/remote-layout.ts'
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
import { type Catalog, entriesOf, findSolution, type ServiceEntries } from './catalog.ts'
import { chooseModel } from './choose/choose-model.ts'
import { chooseVariant } from './choose/choose-variant.ts'
import { containerSpecOf, proofOf, type ServiceBuild, startTimeoutOf, volumeSteps } from './container-spec.ts'
import { memoryFit } from './fit.ts'
import { engineSteps, type PlanFacts, toolkitSteps } from './host-packages.ts'
import { planStepOf, withReboots } from './plan-step.ts'
import { spareSteps } from './spare.ts'

export type PlanWish = {
  readonly solution: string
  readonly address: Address
  readonly bundleId: string
  readonly signed: boolean
  readonly soakSeconds: number
  readonly stopFirst?: true | undefined
}

/** Fails only when the catalog itself has no such solution; everything else is a blocker inside the plan. */
export function makePlan(facts: PlanFacts, catalog: Catalog, wish: PlanWish, tools: PlanTools): Result<SetUpPlan> {
  const solution = findSolution(catalog, wish.solution)
  if (!solution.ok) return solution
  const { builds, choices, problems } = chooseServices(solution.value, facts, catalog)
  const engine = engineSteps(facts, catalog)
  const vendors = builds.flatMap(({ variant }) => variant.match.accelerator?.vendor ?? [])
  const toolkits = toolkitSteps(vendors, facts, catalog)
  const specs = [
    ...toolkits.before,
    ...(engine.ok ? engine.value : []),
    ...toolkits.after,
    ...layOutSpecs(builds, solution.value, { facts, sha256: tools.sha256, soakSeconds: wish.soakSeconds }),
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
    solution: solution.value.id,
    solutionVersion: solution.value.version,
    ...(wish.stopFirst === true ? { stopFirst: wish.stopFirst } : {}),
  } as const
  const blockers = [
    ...machineBlockers(facts, wish.address.user, engine),
    ...problems,
    ...unseenAcceleratorBlockers(choices, steps),
    ...memoryBlockers(fits, steps, facts),
    ...diskBlockers(steps, facts),
    ...portBlockers(steps, facts),
    ...stepBlockers(steps, facts),
  ]
  const { address, soakSeconds } = wish
  const wanted = solution.value.services.map((s) => ({ deployment: s.name, hostPort: s.hostPort }))
  const others = deploymentsBeside(wanted, facts)
  const parts = { purpose, address, soakSeconds, choices, fits, steps, blockers, others }
  return ok(assemblePlan(parts, facts, wanted, tools))
}

/** Another solution's, or what this one had in an earlier version and has no more. */
function deploymentsBeside(wanted: readonly { readonly deployment: string }[], { containers }: Facts): string[] {
  return valueOr(containers, []).flatMap(({ name, labels }) => {
    const deployment = labels[deploymentLabel] ?? ''
    const isOurs = deployment !== '' && name === containerName(deployment)
    return isOurs && !wanted.some((one) => one.deployment === deployment) ? [evidence(deployment, 80)] : []
  })
}

type Chosen = { builds: ServiceBuild[]; choices: Choice[]; problems: Failure[] }

/** Models first: how one is served decides where the apps find it. The order of the solution stays. */
function chooseServices(solution: SolutionEntry, facts: Facts, catalog: Catalog): Chosen {
  const { services } = solution
  const built = new Map<SolutionService, Result<Built>>()
  for (const service of [...services].sort((a, b) => Number(a.role === 'app') - Number(b.role === 'app'))) {
    const models = [...built.values()].flatMap((one) => (one.ok ? [one.value.build] : []))
    built.set(service, buildService(service, { solution, models }, facts, catalog))
  }
  const chosen: Chosen = { builds: [], choices: [], problems: [] }
  for (const service of services) {
    const one = built.get(service)
    if (one === undefined) continue
    if (!one.ok) chosen.problems.push(one.failure)
    else {
      chosen.builds.push(one.value.build)
      chosen.choices.push(one.value.choice)
    }
  }
  return chosen
}

type Built = { readonly build: ServiceBuild; readonly choice: Choice }

type Around = { readonly solution: SolutionEntry; readonly models: readonly ServiceBuild[] }

function buildService(service: SolutionService, around: Around, facts: Facts, catalog: Catalog): Result<Built> {
  const entries = entriesOf(catalog, service)
  if (!entries.ok) return entries
  const base = { service, network: `rackside-${around.solution.id}` }
  if (entries.value.role === 'model') return buildModel(base, entries.value, facts, catalog)
  const { app } = entries.value
  const chosen = chooseVariant(app, facts, catalog)
  if (!chosen.ok) return chosen
  const uses = usedModel(service, around, catalog)
  if (!uses.ok) return uses
  const { variant, image, rejected } = chosen.value
  const { evidence } = variant
  const choice = { service: service.name, entry: app.id, variant: variant.id, evidence, rejected: [...rejected] }
  return ok({ build: { ...base, role: 'app', runs: app, variant, image, uses: uses.value }, choice })
}

function buildModel(
  base: Pick<ServiceBuild, 'service' | 'network'>,
  { model, runtimes }: Extract<ServiceEntries, { role: 'model' }>,
  facts: Facts,
  catalog: Catalog,
): Result<Built> {
  const chosen = chooseModel(model, runtimes, facts, catalog)
  if (!chosen.ok) return chosen
  const { runtime, variant, image, model: form, weights, rejected } = chosen.value
  const { id, quantization, evidence } = form
  const choice: Choice = {
    service: base.service.name,
    ...{ entry: runtime.id, variant: variant.id, evidence: variant.evidence },
    model: { entry: model.id, variant: id, quantization, evidence },
    rejected: [...rejected],
  }
  return ok({ build: { ...base, role: 'model', runs: runtime, variant, image, model, form, weights }, choice })
}

type Used = Extract<ServiceBuild, { role: 'app' }>['uses']

function usedModel(service: SolutionService, { solution, models }: Around, catalog: Catalog): Result<Used> {
  if (service.role !== 'app') return ok(undefined)
  const provider = solution.services.find((s) => s.name === service.usesModel)
  const entries = provider === undefined ? undefined : entriesOf(catalog, provider)
  if (provider === undefined || entries === undefined || !entries.ok || entries.value.role !== 'model') {
    return { ok: false, failure: { kind: 'entry-unknown', entry: service.usesModel, neededBy: service.name } }
  }
  // Where none could be chosen the plan says so; what it would have been is still shown.
  const [usual] = entries.value.runtimes
  const runs = models.find((one) => one.service.name === provider.name)?.runs ?? usual
  if (runs === undefined) return ok(undefined)
  return ok({ name: provider.name, containerPort: runs.containerPort, modelName: entries.value.model.servedName })
}

type StepDraft = [id: string, spec: StepSpec]
type Layout = { readonly facts: Facts; readonly sha256: Hash; readonly soakSeconds: number }

/** Bytes first, then what the engine makes of them, then one service after the other. */
function layOutSpecs(builds: readonly ServiceBuild[], solution: SolutionEntry, layout: Layout): StepDraft[] {
  const artifacts = artifactsOf(builds)
  const network = `rackside-${solution.id}`
  return [
    ...artifacts.map((artifact): StepDraft => [`artifact.${artifact.id}`, { kind: 'artifact', artifact }]),
    ...artifacts.flatMap((one): StepDraft[] => {
      if (one.kind !== 'image') return []
      return [[`image.${one.id}`, { kind: 'image', artifactSha256: one.sha256, artifactId: one.id, image: one.image }]]
    }),
    [`network.${network}`, { kind: 'network', name: network }],
    ...builds.flatMap((build) => serviceSpecs(build, layout)),
  ]
}

/** Each once, however many services share it. */
function artifactsOf(builds: readonly ServiceBuild[]): Artifact[] {
  const artifacts = new Map<string, Artifact>()
  for (const build of builds) {
    artifacts.set(build.image.sha256, build.image)
    if (build.role === 'model') artifacts.set(build.weights.sha256, build.weights)
  }
  return [...artifacts.values()]
}

function serviceSpecs(build: ServiceBuild, { facts, sha256, soakSeconds }: Layout): StepDraft[] {
  const spec = containerSpecOf(build, facts)
  const proof = proofOf(build)
  const { readyPath } = build.runs
  const startTimeoutSeconds = startTimeoutOf(build)
  const specDigest = digestOf({ spec, proof }, sha256)
  const { deployment, hostPort } = spec
  return [
    ...volumeSteps(spec),
    [`container.${deployment}`, { kind: 'container', spec, specDigest, proof, startTimeoutSeconds, soakSeconds }],
    [`ready.${deployment}`, { kind: 'ready', deployment, hostPort, readyPath, timeoutSeconds: startTimeoutSeconds }],
  ]
}

function fitsOf(builds: readonly ServiceBuild[], facts: Facts): MemoryFit[] {
  return builds.flatMap((build) => {
    const model = build.role === 'model' ? { entry: build.model, weights: build.weights } : undefined
    const fit = memoryFit(build.service.name, build.variant, facts, model)
    return fit === undefined ? [] : [fit]
  })
}

/** Memory is only asked for what will be started: a service that runs already holds its own. */
function changedFits(fits: readonly MemoryFit[], steps: readonly PlanStep[]): MemoryFit[] {
  return fits.filter(({ service }) => {
    const step = steps.find(({ spec }) => spec.kind === 'container' && spec.spec.deployment === service)
    // What is replaced gives back about what its successor takes.
    return step?.change === true && !replacesService(step.reason)
  })
}
