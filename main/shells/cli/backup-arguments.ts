// Reads what comes after "backup". The passphrase comes from a descriptor or a file, else a person types it.
import { type BackupPart, backupPart } from '../../../shared/domain/backup.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'
import { type SecretSource, secretSource } from './vault-arguments.ts'

type Common = { readonly verb: 'backup'; readonly file: string; readonly passphrase: SecretSource }

/** Of a console that runs, or is opened for it. */
export type BackupWriting = Common & { readonly act: 'write'; readonly parts: readonly BackupPart[] }
/** Where no console is opened. */
export type BackupReading = Common &
  ({ readonly act: 'show' } | { readonly act: 'restore'; readonly into: string | undefined })

export function readBackupLine(
  act: string | undefined,
  [file]: readonly string[],
  values: OptionValues,
): Result<BackupWriting | BackupReading> {
  if (file === undefined) return usage('no-file-named', `backup ${act ?? ''}`)
  const passphrase = secretSource(values['passphrase-fd'], values['passphrase-file'])
  if (!passphrase.ok) return passphrase
  const common = { verb: 'backup', file, passphrase: passphrase.value } as const
  if (act === 'show') return ok({ ...common, act })
  if (act === 'restore') return ok({ ...common, act, into: values.into })
  const parts: BackupPart[] = []
  for (const word of values.with ?? []) {
    const part = backupPart.safeParse(word)
    if (!part.success) return usage('not-a-backup-part', word)
    parts.push(part.data)
  }
  return ok({ ...common, act: 'write', parts })
}
