// A file with secrets in the state folder: 0600, a plain file and nothing that only points to one (P15), replaced
// and never written in place. No copy of an older one is kept: what it could be opened with is meant to be over.
import { fchmodSync, lstatSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { withPlainFile } from '../files/plain-file.ts'
import { writeFileDurably } from './folder.ts'

/** No vault comes near. */
const mostBytes = 32 * 1024 * 1024

export type SecretFile = {
  /** Its whole path. */
  readonly file: string
  /** Undefined when there is none. */
  read(): Result<string | undefined>
  write(text: string): Result<void>
}

export function secretFileIn(folder: string, name: string): SecretFile {
  const file = join(folder, name)
  return {
    file,
    read: () => (isNothing(file) ? ok(undefined) : readPlain(file)),
    write(text) {
      if (!isNothing(file) && !isPlain(file)) return fail({ kind: 'secret-file-unusable', file, problem: 'not-a-file' })
      try {
        writeFileDurably(file, text)
        return ok(undefined)
      } catch (error) {
        return fail({ kind: 'state-unwritable', folder: dirname(file), detail: `${name}: ${(error as Error).message}` })
      }
    },
  }
}

function isNothing(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false }) === undefined
}

function isPlain(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true
}

function readPlain(file: string): Result<string> {
  const taken = withPlainFile(file, { follow: false, mostBytes }, (descriptor, { mode }) => {
    // Put back from a backup, it may have come with other rights.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) fchmodSync(descriptor, 0o600)
    return readFileSync(descriptor, 'utf8')
  })
  if ('read' in taken) return ok(taken.read)
  return fail({
    kind: 'secret-file-unusable',
    file,
    problem: taken.problem === 'too-large' ? 'unreadable' : taken.problem,
  })
}
