// English: what stands in the way of steps that change the system itself.
import type { FailureOf } from '../../domain/failure.ts'
import type { HostFailureWords } from '../failure-words.ts'

const unusable = {
  unparsable: 'cannot be read as what it should be, so nothing is merged into it',
  link: 'is a symbolic link, and is left as it is',
  'other-kind': 'is something else than it should be, and is left as it is',
  foreign: 'is there, and Rackside did not make it',
}
const unusableNext = {
  unparsable: 'Correct the file on the server (for daemon.json: dockerd --validate), then run this again.',
  link: 'Put a plain file or folder in its place, then run this again.',
  'other-kind': 'Move it away on the server, then run this again.',
  foreign: 'Remove or rename it on the server if nobody needs it, then run this again.',
}

const refused = {
  'other-filesystem': 'the files lie on another filesystem than the folder',
  'not-permitted': 'the filesystem there does not allow it',
  'too-many': 'the file has as many links as the filesystem there allows',
  other: 'the system refused it',
}
const refusedNext = {
  'other-filesystem':
    'Have /var/lib/rackside/artifacts and /var/lib/rackside/models on one filesystem, then run this again.',
  'not-permitted': 'Have /var/lib/rackside on a filesystem with hard links (ext4, XFS, Btrfs), then run this again.',
  'too-many': 'Remove models that nobody needs, then run this again.',
  other: 'Mend the cause, then run this again.',
}

const certificate = {
  'nothing-published': ['Nothing of this server is opened to the local network', 'Open the apps first, then give it.'],
  'no-certificate': ['It holds no certificate in PEM', 'Choose the file that begins with BEGIN CERTIFICATE.'],
  'no-key': ['Its key is no private key in PEM', 'Choose the file that begins with BEGIN PRIVATE KEY.'],
  'key-encrypted': [
    'Its key is locked with a passphrase',
    'Give the passphrase with it in a window, or unlock it first (openssl pkey -in KEY -out UNLOCKED).',
  ],
  'passphrase-wrong': ['Its key is not unlocked by this passphrase', 'Type the passphrase once more.'],
  'key-differs': ['The key belongs to another certificate', 'Choose the key that its request was made with.'],
  'weak-key': [
    'Browsers do not take a key of this kind',
    'Have one made for RSA with 2048 bits or more, or for P-256.',
  ],
  'not-yet-valid': ['It is not valid yet', 'Look at the clock of this computer, or wait until then.'],
  expired: ['It has expired', 'Have a new one made.'],
  'other-name': [
    'It is for other names than what is published',
    'Have one made for that name, or publish with a name that it has (--publish-name).',
  ],
  'of-the-site': [
    'The certificate there is one of your own: only your own authority makes the next one',
    'Have it made anew, then put both files in place: "rackside certificate", or Access on the appliance’s page.',
  ],
  'not-taken': ['The server did not take it', 'Set up once more, then give it again.'],
} as const

type Unfit = NonNullable<FailureOf<'engine-missing'>['packages']>[number]
const against = {
  architecture: (needs: string, has: string) => `it is for ${needs}, and this is ${has}`,
  system: (needs: string, has: string) => `it is for ${needs}, and this is ${has}`,
  artifact: (needs: string) => `its file ${needs} is not in the bundle`,
  installed: (_needs: string, has: string) => `it is installed (${has}), and there is no engine all the same`,
}
const unfit = (one: Unfit) => `${one.package}: ${against[one.against](one.needs, one.has)}`

export const hostFailures: HostFailureWords = {
  'engine-missing': (f) => ({
    what: [
      'There is no Docker Engine on the server.',
      ...(f.podman === undefined ? [] : [`Podman ${f.podman} is there, but cannot be used yet.`]),
      ...(f.packages === undefined ? [] : [`The bundle's packages do not fit: ${f.packages.map(unfit).join('; ')}.`]),
    ].join(' '),
    next: 'Install Docker Engine, or use a bundle with its packages for this system, then run this again.',
  }),
  'host-object-unusable': (f) => ({ what: `${f.what} ${unusable[f.problem]}.`, next: unusableNext[f.problem] }),
  'host-folder-missing': (f) => ({
    what: `${f.neededBy} is to be given what is not there on the server: ${f.folders.join(', ')}.`,
    next: 'Make it there, or mount what belongs there, then plan again.',
  }),
  'certificate-unusable': (f) => {
    const [what, next] = certificate[f.problem]
    return { what: `${what}${f.detail === '' ? '' : ` (${f.detail})`}. Nothing was changed.`, next }
  },
  'links-refused': (f) => ({
    what: `A model's folder is made of hard links, and ${f.path} could not be made: ${refused[f.problem]} (${f.detail}).`,
    next: refusedNext[f.problem],
  }),
  'package-manager-busy': (f) => ({
    what: `The package manager of the server was at work for more than ${f.seconds} s: ${f.holder || 'by a process that it does not name'}.`,
    next: 'Usually these are automatic updates (unattended-upgrades). Nothing was taken from them: wait until they have ended, then run the same command again.',
  }),
  'reboot-needed': (f) => ({
    what: `${f.package} is installed and works only after the server was started anew.`,
    next: 'Restart the server when nobody needs it, then run the same command again; it goes on after this step.',
  }),
}
