// Finds the folder whose dist/ is up to date, building what is missing or stale there: in the product's own folder,
// or, where that belongs to somebody else, in a private one of this user.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { underLock } from './build-lock.mjs'
import { buildPart } from './build-part.mjs'
import { isUnwritable, privateBuildPlace } from './build-place.mjs'
import { sourceStamp } from './source-stamp.mjs'

/** @typedef {import('./source-stamp.mjs').Part} Part */
/** What a part is built with, what says that it is built, and what it cannot be without. */
const marks = {
  program: { builder: 'esbuild', stampFile: 'stamp', file: 'cli.mjs' },
  page: { builder: 'vite', stampFile: 'page-stamp', file: join('renderer', 'index.html') },
}

/**
 * @param {string} root
 * @param {readonly Part[]} parts
 * @returns {Promise<string>} the folder whose dist/ has these parts
 */
export async function readyPlace(root, parts) {
  const wanted = parts.map((part) => ({ part, stamp: sourceStamp(root, part) }))
  /** @param {string} place */
  const stale = (place) => wanted.filter(({ part, stamp }) => stamp !== null && !isFresh(place, part, stamp))
  const missing = stale(root)
  if (missing.length === 0) return root
  if (missing.some(({ part }) => !isInstalled(marks[part].builder))) {
    // A production install: what was shipped is what runs.
    if (parts.every((part) => existsSync(join(root, 'dist', marks[part].file)))) return root
    throw new Error('the packages are not installed: run "npm ci" first')
  }
  try {
    return await builtPlace({ root, place: root, stale })
  } catch (error) {
    if (!isUnwritable(error)) throw error
  }
  const place = privateBuildPlace(root)
  if (place !== null) return await builtPlace({ root, place, stale })
  throw new Error(
    `cannot build: ${root} is not writable and this user has no private folder; set XDG_CACHE_HOME to one`,
  )
}

/**
 * @param {{ root: string, place: string, stale: (place: string) => { part: Part }[] }} work
 */
async function builtPlace({ root, place, stale }) {
  if (stale(place).length === 0) return place
  mkdirSync(join(place, 'dist'), { recursive: true })
  const build = async () => {
    for (const { part } of stale(place)) {
      sayBuilding(part)
      await buildPart(part, root, place)
    }
  }
  await underLock(join(place, 'dist', 'build.lock'), () => stale(place).length === 0, build)
  return place
}

/** Seconds, not milliseconds: said to whoever waits, and to whoever reads a log. @param {Part} part */
function sayBuilding(part) {
  if (part === 'page') console.error('rackside: building the pages of the window once, a moment ...')
  else if (process.stderr.isTTY) console.error('rackside: building once, a moment ...')
}

/** @param {string} place @param {Part} part @param {string} stamp */
function isFresh(place, part, stamp) {
  const { stampFile, file } = marks[part]
  try {
    return readFileSync(join(place, 'dist', stampFile), 'utf8') === stamp && existsSync(join(place, 'dist', file))
  } catch {
    return false
  }
}

/** @param {string} name */
function isInstalled(name) {
  try {
    import.meta.resolve(name)
    return true
  } catch {
    return false
  }
}
