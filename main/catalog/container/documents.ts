// The documents of a bundle's folder, as they stand in its file: its header, its digest list, its entries, which
// versions were taken back, and what vouches for them; byte for byte, because they were signed so.
import { existsSync, readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { readPlainBytes } from '../../files/plain-file.ts'
import { isDocumentName } from './form.ts'

const document = { follow: false, mostBytes: 16 * 1024 * 1024 }

/** By name, in order. Throws what is no plain file, and passes over what is no document. */
export function documentsOf(folder: string): Map<string, Buffer> {
  const inside = ['catalog', 'trust'].flatMap((name) =>
    filesIn(join(folder, name)).map((file) => relative(folder, file)),
  )
  const taken = existsSync(join(folder, 'blocked.json')) ? ['blocked.json'] : []
  const names = ['bundle.json', 'digests.json', ...taken, ...inside.map((name) => name.replaceAll(sep, '/')).sort()]
  return new Map(names.filter(isDocumentName).map((name) => [name, read(join(folder, name))]))
}

function filesIn(folder: string): string[] {
  // One that is there and cannot be read is no empty one: a bundle would be packed without its signatures.
  if (!existsSync(folder)) return []
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
  return found.filter((one) => !one.isDirectory()).map((one) => join(one.parentPath, one.name))
}

function read(file: string): Buffer {
  const taken = readPlainBytes(file, document)
  if ('problem' in taken) throw new Error(`${file}: ${taken.why}`)
  return taken.read
}
