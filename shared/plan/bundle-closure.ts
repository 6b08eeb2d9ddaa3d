// What a bundle has to bring for one solution: on the server whose facts are given, or on every server of a class.
import { partsOf } from '../domain/entry/part.ts'
import { type SolutionEntry, servicesOf, tasksOf } from '../domain/entry/solution-entry.ts'
import type { Architecture, ContainerVariant } from '../domain/entry/variant.ts'
import type { Entry } from '../domain/entry.ts'
import type { Facts } from '../domain/facts.ts'
import { type Failure, fail, ok, type Result } from '../domain/failure.ts'
import { valueOr } from '../domain/reading.ts'
import { type Catalog, entriesOf, findSolution, type ServiceEntries, taskEntryOf } from './catalog.ts'
import { type ChosenService, chooseServices } from './choose/choose-services.ts'
import { chooseTasks } from './choose/choose-tasks.ts'
import { otherSystem } from './choose/match-hardware.ts'
import { knownStock } from './choose/stock.ts'

export type Closure = {
  readonly entries: readonly Entry[]
  /** Ids of the artifacts that are needed. */
  readonly artifacts: readonly string[]
  /** Of packages that a server may have already: brought where somebody has them. */
  readonly optional: readonly string[]
}

/** "cpu", or whose accelerators ("ascend"). */
export type HardwareClass = string

/** `catalog`: its artifacts are those whose shape is known; what else there would be is taken as described. */
export function closureForFacts(catalog: Catalog, solutionId: string, facts: Facts): Result<Closure> {
  const solution = findSolution(catalog, solutionId)
  if (!solution.ok) return solution
  const where = { facts, catalog, stock: knownStock(catalog) }
  const chosen = chooseServices(solution.value, where)
  const { tasks, problems } = chooseTasks(solution.value, chosen.services, where)
  const [problem] = [...chosen.problems, ...problems]
  if (problem !== undefined) return fail(problem)
  const packages = catalog.entries.filter((one) => isPackageFor(one, facts))
  const ofTasks = tasks.flatMap((one) => imagesOf(one.variant, [one.chosen.architecture]))
  return closed(catalog, solution.value, [...chosen.services.flatMap(artifactsOfChosen), ...ofTasks], packages)
}

export function closureForClass(catalog: Catalog, solutionId: string, hardware: HardwareClass): Result<Closure> {
  const solution = findSolution(catalog, solutionId)
  if (!solution.ok) return solution
  const artifacts: string[] = []
  for (const service of servicesOf(solution.value)) {
    const entries = entriesOf(catalog, service)
    if (!entries.ok) return entries
    const needed = artifactsOfClass(entries.value, hardware)
    if (needed.length === 0) return fail({ kind: 'no-variant-fits', entry: service.name, rejected: [] })
    artifacts.push(...needed)
  }
  for (const task of tasksOf(solution.value)) {
    const entry = taskEntryOf(catalog, task)
    if (!entry.ok) return entry
    artifacts.push(...entry.value.variants.flatMap((one) => imagesOf(one, both)))
  }
  const packages = catalog.entries.filter((one) => isPackageOfClass(one, hardware))
  return closed(catalog, solution.value, artifacts, packages)
}

function closed(
  catalog: Catalog,
  solution: SolutionEntry,
  artifacts: readonly string[],
  packages: readonly Entry[],
): Result<Closure> {
  const entries = new Set<Entry>([solution, ...packages])
  for (const service of servicesOf(solution)) {
    const found = entriesOf(catalog, service)
    if (!found.ok) return found
    for (const one of membersOf(found.value)) entries.add(one)
  }
  for (const task of tasksOf(solution)) {
    const entry = taskEntryOf(catalog, task)
    if (!entry.ok) return entry
    entries.add(entry.value)
  }
  const optional = packages.flatMap((one) => (one.kind === 'host-package' ? one.packages.map((p) => p.artifact) : []))
  return ok({ entries: [...entries], artifacts: [...new Set(artifacts)], optional: [...new Set(optional)] })
}

function membersOf(entries: ServiceEntries): readonly Entry[] {
  if (entries.role === 'app') return [entries.app]
  if (entries.role === 'gateway') return [entries.gateway]
  return entries.role === 'ingress' ? [entries.ingress] : [entries.model, ...entries.runtimes]
}

function artifactsOfChosen(one: ChosenService): string[] {
  const { architecture, variant } = one.chosen
  const own = imagesOf(variant, [architecture])
  if (one.role === 'model') return [...own, one.chosen.form.weights]
  const entry = one.role === 'app' ? one.app : one.role === 'gateway' ? one.gateway : one.ingress
  return [...own, ...partsOf(entry).flatMap((part) => imagesOf(part, [architecture]))]
}

const both: readonly Architecture[] = ['amd64', 'arm64']

function artifactsOfClass(entries: ServiceEntries, hardware: HardwareClass): string[] {
  if (entries.role !== 'model') {
    const [entry] = membersOf(entries)
    if (entry === undefined || !('variants' in entry) || entry.kind === 'model') return []
    const parts = partsOf(entry).flatMap((part) => imagesOf(part, both))
    return [...entry.variants.flatMap((one) => imagesOf(one, both)), ...parts]
  }
  const { model, runtimes } = entries
  const isOf = ({ match }: ContainerVariant) => (match.accelerator?.vendor ?? 'cpu') === hardware
  const able = runtimes.filter((one) => one.variants.some(isOf))
  const forms = model.variants.filter(
    ({ format, onlyOn }) =>
      able.some((one) => one.weightsFormats.includes(format)) &&
      (onlyOn === undefined || onlyOn.some(({ vendor }) => vendor === hardware)),
  )
  const images = able.flatMap((one) => one.variants.filter(isOf).flatMap((variant) => imagesOf(variant, both)))
  return [...images, ...forms.map(({ weights }) => weights)]
}

function imagesOf({ images }: Pick<ContainerVariant, 'images'>, of: readonly Architecture[]): string[] {
  return of.flatMap((architecture) => images[architecture]?.artifact ?? [])
}

function isPackageFor(entry: Entry, facts: Facts): boolean {
  if (entry.kind !== 'host-package') return false
  const { architecture, systems, vendor } = entry.match
  const vendors = facts.accelerators.filter(({ devices }) => devices.state !== 'absent').map((one) => one.vendor)
  const isFor = vendor === undefined || vendors.includes(vendor)
  return isFor && otherSystem(systems, facts) === undefined && valueOr(facts.architecture, '') === architecture
}

function isPackageOfClass(entry: Entry, hardware: HardwareClass): boolean {
  return entry.kind === 'host-package' && (entry.match.vendor ?? hardware) === hardware
}

/** What a plan made from the bundle says it lacks. */
export function lackedBy(blockers: readonly Failure[]): string[] {
  return blockers.flatMap((one) => {
    if (one.kind === 'artifact-missing') return [one.artifact]
    if (one.kind !== 'no-variant-fits') return []
    return one.rejected.flatMap(({ rejections }) =>
      rejections.flatMap((why) => (why.reason === 'artifact-not-in-bundle' ? [why.artifact] : [])),
    )
  })
}
