// The files of a bundle folder, each read once into memory and bounded: what is checked is what is used, whatever
// becomes of the folder meanwhile.
import { createHash } from 'node:crypto'
import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { problemOfKind, readPlainBytes } from '../files/plain-file.ts'
import type { SignedPart } from './metadata-form.ts'
import { longest } from './metadata-form.ts'
import { untrusted } from './problem.ts'
import type { ReadDocument, Roots } from './tuf.ts'

const mostRoots = 256
/** Of all signed documents together. */
const mostBytes = 64 * 1024 * 1024

/** A folder without signatures has no such folder; one that is a link or a file is no better than none. */
export function hasSignatures(folder: string): boolean {
  try {
    return lstatSync(join(folder, 'trust'), { throwIfNoEntry: false }) !== undefined
  } catch (error) {
    // A file in the place of the folder, or of one above it, is no bundle, which is for others to say.
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return false
    throw error
  }
}

export function readRoots(folder: string): Roots {
  let names: string[]
  try {
    if (!lstatSync(join(folder, 'trust')).isDirectory()) throw new Error('it is not a folder')
    names = readdirSync(join(folder, 'trust'))
  } catch (error) {
    throw untrusted('unreadable', 'trust', (error as Error).message)
  }
  const numbered = names.flatMap((name) => {
    const number = /^([1-9]\d{0,5})\.root\.json$/.exec(name)?.[1]
    return number === undefined ? [] : [Number(number)]
  })
  if (numbered.length === 0) throw untrusted('missing-file', 'trust/1.root.json')
  if (numbered.length > mostRoots) throw untrusted('too-large', 'trust', `more than ${mostRoots} roots`)
  const read = readDocumentsOf(folder)
  return new Map(numbered.map((version) => [version, read(`${version}.root.json`, 'root')]))
}

export function readDocumentsOf(folder: string): ReadDocument {
  return (name, role) => readBounded(folder, `trust/${name}`, longest[role])
}

/** Throws NotTrusted. `path`: in the folder, with "/". */
export function readBounded(folder: string, path: string, most: number): Buffer {
  const taken = readPlainBytes(join(folder, ...path.split('/')), { follow: false, mostBytes: most })
  if ('read' in taken) return taken.read
  const problem = { missing: 'missing-file', 'too-large': 'too-large' } as const
  throw untrusted(problem[taken.problem as keyof typeof problem] ?? 'unreadable', path, taken.why)
}

export type SignedFiles = SignedPart<'targets'>['targets']

/** Every signed file, by its path; each is as long and has the digest that was signed. Throws NotTrusted. */
export function readSigned(folder: string, files: SignedFiles): Map<string, Buffer> {
  const total = Object.values(files).reduce((sum, { length }) => sum + length, 0)
  if (total > mostBytes) throw untrusted('too-large', 'trust/targets.json', `more than ${mostBytes} bytes are signed`)
  refuseLinkedFolders(folder, Object.keys(files))
  return new Map(
    Object.entries(files).map(([path, { length, hashes }]) => {
      const bytes = readBounded(folder, path, length)
      const digest = createHash('sha256').update(bytes).digest('hex')
      if (bytes.length !== length || digest !== hashes.sha256) throw untrusted('swapped-file', path)
      return [path, bytes]
    }),
  )
}

/** A file that nobody signed and that a console would read. Others beside the bundle are never looked at. */
export function refuseUnsigned(folder: string, files: SignedFiles): void {
  const isSigned = (path: string) => Object.hasOwn(files, path)
  if (!isSigned('blocked.json') && lstatSync(join(folder, 'blocked.json'), { throwIfNoEntry: false }) !== undefined) {
    throw untrusted('not-signed-file', 'blocked.json')
  }
  for (const one of listed(join(folder, 'catalog'))) {
    if (one.isDirectory()) continue
    const path = relative(folder, join(one.parentPath, one.name)).replaceAll(sep, '/')
    const odd = problemOfKind(one)
    if (odd !== undefined || (/\.ya?ml$/i.test(path) && !isSigned(path))) {
      throw untrusted('not-signed-file', path, odd ?? '')
    }
  }
}

function listed(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    // What is signed and not there is missed when it is read.
    return []
  }
}

function refuseLinkedFolders(folder: string, paths: readonly string[]): void {
  const folders = new Set(
    paths.flatMap((path) =>
      path
        .split('/')
        .slice(0, -1)
        .map((_, at, parts) => parts.slice(0, at + 1).join('/')),
    ),
  )
  for (const path of folders) {
    const kind = lstatSync(join(folder, path), { throwIfNoEntry: false })
    if (kind !== undefined && !kind.isDirectory()) throw untrusted('not-signed-file', path, 'it is not a folder')
  }
}
