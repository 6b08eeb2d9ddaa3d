// Labels of making and opening the vault, in English.
export const vaultPrompt = {
  makeTitle: 'A vault for logins that last',
  makeLead:
    'Passwords and keys are kept in a vault on this computer, encrypted with a passphrase. Nobody can open it without that passphrase: there is no way around it.',
  unlockTitle: 'Unlock the vault',
  unlockLead: 'Logins are kept in it. It locks itself after 15 minutes without use.',
  keychainLead: 'The keychain of this computer protects it: nothing needs to be typed.',
  passphrase: 'Passphrase of the vault',
  newPassphrase: 'New passphrase',
  newHint: '{{count}} characters or more. Several words are easier to remember than signs.',
  tooShort: 'It has fewer than {{count}} characters.',
  again: 'The same again',
  differs: 'The two are not the same.',
  make: 'Make the vault',
  unlock: 'Unlock',
} as const
