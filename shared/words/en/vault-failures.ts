// English: what happened, and what to do next, for what the vault, the keychain and files with secrets refuse.
import type { VaultFailureWords } from '../failure-words.ts'

const passphraseProblem = { 'too-short': 'is too short', 'too-long': 'is too long', empty: 'is empty' }
const keychainProblem = {
  'none-here': 'This program has no keychain to use',
  'not-protecting': 'This computer has no keychain that protects secrets',
  unavailable: 'The keychain of this computer cannot be used right now',
  refused: 'The keychain of this computer did not do what it was asked for',
}
const keychainNext = {
  'none-here': 'Use the desktop window, or a vault with a passphrase.',
  'not-protecting': 'Use a vault with a passphrase.',
  unavailable: 'Unlock the keychain of this computer and try again. Nothing was lost.',
  refused: 'Log in to this computer as the user who made the vault, or use one with a passphrase.',
}
const named = (backend: string) => (backend === '' ? '' : ` (${backend})`)
const secretFile = {
  'readable-by-others': 'other users of this computer can read it',
  'not-a-file': 'it is not a plain file',
  missing: 'there is no such file',
  unreadable: 'it cannot be read',
}

export const vaultFailures: VaultFailureWords = {
  'credential-in-use': (f) => ({
    what: `These appliances log in with it: ${f.appliances.join(', ')}.`,
    next: 'Give them another login or take them off the list first. Nothing was removed.',
  }),
  'vault-locked': () => ({
    what: 'The vault is locked: logins that are kept in it cannot be used.',
    next: 'Unlock it with its passphrase.',
  }),
  'vault-missing': () => ({
    what: 'There is no vault on this computer yet, so no secret can be kept.',
    next: 'Make one with a passphrase, or use the secret for this run only.',
  }),
  'vault-exists': () => ({
    what: 'There is a vault on this computer already.',
    next: 'Unlock it. A vault whose passphrase is lost can only be removed with everything in it.',
  }),
  'vault-passphrase-wrong': (f) => ({
    what:
      f.waitSeconds > 0
        ? 'The passphrase of the vault was wrong several times in a row.'
        : 'This is not the passphrase of the vault.',
    next:
      f.waitSeconds > 0
        ? `Try again in ${f.waitSeconds} s; until then none is tried.`
        : 'Try again. Nothing was changed.',
  }),
  'vault-passphrase-unusable': (f) => ({
    what: `The passphrase ${passphraseProblem[f.reason]}.`,
    next: 'Use 12 to 1024 characters; several words are easier to remember than signs.',
  }),
  'vault-damaged': (f) => ({
    what: `The vault ${f.file} is damaged: ${f.detail}.`,
    next: 'The passphrase is not the reason. Put the file back from a backup; what is there is kept as it is.',
  }),
  'keychain-unusable': (f) => ({
    what: `${keychainProblem[f.reason]}${named(f.backend)}.${f.detail === '' ? '' : ` ${f.detail}`}`,
    next: keychainNext[f.reason],
  }),
  'secret-file-unusable': (f) => ({
    what: `The file ${f.file} cannot be used for a secret: ${secretFile[f.problem]}.`,
    next: 'Name a plain file that only you can read (chmod 600).',
  }),
}
