// A secret from a file, for whoever starts commands without a terminal: a plain file of this user's that nobody else
// can read. Its first line counts, as with a descriptor.
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs'
import { resolve } from 'node:path'
import { evidence, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'

/** No passphrase is longer; nothing is read without end. */
const mostBytes = 8192

type Problem = FailureOf<'secret-file-unusable'>['problem']

export function readSecretFile(path: string): Result<string> {
  const file = resolve(path)
  const unusable = (problem: Problem) => fail({ kind: 'secret-file-unusable', file: evidence(file, 1500), problem })
  try {
    // Before it is opened: a pipe that nobody writes to would hold us up.
    const kind = lstatSync(file, { throwIfNoEntry: false })
    if (kind === undefined) return unusable('missing')
    if (!kind.isFile()) return unusable('not-a-file')
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
    try {
      const opened = fstatSync(descriptor)
      if (!opened.isFile()) return unusable('not-a-file')
      if (isOpenToOthers(opened)) return unusable('readable-by-others')
      const bytes = Buffer.alloc(mostBytes)
      const length = readSync(descriptor, bytes, 0, mostBytes, 0)
      const line = bytes.toString('utf8', 0, length).split(/\r?\n/)[0] ?? ''
      bytes.fill(0)
      return ok(line)
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return unusable('unreadable')
  }
}

/** Another owner is somebody else who can read it. Windows keeps such rights elsewhere. */
function isOpenToOthers({ mode, uid }: Stats): boolean {
  const me = process.getuid?.()
  return me !== undefined && ((mode & 0o077) !== 0 || uid !== me)
}
