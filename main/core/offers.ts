// The secrets that a person typed, each held in memory under an id until the process ends or nothing needs it any
// more. What a saved appliance logs in with stays, whatever else is offered.
import type { Secret } from '../../shared/domain/command.ts'
import type { State } from '../store/state.ts'

export type Offers = {
  readonly state: State
  readonly passwords: Map<string, Secret>
  readonly privateKeys: Map<string, Secret>
}

/** More than anybody has under way at once; each kind by itself. */
const offersKept = 50

/** Keeps one more; the oldest of this kind that no saved appliance needs goes instead. */
export function keepOffer(
  offers: Offers,
  kind: 'passwords' | 'privateKeys',
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
  offers.passwords.delete(credentialId)
  offers.privateKeys.delete(credentialId)
}

function savedLogins({ state }: Offers): Set<string> | undefined {
  const appliances = state.appliances.read()
  return appliances.ok ? new Set(appliances.value.map((one) => one.credentialId)) : undefined
}
