// `rackside backup write`: says first what goes along and what stays behind, then asks for a passphrase and writes.
import { existsSync } from 'node:fs'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { bytesText } from '../../../shared/words/amounts.ts'
import { usage } from '../../terminal/option-words.ts'
import type { BackupWriting } from './backup-arguments.ts'
import { previewLines } from './backup-lines.ts'
import { wholePath } from './target.ts'
import { newPassphrase } from './vault-passphrase.ts'
import { flat, type Work } from './work.ts'

/** Exit code, or the failure that ended the command. */
export async function writeBackupTo(work: Work, line: BackupWriting): Promise<Result<number>> {
  const { client, terminal, words } = work
  const file = wholePath('FILE', line.file)
  if (!file.ok) return file
  // Before anybody thinks up a passphrase.
  if (existsSync(file.value)) return usage('file-is-there', file.value)
  const preview = await flat('backup.preview', client.product.backup.preview({}))
  if (!preview.ok) return preview
  for (const one of previewLines(preview.value, line.parts, words)) terminal.say(one)
  const texts = { ...words, vault: { ...words.vault, typeNew: words.backup.typeNew } }
  const passphrase = await newPassphrase({ terminal, words: texts }, line.passphrase)
  if (!passphrase.ok) return passphrase
  const wish = { file: file.value, passphrase: passphrase.value, parts: [...line.parts] }
  const written = await flat('desk.writeBackup', client.desk.writeBackup(wish))
  if (!written.ok) return written
  terminal.say(words.backup.written(file.value, bytesText(written.value.bytes)))
  terminal.say(words.backup.keepPassphrase)
  terminal.result({ file: file.value, ...written.value, preview: preview.value })
  return ok(0)
}
