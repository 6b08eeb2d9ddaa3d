// What comes with the console besides its program: folders of resources/, which lies beside dist/ and beside the sources
// alike. How far up depends on which file of a build this one became a part of.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const farthest = 4
/** The desktop package leaves these folders beside its archive, where they are read as anywhere else. */
const inArchive = /(app\.asar)(?=$|[\\/])/

/** Undefined where the installation lacks it. */
export function resourceFolder(name: string): string | undefined {
  let place = dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < farthest; up += 1) {
    const folder = join(place.replace(inArchive, '$1.unpacked'), 'resources', name)
    if (existsSync(folder) && existsSync(join(place, 'package.json'))) return folder
    place = dirname(place)
  }
  return undefined
}
