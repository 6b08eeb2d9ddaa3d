// The one loader of the doctor's cases. Of each rule tests/fixtures/doctor/rules/RULE.json has two small changes to the
// facts of a healthy server (healthy-VENDOR.json): one that fires it, with the evidence, and one that must not; `more` has
// further ones of either kind. A change is a path into the facts and what stands there instead.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Facts, facts as factsSchema } from '../../shared/domain/facts.ts'
import type { KnownHere } from '../../shared/verify/doctor/rule.ts'

const folder = fileURLToPath(new URL('../fixtures/doctor/', import.meta.url))
export const healthyServers = ['nvidia', 'ascend'] as const
type Healthy = (typeof healthyServers)[number]

export type DoctorCase = {
  readonly rule: string
  readonly fires: readonly { readonly facts: Facts; readonly here?: KnownHere; readonly evidence: readonly string[] }[]
  readonly quiet: readonly Facts[]
}

type Change = Readonly<Record<string, unknown>>
/** `here`: what the console knows where it fires. */
type Pair = { of: Healthy; fires?: Change; here?: KnownHere; evidence?: string[]; quiet?: Change }
type CaseFile = Pair & { more?: (Omit<Pair, 'of'> & { of?: Healthy })[] }

export function doctorCases(): DoctorCase[] {
  return readdirSync(`${folder}rules`).map((file) => {
    const { more = [], ...first } = JSON.parse(readFileSync(`${folder}rules/${file}`, 'utf8')) as CaseFile
    const pairs: Pair[] = [first, ...more.map((one) => ({ of: first.of, ...one }))]
    return {
      rule: file.replace(/\.json$/, ''),
      fires: pairs.flatMap(({ of, fires, here, evidence = [] }) =>
        fires ? [{ facts: changed(of, fires), ...(here && { here }), evidence }] : [],
      ),
      quiet: pairs.flatMap(({ of, quiet }) => (quiet ? [changed(of, quiet)] : [])),
    }
  })
}

export function healthyFacts(of: Healthy): Facts {
  return changed(of, {})
}

/** Facts that no appliance could give are a mistake of the case. */
function changed(of: Healthy, change: Change): Facts {
  const whole: unknown = JSON.parse(readFileSync(`${folder}healthy-${of}.json`, 'utf8'))
  for (const [path, value] of Object.entries(change)) put(whole, path.split('.'), value)
  return factsSchema.parse(whole)
}

function put(place: unknown, [name = '', ...rest]: readonly string[], value: unknown): void {
  const record = place as Record<string, unknown>
  if (rest.length === 0) record[name] = value
  else put(record[name], rest, value)
}
