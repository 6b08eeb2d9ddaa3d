// How an appliance is entered now: where it is and who logs in there, on the way there too.
import type { Access, Address } from '../../../shared/domain/appliance.ts'
import { thisMachine } from '../../../shared/domain/own-key.ts'

export type Opening = Access & { readonly address: Address }

/** The same for openings that lead to the same connection. */
export function openingKey({ address, credentialId, ...rest }: Opening): string {
  const { user, host, port } = address
  const { sudoCredentialId, via, weakAlgorithms, watchOnly } = rest
  const further = { sudoCredentialId, via, weakAlgorithms, watchOnly }
  return `${user}@${host}:${port} ${credentialId} ${JSON.stringify(further)}`
}

/** One login: where, as whom, and with what. */
export type Stop = { readonly address: Address; readonly credentialId: string }

/** In the order in which they are dialled; the appliance itself is the last one. */
export function stopsOf(opening: Stop & Pick<Access, 'via'>): Stop[] {
  return [...(opening.via ?? []), opening]
}

/** Every login that this way in needs: at the appliance, for sudo there, and at each jump host. */
export function credentialsOf({ credentialId, sudoCredentialId, via = [] }: Access): string[] {
  const forSudo = sudoCredentialId === undefined ? [] : [sudoCredentialId]
  return [credentialId, ...forSudo, ...via.map((hop) => hop.credentialId)]
}

export function localOpening(user: string): Opening {
  return { address: { host: 'localhost', port: 22, user }, credentialId: thisMachine }
}

/** A recording is entered by its id and nothing else; no login is called like one. */
export function replayOpening(replayId: string): Opening {
  return { address: { host: 'recording', port: 22, user: 'nobody' }, credentialId: replayId }
}

export function isReplay({ credentialId }: Pick<Opening, 'credentialId'>): boolean {
  return /^replay-[0-9a-f]{8,32}$/.test(credentialId)
}

export function isLocal(opening: Opening): boolean {
  return opening.credentialId === thisMachine
}
