// The ward bundle as a folder that can be opened: its artifacts have the right length and are holes, so that
// gigabytes take no space.
import { cpSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { artifactFileName } from '../../shared/domain/artifact.ts'
import { wardBundle, wardCatalog } from './plan-cases.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Where the artifact with this id lies, inside a bundle. */
export function artifactFileOf(id: string): string {
  const found = wardCatalog().artifacts.find((one) => one.id === id)
  return join('artifacts', artifactFileName(found?.sha256 ?? 'none'))
}

export function wholeBundle(): string {
  const folder = join(temporaryFolder(), 'bundle')
  cpSync(wardBundle, folder, { recursive: true })
  mkdirSync(join(folder, 'artifacts'))
  for (const { sha256, bytes } of wardCatalog().artifacts) {
    const file = join(folder, 'artifacts', artifactFileName(sha256))
    writeFileSync(file, '')
    truncateSync(file, bytes)
  }
  return folder
}
