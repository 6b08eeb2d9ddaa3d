// A secret from a file, for whoever starts commands without a terminal: a plain file of this user's that nobody else
// can read. Its first line counts, as with a descriptor.
import { readFileSync, readSync, type Stats } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { evidence, type FailureOf, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { withPlainFile } from '../files/plain-file.ts'

/** No passphrase is longer; nothing is read without end. */
const mostBytes = 8192
const mostTextBytes = 20_000

type Problem = FailureOf<'secret-file-unusable'>['problem']

export function readSecretFile(path: string): Result<string> {
  return readSecret(path, firstLine)
}

/** A whole file of text that holds a secret, such as a private key. */
export function readSecretText(path: string): Result<string> {
  return readSecret(path, (descriptor) => readFileSync(descriptor, 'utf8'), mostTextBytes)
}

function readSecret(
  path: string,
  use: (descriptor: number) => string,
  mostBytes = Number.POSITIVE_INFINITY,
): Result<string> {
  const file = resolve(path)
  const unusable = (problem: Problem) => fail({ kind: 'secret-file-unusable', file: evidence(file, 1500), problem })
  const read = withPlainFile(file, { follow: false, mostBytes }, (descriptor, about) =>
    isOpenToOthers(about, isCredential(file)) ? undefined : use(descriptor),
  )
  if ('problem' in read) return unusable(read.problem === 'too-large' ? 'unreadable' : read.problem)
  return read.read === undefined ? unusable('readable-by-others') : ok(read.read)
}

function firstLine(descriptor: number): string {
  const bytes = Buffer.alloc(mostBytes)
  const length = readSync(descriptor, bytes, 0, mostBytes, 0)
  const line = bytes.toString('utf8', 0, length).split(/\r?\n/)[0] ?? ''
  bytes.fill(0)
  return line
}

/** What systemd hands to this service alone (systemd.exec(5), LoadCredential=). */
function isCredential(file: string): boolean {
  const folder = process.env['CREDENTIALS_DIRECTORY']
  return folder !== undefined && dirname(file) === resolve(folder)
}

/**
 * Another owner is somebody else who can read it. Windows keeps such rights elsewhere. A credential of systemd may be
 * root's, in a folder that is this service's own, with an access list that shows as rights of the group.
 */
function isOpenToOthers({ mode, uid }: Stats, isCredential: boolean): boolean {
  const me = process.getuid?.()
  if (me !== undefined && isCredential) return (mode & 0o027) !== 0 || (uid !== me && uid !== 0)
  return me !== undefined && ((mode & 0o077) !== 0 || uid !== me)
}
