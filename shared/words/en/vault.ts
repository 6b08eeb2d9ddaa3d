// English: what the CLI says about the vault, in which secrets are kept.
import type { VaultWords } from '../words.ts'

export const vault: VaultWords = {
  typePassphrase: 'Passphrase of the vault: ',
  typeNew: 'New passphrase (12 characters or more): ',
  typeAgain: 'The same again: ',
  states: { none: 'There is no vault yet.', locked: 'The vault is locked.', unlocked: 'The vault is unlocked.' },
  protections: { passphrase: 'with a passphrase', keychain: "in this computer's keychain" },
  kinds: {
    password: 'password',
    'private-key': 'private key',
    'own-key': "Rackside's own key",
    'signing-key': 'key that signs certificates',
    'client-secret': 'secret for the identity provider',
  },
  protection: 'Protected',
  entries: 'Secrets kept',
  created: 'The vault is made. Nobody can open it without its passphrase: there is no way around it.',
  unlocked: 'Unlocked. It locks itself after 15 minutes without use.',
  locked: 'Locked.',
  changed: 'The passphrase is changed.',
  removed: (id) => `Removed: ${id}.`,
  kept: 'The password is kept in the vault.',
  usedBy: 'used by',
}
