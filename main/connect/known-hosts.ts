// Which host key we trust for which address: what is pinned and what was imported, and the one decision made
// from them. A changed key is never accepted here, whatever fingerprint comes along: trusting it again is a
// separate act.
import { createHash } from 'node:crypto'
import type { HostKeyPin } from '../../shared/domain/appliance.ts'
import type { Failure } from '../../shared/domain/failure.ts'
import type { KnownHost } from '../../shared/domain/known-host.ts'
import { isAbout, type Place } from './known-hosts-match.ts'

export type OfferedKey = { readonly type: string; readonly blob: Uint8Array }

/** Everything this console knows about host keys. */
export type KnownKeys = { readonly pins: readonly HostKeyPin[]; readonly imported: readonly KnownHost[] }

export type HostKeyDecision =
  /** It is pinned. */
  | { readonly kind: 'accepted' }
  /** Right because the given fingerprint or an imported line says so: to be stored after the login. */
  | { readonly kind: 'accepted-new'; readonly pin: HostKeyPin }
  | { readonly kind: 'refused'; readonly failure: Failure }

/** OpenSSH's form: SHA256, base64 without padding, of the key blob. */
export function fingerprintOf(blob: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}

export function fingerprintOfPin({ keyBase64 }: Pick<HostKeyPin, 'keyBase64'>): string {
  return fingerprintOf(Buffer.from(keyBase64, 'base64'))
}

/** In this order: revoked, pinned, imported, given; what an earlier one says, no later one changes. */
export function decideHostKey(
  known: KnownKeys,
  place: Place,
  offered: OfferedKey,
  givenFingerprint?: string,
): HostKeyDecision {
  const { host, port } = place
  const keyType = offered.type
  const keyBase64 = Buffer.from(offered.blob).toString('base64')
  const fingerprint = fingerprintOf(offered.blob)
  const changedFrom = (pin: Pick<HostKeyPin, 'keyBase64'>) =>
    refused({ kind: 'host-key-changed', host, port, keyType, pinned: fingerprintOfPin(pin), offered: fingerprint })
  if (isRevoked(known.imported, { host, port, keyBase64 })) {
    return refused({ kind: 'host-key-revoked', host, port, keyType, fingerprint })
  }
  const pinned = known.pins.filter((pin) => samePlace(pin, place))
  if (pinned.some((pin) => pin.keyBase64 === keyBase64)) return { kind: 'accepted' }
  const before = pinned.find((pin) => pin.keyType === keyType) ?? pinned[0]
  if (before) return changedFrom(before)
  const vouched = known.imported.filter((one) => !one.revoked && isAbout(one.hosts, place))
  const isVouched = vouched.some((one) => one.keyBase64 === keyBase64)
  if (isVouched && givenFingerprint === undefined) return accepted('imported')
  // A key of another type than those that are known is no way around them, as with pins.
  const other = vouched.find((one) => one.keyType === keyType) ?? vouched[0]
  if (other && !isVouched) return changedFrom(other)
  if (givenFingerprint === undefined) return refused({ kind: 'host-key-unknown', host, port, keyType, fingerprint })
  if (givenFingerprint === fingerprint) return accepted('compared')
  return refused({ kind: 'host-key-mismatch', host, port, keyType, given: givenFingerprint, offered: fingerprint })

  function accepted(source: 'compared' | 'imported'): HostKeyDecision {
    return { kind: 'accepted-new', pin: { host, port, keyType, keyBase64, source } }
  }
}

/** Whether an imported line says that this key is never to be accepted there. */
export function isRevoked(
  imported: readonly KnownHost[],
  { keyBase64, ...place }: Pick<HostKeyPin, 'host' | 'port' | 'keyBase64'>,
): boolean {
  return imported.some((one) => one.revoked && one.keyBase64 === keyBase64 && isAbout(one.hosts, place))
}

function refused(failure: Failure): HostKeyDecision {
  return { kind: 'refused', failure }
}

/** The types to ask a server for first: it may have keys of other types too, and has not changed because of that. */
export function knownTypesFor({ pins, imported }: KnownKeys, place: Place): string[] {
  const pinned = pins.filter((pin) => samePlace(pin, place))
  // Thousands of lines, each with a hash to be computed: only where no pin says it.
  const said = pinned.length > 0 ? pinned : imported.filter((one) => !one.revoked && isAbout(one.hosts, place))
  return [...new Set(said.map((one) => one.keyType))]
}

/** Names are compared without case, as DNS does. */
export function samePlace(pin: Place, place: Place): boolean {
  return pin.port === place.port && pin.host.toLowerCase() === place.host.toLowerCase()
}

/** The blob starts with its own type: a length of four bytes and that many characters. */
export function keyTypeOf(blob: Uint8Array): string {
  const bytes = Buffer.from(blob)
  return bytes.length < 4 ? '' : bytes.toString('latin1', 4, 4 + Math.min(bytes.readUInt32BE(0), 64))
}
