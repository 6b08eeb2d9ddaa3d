// The folder that people put bundles into: it may be a bundle itself, or hold some. What does not look like
// one is not shown; what does and cannot be used is, with the reason.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'

const mostBundles = 100
/** One of these is enough to look like a bundle: a copy that broke off is worth a word. */
const signs = ['bundle.json', 'digests.json', 'artifacts']

/** Whole paths, in the order of their names. */
export function bundleFoldersIn(folder: string): Result<string[]> {
  try {
    if (looksLikeBundle(folder)) return ok([folder])
    const names = readdirSync(folder).sort()
    const inside = names.map((name) => join(folder, name)).filter((path) => isFolder(path) && looksLikeBundle(path))
    return ok(inside.slice(0, mostBundles))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const problem = missing ? 'there is no such folder' : evidence((error as Error).message, 490)
    return fail({ kind: 'bundle-unusable', folder: evidence(folder, 490), problem })
  }
}

function looksLikeBundle(folder: string): boolean {
  return signs.some((name) => existsSync(join(folder, name)))
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // Gone meanwhile, or a link to nowhere.
    return false
  }
}
