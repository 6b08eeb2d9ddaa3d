// English: what happened, and what to do next, for updates that are not taken.
import type { UpdateReason } from '../../domain/update-reason.ts'
import type { UpdateFailureWords } from '../failure-words.ts'

const anotherCopy = 'Copy the update and its package again from where they came, both and under their own names.'
const nothingDone = 'Nothing was installed.'

const words: { readonly [R in UpdateReason]: readonly [what: string, next: string] } = {
  missing: ['there is no such file', 'Check the path.'],
  unreadable: ['it cannot be read', 'Check that you may read it, and that the disk is well.'],
  'not-fetched': [
    'the server did not give it out',
    `Try the address in a browser, or carry both files here by hand. ${nothingDone}`,
  ],
  'not-an-update': ['it is no update of Rackside', 'Name the file that ends in .update.json.'],
  'newer-format': ['its format is newer than this version knows', 'Install a version in between first.'],
  'signature-wrong': [
    'none of those who release Rackside signed it, or it was changed afterwards',
    `Do not use it. Ask whoever gave it to you where it came from. ${nothingDone}`,
  ],
  'no-release-key': [
    'this Rackside was built without the key of those who release it, so it trusts no update',
    `Install a package that came from them by hand. ${nothingDone}`,
  ],
  expired: ['nobody vouches for it any more', `Get the newest one. ${nothingDone}`],
  'not-newer': ['it is not newer than what is here', `An older version never replaces a newer one. ${nothingDone}`],
  'other-platform': ['it has no package for this system', `Get the one for this system. ${nothingDone}`],
  'package-missing': ['its package does not lie beside it under its own name', anotherCopy],
  'package-shorter': ['its package is cut short', anotherCopy],
  'package-longer': ['its package is longer than it should be', anotherCopy],
  'package-differs': ['its package is another one than was signed', `Do not use it. ${anotherCopy}`],
}

export const updateFailures: UpdateFailureWords = {
  'update-unusable': (f) => ({
    what: `The update ${f.file} is not taken: ${words[f.reason][0]}${f.detail === '' ? '' : ` (${f.detail})`}.`,
    next: words[f.reason][1],
  }),
}
