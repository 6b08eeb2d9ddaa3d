// Labels of the use-once password and of Rackside's own key, in English.
export const ownKey = {
  once: 'Replace it by a key of its own',
  onceRecommended: 'Replace it by a key of its own (recommended)',
  onceNote:
    'Rackside makes a key of its own for this appliance, adds it to the keys that may log in there, sees that it works and forgets the password. The key stays in the vault.',
  keepForSudo: 'If sudo asks for this password there, keep it in the vault for sudo alone',
  keepForSudoNote: 'Otherwise it is forgotten altogether: what needs root then works only where sudo asks for none.',
  act: "Replace the login by Rackside's own key",
  title: "Log in to {{name}} with Rackside's own key",
  lead: 'Rackside logs in as until now, adds a key made for this appliance to the keys that may log in there, and dials anew with it. Only when that works the password is forgotten; otherwise everything is as it was.',
  replace: 'Replace it',
  replacing: 'Making and proving the key',
  goOnWithout: 'Go on with the password',
} as const
