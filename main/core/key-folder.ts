// Which files of a user's .ssh folder are private keys: told by how they begin, never by their name. Only
// the first bytes are read, and nothing of them is kept.
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'

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

/** Opened so that a pipe does not hold us up and a link is not followed. Windows has neither flag. */
const plainReading = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

function beginsLikePrivateKey(file: string): boolean {
  try {
    const descriptor = openSync(file, plainReading)
    try {
      if (!fstatSync(descriptor).isFile()) return false
      const first = Buffer.alloc(64)
      const read = readSync(descriptor, first, 0, first.length, 0)
      return beginning.test(first.toString('latin1', 0, read))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    // Not readable for us: not a key that we could use.
    return false
  }
}
