// English: what happened, and what to do next, where the site's identity provider lets nobody in.
import type { ProviderFailureWords } from '../failure-words.ts'

const problems = {
  'none-set': () => 'No identity provider is set here.',
  unreachable: (host: string) => `The identity provider ${host} cannot be reached.`,
  'too-slow': (host: string) => `The identity provider ${host} does not answer in time.`,
  'too-large': (host: string) => `The identity provider ${host} answers with more than is read of it.`,
  certificate: (host: string) =>
    `The certificate of the identity provider ${host} is not one that this computer trusts.`,
  'not-a-provider': (host: string) => `What ${host} says about itself is not what an identity provider says.`,
  'other-issuer': (host: string) => `${host} calls itself by another issuer than the one that is set.`,
  refused: (host: string) => `The identity provider ${host} does not take what this console shows it.`,
  'web-only': () => 'The identity provider is for windows in a browser.',
  'vault-locked': () => 'The client secret for the identity provider is in the vault, which is locked.',
}

const problemsNext = {
  'none-set': 'Sign in with name and passphrase. An administrator sets one: Settings, Operators.',
  unreachable: 'Sign in with name and passphrase, which needs no network. Ask whoever runs the provider.',
  'too-slow': 'Sign in with name and passphrase, which needs no network, or try again later.',
  'too-large': 'Sign in with name and passphrase. Look at the issuer that is set.',
  certificate: 'Sign in with name and passphrase. An administrator gives the certificate of the authority of the site.',
  'not-a-provider': 'Look at the issuer: it is the address before /.well-known/openid-configuration.',
  'other-issuer': 'Set the issuer exactly as the provider writes it.',
  refused: 'Look at the client ID, the client secret and the address to come back to, here and at the provider.',
  'web-only': 'Sign in here with name and passphrase.',
  'vault-locked':
    'Sign in with name and passphrase, and unlock the vault. Then it works for everybody until the vault is locked by hand.',
}

const refusals = {
  'attempt-over': 'This sign-in was begun too long ago, was used already, or was begun elsewhere.',
  declined: 'The identity provider let nobody in.',
  unsound: 'What the identity provider sent does not prove who somebody is.',
  'other-person': 'Somebody else signed in at the identity provider.',
  'not-so': 'Whoever is signed in here did not sign in so.',
}

const refusalsNext = {
  'attempt-over': 'Begin again in this window, within five minutes.',
  declined: 'Begin again, or sign in with name and passphrase.',
  unsound: 'Nobody was signed in. Begin again; if it stays so, tell whoever runs the provider.',
  'other-person': 'Sign in there as yourself. Nothing was done.',
  'not-so': 'Go on in the way in which you signed in. Nothing was done.',
}

const because = (detail: string) => (detail === '' ? '' : ` (${detail})`)

export const providerFailures: ProviderFailureWords = {
  'provider-unusable': (f) => ({
    what: `${problems[f.problem](f.host)}${because(f.detail)}`,
    next: problemsNext[f.problem],
  }),
  'provider-sign-in-refused': (f) => ({
    what: `${refusals[f.problem]}${because(f.detail)}`,
    next: refusalsNext[f.problem],
  }),
  'subject-unknown': (f) => ({
    what: `${f.host} knows you as “${f.subject}”, and no operator here is bound to that.`,
    next: 'Show this to an administrator, who can bind it to your operator. Nobody was signed in.',
  }),
}
