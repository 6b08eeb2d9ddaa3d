// One string for each part of the product that changes whenever the part would build differently: how the
// launcher knows that dist/ is stale. Contents, not times: a copy, a checkout or a package gives files any
// time it likes. 300 files take 5 ms.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/**
 * `program`: what Node and Electron run. `page`: what a window shows; it is built only for shells that have
 * one, so that the first `rackside --version` stays quick.
 * @typedef {'program' | 'page'} Part
 */

/** @type {Readonly<Record<Part, { folders: readonly string[], files: readonly string[] }>>} */
const sources = {
  program: { folders: ['main', 'shared'], files: ['scripts/build.mjs'] },
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
  for (const folder of folders) {
    for (const entry of readdirSync(join(projectRoot, folder), { withFileTypes: true, recursive: true })) {
      if (!/\.(?:[cm]?[jt]sx?|json|css|html|svg|png|woff2)$/.test(entry.name) || !entry.isFile()) continue
      files.push(relative(projectRoot, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    }
  }
  const hash = createHash('sha256')
  for (const file of files.sort()) {
    const content = readFileSync(join(projectRoot, file))
    hash.update(`${file}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}
