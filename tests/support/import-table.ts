// Judges every import against the table of layers that tests/architecture.test.ts spells out. Each
// rule is a function over files as plain data, so that a planted violation can prove it.
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { type ImportFound, readSource, type SourceFile } from './read-source.ts'

export interface Layer {
  /** A folder, or a module without its ending. One `*` stands for one folder: each is an island. */
  readonly from: string
  /** Folders of ours that it may import, itself always included. */
  readonly ours: readonly string[]
  /** Packages it may import. 'any' only where nothing is shipped. */
  readonly packages: readonly string[] | 'any'
  readonly nodeBuiltins: boolean
}

export interface SoleImporter {
  readonly package: string
  /** Only where this word occurs in the code; without it, any import counts. */
  readonly word?: string
  readonly files: readonly string[]
}

const builtins = new Set(builtinModules)

/** Imports that the table does not allow, and source files that belong to no layer. */
export function forbiddenImports(files: readonly SourceFile[], table: readonly Layer[]): string[] {
  return files.flatMap((file) => {
    const place = placeOf(file.path, table)
    if (place === null) return [`${file.path}: belongs to no layer of the import table`]
    return readSource(file.text).imports.flatMap((found) => {
      const problem = problemOf(file.path, found, place)
      return problem === null ? [] : [`${file.path}:${found.line}: ${problem}`]
    })
  })
}

/** Packages with one owner, imported somewhere else. */
export function strayImporters(files: readonly SourceFile[], owners: readonly SoleImporter[]): string[] {
  return files.flatMap((file) => {
    const { code, imports } = readSource(file.text)
    const packages = new Set(imports.map((found) => packageOf(found.specifier ?? '')))
    return owners
      .filter((owner) => packages.has(owner.package) && !owner.files.some((pattern) => covers(pattern, file.path)))
      .filter((owner) => owner.word === undefined || new RegExp(`\\b${owner.word}\\b`).test(code))
      .map(
        (owner) =>
          `${file.path}: ${owner.word ?? 'this import'} of ${owner.package} belongs to ${owner.files.join(', ')}`,
      )
  })
}

/** Files that import themselves, by whatever way round, types too. */
export function importCircles(files: readonly SourceFile[]): string[] {
  const imports = new Map(files.map(({ path, text }) => [path, importedPaths(path, text)]))
  return files.flatMap(({ path }) => {
    const seen = new Set<string>()
    const open = [...(imports.get(path) ?? [])]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(...(imports.get(next) ?? []))
    }
    return seen.has(path) ? [`${path}: imports itself by a circle`] : []
  })
}

function importedPaths(path: string, text: string): string[] {
  const relative = readSource(text).imports.flatMap(({ specifier }) => (specifier?.startsWith('.') ? [specifier] : []))
  return relative.map((specifier) => posix.normalize(posix.join(posix.dirname(path), specifier)))
}

interface Place {
  readonly layer: Layer
  /** The concrete folder: `main/shells/cli` where the layer says `main/shells/*`. */
  readonly home: string
}

function placeOf(path: string, table: readonly Layer[]): Place | null {
  const places = table.flatMap((layer) => {
    const home = homeIn(layer.from, path)
    return home === null ? [] : [{ layer, home }]
  })
  return places.sort((a, b) => b.home.length - a.home.length)[0] ?? null
}

function homeIn(pattern: string, path: string): string | null {
  const wanted = pattern.split('/')
  const words = path.replace(/\.[cm]?[jt]sx?$/, '').split('/')
  if (words.length < wanted.length) return null
  // A file directly in `shells/` is in no shell.
  if (pattern.includes('*') && words.length === wanted.length) return null
  const home = words.slice(0, wanted.length)
  return wanted.every((word, at) => word === '*' || word === home[at]) ? home.join('/') : null
}

function covers(pattern: string, path: string): boolean {
  return path === pattern || path.startsWith(`${pattern}/`) || homeIn(pattern, path) !== null
}

function problemOf(path: string, { specifier }: ImportFound, place: Place): string | null {
  if (specifier === null)
    return place.layer.packages === 'any' ? null : 'imports a computed name: no check can follow it'
  if (specifier.startsWith('.')) return problemOfOurs(path, specifier, place)
  if (specifier.startsWith('/') || specifier.startsWith('#'))
    return `imports ${specifier}: neither relative nor a package`
  const name = packageOf(specifier)
  if (specifier.startsWith('node:') || builtins.has(name)) {
    return place.layer.nodeBuiltins ? null : `imports ${specifier}: ${place.layer.from} stays free of Node`
  }
  const { packages } = place.layer
  return packages === 'any' || packages.includes(name) ? null : `imports ${name}: not a package of ${place.layer.from}`
}

function problemOfOurs(path: string, specifier: string, place: Place): string | null {
  const target = posix.normalize(posix.join(posix.dirname(path), specifier))
  if (target.startsWith('..')) return `imports ${specifier}: outside the repository`
  const allowed = [place.home, ...place.layer.ours]
  return allowed.some((pattern) => covers(pattern, target))
    ? null
    : `imports ${target}: not allowed for ${place.layer.from}`
}

function packageOf(specifier: string): string {
  const words = specifier.split('/')
  return specifier.startsWith('@') ? words.slice(0, 2).join('/') : (words[0] ?? '')
}
