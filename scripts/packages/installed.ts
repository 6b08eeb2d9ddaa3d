// What `npm ci` brings: every package of the lock file that is installed here, its licence, and its bytes on disk.
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type InstalledPackage = {
  /** Below the root of the project: "node_modules/@hono/node-server". */
  readonly path: string
  readonly name: string
  readonly version: string
  /** As SPDX writes it; "none" where the package names no licence. */
  readonly licence: string
  /** Named in package.json itself: a dependency of the product, or one to build and test it. */
  readonly named: 'product' | 'building' | undefined
}

type Lock = { readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string }>> }
type Manifest = { readonly license?: unknown; readonly licenses?: unknown }

/** Packages for other systems are in the lock file and not here. */
export function installedPackages(root: string): InstalledPackage[] {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))
  const lock: Lock = read('package-lock.json')
  const { dependencies = {}, devDependencies = {} } = read('package.json')
  return Object.entries(lock.packages).flatMap(([path, { version = '', license }]) => {
    if (path === '' || !existsSync(join(root, path, 'package.json'))) return []
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const outermost = path === `node_modules/${name}`
    const named = !outermost
      ? undefined
      : dependencies[name]
        ? 'product'
        : devDependencies[name]
          ? 'building'
          : undefined
    return [{ path, name, version, licence: license ?? licenceOf(read(`${path}/package.json`)), named }]
  })
}

/** Older packages have a list. */
function licenceOf({ license, licenses }: Manifest): string {
  const all = [license, licenses].flat().map((one) => (typeof one === 'object' && one !== null ? one : { type: one }))
  const types = all.flatMap((one) => ('type' in one && typeof one.type === 'string' ? [one.type] : []))
  return types.length === 0 ? 'none' : types.join(' OR ')
}

const permissive = new Set(
  'MIT,MIT-0,ISC,Apache-2.0,BSD-2-Clause,BSD-3-Clause,0BSD,BlueOak-1.0.0,Unlicense,CC0-1.0,Python-2.0,WTFPL'.split(','),
)
/** Asks for changes of its own files back, and no more: only to build and test with. */
const weakCopyleft = 'MPL-2.0'

/** Those whose licence nobody has looked at yet: it may forbid what is done with them. */
export function unknownLicences(packages: readonly InstalledPackage[]): string[] {
  return packages.flatMap(({ path, licence }) => {
    const choices = licence.replace(/[()]/g, '').split(' OR ')
    return choices.some((one) => permissive.has(one) || one === weakCopyleft) ? [] : [`${path}: ${licence}`]
  })
}

/** Of the files in `folder`, those of the packages inside it left out. */
export function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'node_modules' ? sum : sum + bytesIn(path)
    return sum + lstatSync(path).size
  }, 0)
}
