// A private key from a file: read when it is used, and only where nobody else can read it, as ssh itself asks
// of keys that belong to the user. Windows has no such rights; there the folder protects it.
import { open } from 'node:fs/promises'
import { Secret } from '../../shared/domain/command.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'

/** The largest keys anybody has are a tenth of it. */
const mostBytes = 64 * 1024

export async function readKeyFile(file: string): Promise<Result<Secret>> {
  let handle: Awaited<ReturnType<typeof open>>
  try {
    handle = await open(file, 'r')
  } catch (error) {
    return fail(notRead(file, error))
  }
  try {
    const about = await handle.stat()
    if (!about.isFile()) return fail({ kind: 'secret-file-unusable', file, problem: 'not-a-file' })
    if (othersMayRead(about)) return fail({ kind: 'secret-file-unusable', file, problem: 'readable-by-others' })
    if (about.size > mostBytes) return fail({ kind: 'identity-unusable', file, reason: 'not-a-key' })
    return ok(new Secret(await handle.readFile('utf8')))
  } catch (error) {
    return fail(notRead(file, error))
  } finally {
    await handle.close()
  }
}

/** OpenSSH's rule: somebody else's file is that one's business. */
function othersMayRead({ uid, mode }: { readonly uid: number; readonly mode: number }): boolean {
  return process.platform !== 'win32' && uid === process.getuid?.() && (mode & 0o077) !== 0
}

function notRead(file: string, error: unknown): Failure {
  const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
  return { kind: 'identity-unusable', file, reason: missing ? 'missing' : 'unreadable' }
}
