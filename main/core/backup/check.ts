// Looks through a whole backup and keeps nothing of it.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type OpenBackup, readBackup } from './read.ts'

export function checkBackup(file: string, passphrase: string): Promise<Result<OpenBackup>> {
  const nothing = async () => undefined
  return readBackup(file, passphrase, { begin: async () => ok(undefined), bytes: nothing, end: nothing })
}
