// A private key from a file: read when it is used, and only where nobody else can read it, as ssh itself asks
// of keys that belong to the user. Windows has no such rights; there the folder protects it.
import { readFileSync, type Stats } from 'node:fs'
import { Secret } from '../../../shared/domain/command.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { withPlainFile } from '../../files/plain-file.ts'

/** The largest keys anybody has are a tenth of it. */
const mostBytes = 64 * 1024

export function readKeyFile(file: string): Result<Secret> {
  const taken = withPlainFile(file, { follow: true, mostBytes }, (descriptor, about): Result<Secret> => {
    if (othersMayRead(about)) return fail({ kind: 'secret-file-unusable', file, problem: 'readable-by-others' })
    return ok(new Secret(readFileSync(descriptor, 'utf8')))
  })
  if ('read' in taken) return taken.read
  if (taken.problem === 'not-a-file') return fail({ kind: 'secret-file-unusable', file, problem: 'not-a-file' })
  const reason = taken.problem === 'too-large' ? 'not-a-key' : taken.problem
  return fail({ kind: 'identity-unusable', file, reason })
}

/** OpenSSH's rule: somebody else's file is that one's business. */
function othersMayRead({ uid, mode }: Stats): boolean {
  return process.platform !== 'win32' && uid === process.getuid?.() && (mode & 0o077) !== 0
}
