// English: what is said about backups of this console, and about moving it to another computer.
import type { BackupWords } from '../backup-words.ts'
import { many } from './many.ts'

export const backup: BackupWords = {
  typeNew: 'New passphrase of the backup (12 characters or more): ',
  typePassphrase: 'Passphrase of the backup: ',
  items: {
    appliances: 'Saved appliances',
    'host-keys': 'Pinned host keys',
    'known-hosts': 'Imported known hosts',
    'key-files': 'Paths of private keys',
    vault: 'Vault, sealed with its own passphrase',
    operators: 'Operators and their rights',
    publishers: 'Trusted publishers',
    audit: 'Audit',
    acceptances: 'Acceptances and their certificates',
    evaluations: 'Evaluations and sets of questions',
    benches: 'Load tests',
    canaries: 'Canary results',
    alerts: 'Alerts and their settings',
    news: 'Notifications',
    plans: 'Saved plans',
    demo: 'Demo appliances',
    history: 'History of measurements',
    recordings: 'Recordings of terminals',
  },
  parts: { state: 'State', history: 'History', recordings: 'Recordings of terminals' },
  leftOut: {
    'imported-bundles': 'Imported bundles: import them again from their files',
    'demo-bundle': 'Bundle of the demo: it is made again',
    'this-computer': 'Settings of this window, and updates for this computer',
    'older-copies': 'Older copies of documents',
    running: 'Files of the running console',
    'not-wanted': 'Left out on request',
    keychain: "The vault: it is bound to this computer's keychain",
  },
  row: (name, files, size) => `${name}: ${many(files, 'file')}, ${size}`,
  notKnown: (files) => `Not known to this version, left out: ${files}`,
  vaultBefore: {
    none: undefined,
    passphrase: undefined,
    keychain:
      'The vault is in the keychain of this computer and cannot move: the secrets in it stay behind. To take them along, first put it under a passphrase: rackside vault change-passphrase.',
  },
  keyFiles: (count) =>
    `${many(count, 'private key')} of saved appliances ${count === 1 ? 'is a file' : 'are files'} of this computer and ${count === 1 ? 'does' : 'do'} not go along: copy ${count === 1 ? 'it' : 'them'} to the same place on the new one.`,
  written: (file, size) => `The backup is written: ${file}, ${size}.`,
  keepPassphrase: 'Nobody can open it without its passphrase: there is no way around it.',
  head: ({ createdAt, version, format }) => `Backup of ${createdAt}, by Rackside ${version}, format ${format}.`,
  whole: (files, computer) => `It is whole: ${many(files, 'file')} of the console on ${computer}.`,
  needsPassphrase: 'What is in it, and whether it is whole, is shown with its passphrase.',
  restored: (folder, { createdAt }, computer) =>
    `The state of ${createdAt} from ${computer} is in ${folder}. Its vault opens with the passphrase that it had.`,
  onlyOne:
    'Use one console from now on: end the old one, or both watch the same appliances, send the same alerts and know nothing of one another.',
  originRuns: 'The old console is running on this computer right now.',
  cameFrom: (madeAt, computer) => `This console came from a backup of ${madeAt} on ${computer}.`,
}
