// Which files of a user's .ssh folder are private keys: told by how they begin, never by their name. Only
// the first bytes are read, and nothing of them is kept.
import { readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { withPlainFile } from '../../files/plain-file.ts'

const filesLookedAt = 500
const mostKeys = 50
/** OpenSSH's own form and the PEM forms. */
const beginning = /^-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/

/** Whole paths in the order of their names; none where the folder cannot be read. */
export function privateKeyFilesIn(folder: string): string[] {
  let names: string[]
  try {
    names = readdirSync(folder).sort()
  } catch {
    return []
  }
  const files = names.slice(0, filesLookedAt).map((name) => join(folder, name))
  return files.filter(beginsLikePrivateKey).slice(0, mostKeys)
}

function beginsLikePrivateKey(file: string): boolean {
  const taken = withPlainFile(file, { follow: false }, (descriptor) => {
    const first = Buffer.alloc(64)
    const read = readSync(descriptor, first, 0, first.length, 0)
    return beginning.test(first.toString('latin1', 0, read))
  })
  // Not readable for us: not a key that we could use.
  return 'read' in taken && taken.read
}
