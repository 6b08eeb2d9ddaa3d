// English: why a console is not served over the local network.
import type { ServingObstacle, ServingProblem } from '../../domain/serving-problem.ts'
import type { ServingFailureWords } from '../failure-words.ts'

const what: { readonly [P in ServingProblem]: (detail: string) => string } = {
  'needs-tls': (at) =>
    `Rackside is not served at ${at} without a certificate: passphrases would be readable on the way.`,
  'needs-operators': (at) => `Rackside is not served at ${at} as long as nobody has to sign in.`,
  'certificate-unreadable': (file) => `${file} is no certificate in PEM form, or cannot be read.`,
  'key-unusable': (file) => `${file} is no private key in PEM form without a passphrase.`,
  'key-of-another-certificate': (file) => `The private key in ${file} belongs to another certificate.`,
  'certificate-not-served': (why) => `No browser could be served with this certificate and key: ${why}.`,
  'name-not-in-certificate': (name) => `The certificate is not for ${name}: every browser would warn.`,
}

const next: { readonly [P in ServingProblem]: string } = {
  'needs-tls': 'Name both files: --tls-certificate FILE (with its chain) and --tls-key FILE.',
  'needs-operators':
    'Name the first one, of the same user and RACKSIDE_HOME: rackside operators begin NAME. Then start it again.',
  'certificate-unreadable':
    'Name the file that the authority of the hospital gave you, the server’s own certificate first.',
  'key-unusable': 'Take the passphrase off it (openssl pkey) and let nobody else read the file.',
  'key-of-another-certificate': 'Name the key that the certificate was asked for with.',
  'certificate-not-served':
    'Have one made with an RSA key of 2048 bits or more, or with ECDSA; browsers do not take SM2 alone. Its chain stands behind it, whole.',
  'name-not-in-certificate': 'Name one that stands in it (--tls-name), or have one made for this name.',
}

const notNow: { readonly [O in ServingObstacle]: (detail: string) => string } = {
  'certificate-expired': (until) => `The certificate is not valid now: it was until ${until}, or begins later.`,
  'address-not-here': (at) => `${at} is no address of this computer.`,
}

const nextThen: { readonly [O in ServingObstacle]: string } = {
  'certificate-expired': 'Have it renewed, or put the clock of this computer right.',
  'address-not-here': 'Choose one of those that “ip address” shows.',
}

export const servingFailures: ServingFailureWords = {
  'serving-refused': ({ reason, detail }) => ({ what: what[reason](detail), next: next[reason] }),
  'serving-not-now': ({ reason, detail }) => ({ what: notNow[reason](detail), next: nextThen[reason] }),
}
