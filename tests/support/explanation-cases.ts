// The loader of known appliances (resources/appliances) for the golden explanations: what is chosen on NAME.json there lies
// in tests/fixtures/explanations/NAME.txt.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readYaml } from '../../main/catalog/read-yaml.ts'
import {
  type ApplianceFile,
  factsOf as factsFrom,
  applianceFile as fileIn,
  applianceNames as namesIn,
} from '../../main/core/vendor/known-appliances.ts'
import { type Entry, entry } from '../../shared/domain/entry.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import type { Catalog } from '../../shared/plan/catalog.ts'

export const explanationsFolder = fileURLToPath(new URL('../fixtures/explanations/', import.meta.url))
const catalogFolder = fileURLToPath(new URL('../../resources/catalog/', import.meta.url))
const appliancesFolder = fileURLToPath(new URL('../../resources/appliances/', import.meta.url))

export const applianceNames = namesIn(appliancesFolder)

export function applianceFile(name: string): ApplianceFile {
  return fileIn(appliancesFolder, name)
}

export function factsOf(file: ApplianceFile): Facts {
  return factsFrom(appliancesFolder, file)
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
