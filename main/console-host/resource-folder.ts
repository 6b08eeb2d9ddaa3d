// What comes with the console besides its program: folders of resources/, which lies beside dist/ and beside the sources
// alike. How far up depends on which file of a build this one became a part of.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const farthest = 4

/** Undefined where the installation lacks it. */
export function resourceFolder(name: string): string | undefined {
  let place = dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < farthest; up += 1) {
    const folder = join(place, 'resources', name)
    if (existsSync(folder) && existsSync(join(place, 'package.json'))) return folder
    place = dirname(place)
  }
  return undefined
}
