// Use cases of the catalog: what there is, and what of it would run on an appliance.
import {
  type CatalogFits,
  type CatalogListing,
  type CatalogOutlook,
  type CatalogPlace,
  mostEntries,
  type SolutionFit,
  type VariantFit,
} from '../../shared/contract/catalog.ts'
import type { Target } from '../../shared/contract/contract.ts'
import type { Entry } from '../../shared/domain/entry.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import type { OutlookWish } from '../../shared/domain/outlook.ts'
import type { Catalog } from '../../shared/plan/catalog.ts'
import { choiceOf, chooseServices } from '../../shared/plan/choose/choose-services.ts'
import { choiceOfTask, chooseTasks } from '../../shared/plan/choose/choose-tasks.ts'
import { knownStock } from '../../shared/plan/choose/stock.ts'
import { concerns } from '../../shared/plan/known-issues.ts'
import { modelOutlooks, nearestOf, variantOutlook } from '../../shared/plan/outlook.ts'
import { lastSeen, openingOf } from './appliances.ts'
import type { Core } from './context.ts'
import { type FoundBundle, openBundles } from './desk/bundles.ts'

type OpenPlace = { readonly place: CatalogPlace; readonly catalog: Catalog }

export function listCatalog(core: Core): Result<CatalogListing> {
  const open = openPlaces(core)
  const entries = open.flatMap(({ place: { place }, catalog }) => catalog.entries.map((entry) => ({ place, entry })))
  return ok({
    places: open.map(({ place }) => place),
    entries: entries.slice(0, mostEntries),
    leftOut: Math.max(0, entries.length - mostEntries),
  })
}

export async function catalogOutlook(
  core: Core,
  { target, wish }: { readonly target: Target; readonly wish: OutlookWish },
): Promise<Result<CatalogOutlook>> {
  const seen = await seenWith(core, target)
  if (!seen.ok) return seen
  const { facts, open } = seen.value
  const models = open.flatMap(({ place: { place }, catalog }) =>
    modelOutlooks(facts, catalog, wish).map((one) => {
      const nearest = nearestOf(one)
      return { place, ...one, ...(nearest !== undefined && { nearest }) }
    }),
  )
  return ok({ ...lookedAt(facts), models })
}

export async function catalogFits(core: Core, target: Target): Promise<Result<CatalogFits>> {
  const seen = await seenWith(core, target)
  if (!seen.ok) return seen
  const { facts, open } = seen.value
  return ok({
    ...lookedAt(facts),
    services: open.flatMap((one) => one.catalog.entries.flatMap((entry) => variantFit(one, entry, facts))),
    solutions: open.flatMap((one) => one.catalog.entries.flatMap((entry) => solutionFit(one, entry, facts))),
  })
}

function variantFit({ place: { place }, catalog }: OpenPlace, entry: Entry, facts: Facts): VariantFit[] {
  if (entry.kind === 'model' || entry.kind === 'host-package' || entry.kind === 'solution') return []
  const { variant, rejected } = variantOutlook(entry, facts, knownStock(catalog))
  const named = { place, kind: entry.kind, entry: entry.id }
  const issuesElsewhere = entry.variants.flatMap(({ id, knownIssues }) =>
    knownIssues.flatMap((one, at) => (concerns(one, facts) ? [] : [{ variant: id, at }])),
  )
  return [{ ...named, ...(variant !== undefined && { variant }), issuesElsewhere, rejected: [...rejected] }]
}

function solutionFit({ place: { place }, catalog }: OpenPlace, entry: Entry, facts: Facts): SolutionFit[] {
  if (entry.kind !== 'solution') return []
  const where = { facts, catalog, stock: knownStock(catalog) }
  const { services, problems } = chooseServices(entry, where)
  const ran = chooseTasks(entry, services, where)
  const choices = [...services.map(choiceOf), ...ran.tasks.map(choiceOfTask)]
  return [{ place, solution: entry.id, choices, problems: [...problems, ...ran.problems] }]
}

function lookedAt({ takenAt, accelerators }: Facts): Pick<CatalogOutlook, 'takenAt' | 'accelerators'> {
  return { takenAt, accelerators }
}

type Seen = { readonly facts: Facts; readonly open: readonly OpenPlace[] }

/** What is made for the demo is for no other appliance. */
async function seenWith(core: Core, target: Target): Promise<Result<Seen>> {
  const opening = openingOf(core, target)
  if (!opening.ok) return opening
  const facts = await lastSeen(core, target)
  if (!facts.ok) return facts
  const isDemo = core.demos.isDemo(opening.value.address)
  return ok({ facts: facts.value, open: openPlaces(core).filter(({ place }) => isDemo || !place.demo) })
}

/** What comes with the console is there whatever is wrong with the bundles. */
function openPlaces(core: Core): OpenPlace[] {
  const bundles = openBundles(core)
  if (bundles.ok) return [builtInPlace(core), ...bundles.value.map(bundlePlace)]
  const unread: CatalogPlace = { place: 'bundles', origin: 'bundle', name: '', demo: false, failure: bundles.failure }
  return [builtInPlace(core), { place: unread, catalog: { entries: [], artifacts: [] } }]
}

function builtInPlace(core: Core): OpenPlace {
  const place: CatalogPlace = { place: 'built-in', origin: 'built-in', name: '', demo: false }
  const entries = core.builtIn()
  if (!entries.ok) return { place: { ...place, failure: entries.failure }, catalog: { entries: [], artifacts: [] } }
  return { place, catalog: { entries: entries.value, artifacts: [] } }
}

function bundlePlace({ bundleId, name, demo, bundle }: FoundBundle): OpenPlace {
  const place: CatalogPlace = { place: bundleId, origin: 'bundle', name, demo }
  if (bundle.ok) return { place, catalog: bundle.value }
  return { place: { ...place, failure: bundle.failure }, catalog: { entries: [], artifacts: [] } }
}
