// English: what is said about the key that Rackside makes for an appliance, and what stands in its way.
import { addressText } from '../../domain/appliance.ts'
import type { OwnKeyFailureWords } from '../failure-words.ts'
import type { OwnKeyWords } from '../words.ts'

const refused = {
  'no-key-logins': () => 'it lets nobody in with a key',
  'folder-open': (path: string) => `others than its owner can write ${path}, and sshd then trusts no key there`,
  'more-asked': () => 'it asks for more than a key',
  refused: () => 'it refuses the key',
}
const refusedNext = {
  'no-key-logins': 'Set PubkeyAuthentication to yes in sshd_config there, or go on with the password.',
  'folder-open': 'Take the right to write from group and others (chmod go-w), then try again.',
  'more-asked': 'Look at AuthenticationMethods in sshd_config there, or go on with the login as it is.',
  refused: 'Look at AuthorizedKeysFile, StrictModes and AllowUsers in sshd_config there, then try again.',
}
const unwritable = {
  'no-home': (path: string) => `the user has no home folder (${path || 'HOME is empty'})`,
  symlink: (path: string) => `${path} is a symbolic link`,
  'not-a-file': (path: string) => `${path} is not what it should be`,
  'not-owned': (path: string) => `${path} belongs to another user`,
  'read-only': (path: string) => `${path} is read-only`,
  locked: (path: string) => `${path} cannot be changed, not even by its owner`,
  other: (path: string) => `${path || 'the list of keys'} cannot be written`,
}

export const ownKeyFailures: OwnKeyFailureWords = {
  'key-not-accepted': (f) => ({
    what: `The server does not accept Rackside's own key for ${f.user} at ${addressText(f)}: ${refused[f.reason](f.path)}. ${
      f.lineLeft
        ? 'Its line could not be taken back there; the next try finds it.'
        : 'Its line was taken back, and the login is as it was.'
    }`,
    next: refusedNext[f.reason],
  }),
  'login-keys-unwritable': (f) => ({
    what: `No key can be added for ${f.user} at ${addressText(f)}: ${unwritable[f.reason](f.path)}.${
      f.detail === '' ? '' : ` It said: ${f.detail}.`
    } The login is as it was.`,
    next: 'Ask whoever looks after the server how login keys are kept there, or go on with the login as it is.',
  }),
}

export const ownKey: OwnKeyWords = {
  installed: (name) => `Rackside logs in to ${name} with a key of its own from now on.`,
  login: {
    forgotten: 'The password is forgotten.',
    'in-use': 'The password stays: another appliance logs in with it, or sudo of this one needs it.',
    'not-a-password': 'The login until now was no password; it is not used any more.',
  },
  sudo: {
    'not-asked': undefined,
    kept: 'The password is kept in the vault for sudo alone.',
    asks: 'sudo asks for a password there, and none is kept: what needs root will not work until one is given.',
  },
}
