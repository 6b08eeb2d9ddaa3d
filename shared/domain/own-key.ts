// The key that Rackside makes for one appliance: how its credential is called, and what became of the login before it.
import * as z from 'zod'

const prefix = 'own-key-'

/** Stands for "no login needed": this machine itself. No key file or password ever gets this id. */
export const thisMachine = 'this-machine'

/** `place`: hex digits that stand for the appliance, so that what was left over by an interrupted try is found again. */
export function ownKeyId(place: string): string {
  return `${prefix}${place}`
}

export function isOwnKey(credentialId: string): boolean {
  return credentialId.startsWith(prefix)
}

export const ownKeyOutcome = z.strictObject({
  credentialId: z.string(),
  /** The login until now: a password that was forgotten, one that something else still needs, or no password at all. */
  login: z.enum(['forgotten', 'in-use', 'not-a-password']),
  /** sudo needs no password, has one that is kept for it alone, or asks for one that nobody keeps. */
  sudo: z.enum(['not-asked', 'kept', 'asks']),
})
export type OwnKeyOutcome = z.infer<typeof ownKeyOutcome>
