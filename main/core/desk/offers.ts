// The secrets that a person typed, each held in memory under an id until the process ends or nothing needs it any
// more. What a saved appliance logs in with stays, whatever else is offered; answers go with the login they are for.
import { type Address, addressText } from '../../../shared/domain/appliance.ts'
import type { Secret } from '../../../shared/domain/command.ts'
import type { Answers } from '../../connect/login-answers.ts'
import type { State } from '../../store/state.ts'
import type { Vault } from '../../vault/vault.ts'
import { credentialsOf } from '../access/opening.ts'

type Place = Pick<Address, 'host' | 'port'>

export type Offers = {
  readonly state: State
  /** What is to last; everything below ends with the process. */
  readonly vault: Vault
  readonly passwords: Map<string, Secret>
  readonly privateKeys: Map<string, Secret>
  /** Of encrypted keys, by the id of the key. */
  readonly passphrases: Map<string, Secret>
  /** By login and place; see `offerAnswers`. */
  readonly answers: Map<string, Answers>
  /** Where the SSH agent of this user listens. */
  readonly agentLocation: string | undefined
}

/** More than anybody has under way at once; each kind by itself. */
const offersKept = 50

/** Keeps one more; the oldest of this kind that no saved appliance needs goes instead. */
export function keepOffer(
  offers: Offers,
  kind: 'passwords' | 'privateKeys' | 'passphrases',
  { credentialId, secret }: { readonly credentialId: string; readonly secret: Secret },
): void {
  const kept = offers[kind]
  kept.set(credentialId, secret)
  const saved = savedLogins(offers)
  // What cannot be read may need any of them.
  if (saved === undefined) return
  const needless = [...kept.keys()].filter((id) => !saved.has(id))
  for (const id of needless.slice(0, Math.max(0, needless.length - offersKept))) kept.delete(id)
}

/** A server has refused this one. */
export function letGoRefused(offers: Offers, credentialId: string): void {
  if (savedLogins(offers)?.has(credentialId) !== false) return
  for (const offered of [offers.passwords, offers.privateKeys, offers.passphrases]) offered.delete(credentialId)
}

const answersAlone = 'answers-'

/** The id of a login that is nothing but answers. */
export function answersId(randomId: string): string {
  return `${answersAlone}${randomId}`
}

export function isAnswers(credentialId: string): boolean {
  return credentialId.startsWith(answersAlone)
}

/** For the next attempt with this login; where a place is named, the next one there. */
export function keepAnswers(
  { answers }: Offers,
  { credentialId, place, given }: { readonly credentialId: string; readonly place?: Place; readonly given: Answers },
): void {
  answers.set(answersKey(credentialId, place), given)
  for (const key of [...answers.keys()].slice(0, Math.max(0, answers.size - offersKept))) answers.delete(key)
}

/** They are used once: whoever asks has them, and nobody after. */
export function takeAnswers({ answers }: Offers, credentialId: string, place: Place): Answers | undefined {
  for (const key of [answersKey(credentialId, place), answersKey(credentialId, undefined)]) {
    const taken = answers.get(key)
    answers.delete(key)
    if (taken !== undefined) return taken
  }
  return undefined
}

function answersKey(credentialId: string, place: Place | undefined): string {
  return `${credentialId} ${place === undefined ? '' : addressText(place).toLowerCase()}`
}

function savedLogins({ state }: Offers): Set<string> | undefined {
  const appliances = state.appliances.read()
  if (!appliances.ok) return undefined
  return new Set(appliances.value.flatMap(credentialsOf))
}
