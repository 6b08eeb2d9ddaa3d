// A secret from a file, for whoever starts commands without a terminal: a plain file of this user's that nobody else
// can read. Its first line counts, as with a descriptor.
import { readSync, type Stats } from 'node:fs'
import { resolve } from 'node:path'
import { evidence, type FailureOf, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { withPlainFile } from '../../files/plain-file.ts'

/** No passphrase is longer; nothing is read without end. */
const mostBytes = 8192

type Problem = FailureOf<'secret-file-unusable'>['problem']

export function readSecretFile(path: string): Result<string> {
  const file = resolve(path)
  const unusable = (problem: Problem) => fail({ kind: 'secret-file-unusable', file: evidence(file, 1500), problem })
  const line = withPlainFile(file, { follow: false }, (descriptor, about) =>
    isOpenToOthers(about) ? undefined : firstLine(descriptor),
  )
  if ('problem' in line) return unusable(line.problem === 'too-large' ? 'unreadable' : line.problem)
  return line.read === undefined ? unusable('readable-by-others') : ok(line.read)
}

function firstLine(descriptor: number): string {
  const bytes = Buffer.alloc(mostBytes)
  const length = readSync(descriptor, bytes, 0, mostBytes, 0)
  const line = bytes.toString('utf8', 0, length).split(/\r?\n/)[0] ?? ''
  bytes.fill(0)
  return line
}

/** Another owner is somebody else who can read it. Windows keeps such rights elsewhere. */
function isOpenToOthers({ mode, uid }: Stats): boolean {
  const me = process.getuid?.()
  return me !== undefined && ((mode & 0o077) !== 0 || uid !== me)
}
