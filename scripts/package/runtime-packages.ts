// The packages that a build cannot take into itself (native modules, and what loads files of its own): those three, what
// they need, and of that only what runs. Everything else of node_modules stays where it is.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const outside = ['libsql', 'ssh2', 'systeminformation'] as const

type Lock = { readonly packages: Readonly<Record<string, LockedPackage>> }
type LockedPackage = {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

/** Paths below the root: "node_modules/libsql". Sorted. */
export function runtimePackages(root: string): string[] {
  const { packages }: Lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = new Set<string>()
  const walk = (from: string, name: string) => {
    const path = resolved(packages, from, name)
    if (path === undefined || found.has(path) || !existsSync(join(root, path))) return
    found.add(path)
    const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {}
    const wanted = [...Object.keys(dependencies), ...Object.keys(optionalDependencies).filter(isNativePart)]
    for (const one of wanted) walk(path, one)
  }
  for (const name of outside) walk('', name)
  return [...found].sort()
}

/** libsql's own library for this system; ssh2's optional ones are compiled on the spot, and it works without. */
function isNativePart(name: string): boolean {
  // No desktop of Electron's runs on musl.
  return name.startsWith('@libsql/') && !name.includes('musl')
}

/** As Node looks for it: in the folder of the package, then in those around it. */
function resolved(packages: Lock['packages'], from: string, name: string): string | undefined {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const path = place === '' ? `node_modules/${name}` : `${place}/node_modules/${name}`
    if (packages[path] !== undefined) return path
    if (place === '') return undefined
  }
}

const runs = /\.(?:[cm]?js|json|node)$/
/** What a computer compiled for itself (ssh2 tries to) stays there; the terms of a package travel in one file for all. */
const notRun = /^(?:test|tests|examples?|docs?|bench(?:mark)?s?|types|util|deps|build|node_modules|\..*)$/

/** The files of one package that a product needs, as paths inside it. */
export function filesThatRun(folder: string, inside = ''): string[] {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`
    if (entry.isDirectory()) return notRun.test(entry.name) ? [] : filesThatRun(folder, path)
    return runs.test(entry.name) && entry.name !== 'install.js' ? [path] : []
  })
}
