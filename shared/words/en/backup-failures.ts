// English: what happened, and what to do next, for backups that cannot be read or put back.
import type { BackupFailureWords } from '../failure-words.ts'

const problem = {
  missing: 'there is no such file',
  unreadable: 'it cannot be read',
  'not-a-backup': 'it is no backup of Rackside',
  damaged: 'it is damaged',
  'cut-short': 'it is cut short',
  'older-format': 'its format is older than any that was ever written',
  'newer-format': 'a newer version of Rackside made it',
}
const next = {
  missing: 'Check the path.',
  unreadable: 'Check that you may read it, and that the disk is well.',
  'not-a-backup': 'Name the file that "rackside backup write" made.',
  damaged: 'The passphrase is not the reason. Use another copy of it; nothing was restored.',
  'cut-short': 'Copy it again, whole; nothing was restored.',
  'older-format': 'Use another copy of it; nothing was restored.',
  'newer-format': 'Update Rackside and try again; nothing was restored.',
}
const refused = {
  'holds-state': [
    'holds something already',
    'Name an empty folder with --into, or move what is there away. Nothing was changed.',
  ],
  'in-use': ['is in use by a console that runs', 'End that console first. Nothing was changed.'],
  restoring: ['is being restored by another process', 'Wait until that one has ended.'],
} as const

export const backupFailures: BackupFailureWords = {
  'backup-unusable': (f) => ({
    what: `The file ${f.file} cannot be used: ${problem[f.reason]}${f.detail === '' ? '' : ` (${f.detail})`}.`,
    next: next[f.reason],
  }),
  'backup-passphrase-wrong': (f) => ({
    what: `This is not the passphrase of the backup ${f.file}.`,
    next: 'The file is whole. Try again; nothing was restored.',
  }),
  'restore-refused': (f) => ({ what: `The folder ${f.folder} ${refused[f.reason][0]}.`, next: refused[f.reason][1] }),
}
