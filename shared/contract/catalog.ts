// The catalog as a person sees it: every entry there is to read about, and what of it would run on one appliance. The
// core looks, reckons and decides; whoever shows it only shows.
import * as z from 'zod'
import { acceleratorReport } from '../domain/accelerator.ts'
import { choice, rejectedVariant } from '../domain/choice.ts'
import { entry } from '../domain/entry.ts'
import { failure } from '../domain/failure.ts'
import { modelOutlook, outlookWish } from '../domain/outlook.ts'
import { call } from './call.ts'
import type { target as targetSchema } from './target.ts'

const name = z.string().max(300)

/** Where entries come from: "built-in", or the id of a bundle. Each place is a catalog of its own. */
const place = z.string().max(100)

/** `failure`: why its entries are not among those that are listed. */
export const catalogPlace = z.strictObject({
  place,
  origin: z.enum(['built-in', 'bundle']),
  /** What a person calls the bundle; empty for what comes with the console. */
  name,
  /** Made for demo appliances only. */
  demo: z.boolean(),
  failure: failure.optional(),
})
export type CatalogPlace = z.infer<typeof catalogPlace>

const placedEntry = z.strictObject({ place, entry })

export const mostEntries = 2000

export const catalogListing = z.strictObject({
  places: z.array(catalogPlace),
  entries: z.array(placedEntry).max(mostEntries),
  /** Beyond what one list can hold. */
  leftOut: z.int().nonnegative(),
})
export type CatalogListing = z.infer<typeof catalogListing>

/** `takenAt`: when the facts were taken that it was reckoned from (UTC, ISO 8601). */
const looked = { takenAt: z.string(), accelerators: z.array(acceleratorReport) }

export const catalogOutlook = z.strictObject({
  ...looked,
  models: z.array(
    modelOutlook.extend({
      place,
      /** Of a model of which no form fits: what lacks the least. */
      nearest: rejectedVariant.optional(),
    }),
  ),
})
export type CatalogOutlook = z.infer<typeof catalogOutlook>

/** Of whatever runs in a container: the first of its variants against which nothing stands; `rejected`: all others against which something does. */
export const variantFit = z.strictObject({
  place,
  kind: z.enum(['runtime', 'gateway', 'app', 'ingress', 'job', 'probe']),
  entry: name,
  variant: name.optional(),
  /** Known issues of its variants that do not concern this appliance, by their place in the entry. */
  issuesElsewhere: z.array(z.strictObject({ variant: name, at: z.int().nonnegative() })).max(1000),
  rejected: z.array(rejectedVariant),
})
export type VariantFit = z.infer<typeof variantFit>

/** `problems`: nothing runs in place of these; empty where all of it would run. */
export const solutionFit = z.strictObject({
  place,
  solution: name,
  choices: z.array(choice),
  problems: z.array(failure),
})
export type SolutionFit = z.infer<typeof solutionFit>

export const catalogFits = z.strictObject({
  ...looked,
  services: z.array(variantFit),
  solutions: z.array(solutionFit),
})
export type CatalogFits = z.infer<typeof catalogFits>

export function catalogCalls(target: typeof targetSchema) {
  const meta = { effect: 'read', right: 'look', audit: 'none' } as const
  return {
    /** What comes with the console, then the bundles' own. */
    entries: call(meta, z.strictObject({}), catalogListing),
    /**
     * What each model would be on an appliance, whoever brings its bytes. From the last look at the appliance, or one now
     * where there was none; `appliances.detect` looks again.
     */
    outlook: call(meta, z.strictObject({ target, wish: outlookWish }), catalogOutlook),
    /** The same for runtimes, apps and solutions. */
    fits: call(meta, z.strictObject({ target }), catalogFits),
  }
}
