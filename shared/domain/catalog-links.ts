// Which fields of which entries name something else of the catalog. A new kind of entry that names others is a line here.
// The fields are paths of data, so that files can be looked through whose entries are not valid yet.
import type { Entry } from './entry.ts'

type Reference = {
  readonly from: Entry['kind']
  /** A star stands for each item of a list. */
  readonly field: string
  readonly to: Entry['kind']
}

export const references: readonly Reference[] = [
  { from: 'solution', field: 'services.*.runtimes.*', to: 'runtime' },
  { from: 'solution', field: 'services.*.model', to: 'model' },
  { from: 'solution', field: 'services.*.app', to: 'app' },
  { from: 'solution', field: 'services.*.gateway', to: 'gateway' },
  { from: 'solution', field: 'services.*.ingress', to: 'ingress' },
  { from: 'solution', field: 'services.*.job', to: 'job' },
  { from: 'solution', field: 'services.*.probe', to: 'probe' },
  { from: 'model', field: 'variants.*.serving.*.runtime', to: 'runtime' },
]

/** Of every kind that has them. */
export const requiredInterfaces = 'requires.*'
export const providedInterfaces = 'provides.*'
export const vendorFields: readonly string[] = [
  'variants.*.match.accelerator.vendor',
  'variants.*.onlyOn.*.vendor',
  'variants.*.statedNeeds.*.vendor',
  'match.vendor',
]

type Found = { readonly path: readonly (string | number)[]; readonly text: string }

/** Every text at such a field. */
export function textsAt(data: unknown, field: string): Found[] {
  return field
    .split('.')
    .reduce(below, [{ path: [], value: data }])
    .flatMap(asText)
}

type Step = { readonly path: readonly (string | number)[]; readonly value: unknown }

function below(steps: readonly Step[], name: string): Step[] {
  return steps.flatMap(({ path, value }): Step[] => {
    if (name === '*') return Array.isArray(value) ? value.map((one, at) => ({ path: [...path, at], value: one })) : []
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return []
    return [{ path: [...path, name], value: (value as { [field: string]: unknown })[name] }]
  })
}

function asText({ path, value }: Step): Found[] {
  return typeof value === 'string' ? [{ path, text: value }] : []
}
