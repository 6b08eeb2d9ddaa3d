// The files of a catalog folder. Whoever made it is not trusted: a link or a special file is not passed over, because it
// hides something.
import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { problemOfKind, readPlainText } from '../files/plain-file.ts'

const maximumFiles = 2000
const document = { follow: false, mostBytes: 16 * 1024 * 1024 }

/** Names are paths in the folder, with "/" between their parts, in order. */
export type CatalogFiles = {
  readonly names: readonly string[]
  readonly odd: readonly { readonly name: string; readonly why: string }[]
  /** What somebody may have meant to be read. */
  readonly otherEnding: readonly string[]
}

export function listCatalogFiles(folder: string): CatalogFiles | { readonly problem: string } {
  let found: Dirent[]
  try {
    if (!lstatSync(folder).isDirectory()) return { problem: 'it is not a folder' }
    found = readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch {
    return { problem: 'it is missing' }
  }
  const place = (e: Dirent) => relative(folder, join(e.parentPath, e.name)).replaceAll(sep, '/')
  const odd = found.flatMap((one) => {
    const why = one.isDirectory() ? undefined : problemOfKind(one)
    return why === undefined ? [] : [{ name: place(one), why }]
  })
  const files = found.filter((e) => e.isFile()).map(place)
  const names = files.filter((name) => name.endsWith('.yaml'))
  if (names.length > maximumFiles) return { problem: `more than ${maximumFiles} catalog files` }
  const otherEnding = files.filter((name) => /\.ya?ml$/i.test(name) && !name.endsWith('.yaml'))
  return { names: names.sort(), odd, otherEnding: otherEnding.sort() }
}

export function readCatalogFile(file: string) {
  return readPlainText(file, document)
}
