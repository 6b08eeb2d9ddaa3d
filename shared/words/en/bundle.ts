// English: what is said about bundles that are made, checked and imported.
import type { BundleWords } from '../bundle-words.ts'
import { rangeText } from './rejections.ts'

export const bundle: BundleWords = {
  problems: {
    missing: 'is missing',
    damaged: 'is damaged',
    cut: 'is cut short',
    unreadable: 'cannot be read',
    foreign: 'does not belong to it',
  },
  states: {
    new: 'can be imported',
    begun: 'was imported in part and goes on',
    going: 'is being imported',
    kept: 'is imported',
  },
  partsMissing: (names) => `missing: ${names}`,
  progress: (done, total) => `${done} of ${total}`,
  imported: (name, bundleId) => `${name} is imported as ${bundleId}.`,
  copiedAs: (name, bundleId, fingerprint) =>
    `${name} is copied as ${bundleId}. It is not used until somebody has compared its publisher's fingerprint: ${fingerprint}`,
  copied: (copied, present) => `${copied} copied, ${present} was here already.`,
  whole: (name, bytes) => `${name} is whole: every one of its ${bytes} was read.`,
  removed: (name, freed) => `${name} is removed; ${freed} became free.`,
  made: (name, carried) => `${name} is made; it carries ${carried}.`,
  stopping: 'Stopping. What was copied is kept; the same command goes on from there.',
  labels: {
    publisher: 'Publisher',
    created: 'Made',
    identity: 'sha256 of its documents',
    entries: 'Entries',
    artifacts: 'Artifacts',
    differences: 'Differences',
  },
  leftOut: 'left out: it has to be there already',
  kinds: { entry: 'entry', artifact: 'artifact' },
  changes: { added: 'added', removed: 'removed', changed: 'changed' },
  wantsMore: (privilege) => `new permission, to be agreed to: ${privilege}`,
  wantsNoMore: (privilege) => `wants no more: ${privilege}`,
  claimed: (publisher) => `${publisher} (as it says itself)`,
  signed: (name, fingerprint, until) => `signed by ${name}, who is trusted here, until ${until}; ${fingerprint}`,
  stranger: (name, publisher, fingerprint) =>
    `signed by ${name} (${publisher}), whom nobody here has trusted yet; fingerprint ${fingerprint}`,
  unsigned: 'not signed: nobody vouches for what is in it',
  takesBack: (named, since, reason) => `takes back ${named} since ${since}: ${reason}`,
  versions: (entry, which) => `${entry} ${which.join(', ')}`,
  range: rangeText,
  image: (digest) => `image ${digest}`,
}
