// What npm ci needs to succeed on every platform: a lock file made where the registry had only some of
// a package's platform builds silently leaves the others out, and npm ci then refuses it everywhere.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { repositoryRoot } from '../support/repository-files.ts'

interface Locked {
  readonly version?: string
  readonly integrity?: string
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const read = (name: string) => JSON.parse(readFileSync(join(repositoryRoot, name), 'utf8'))
const lock: Readonly<Record<string, Locked>> = read('package-lock.json').packages
const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = read('package.json')

/** Optional packages that the lock does not name, looked for as npm does: from inside out. */
function missingOptionals(packages: Readonly<Record<string, Locked>>): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => {
      const parents = path.split('/node_modules/').map((_, at, all) => all.slice(0, at + 1).join('/node_modules/'))
      const places = ['', ...parents].map((parent) => (parent === '' ? '' : `${parent}/`))
      return !places.some((place) => packages[`${place}node_modules/${name}`] !== undefined)
    }),
  )
}

describe('the lock file', () => {
  it('names every optional package, and would say which one it lacks', () => {
    expect(missingOptionals(lock)).toEqual([])
    const planted = { 'node_modules/a': { optionalDependencies: { 'a-linux': '1.0.0', 'a-darwin': '1.0.0' } } }
    expect(missingOptionals({ ...planted, 'node_modules/a-linux': {} })).toEqual(['a-darwin'])
  })

  it('has a digest for every package, and no address but the registry', () => {
    const packages = Object.entries(lock).filter(([path]) => path !== '')
    expect(packages.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([])
    const elsewhere = packages.filter(
      ([, { resolved = '' }]) => !/^(https:\/\/registry\.npmjs\.org\/|$)/.test(resolved),
    )
    expect(elsewhere.map(([path]) => path)).toEqual([])
  })

  it('stands for exact versions in package.json', () => {
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
    expect(wanted.filter(([name, version]) => lock[`node_modules/${name}`]?.version !== version)).toEqual([])
  })
})
