// Where a build may go when the product's own folder belongs to somebody else: a folder of this user's
// that nobody else can write to, because what lies there is run. HOME may be unset or not exist.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, lstatSync, mkdirSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { codeOf } from './build-lock.mjs'

/**
 * The private folder for builds of this project, or null where none can be had.
 * @param {string} projectRoot
 * @returns {string | null}
 */
export function privateBuildPlace(projectRoot) {
  const key = createHash('sha256').update(projectRoot).digest('hex').slice(0, 16)
  for (const base of [userCacheFolder(), join(tmpdir(), `rackside-${process.getuid?.() ?? 'user'}`)]) {
    if (base === null || !makePrivate(base)) continue
    const place = join(base, `build-${key}`)
    mkdirSync(join(place, 'dist'), { recursive: true, mode: 0o700 })
    mirror(projectRoot, place)
    return place
  }
  return null
}

function userCacheFolder() {
  const given = process.platform === 'win32' ? process.env['LOCALAPPDATA'] : process.env['XDG_CACHE_HOME']
  if (given !== undefined && given !== '') return join(given, 'rackside')
  try {
    return join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache', 'rackside')
  } catch {
    // No HOME and no line in the user database.
    return null
  }
}

/** @param {string} folder */
function makePrivate(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return isOurs(folder) && isOurs(dirname(folder))
  } catch (error) {
    if (isUnwritable(error)) return false
    throw error
  }
}

/** Not a link, and nobody else can replace what is in it. @param {string} folder */
function isOurs(folder) {
  const { uid, mode } = lstatSync(folder)
  const user = process.getuid?.()
  if (user === undefined) return true
  const sticky = (mode & 0o1000) !== 0
  return sticky ? uid === 0 || uid === user : uid === user && (mode & 0o40022) === 0o40000
}

/** What the bundle looks for beside dist/: packages, resources, the version. @param {string} projectRoot @param {string} place */
function mirror(projectRoot, place) {
  for (const folder of ['node_modules', 'resources']) {
    try {
      if (existsSync(join(projectRoot, folder))) symlinkSync(join(projectRoot, folder), join(place, folder), 'junction')
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
  copyFileSync(join(projectRoot, 'package.json'), join(place, 'package.json'))
}

/** @param {unknown} error */
export function isUnwritable(error) {
  return ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR'].includes(String(codeOf(error)))
}
