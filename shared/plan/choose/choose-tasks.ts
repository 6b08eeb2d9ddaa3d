// What jobs and probes of a solution are on an appliance: a variant that runs there, for a service that has what they
// count on, and the model that they ask themselves, if any.
import type { Choice } from '../../domain/choice.ts'
import { type SolutionEntry, type SolutionTask, targetOf, tasksOf } from '../../domain/entry/solution-entry.ts'
import type { TaskEntry, TaskVariant } from '../../domain/entry/task-entry.ts'
import type { Facts } from '../../domain/facts.ts'
import { type Failure, ok, type Result } from '../../domain/failure.ts'
import { type Catalog, taskEntryOf } from '../catalog.ts'
import { type ChosenService, rejectedFor, type UsedModel, usedModel } from './choose-services.ts'
import { type ChosenVariant, chooseVariant } from './choose-variant.ts'
import type { Stock } from './stock.ts'

export type ChosenTask = {
  readonly task: SolutionTask
  readonly entry: TaskEntry
  readonly variant: TaskVariant
  readonly chosen: ChosenVariant
  /** The service that it is for. */
  readonly target: ChosenService
  readonly uses: UsedModel | undefined
}

export type ChosenTasks = { readonly tasks: readonly ChosenTask[]; readonly problems: readonly Failure[] }

type Where = { readonly facts: Facts; readonly catalog: Catalog; readonly stock: Stock }

/** Of services that were chosen: of one that was not, that is the problem. */
export function chooseTasks(solution: SolutionEntry, services: readonly ChosenService[], where: Where): ChosenTasks {
  const found = tasksOf(solution).flatMap((task) => {
    const target = services.find(({ service }) => service.name === targetOf(task))
    return target === undefined ? [] : [chooseTask(task, { solution, services, target }, where)]
  })
  return {
    tasks: found.flatMap((one) => (one.ok && one.value !== undefined ? [one.value] : [])),
    problems: found.flatMap((one) => (one.ok ? [] : [one.failure])),
  }
}

type Around = {
  readonly solution: SolutionEntry
  readonly services: readonly ChosenService[]
  readonly target: ChosenService
}

function chooseTask(task: SolutionTask, around: Around, where: Where): Result<ChosenTask | undefined> {
  const { solution, services, target } = around
  const found = taskEntryOf(where.catalog, task)
  if (!found.ok) return found
  const { value: entry } = found
  const chosen = chooseVariant(entry, where.facts, where.stock)
  if (!chosen.ok) return chosen
  const variant = entry.variants.find(({ id }) => id === chosen.value.variant.id)
  if (variant === undefined) return ok(undefined)
  const lacking = lackOf(entry, target)
  if (lacking !== undefined)
    return rejectedFor(entry, { reason: 'not-of-service', ...lacking, service: target.service.name })
  const { name, usesModel, through, usesInstalled } = task
  const base = { task, entry, variant, chosen: chosen.value, target }
  // Its service says which one: the schema lets no other pass.
  if (usesInstalled !== undefined) return ok({ ...base, uses: target.role === 'app' ? target.uses : undefined })
  if (usesModel === undefined) return ok({ ...base, uses: undefined })
  const uses = usedModel({ name, usesModel, through }, entry, { solution, models: services }, where.catalog)
  if (!uses.ok) return uses
  // Nothing serves that model here: that is the problem.
  return ok(uses.value === undefined ? undefined : { ...base, uses: uses.value })
}

export function runsOf(one: ChosenService) {
  switch (one.role) {
    case 'model':
      return one.chosen.runtime
    case 'gateway':
      return one.gateway
    case 'app':
      return one.app
    case 'ingress':
      return one.ingress
  }
}

/** What of it the service has not. */
function lackOf(entry: TaskEntry, target: ChosenService): { part: 'volume' | 'secret'; name: string } | undefined {
  const { volumes, configuration } = runsOf(target)
  const secrets = (configuration?.secrets ?? []).map(({ name }) => name)
  const secret = entry.serviceSecrets.find((name) => !secrets.includes(name))
  if (secret !== undefined) return { part: 'secret', name: secret }
  const wanted = entry.kind === 'job' ? entry.serviceVolumes : []
  const volume = wanted.find(({ name }) => !volumes.some((one) => one.name === name))
  return volume === undefined ? undefined : { part: 'volume', name: volume.name }
}

export function choiceOfTask({ task, entry, variant, chosen }: ChosenTask): Choice {
  const { id, evidence } = variant
  return { service: task.name, entry: entry.id, variant: id, evidence, rejected: [...chosen.rejected] }
}
