// The one loader of recorded appliances for the golden explanations. tests/fixtures/explanations/NAME.json has what the
// appliance is about, the facts that differ from tests/fixtures/plans/bare-server.json, and its accelerators in short: one
// line for each vendor, and in it one for each kind of card. What is chosen there lies beside it, in NAME.txt.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readYaml } from '../../main/catalog/read-yaml.ts'
import type { Accelerator, AcceleratorReport } from '../../shared/domain/accelerator.ts'
import { type Entry, entry } from '../../shared/domain/entry.ts'
import { type Facts, facts as factsSchema } from '../../shared/domain/facts.ts'
import { absent, known, type Reading } from '../../shared/domain/reading.ts'
import type { Catalog } from '../../shared/plan/catalog.ts'

export const explanationsFolder = fileURLToPath(new URL('../fixtures/explanations/', import.meta.url))
const catalogFolder = fileURLToPath(new URL('../../resources/catalog/', import.meta.url))
const bareServer = fileURLToPath(new URL('../fixtures/plans/bare-server.json', import.meta.url))

/** `memoryMib`: as the vendor's tool prints it; missing where the devices use the host's. */
type Cards = { readonly product: string; readonly count: number; readonly chips?: number; readonly memoryMib?: number }
type Accelerators = {
  readonly vendor: string
  readonly kind: string
  readonly driver?: string
  readonly cards: readonly Cards[]
  /** Instead of its devices. */
  readonly unreadable?: string
}
export type ApplianceFile = {
  readonly about: string
  readonly facts?: object
  readonly accelerators: readonly Accelerators[]
}

export const applianceNames = readdirSync(explanationsFolder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace(/\.json$/, ''))
  .sort()

export function applianceFile(name: string): ApplianceFile {
  return JSON.parse(readFileSync(`${explanationsFolder}${name}.json`, 'utf8')) as ApplianceFile
}

export function factsOf({ facts = {}, accelerators }: ApplianceFile): Facts {
  const bare = JSON.parse(readFileSync(bareServer, 'utf8')) as object
  return factsSchema.parse({ ...bare, ...facts, accelerators: accelerators.map(reportOf) })
}

/** Our own catalog, without a single byte of what it describes. */
export function ownCatalog(): Catalog {
  const files = readdirSync(catalogFolder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.yaml'),
  )
  return { entries: files.sort().map(readEntry), artifacts: [] }
}

function readEntry(file: string): Entry {
  const read = readYaml(file, readFileSync(`${catalogFolder}${file}`, 'utf8'), entry)
  if (!read.ok) throw new Error(JSON.stringify(read.failure))
  return read.value
}

function reportOf({ vendor, kind, driver, cards, unreadable }: Accelerators): AcceleratorReport {
  const devices = cards
    .flatMap((one) => Array.from({ length: one.count }, () => one))
    .flatMap((one, index) => chipsOf(one).map((chip) => deviceOf({ vendor, kind, index, chip }, one)))
  const readings: Reading<Accelerator[]> =
    unreadable === undefined ? known(devices) : { state: 'unreadable', why: unreadable }
  return {
    ...{ vendor, kind, pciCount: known(cards.reduce((sum, { count }) => sum + count, 0)) },
    ...{ driverVersion: driver === undefined ? absent : known(driver), devices: readings },
  }
}

function chipsOf({ chips = 1 }: Cards): number[] {
  return Array.from({ length: chips }, (_, chip) => chip)
}

type Place = Pick<Accelerator, 'vendor' | 'kind' | 'index' | 'chip'>

function deviceOf(place: Place, { product, memoryMib }: Cards): Accelerator {
  const memory = memoryMib === undefined ? absent : known(memoryMib * 1024 ** 2)
  return {
    ...{ ...place, product: known(product), uuid: absent, pciAddress: absent, memoryTotalBytes: memory },
    ...{ memoryUsedBytes: absent, utilizationPercent: known(0), temperatureCelsius: absent, powerWatts: absent },
    ...{ powerLimitWatts: absent, health: absent },
    ...(memoryMib === undefined && { detail: { sharesHostMemory: known(true) } }),
  }
}
