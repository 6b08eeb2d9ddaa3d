// `rackside vendor try`: what would become of a project's solutions on appliances that hospitals have, before a byte is
// packed: what would run there, and what stands in the way.

import type { Choice } from '../../../shared/domain/choice.ts'
import type { SolutionEntry } from '../../../shared/domain/entry/solution-entry.ts'
import type { Facts } from '../../../shared/domain/facts.ts'
import type { Failure } from '../../../shared/domain/failure.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { Catalog } from '../../../shared/plan/catalog.ts'
import { choiceOf, chooseServices } from '../../../shared/plan/choose/choose-services.ts'
import { chooseTasks } from '../../../shared/plan/choose/choose-tasks.ts'
import { knownStock } from '../../../shared/plan/choose/stock.ts'
import { openCatalog } from '../../catalog/read-entries.ts'
import { factsFrom } from '../bundles/facts-from.ts'
import type { CoreTools } from '../core-tools.ts'
import { applianceFile, applianceNames, factsOf } from './known-appliances.ts'

type Texts = { readonly en: string; readonly 'zh-CN': string }

export type Trial = {
  /** A name of ours, or the path that was given. */
  readonly appliance: string
  readonly about?: Texts
  readonly solution: string
  readonly choices: readonly Choice[]
  /** Empty where all of it would run. */
  readonly problems: readonly Failure[]
}

type Asked = {
  readonly catalog: string
  /** Recordings, or facts as `detect --json` says them; none: those that come with the console. */
  readonly facts: readonly string[]
  /** resources/appliances. */
  readonly appliances: string
}

export async function tryProject(tools: Pick<CoreTools, 'now'>, asked: Asked): Promise<Result<Trial[]>> {
  const entries = openCatalog(asked.catalog)
  if (!entries.ok) return entries
  const catalog: Catalog = { entries: entries.value, artifacts: [] }
  const solutions = entries.value.filter((one): one is SolutionEntry => one.kind === 'solution')
  const trials: Trial[] = []
  const tryOn = (facts: Facts, named: Pick<Trial, 'appliance' | 'about'>) =>
    trials.push(...solutions.map((one) => ({ ...named, ...trialOf(one, facts, catalog) })))
  for (const place of asked.facts) {
    const facts = await factsFrom(place, tools)
    if (!facts.ok) return facts
    tryOn(facts.value, { appliance: place })
  }
  if (asked.facts.length === 0) {
    for (const name of applianceNames(asked.appliances)) {
      const file = applianceFile(asked.appliances, name)
      tryOn(factsOf(asked.appliances, file), { appliance: name, about: file.about })
    }
  }
  return ok(trials)
}

function trialOf(solution: SolutionEntry, facts: Facts, catalog: Catalog) {
  const where = { facts, catalog, stock: knownStock(catalog) }
  const { services, problems } = chooseServices(solution, where)
  const tasks = chooseTasks(solution, services, where)
  return { solution: solution.id, choices: services.map(choiceOf), problems: [...problems, ...tasks.problems] }
}
