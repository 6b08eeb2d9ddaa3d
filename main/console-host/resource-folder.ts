// What comes with the console besides its program: folders of resources/, which lies beside dist/ and beside the sources
// alike. How far up depends on which file of a build this one became a part of.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const farthest = 4
/** The desktop package leaves these folders beside its archive, where they are read as anywhere else. */
const inArchive = /(app\.asar)(?=$|[\\/])/

/** Undefined where the installation lacks it. */
export function resourceFolder(name: string): string | undefined {
  const unpacked = (place: string) => join(place.replace(inArchive, '$1.unpacked'), 'resources', name)
  const place = placeWhere((one) => existsSync(unpacked(one)))
  return place === undefined ? undefined : unpacked(place)
}

/** Of this product, as its package says; undefined where the installation lacks it. */
export function productVersion(): string | undefined {
  const place = placeWhere(() => true)
  if (place === undefined) return undefined
  const manifest: { version?: unknown } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'))
  return typeof manifest.version === 'string' ? manifest.version : undefined
}

function placeWhere(fits: (place: string) => boolean): string | undefined {
  let place = dirname(fileURLToPath(import.meta.url))
  for (let up = 0; up < farthest; up += 1) {
    if (existsSync(join(place, 'package.json')) && fits(place)) return place
    place = dirname(place)
  }
  return undefined
}
