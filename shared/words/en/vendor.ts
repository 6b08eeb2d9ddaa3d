// English: what is said to whoever delivers apps.
import type { VendorWords } from '../vendor-words.ts'

export const vendor: VendorWords = {
  made: (folder, publisher) => `${folder} is a project of ${publisher} now.`,
  nextSteps: [
    'Put the image into images/ (docker save -o), write your app into catalog/, then:',
    'rackside vendor lint, vendor try, vendor pack, vendor sign --out FILE.rsb, vendor verify FILE.rsb',
  ],
  fingerprint: (fingerprint) => `Give your customers this fingerprint another way than the bundle: ${fingerprint}`,
  packed: (folder, artifacts, bytes) => `${folder} holds ${artifacts} artifact(s), ${bytes}. Nobody has signed it yet.`,
  signed: (line, version, until) => `${line} is signed as version ${version}, vouched for until ${until}.`,
  keysChanged:
    'The keys are changed. The next bundle that is signed brings the new ones; what was signed before stays installed.',
  signAnew: (lines) =>
    lines.length < 2
      ? 'Every project that these keys sign needs a next version: a site hears of the new keys by one of its bundles.'
      : `Sign a next version of each line of these keys, so that every site hears of it: ${lines.join(', ')}.`,
  fingerprintStays: (fingerprint) => `The fingerprint that your customers have stays the same: ${fingerprint}`,
  runs: (services) => `runs: ${services}`,
  doesNot: 'does not run:',
  trialSum: (fits, all) => `${fits} of ${all} would run`,
  whole: (line, version, bytes) => `${line}, version ${version}: signed, and every one of its ${bytes} was read.`,
  by: (name, id) => `By ${name} (${id})`,
  until: (time) => `Vouched for until ${time}`,
  lastSigned: (line, version) => `${line}: last signed as version ${version}`,
  typePassphrase: "Passphrase of the publisher's keys: ",
  typeNewPassphrase: "A passphrase for the publisher's keys: ",
}
