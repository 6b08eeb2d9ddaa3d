// One string that changes whenever the product would build differently: how the launcher knows that
// dist/ is stale. Contents, not times: a copy, a checkout or a package gives files any time it likes.
// 300 files take 5 ms.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const sourceFolders = ['main', 'shared']
const otherFiles = ['package.json', 'package-lock.json', 'scripts/build.mjs']

/**
 * @param {string} projectRoot
 * @returns {string | null} null where the sources are not there: an installed product without them
 */
export function sourceStamp(projectRoot) {
  if (!sourceFolders.every((folder) => existsSync(join(projectRoot, folder)))) return null
  const files = otherFiles.filter((file) => existsSync(join(projectRoot, file)))
  for (const folder of sourceFolders) {
    for (const entry of readdirSync(join(projectRoot, folder), { withFileTypes: true, recursive: true })) {
      if (!/\.(?:[cm]?[jt]sx?|json)$/.test(entry.name) || !entry.isFile()) continue
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
