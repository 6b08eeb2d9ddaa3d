#!/usr/bin/env node
// The committed bin: builds when dist/ is missing or stale, then runs it. Committed and executable,
// because a bin inside dist/ is "not found" after npm ci and "Permission denied" after a rebuild.
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { underLock } from './build-lock.mjs'
import { isUnwritable, privateBuildPlace } from './build-place.mjs'
import { sourceStamp } from './source-stamp.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The folder whose dist/ is up to date, built if need be. */
async function readyPlace() {
  const stamp = sourceStamp(root)
  if (stamp === null || isFresh(root, stamp)) return root
  if (!builderIsInstalled()) {
    // A production install: what was shipped is what runs.
    if (existsSync(join(root, 'dist', 'cli.mjs'))) return root
    throw new Error('the packages are not installed: run "npm ci" first')
  }
  try {
    return await builtPlace(root, stamp)
  } catch (error) {
    if (!isUnwritable(error)) throw error
  }
  const place = privateBuildPlace(root)
  if (place !== null) return await builtPlace(place, stamp)
  throw new Error(
    `cannot build: ${root} is not writable and this user has no private folder; set XDG_CACHE_HOME to one`,
  )
}

/** @param {string} place @param {string} stamp */
async function builtPlace(place, stamp) {
  if (isFresh(place, stamp)) return place
  mkdirSync(join(place, 'dist'), { recursive: true })
  const build = async () => {
    if (process.stderr.isTTY) console.error('rackside: building once, a moment ...')
    const { buildProduct } = await import('./build.mjs')
    await buildProduct(root, place)
  }
  await underLock(join(place, 'dist', 'build.lock'), () => isFresh(place, stamp), build)
  return place
}

/** @param {string} place @param {string} stamp */
function isFresh(place, stamp) {
  try {
    return readFileSync(join(place, 'dist', 'stamp'), 'utf8') === stamp && existsSync(join(place, 'dist', 'cli.mjs'))
  } catch {
    return false
  }
}

function builderIsInstalled() {
  try {
    import.meta.resolve('esbuild')
    return true
  } catch {
    return false
  }
}

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 18)) {
  console.error(`rackside: needs Node 20.18 or newer, this is ${process.versions.node}`)
  process.exit(1)
}
const place = await readyPlace().catch((error) => {
  console.error(`rackside: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
})
await import(pathToFileURL(join(place, 'dist', 'cli.mjs')).href)
