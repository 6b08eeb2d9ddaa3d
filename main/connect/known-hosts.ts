// Which host key we trust for which address: the pins, and the one decision made from them. A changed
// key is never accepted here, whatever fingerprint comes along: trusting it again is a separate act.
import { createHash } from 'node:crypto'
import type { HostKeyPin } from '../../shared/domain/appliance.ts'
import type { Failure } from '../../shared/domain/failure.ts'

export type OfferedKey = { readonly type: string; readonly blob: Uint8Array }

export type HostKeyDecision =
  | { readonly kind: 'accepted' }
  /** Right because the given fingerprint says so: to be stored after the login. */
  | { readonly kind: 'accepted-new'; readonly pin: HostKeyPin }
  | { readonly kind: 'refused'; readonly failure: Failure }

/** OpenSSH's form: SHA256, base64 without padding, of the key blob. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

export function decideHostKey(
  pins: readonly HostKeyPin[],
  place: { readonly host: string; readonly port: number },
  offered: OfferedKey,
  givenFingerprint?: string,
): HostKeyDecision {
  const { host, port } = place
  const pinned = pins.filter((pin) => samePlace(pin, place))
  const keyBase64 = Buffer.from(offered.blob).toString('base64')
  if (pinned.some((pin) => pin.keyBase64 === keyBase64)) return { kind: 'accepted' }
  const fingerprint = fingerprintOf(offered.blob)
  const keyType = offered.type
  const [first] = pinned
  if (first) {
    const known = fingerprintOf(Buffer.from(first.keyBase64, 'base64'))
    return refused({ kind: 'host-key-changed', host, port, keyType, pinned: known, offered: fingerprint })
  }
  if (givenFingerprint === undefined) return refused({ kind: 'host-key-unknown', host, port, keyType, fingerprint })
  if (givenFingerprint === fingerprint) return { kind: 'accepted-new', pin: { host, port, keyType, keyBase64 } }
  return refused({ kind: 'host-key-mismatch', host, port, keyType, given: givenFingerprint, offered: fingerprint })
}

function refused(failure: Failure): HostKeyDecision {
  return { kind: 'refused', failure }
}

/** Names are compared without case, as DNS does. */
export function samePlace(pin: { host: string; port: number }, place: { host: string; port: number }): boolean {
  return pin.port === place.port && pin.host.toLowerCase() === place.host.toLowerCase()
}
