// The passphrase of the vault as a command gets it: from where the command line says, else typed unseen by the
// person at the terminal, else not at all.
import { isatty } from 'node:tty'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { readSecretFile } from '../../console-host/secret-file.ts'
import { readSecretLine } from './secret-line.ts'
import type { SecretSource } from './vault-arguments.ts'
import { flat, type Work } from './work.ts'

type Asking = Pick<Work, 'terminal' | 'words'>

/** Undefined where nobody can be asked. */
export async function givenPassphrase(
  { terminal, words }: Asking,
  source: SecretSource,
  text = words.vault.typePassphrase,
): Promise<Result<string | undefined>> {
  if (source !== undefined && 'file' in source) return readSecretFile(source.file)
  const descriptor = source?.descriptor ?? (isatty(0) ? 0 : undefined)
  if (descriptor === undefined) return ok(undefined)
  const line = await readSecretLine(descriptor, { text, show: terminal.prompt })
  const isEmpty = !line.ok && line.failure.kind === 'usage' && line.failure.problem === 'password-empty'
  return isEmpty ? fail({ kind: 'vault-passphrase-unusable', reason: 'empty' }) : line
}

/** One that is made up now: typed, it is typed twice. */
export async function newPassphrase({ terminal, words }: Asking, source: SecretSource): Promise<Result<string>> {
  const first = await givenPassphrase({ terminal, words }, source, words.vault.typeNew)
  if (!first.ok) return first
  if (first.value === undefined) return fail({ kind: 'usage', problem: 'passphrase-needed', word: '' })
  const typed = source === undefined || ('descriptor' in source && isatty(source.descriptor))
  if (!typed) return ok(first.value)
  const again = await givenPassphrase({ terminal, words }, source, words.vault.typeAgain)
  if (!again.ok) return again
  if (again.value !== first.value) return fail({ kind: 'usage', problem: 'passphrases-differ', word: '' })
  return ok(first.value)
}

/** Unlocks it when the command line says with what; a vault that is open to us already needs nothing. */
export async function unlockGiven(work: Work, source: SecretSource): Promise<Result<void>> {
  if (source === undefined) return ok(undefined)
  const passphrase = await givenPassphrase(work, source)
  if (!passphrase.ok) return passphrase
  const unlocked = await flat(
    'desk.unlockVault',
    work.client.desk.unlockVault(passphrase.value === undefined ? {} : { passphrase: passphrase.value }),
  )
  return unlocked.ok ? ok(undefined) : unlocked
}
