// `rackside backup show` and `restore`: a file is read where no console is opened, and the state in it put where none is.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { statePlace } from '../../console-host/state-place.ts'
import { operatorName, processTools } from '../../console-host/this-computer.ts'
import { checkBackup } from '../../core/backup/check.ts'
import { headOfBackup } from '../../core/backup/read.ts'
import { restoreBackup } from '../../core/backup/restore.ts'
import { usage } from '../../terminal/option-words.ts'
import type { BackupReading } from './backup-arguments.ts'
import { contentsLines } from './backup-lines.ts'
import { wholePath } from './target.ts'
import { givenPassphrase } from './vault-passphrase.ts'
import type { Work } from './work.ts'

type ReadingWork = Pick<Work, 'terminal' | 'words'>

/** Exit code, or the failure that ended the command. */
export async function readBackupFile(work: ReadingWork, line: BackupReading): Promise<Result<number>> {
  const file = wholePath('FILE', line.file)
  if (!file.ok) return file
  const head = await headOfBackup(file.value)
  if (!head.ok) return head
  work.terminal.say(work.words.backup.head(head.value.head))
  const passphrase = await givenPassphrase(work, line.passphrase, work.words.backup.typePassphrase)
  if (!passphrase.ok) return passphrase
  if (line.act === 'restore') {
    if (passphrase.value === undefined) return usage('passphrase-needed')
    return restore(work, { ...line, file: file.value }, passphrase.value)
  }
  if (passphrase.value === undefined) {
    work.terminal.say(work.words.backup.needsPassphrase)
    work.terminal.result(head.value.head)
    return ok(0)
  }
  return show(work, file.value, passphrase.value)
}

async function show({ terminal, words }: ReadingWork, file: string, passphrase: string): Promise<Result<number>> {
  const read = await checkBackup(file, passphrase)
  if (!read.ok) return read
  const { head, contents } = read.value
  terminal.say(words.backup.whole(contents.files.length, contents.computer))
  for (const one of contents.files) terminal.say(`  ${one.path}  ${one.bytes}`)
  for (const one of contentsLines(contents, words)) terminal.say(one)
  terminal.result({ ...head, ...contents })
  return ok(0)
}

type Restoring = Extract<BackupReading, { act: 'restore' }>

async function restore(
  { terminal, words }: ReadingWork,
  { file, into }: Restoring,
  passphrase: string,
): Promise<Result<number>> {
  const folder = into === undefined ? ok(statePlace(process.env)) : wholePath('--into', into)
  if (!folder.ok) return folder
  const { computer = '', now } = processTools
  const wish = { file, passphrase, folder: folder.value, computer, operator: operatorName(), now: now() }
  const restored = await restoreBackup(wish)
  if (!restored.ok) return restored
  const { head, contents, originRuns } = restored.value
  terminal.say(words.backup.restored(restored.value.folder, head, contents.computer))
  for (const one of contentsLines(contents, words)) terminal.say(one)
  if (originRuns) terminal.complain(words.backup.originRuns)
  terminal.complain(words.backup.onlyOne)
  terminal.result({
    folder: restored.value.folder,
    ...head,
    computer: contents.computer,
    vault: contents.vault,
    originRuns,
  })
  return ok(0)
}
