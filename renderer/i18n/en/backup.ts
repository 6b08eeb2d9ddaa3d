// Labels of backup and support, in English.
export const backup = {
  lead: 'All that this console knows in one sealed file, and what may be handed to whoever helps.',
  title: 'Backup',
  what: 'One file, encrypted under a passphrase of its own. With it a new computer takes over; appliances keep their own records.',
  inIt: 'In the backup',
  notInIt: 'Stays behind',
  files: 'Files',
  size: 'Size',
  copy: 'Copy',
  with: '{{part}}, {{size}}',
  byCommand: 'This window cannot write the file. On the computer where the console runs, type:',
  passphrase: 'Passphrase of the backup',
  noWayAround: 'Nobody can open it without its passphrase: there is no way around it.',
  write: 'Write the backup',
  written: 'The backup is written: {{size}}.',
  moveTitle: 'Move to another computer',
  moveLead:
    'Copy the file to the new computer, install Rackside there, and before it is opened for the first time type:',
  moveOne:
    'Then end the old console: two of them would watch the same appliances, send the same alerts and know nothing of one another.',
  supportTitle: 'Support bundle',
  supportLead:
    'Plain text for whoever helps: versions, findings, runs, logs of engines. Secrets and what people asked are never in it.',
  about: 'About these appliances',
  consoleOnly: 'No appliance is saved: the bundle is about this console alone.',
  keepNames: 'Keep names, addresses and serial numbers',
  make: 'Make it and look at it',
  bundleFiles: 'Files of the bundle',
  gone: 'This bundle is not held any more. Make it again.',
  save: 'Save the bundle',
  saved: 'It is saved.',
  readFirst: 'Read it before you hand it to anybody.',
} as const
