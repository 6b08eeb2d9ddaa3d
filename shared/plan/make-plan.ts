// From facts, a catalog and a wish to a plan: pure, so the same inputs give the same plan anywhere.
// Read top to bottom: choose what runs, lay out the steps, ask each whether it already holds, then
// say what stands in the way.
import { containerName } from '../apply/container-run.ts'
import type { AppEntry } from '../domain/entry/app-entry.ts'
import type { GatewayEntry } from '../domain/entry/gateway-entry.ts'
import { type SolutionEntry, servicesOf } from '../domain/entry/solution-entry.ts'
import type { Facts } from '../domain/facts.ts'
import { evidence, ok, type Result } from '../domain/failure.ts'
import type { UseWishes } from '../domain/installed-model.ts'
import type { LicenceTerms } from '../domain/licence-terms.ts'
import type { KnownPublisher } from '../domain/origin.ts'
import type { MemoryFit, PlanStep, SetUpPlan, StepSpecOf } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { deploymentLabel } from '../domain/remote-layout.ts'
import type { PublishedAt, Publishing } from '../domain/service-address.ts'
import type { TakenBack } from '../domain/taken-back.ts'
import { assemblePlan, type PlanTools } from './assemble-plan.ts'
import { withBeside } from './beside.ts'
import { type Blocked, blockedProblems } from './blocked-versions.ts'
import {
  addressBlockers,
  diskBlockers,
  machineBlockers,
  memoryBlockers,
  portBlockers,
  stepBlockers,
  unseenAcceleratorBlockers,
} from './blockers.ts'
import { type Catalog, findSolution } from './catalog.ts'
import { type ChosenService, choiceOf, chooseServices, type UsedModel } from './choose/choose-services.ts'
import { type ChosenTask, chooseTasks, runsOf } from './choose/choose-tasks.ts'
import { bundleStock, imageIn, weightsIn } from './choose/stock.ts'
import type { ServiceBuild } from './container-spec.ts'
import { deviceBlockers, inherits, onOwnDevices } from './device-room.ts'
import { withHeldParts } from './held-parts.ts'
import { engineSteps, type HostSteps, type PlanFacts, toolkitSteps } from './host-packages.ts'
import { idleAccelerators } from './idle-accelerators.ts'
import { ignoringFits } from './ignore-fit.ts'
import { issuesIn } from './known-issues.ts'
import { layOutSpecs } from './lay-out.ts'
import { memoryFit } from './memory-fit.ts'
import { withOrigins } from './origin.ts'
import { deploymentOf, partBuilds, partFit } from './parts.ts'
import { planStepOf, withReboots } from './plan-step.ts'
import { type PortsWish, placePorts, withChosenPorts, withProposals } from './ports.ts'
import { privilegeBlockers, privilegesIn } from './privileges.ts'
import { closingSteps, openingsOf, publishableOf, publishedNow, withoutIngress } from './publish.ts'
import { replacementsIn } from './replacements.ts'
import { secretsOf } from './service-files.ts'
import { planSettings, type SettingsWish } from './settings.ts'
import { spareSteps } from './spare.ts'
import { staysIn } from './taken-back.ts'
import { taskBuildsOf, taskFits, withTasks } from './task-steps.ts'
import { installedModels } from './use-installed.ts'
import { usersConcerned } from './used-by-others.ts'
import { takeoverBlockers, takeoversIn } from './whose.ts'

export type PlanWish = SettingsWish &
  PortsWish & {
    readonly solution: string
    readonly bundleId: string
    readonly signed: boolean
    /** Who vouches for it. */
    readonly publisher?: KnownPublisher | undefined
    /** Whose deployments this one may take over, by id. */
    readonly takeFrom?: readonly string[] | undefined
    /** What runs and was taken back. */
    readonly takenBack?: readonly TakenBack[] | undefined
    /** What publishers have taken back. */
    readonly blocked?: readonly Blocked[]
    /** Nobody vouches for the bundle any more. */
    readonly expired?: SetUpPlan['purpose']['expired']
    readonly soakSeconds: number
    readonly stopFirst?: true | undefined
    /** Where people reach what the solution publishes; missing: as it is now. */
    readonly publish?: Publishing | undefined
    /** Services that are installed although the sum of their memory says no, by name. */
    readonly ignoreFit?: readonly string[] | undefined
    /** Which installed model each service asks; missing: the one that it asks now, or the only one. */
    readonly uses?: UseWishes | undefined
    /** New keys for whoever asks a gateway; the old ones are refused at the end. */
    readonly rotatesKeys?: true | undefined
    /** The appliance goes on measuring while no console watches it: by this. */
    readonly recorder?: StepSpecOf<'recorder'> | undefined
  }

/** Fails only when the catalog itself has no such solution; everything else is a blocker inside the plan. */
export function makePlan(facts: PlanFacts, catalog: Catalog, wish: PlanWish, tools: PlanTools): Result<SetUpPlan> {
  const found = findSolution(catalog, wish.solution)
  if (!found.ok) return found
  const { value: whole } = found
  const openNow = publishedNow(whole, facts)
  const published = wish.publish ?? openNow?.at
  const at = published === 'none' ? undefined : published
  const placed = placePorts(at === undefined ? withoutIngress(whole) : whole, wantedPorts(wish, whole), facts)
  if (!placed.ok) return placed
  const { solution, ports } = placed.value
  const { ignoreFit = [] } = wish
  const installed = installedModels(solution, wish.uses ?? [], facts)
  if (!installed.ok) return installed
  const { models, uses } = installed.value
  const where = { facts, catalog, stock: bundleStock(catalog), ignoreFit, installed: models }
  const chosen = chooseServices(solution, where)
  const { services, problems } = chosen
  const { tasks, problems: taskProblems } = chooseTasks(solution, services, where)
  const marked = withChosenPorts(buildsOf(services, solution, catalog, at), ports)
  if (!marked.ok) return marked
  const planned = planSettings(marked.value, wish, facts)
  if (!planned.ok) return planned
  const { builds, settings } = planned.value
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
    ...(wish.recorder === undefined ? [] : [['recorder.ring', wish.recorder] satisfies HostSteps[number]]),
  ]
  const origins = { builds, solution, publisher: wish.publisher }
  const made = withTasks(
    withReboots(withOrigins(specs, origins).map(([id, spec]) => planStepOf(id, spec, facts, catalog))),
  )
  const allFits = fitsOf(builds, facts)
  const ownFits = allFits.map((fit) => onOwnDevices(fit, builds, facts))
  const wantedSteps = withHeldParts(wish.stopFirst === true ? made : withBeside(made, ownFits, facts))
  const steps = [...wantedSteps, ...spareSteps(wantedSteps, facts)]
  const { publisher: by, takeFrom = [] } = wish
  const takeovers = takeoversIn(steps, facts, by)
  const fits = [...changedFits(allFits, steps), ...taskFits(steps, facts)]
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
    ...(wish.recorder === undefined ? {} : { record: true as const }),
    ...(wish.recorder?.alert === undefined ? {} : { recordAlert: wish.recorder.alert.channel }),
    ...(wish.settings === undefined ? {} : { settings: wish.settings }),
    ...(wish.ports === undefined ? {} : { ports: wish.ports }),
    ...(ignoreFit.length === 0 ? {} : { ignoreFit: [...ignoreFit] }),
    ...(wish.uses === undefined ? {} : { uses: wish.uses }),
    ...(takeFrom.length === 0 ? {} : { takeFrom: [...takeFrom] }),
  } as const
  const inAll = memoryBlockers(fits, steps, facts)
  const isSaid = (entry: string) => inAll.some((one) => one.kind === 'memory-too-small' && one.entry === entry)
  const inOwn = deviceBlockers(builds, steps, facts).filter(({ entry }) => !isSaid(entry))
  const memory = ignoringFits(chosen, [...inAll, ...inOwn], ignoreFit)
  const blockers = [
    ...machineBlockers(facts, wish.address.user, engine),
    ...problems,
    ...installed.value.problems,
    ...planned.value.problems,
    ...taskProblems,
    ...privilegeBlockers(builds, facts),
    ...unseenAcceleratorBlockers(choices, steps),
    ...memory.problems,
    ...diskBlockers(steps, facts),
    ...withProposals(portBlockers(steps, facts), steps, facts),
    ...addressBlockers(at, { opens: publishableOf(whole), solution: whole.id }, facts),
    ...stepBlockers(steps, facts),
    ...takeoverBlockers(takeovers, { by, agreed: takeFrom }),
    ...blockedProblems(
      { steps, entries: entriesSetUp(solution, services), packages: packagesIn(catalog) },
      wish.blocked ?? [],
    ),
  ]
  const { address, soakSeconds } = wish
  const wanted = [
    ...servicesOf(solution).map((s) => ({ deployment: s.name, hostPort: s.hostPort })),
    ...builds.flatMap((build) => build.parts.map((part) => ({ deployment: deploymentOf(part) }))),
  ]
  const used = uses.flatMap((one) => (one.uses === undefined ? [] : [{ deployment: one.uses.deployment }]))
  const others = deploymentsBeside(wanted, facts)
  const licences = licencesOf(solution, { services, tasks }, steps)
  const openings = openingsOf(builds, steps, openNow, facts)
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
    ports,
    privileges: privilegesIn(builds, steps, facts),
    issues: issuesIn(builds, steps, facts),
    idle: idleAccelerators(builds, facts),
    ignoredFits: memory.ignored,
    mayIgnoreFit: memory.may,
    uses,
    users: usersConcerned(steps, facts),
    takeovers,
    takenBack: staysIn(steps, wish.takenBack ?? []),
    replacements: replacementsIn(steps, facts),
  }
  return ok(assemblePlan(parts, facts, [...wanted, ...used], tools))
}

/** Of a way in that is closed there is no port any more. */
function wantedPorts({ ports = [], publish }: PlanWish, { services }: SolutionEntry): PortsWish {
  const closed = services.flatMap(({ role, name }) => (role === 'ingress' && publish === 'none' ? [name] : []))
  return { ports: ports.filter(({ service }) => !closed.includes(service)) }
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

function entriesSetUp(solution: SolutionEntry, services: readonly ChosenService[]) {
  const models = services.flatMap((one) => (one.role === 'model' ? [one.model] : []))
  return [solution, ...models].map(({ id: entry, version }) => ({ entry, version }))
}

function packagesIn({ entries }: Catalog) {
  return entries.flatMap(({ kind, id: entry, version }) => (kind === 'host-package' ? [{ entry, version }] : []))
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
    const { runtime, form, fit, measured } = one.chosen
    const weights = weightsIn(catalog, form)
    if (weights === undefined) return []
    const found = { ...(fit && { fit }), ...(measured && { measured }) }
    return [{ ...base, role: 'model', runs: runtime, model: one.model, form, weights, ...found }]
  })
}

function passwordsOf(builds: readonly ServiceBuild[]) {
  return builds.flatMap((build) =>
    build.role === 'ingress' ? [{ deployment: build.service.name, name: build.runs.guard.secret }] : [],
  )
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
    return step?.change === true && !inherits(step)
  })
}
