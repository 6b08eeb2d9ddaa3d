// The containers of parts are named after their service: in a solution no two may get one name, and none may be longer
// than a name can be.
import { entryId } from '../../domain/artifact.ts'
import { partDeployment, partsOf } from '../../domain/entry/part.ts'
import { type SolutionEntry, servicesOf } from '../../domain/entry/solution-entry.ts'
import { type Catalog, entriesOf } from '../catalog.ts'

/** The first name of a part of that service that cannot be used. */
export function unusablePartName(service: string, solution: SolutionEntry, catalog: Catalog): string | undefined {
  const services = solution.services.map(({ name }) => name)
  const ofEach = servicesOf(solution).map((one) => {
    const found = entriesOf(catalog, one)
    const entry = !found.ok || found.value.role === 'model' ? {} : Object.values(found.value).find(isEntry)
    return { service: one.name, names: partsOf(entry ?? {}).map((part) => partDeployment(one.name, part)) }
  })
  const own = ofEach.find((one) => one.service === service)?.names ?? []
  const others = [...services, ...ofEach.filter((one) => one.service !== service).flatMap(({ names }) => names)]
  return own.find((name) => others.includes(name) || !entryId.safeParse(name).success)
}

function isEntry(value: unknown): value is object {
  return typeof value === 'object'
}
