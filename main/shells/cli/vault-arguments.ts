// Reads what comes after "vault" on the command line, and where a passphrase comes from: a descriptor or a file,
// never an argument and never the environment.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { usage } from '../../terminal/option-words.ts'
import type { OptionValues } from './commands.ts'

/** Undefined: nobody said. A person at a terminal can still type it. */
export type SecretSource = { readonly descriptor: number } | { readonly file: string } | undefined

type VaultAct =
  | { readonly act: 'status' | 'create' | 'unlock' | 'lock' | 'list' }
  | { readonly act: 'change-passphrase'; readonly newPassphrase: SecretSource }
  | { readonly act: 'remove'; readonly credentialId: string }

export type VaultInvocation = { readonly verb: 'vault'; readonly passphrase: SecretSource } & VaultAct

const acts = ['status', 'create', 'unlock', 'lock', 'change-passphrase', 'list', 'remove'] as const
type ActName = (typeof acts)[number]

export function readVaultLine(
  named: string | undefined,
  [credentialId]: readonly string[],
  values: OptionValues,
): Result<VaultInvocation> {
  const act = named ?? 'status'
  const command = `vault ${act}`
  if (!isAct(act)) return usage('unknown-command', command)
  const passphrase = passphraseSource(values)
  if (!passphrase.ok) return passphrase
  const common = { verb: 'vault', passphrase: passphrase.value } as const
  if (act === 'remove') {
    return credentialId === undefined ? usage('no-credential-named', command) : ok({ ...common, act, credentialId })
  }
  if (act !== 'change-passphrase') return ok({ ...common, act })
  const newPassphrase = newSource(values)
  if (!newPassphrase.ok) return newPassphrase
  if (isSame(passphrase.value, newPassphrase.value)) return usage('passphrase-source')
  return ok({ ...common, act, newPassphrase: newPassphrase.value })
}

/** Of every command that may need the vault. */
export function passphraseSource(values: OptionValues): Result<SecretSource> {
  return secretSource(values['vault-passphrase-fd'], values['vault-passphrase-file'])
}

function newSource(values: OptionValues): Result<SecretSource> {
  return secretSource(values['new-passphrase-fd'], values['new-passphrase-file'])
}

/** A descriptor, a file, or where a person types it. */
export function secretSource(descriptor: string | undefined, file: string | undefined): Result<SecretSource> {
  if (descriptor !== undefined && file !== undefined) return usage('passphrase-source')
  if (file !== undefined) return ok({ file })
  if (descriptor === undefined) return ok(undefined)
  return /^[0-9]{1,4}$/.test(descriptor)
    ? ok({ descriptor: Number(descriptor) })
    : usage('not-a-descriptor', descriptor)
}

function isSame(one: SecretSource, other: SecretSource): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other)
}

function isAct(word: string): word is ActName {
  return acts.some((act) => act === word)
}
