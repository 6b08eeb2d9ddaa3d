// One string for each part of the product that changes whenever the part would build differently: how the
// launcher knows that dist/ is stale. Contents, not times: a copy, a checkout or a package gives files any
// time it likes. 500 files take 25 ms.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * `program`: what Node and Electron run. `page`: what a window shows; it is built only for shells that have
 * one, so that the first `rackside --version` stays quick.
 * @typedef {'program' | 'page'} Part
 */

/** @type {Readonly<Record<Part, { folders: readonly string[], files: readonly string[] }>>} */
const sources = {
  program: { folders: ['main', 'shared'], files: ['scripts/build.mjs', 'scripts/no-grpc.cjs'] },
  page: { folders: ['renderer', 'shared'], files: ['scripts/build-page.mjs'] },
}
const sourcesOfBoth = ['package.json', 'package-lock.json', 'scripts/replace-file.mjs']

/**
 * @param {string} projectRoot
 * @param {Part} part
 * @returns {string | null} null where the sources are not there: an installed product without them
 */
export function sourceStamp(projectRoot, part) {
  const { folders, files: ownFiles } = sources[part]
  if (!folders.every((folder) => existsSync(join(projectRoot, folder)))) return null
  const files = [...sourcesOfBoth, ...ownFiles].filter((file) => existsSync(join(projectRoot, file)))
  for (const folder of folders) addSources(projectRoot, folder, files)
  const hash = createHash('sha256')
  for (const file of files.sort()) {
    const content = readFileSync(`${projectRoot}/${file}`)
    hash.update(`${file}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/**
 * Walked and joined by hand: every start of the CLI does this, and `readdir`'s own recursion costs ten times as much.
 * @param {string} projectRoot @param {string} folder @param {string[]} files
 */
function addSources(projectRoot, folder, files) {
  for (const entry of readdirSync(`${projectRoot}/${folder}`, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) addSources(projectRoot, path, files)
    else if (entry.isFile() && /\.(?:[cm]?[jt]sx?|json|css|html|svg|png|woff2)$/.test(entry.name)) files.push(path)
  }
}
