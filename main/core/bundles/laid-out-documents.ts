// The documents of a bundle's file as a folder: signatures are over files in one. It is private, and there no longer than
// somebody looks at it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { evidence, fail, type Result } from '../../../shared/domain/failure.ts'

/** `state-unwritable` where this computer has no room for them. */
export function withDocuments<T>(
  documents: ReadonlyMap<string, Uint8Array>,
  use: (folder: string) => Result<T>,
): Result<T> {
  let folder: string | undefined
  try {
    folder = mkdtempSync(join(tmpdir(), 'rackside-signatures-'))
    for (const [name, bytes] of documents) {
      mkdirSync(dirname(join(folder, name)), { recursive: true, mode: 0o700 })
      writeFileSync(join(folder, name), bytes, { mode: 0o600, flag: 'wx' })
    }
    return use(folder)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    return fail({ kind: 'state-unwritable', folder: tmpdir(), detail: evidence(message, 490) })
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
  }
}
