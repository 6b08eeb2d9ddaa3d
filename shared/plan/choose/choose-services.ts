// What runs each service of a solution on an appliance, and why: models first, because how one is served decides where
// gateways and apps find it, and one after the other, because each takes memory that the next one does not have.
import type { Choice, RejectedVariant, Rejection } from '../../domain/choice.ts'
import type { AppEntry } from '../../domain/entry/app-entry.ts'
import type { GatewayEntry } from '../../domain/entry/gateway-entry.ts'
import type { IngressEntry } from '../../domain/entry/ingress-entry.ts'
import type { ModelEntry } from '../../domain/entry/model-entry.ts'
import { type SolutionEntry, type SolutionService, servicesOf } from '../../domain/entry/solution-entry.ts'
import type { Facts } from '../../domain/facts.ts'
import { type Failure, fail, ok, type Result } from '../../domain/failure.ts'
import { requiredName } from '../../domain/installed-model.ts'
import { interfacesWith } from '../../domain/model-interface.ts'
import type { SignIn } from '../../domain/sign-in.ts'
import { type Catalog, entriesOf, type ServiceEntries } from '../catalog.ts'
import { type ChosenModel, chooseModel, missingMemory } from './choose-model.ts'
import { type ChosenVariant, chooseVariant } from './choose-variant.ts'
import { unusablePartName } from './part-names.ts'
import { placesAndRules } from './place-model.ts'
import type { Stock } from './stock.ts'

/** Where a model is asked for; `gateway`: the name of the service where it is, if that wants a key. */
export type UsedModel = {
  readonly name: string
  readonly containerPort: number
  readonly modelName: string
  readonly gateway?: string
  /** Of one that another solution installed: that solution's network. */
  readonly network?: string
}

type ModelService = { readonly role: 'model'; readonly model: ModelEntry; readonly chosen: ChosenModel }
type AppService = {
  readonly role: 'app'
  readonly app: AppEntry
  readonly chosen: ChosenVariant
  readonly uses: UsedModel | undefined
}
type GatewayService = {
  readonly role: 'gateway'
  readonly gateway: GatewayEntry
  readonly chosen: ChosenVariant
  readonly models: readonly UsedModel[]
  /** Names of the services that ask it. */
  readonly consumers: readonly string[]
}
/** An app that an ingress publishes: where people find it, and where it is. */
export type WiredSite = {
  readonly name: string
  readonly path: string
  readonly containerPort: number
  readonly signIn: SignIn | undefined
}
type IngressService = {
  readonly role: 'ingress'
  readonly ingress: IngressEntry
  readonly chosen: ChosenVariant
  readonly sites: readonly WiredSite[]
}
export type ChosenService = { readonly service: SolutionService } & (
  | ModelService
  | GatewayService
  | AppService
  | IngressService
)

/** `misfits`: names of services for which nothing could be chosen, and only for want of memory. */
export type ChosenServices = {
  readonly services: readonly ChosenService[]
  readonly problems: readonly Failure[]
  readonly misfits: readonly string[]
}

type Where = {
  readonly facts: Facts
  readonly catalog: Catalog
  readonly stock: Stock
  /** Services that are placed whatever the sum of their memory says, by name. */
  readonly ignoreFit?: readonly string[] | undefined
  /** Models that are there already, by the app that asks; missing: it is not asked which. */
  readonly installed?: ReadonlyMap<string, UsedModel>
}

/** Forms that were passed over so that another model has room, by the service whose they are. */
type Spared = ReadonlyMap<SolutionService, readonly RejectedVariant[]>

/**
 * In the order of the solution; a service for which nothing could be chosen is among the problems. Where that is for want
 * of memory, models placed before go on with later forms of theirs until all fit; if they never do, each is left with its
 * best.
 */
export function chooseServices(solution: SolutionEntry, where: Where): ChosenServices {
  const best = chooseEach(solution, new Map(), where)
  let now: Attempt | undefined = { found: best, spared: new Map() }
  while (now !== undefined && lacksMemory(now.found)) now = withSmallerForm(solution, now, where)
  return now?.found ?? best
}

type Attempt = { readonly found: ChosenServices; readonly spared: Spared }

/** The largest goes first to its next form; one that has no other that works here keeps what it has. */
function withSmallerForm(solution: SolutionEntry, { found, spared }: Attempt, where: Where): Attempt | undefined {
  const models = modelsIn(found.services).sort((a, b) => b.chosen.form.bytes - a.chosen.form.bytes)
  for (const one of models) {
    const without = [...(spared.get(one.service) ?? []), sparedForm(one)]
    const next = new Map(spared).set(one.service, without)
    const tried = chooseEach(solution, next, where)
    if (tried.services.some(({ service }) => service === one.service)) return { found: tried, spared: next }
  }
  return undefined
}

function modelsIn(services: readonly ChosenService[]) {
  return services.filter((one) => one.role === 'model')
}

function lacksMemory({ problems }: ChosenServices): boolean {
  return problems.some(
    (one) =>
      one.kind === 'no-variant-fits' &&
      one.rejected.some(({ rejections }) => rejections.some(({ reason }) => reason === 'memory-too-small')),
  )
}

function sparedForm({ chosen }: ModelService): RejectedVariant {
  const { runtime, variant, form } = chosen
  return { entry: runtime.id, variant: variant.id, model: form.id, rejections: [{ reason: 'leaves-no-room' }] }
}

function chooseEach(solution: SolutionEntry, spared: Spared, where: Where): ChosenServices {
  const found = new Map<SolutionService, Result<ChosenService>>()
  const models: ChosenService[] = []
  for (const service of servicesOf(solution).sort((a, b) => layer[a.role] - layer[b.role])) {
    const chosen = chooseService(service, { solution, models, spared: spared.get(service) ?? [] }, where)
    if (chosen.ok && chosen.value.role === 'model') models.push(chosen.value)
    found.set(service, chosen)
  }
  const inOrder = servicesOf(solution).flatMap((service) => found.get(service) ?? [])
  return {
    services: inOrder.flatMap((one) => (one.ok ? [one.value] : [])),
    problems: inOrder.flatMap((one) => (one.ok ? [] : [one.failure])),
    misfits: [...found].flatMap(([{ name }, one]) => (!one.ok && onlyLacksMemory(one.failure) ? [name] : [])),
  }
}

function onlyLacksMemory(problem: Failure): boolean {
  return problem.kind === 'no-variant-fits' && problem.rejected.some((one) => missingMemory(one) !== undefined)
}

/** Who is asked comes before who asks. */
export const layer: { readonly [R in SolutionService['role']]: number } = {
  ...{ model: 0, gateway: 1, app: 2, ingress: 3 },
}

export type Around = {
  readonly solution: SolutionEntry
  readonly models: readonly ChosenService[]
  readonly spared: readonly RejectedVariant[]
}

function chooseService(service: SolutionService, around: Around, where: Where): Result<ChosenService> {
  const { facts, catalog, stock, ignoreFit = [] } = where
  const entries = entriesOf(catalog, service)
  if (!entries.ok) return entries
  if (entries.value.role === 'model') {
    const { model, runtimes } = entries.value
    const { models, spared } = around
    const variants = model.variants.filter(({ id }) => !spared.some((one) => one.model === id))
    const surroundings = { facts, stock, held: heldBy(models, facts), ignoresFit: ignoreFit.includes(service.name) }
    const chosen = chooseModel({ ...model, variants }, runtimes, surroundings)
    if (!chosen.ok) return chosen
    const rejected = [...spared, ...chosen.value.rejected]
    return ok({ service, role: 'model', model, chosen: { ...chosen.value, rejected } })
  }
  const entry = entryOf(entries.value)
  const chosen = chooseVariant(entry, facts, stock)
  if (!chosen.ok) return chosen
  const unusable = unusablePartName(service.name, around.solution, catalog)
  if (unusable !== undefined) return rejectedFor(entry, { reason: 'part-name-unusable', name: unusable })
  if (service.role === 'gateway' && entries.value.role === 'gateway') {
    const { gateway } = entries.value
    const models: UsedModel[] = []
    for (const name of service.serves) {
      const served = servedModel(name, { entry: gateway, asker: service.name }, around, catalog)
      if (!served.ok) return served
      if (served.value === undefined) continue
      const { modelName } = served.value
      if (models.some((one) => one.modelName === modelName)) {
        return rejectedFor(gateway, { reason: 'model-name-twice', name: modelName })
      }
      models.push(served.value)
    }
    const consumers = around.solution.services.flatMap((one) =>
      'through' in one && one.through === service.name ? [one.name] : [],
    )
    return ok({ service, role: 'gateway', gateway, chosen: chosen.value, models, consumers })
  }
  if (service.role === 'ingress' && entries.value.role === 'ingress') {
    const { ingress } = entries.value
    const sites = service.publishes.flatMap(({ app, at }): WiredSite[] => {
      const published = servicesOf(around.solution).find((one) => one.name === app)
      const made = published === undefined ? undefined : entriesOf(catalog, published)
      if (made === undefined || !made.ok || made.value.role !== 'app') return []
      const { containerPort, signIn } = made.value.app
      return [{ name: app, path: at, containerPort, signIn }]
    })
    return ok({ service, role: 'ingress', ingress, chosen: chosen.value, sites })
  }
  if (service.role !== 'app' || entries.value.role !== 'app') return unknownEntry(service.name, service.name)
  const { app } = entries.value
  const uses = usedByApp(service, app, around, where)
  return uses.ok ? ok({ service, role: 'app', app, chosen: chosen.value, uses: uses.value }) : uses
}

function entryOf(entries: Exclude<ServiceEntries, { role: 'model' }>): AppEntry | GatewayEntry | IngressEntry {
  if (entries.role === 'app') return entries.app
  return entries.role === 'gateway' ? entries.gateway : entries.ingress
}

function unknownEntry(entry: string, neededBy: string): Result<never> {
  return fail({ kind: 'entry-unknown', entry, neededBy })
}

/** An engine that shares each layer among devices takes their whole memory; others leave what they do not need. */
function heldBy(models: readonly ChosenService[], facts: Facts): Map<string, number> {
  const held = new Map<string, number>()
  for (const one of models) {
    if (one.role !== 'model' || one.chosen.fit === undefined) continue
    const { runtime, variant, fit } = one.chosen
    const { weightsBytes, kvNeededBytes, runtimeBytes } = fit.perDevice
    const parts = weightsBytes + kvNeededBytes + runtimeBytes
    const { places = [] } = placesAndRules({ runtime, variant }, facts, new Map()) ?? {}
    for (const { id, usableBytes } of places.filter((place) => fit.devices.includes(place.id))) {
      held.set(id, (held.get(id) ?? 0) + (runtime.splits === 'tensors' ? usableBytes : parts))
    }
  }
  return held
}

/** What asks a model, and talks in these interfaces. */
type Asking = { readonly id: string; readonly requires: readonly string[] }
type Asker = { readonly entry: Asking; readonly asker: string }

function servedModel(
  name: string,
  { entry, asker }: Asker,
  { solution, models }: Pick<Around, 'solution' | 'models'>,
  catalog: Catalog,
): Result<UsedModel | undefined> {
  const provider = servicesOf(solution).find((one) => one.name === name)
  const entries = provider === undefined ? undefined : entriesOf(catalog, provider)
  if (provider === undefined || entries === undefined || !entries.ok || entries.value.role !== 'model') {
    return unknownEntry(name, asker)
  }
  const runs = runtimeOf(provider, entries.value, models)
  if (runs === undefined) return ok(undefined)
  const provided = interfacesWith(entries.value.model, runs.provides)
  const missing = entry.requires.find((one) => !provided.includes(one))
  if (missing !== undefined) return notProvided(entry, missing, runs.id)
  return ok({ name, containerPort: runs.containerPort, modelName: entries.value.model.servedName })
}

type SolutionApp = Extract<SolutionService, { role: 'app' }>

/** Undefined also where nobody could tell which of the models that are there it is: the plan says so. */
function usedByApp(
  service: SolutionApp,
  app: AppEntry,
  around: Around,
  { catalog, installed }: Where,
): Result<UsedModel | undefined> {
  const { name, usesModel, through, usesInstalled } = service
  if (usesModel !== undefined) return usedModel({ name, usesModel, through }, app, around, catalog)
  const missing = app.requires.find((one) => usesInstalled === undefined || one !== requiredName(usesInstalled))
  if (missing !== undefined) return notProvided(app, missing, usesInstalled ?? '')
  return ok(installed?.get(name))
}

/** Straight from the model service, or from the gateway that the app asks for it. */
export function usedModel(
  {
    name,
    usesModel,
    through,
  }: { readonly name: string; readonly usesModel: string; readonly through?: string | undefined },
  app: Asking,
  around: Pick<Around, 'solution' | 'models'>,
  catalog: Catalog,
): Result<UsedModel | undefined> {
  if (through === undefined) return servedModel(usesModel, { entry: app, asker: name }, around, catalog)
  const service = servicesOf(around.solution).find((one) => one.name === through)
  const entries = service === undefined ? undefined : entriesOf(catalog, service)
  if (entries === undefined || !entries.ok || entries.value.role !== 'gateway') return unknownEntry(through, name)
  const { gateway } = entries.value
  const missing = app.requires.find((one) => !gateway.provides.includes(one))
  if (missing !== undefined) return notProvided(app, missing, gateway.id)
  const behind = servedModel(usesModel, { entry: gateway, asker: through }, around, catalog)
  if (!behind.ok || behind.value === undefined) return behind
  const { modelName } = behind.value
  return ok({ name: through, containerPort: gateway.containerPort, modelName, gateway: through })
}

function notProvided(entry: Asking, needs: string, by: string): Result<never> {
  return rejectedFor(entry, { reason: 'interface-not-provided', needs, by })
}

export function rejectedFor({ id }: { readonly id: string }, rejection: Rejection): Result<never> {
  const rejected = [{ entry: id, variant: '', rejections: [rejection] }]
  return fail({ kind: 'no-variant-fits', entry: id, rejected })
}

type ModelEntries = Extract<ServiceEntries, { role: 'model' }>

/** Where none could be chosen the plan says so; what the app would be is still shown, with the first one. */
function runtimeOf(provider: SolutionService, { runtimes }: ModelEntries, models: readonly ChosenService[]) {
  const chosen = models.find(({ service }) => service === provider)
  return chosen?.role === 'model' ? chosen.chosen.runtime : runtimes[0]
}

export function choiceOf(one: ChosenService): Choice {
  const { variant, rejected } = one.chosen
  const base = {
    ...{ service: one.service.name, variant: variant.id, evidence: variant.evidence },
    rejected: [...rejected],
  }
  if (one.role === 'app') return { ...base, entry: one.app.id }
  if (one.role === 'gateway') return { ...base, entry: one.gateway.id }
  if (one.role === 'ingress') return { ...base, entry: one.ingress.id }
  const { runtime, form, fit, measured } = one.chosen
  const { id, quantization, evidence } = form
  return {
    ...base,
    entry: runtime.id,
    model: { entry: one.model.id, variant: id, quantization, evidence, ...(measured !== undefined && { measured }) },
    ...(fit !== undefined && { layout: { ...fit.layout, devices: [...fit.devices] } }),
  }
}
