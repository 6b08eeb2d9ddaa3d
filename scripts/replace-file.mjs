// How a build writes: every file is renamed into place whole, so that whoever reads at the same time sees the
// old one or the new one, and pieces of an old build stay until nobody can be running from it any more.
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * @param {string} path
 * @param {string | Uint8Array} contents
 */
export function replaceFile(path, contents) {
  mkdirSync(dirname(path), { recursive: true })
  const fresh = `${path}.${process.pid}.new`
  writeFileSync(fresh, contents)
  renameSync(fresh, path)
}

const dayMilliseconds = 24 * 3600 * 1000

/**
 * A process or window from the old build may still load a piece of it: pieces go a day later.
 * @param {string} folder
 * @param {RegExp} pieces what a piece is called: names that a later build does not write again
 */
export function removeOldPieces(folder, pieces) {
  for (const name of readdirSync(folder)) {
    if (!pieces.test(name)) continue
    const path = join(folder, name)
    if (Date.now() - statSync(path).mtimeMs > dayMilliseconds) rmSync(path, { force: true })
  }
}
