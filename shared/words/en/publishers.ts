// English: what happened, and what to do next, where somebody has to vouch for a bundle and does not.
import type { FailureOf } from '../../domain/failure.ts'
import type { UntrustedProblem } from '../../domain/publisher.ts'
import type { FailureText, PublisherFailureWords } from '../failure-words.ts'
import type { PublisherWords } from '../publisher-words.ts'

const again = 'Copy the bundle again from where it came. If it stays so, ask its publisher.'
const askPublisher = 'Do not use it. Ask the publisher for a bundle that is signed anew.'

const projectProblems: { readonly [P in FailureOf<'vendor-project-unusable'>['problem']]: FailureText } = {
  missing: { what: 'there is no such file', next: 'Name the folder of a project; rackside vendor init makes one.' },
  unreadable: { what: 'it cannot be read', next: 'Give yourself the right to read it.' },
  invalid: { what: 'it does not have the form that it needs', next: 'Put a copy of it back. Nothing was signed.' },
  unwritable: { what: 'it cannot be written', next: 'Make room, or give yourself the right to write there.' },
  'not-empty': { what: 'there is something in it already', next: 'Name a new folder. Nothing was changed.' },
  'no-keys': {
    what: "there are no publisher's keys",
    next: 'Name the folder with publisher.json as "publisher" in vendor.yaml; rackside vendor init makes one.',
  },
  'not-packed': { what: 'nothing is packed there', next: 'Run rackside vendor pack first.' },
  'changed-since': {
    what: 'the entries or the list of taken-back versions were changed since it was packed',
    next: 'Run rackside vendor pack again. Nothing was signed.',
  },
  busy: { what: 'another command is using these keys', next: 'Wait until it has ended, and try again.' },
  'other-key': {
    what: 'the signing key there is not the one that the newest root names',
    next: 'Put the files of this folder back from one copy. Nothing was handed over.',
  },
  'out-exists': {
    what: 'there is such a file already',
    next: 'Choose another name, or remove that file. Nothing was signed, and no version was used up.',
  },
  'packed-for-other': {
    what: 'it was packed for another publisher or another line',
    next: 'Run rackside vendor pack again.',
  },
}

const problems: { readonly [P in UntrustedProblem]: FailureText } = {
  unsigned: { what: 'Nobody has signed it.', next: 'Ask whoever made it for a signed bundle.' },
  unreadable: { what: 'Its signatures are cut off or damaged.', next: again },
  'too-large': { what: 'A signed document is longer than it may be, and was not read to its end.', next: again },
  'signature-invalid': { what: 'A signature is not one of its publisher.', next: askPublisher },
  'key-revoked': {
    what: 'It was signed with a key that its publisher has given up since.',
    next: 'Ask the publisher for a bundle that is signed with the new key.',
  },
  'duplicate-key': { what: 'One key is listed twice, so that it would count as two.', next: askPublisher },
  'root-gap': {
    what: 'A step between the key that is trusted here and the newest one is missing.',
    next: 'Ask the publisher for a bundle with every one of its keys, the old ones included.',
  },
  'root-not-signed-twice': {
    what: 'A new key of its publisher is not signed by the new key itself.',
    next: askPublisher,
  },
  'rolled-back': {
    what: 'It is older than a bundle of the same kind that was seen here before.',
    next: 'Use the newer one. Where that one is bad, its publisher signs this one again as a newer version; what is installed can be put back to a kept version without it.',
  },
  mixed: { what: 'Its signed documents belong to different bundles.', next: again },
  'wrong-product': {
    what: 'Its signatures are those of another product or publisher.',
    next: askPublisher,
  },
  'swapped-file': { what: 'A file is not the one that was signed.', next: again },
  'missing-file': { what: 'A signed file is missing.', next: again },
  'not-signed-file': {
    what: 'There is a file in it that nobody signed.',
    next: 'Find out who put it there. Copy the bundle again from where it came.',
  },
  'expiry-unreadable': { what: 'Until when it is vouched for cannot be read.', next: askPublisher },
  expired: {
    what: 'Its publisher is not known here, and no longer vouches for it.',
    next: 'Check the clock of this computer. If it is right, ask the publisher for a newer bundle.',
  },
  'clock-behind': {
    what: 'The clock of this computer is behind a time that it has shown before, and by that time nobody vouches for it any more.',
    next: 'Set the clock. If it is right now, trust the publisher and say that the clock is right.',
  },
}

export const publishers: PublisherWords = {
  since: (time, by) => `trusted since ${time}, by ${by}`,
  lines: (names) => `seen of it: ${names}`,
  alreadyTrusted: 'Its publisher is trusted here already.',
  trusted: (name, id) => `${name} (${id}) is trusted from now on.`,
  removed: (id) => `${id} is not trusted any more. What it installed goes on.`,
  ifCompared: (command) => `Only if the publisher gave you this fingerprint another way: ${command}`,
  typeId: (id) => `Its bundles will be refused, and it has to be trusted anew. Type its id (${id}): `,
  clockBehind: (time) => `The clock of this computer is wrong: it has shown ${time} before.`,
  allowsUnsigned: 'RACKSIDE_ALLOW_UNSIGNED is on: bundles that nobody signed can be used. It is meant for developers.',
  expired: (publisher, until) =>
    `${publisher} vouched for this bundle until ${until}. To use it all the same: --accept-expired`,
}

export const publisherFailures: PublisherFailureWords = {
  'vendor-project-unusable': (f) => ({
    what: `${f.path}: ${projectProblems[f.problem].what}${f.detail === '' ? '' : ` (${f.detail})`}.`,
    next: projectProblems[f.problem].next,
  }),
  'publisher-passphrase-wrong': (f) => ({
    what: `This is not the passphrase of ${f.file}, or somebody changed that file.`,
    next: 'Try again. If the file was changed, put its copy back. Nothing was signed.',
  }),
  'publisher-unknown': (f) => ({
    what: `The bundle is signed by ${f.name} (${f.publisher}), whom nobody here has trusted yet. Fingerprint: ${f.fingerprint}.`,
    next: 'Compare the fingerprint with one that the publisher gave you another way; if it is the same, trust the publisher with it.',
  }),
  'publisher-key-changed': (f) => ({
    what: `The bundle says that it is from ${f.name} (${f.publisher}), and its keys are others. Trusted here: ${f.pinned}. In the bundle: ${f.offered}.`,
    next: 'Nothing of it was used. Ask the publisher, over a way that you know, whether its keys changed: a publisher that changes them signs the new ones with the old ones. Only then remove the publisher here and trust it again.',
  }),
  'publisher-key-mismatch': (f) => ({
    what: `The bundle of ${f.name} (${f.publisher}) does not have the fingerprint that was given. Given: ${f.given}. In the bundle: ${f.offered}.`,
    next: 'Nobody was trusted. Check the fingerprint with the publisher, and where the bundle came from.',
  }),
  'publisher-not-pinned': (f) => ({
    what: `No publisher ${f.publisher} is trusted here.`,
    next: f.known.length === 0 ? 'None is.' : `These are: ${f.known.join(', ')}.`,
  }),
  'bundle-not-trusted': (f) => {
    const { what, next } = problems[f.problem]
    return {
      what: `${f.folder}: ${what}${f.file === '' ? '' : ` (${f.file})`}`,
      next: `Nothing of it was used. ${next}`,
    }
  },
  'deployment-of-other': (f) =>
    f.owner === ''
      ? ofNobody(f.deployments)
      : {
          what: `${f.deployments.join(', ')}: installed by ${f.ownerName} (${f.owner}, ${f.fingerprint}), and this bundle is ${f.publisher === '' ? 'not signed by anybody' : `from ${f.publisher}`}.`,
          next: `Nothing of another publisher is replaced, nor are its data used. Only if the hospital wants that change, because the product has changed hands: --take-from ${f.owner}`,
        },
  'bundle-expired': (f) => ({
    what: `${f.publisher} vouched for this bundle until ${f.expires}.`,
    next: 'Ask for a newer bundle. If this one is needed now, say that it is wanted although it has expired. What runs goes on.',
  }),
}

function ofNobody(deployments: readonly string[]) {
  return {
    what: `${deployments.join(', ')}: nobody is known to have installed this, and a rollout takes nothing over from nobody.`,
    next: 'Set this appliance up alone: its plan says what would be taken over, and is approved for it.',
  }
}
