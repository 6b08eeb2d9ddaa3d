// The packages that a desktop package holds: what its bundles and its page were made of, what lies beside them, and
// Electron. Not what package.json names: the builders leave out what is not called.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type InstalledPackage, installedPackages } from './installed.ts'

export type ProductPackage = InstalledPackage & {
  /** As npm's lock file has it: "sha512-..."; undefined where it has none. */
  readonly integrity: string | undefined
}

type Made = {
  /** Files below the root that came into the bundles. */
  readonly madeOf: readonly string[]
  /** Packages that lie beside them as they are. */
  readonly beside: readonly string[]
}

export function productPackages(root: string, { madeOf, beside }: Made): ProductPackage[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const paths = new Set([...madeOf.flatMap(packageOf), ...beside, 'node_modules/electron'])
  const known = new Map(installedPackages(root).map((one) => [one.path, one]))
  return [...paths].sort().map((path) => {
    const one = known.get(path)
    if (one === undefined) throw new Error(`${path} came into the product, and package-lock.json does not know it`)
    return { ...one, integrity: lock.packages[path]?.integrity }
  })
}

/** "node_modules/a/node_modules/@b/c" of a file inside it; none for our own. */
function packageOf(file: string): string[] {
  const found = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'))?.[0]
  // A builder's own helpers have no place on disk.
  const path = found?.slice(found.indexOf('node_modules/'))
  return path === undefined || found?.includes('\0') ? [] : [path]
}
