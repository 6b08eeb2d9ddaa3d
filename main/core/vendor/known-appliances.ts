// Appliances that hospitals have, as they come with the console: whoever writes an entry can see what would become of it
// there. Each file has what differs from one bare server, and its accelerators in short: a line for each kind of card.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Accelerator, AcceleratorReport } from '../../../shared/domain/accelerator.ts'
import { type Facts, facts as factsSchema } from '../../../shared/domain/facts.ts'
import { absent, known, type Reading } from '../../../shared/domain/reading.ts'

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
  readonly about: { readonly en: string; readonly 'zh-CN': string }
  readonly facts?: object
  readonly accelerators: readonly Accelerators[]
}

/** `folder`: resources/appliances. */
export function applianceNames(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'))
  return files.map((file) => file.replace(/\.json$/, '')).sort()
}

export function applianceFile(folder: string, name: string): ApplianceFile {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as ApplianceFile
}

export function factsOf(folder: string, { facts = {}, accelerators }: ApplianceFile): Facts {
  const bare = JSON.parse(readFileSync(join(folder, 'base', 'bare-server.json'), 'utf8')) as object
  return factsSchema.parse({ ...bare, ...facts, accelerators: accelerators.map(reportOf) })
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
