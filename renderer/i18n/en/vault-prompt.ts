// Labels of making and opening the vault where something needs it, in English; the others are those of credentials.
export const vaultPrompt = {
  makeTitle: 'A vault for logins that last',
  makeLead:
    'Passwords and keys are kept in a vault on this computer, encrypted with a passphrase. Nobody can open it without that passphrase: there is no way around it.',
  unlockLead: 'Logins are kept in it. It locks itself after 15 minutes without use.',
} as const
