// A server that gets new host keys announces them to who trusts it already (OpenSSH's hostkeys-00, UpdateHostKeys).
// What is learned from that, and which old key goes, is decided here and nowhere else.
import type { HostKeyPin } from '../../shared/domain/appliance.ts'
import { type OfferedKey, samePlace } from './known-hosts.ts'
import type { Place } from './known-hosts-match.ts'

export type Announcement = {
  /** The key with which this connection was made. */
  readonly used: OfferedKey
  /** The keys that the server announced and proved. */
  readonly proven: readonly OfferedKey[]
}

export type Rotation = { readonly learned: readonly HostKeyPin[]; readonly dropped: readonly HostKeyPin[] }

/** No server has more; one that announces hundreds wants to fill this computer. */
const mostPinsOfPlace = 8

const nothing: Rotation = { learned: [], dropped: [] }

/**
 * Nothing unless the connection was made with a pinned key. New keys stand beside the old ones; an old one that is
 * not announced any more goes only on a connection that teaches nothing new and was made with a key that is.
 */
export function rotationOf(pins: readonly HostKeyPin[], place: Place, { used, proven }: Announcement): Rotation {
  const here = pins.filter((pin) => samePlace(pin, place))
  const usedBase64 = base64Of(used)
  const pinnedWith = here.find((pin) => pin.keyBase64 === usedBase64)
  if (pinnedWith === undefined) return nothing
  const announced = new Set(proven.map(base64Of))
  const learned = proven
    .filter((key) => isLearnable(key) && !here.some((pin) => pin.keyBase64 === base64Of(key)))
    .map((key): HostKeyPin => {
      const { host, port, machineId } = pinnedWith
      const pin = { host, port, keyType: key.type, keyBase64: base64Of(key), source: 'rotated' as const }
      return machineId === undefined ? pin : { ...pin, machineId }
    })
  if (learned.length > 0) {
    return here.length + learned.length > mostPinsOfPlace ? nothing : { learned, dropped: [] }
  }
  if (!announced.has(usedBase64)) return nothing
  return { learned: [], dropped: here.filter((pin) => !announced.has(pin.keyBase64)) }
}

/**
 * An RSA key could have been proved with a SHA-1 signature: ssh2 1.17 takes one (hostKeysProve in its client.js) and
 * does not tell. Somebody compares such a key, or the server's other keys carry it through the rotation.
 */
function isLearnable({ type }: OfferedKey): boolean {
  return type !== 'ssh-rsa' && type !== 'ssh-dss'
}

function base64Of({ blob }: OfferedKey): string {
  return Buffer.from(blob).toString('base64')
}
