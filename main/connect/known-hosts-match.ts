// Whether a line of known_hosts is about an address, as OpenSSH decides it (match.c, hostfile.c): the name is
// compared without case, another port than 22 is part of it, a negated name outweighs every other one of its line.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HostKeyPin } from '../../shared/domain/appliance.ts'
import { matchesWildcards } from './wildcards.ts'

export type Place = Pick<HostKeyPin, 'host' | 'port'>

/** "ward-1" on port 22, "[ward-1]:2222" elsewhere. */
export function knownHostName({ host, port }: Place): string {
  const name = host.toLowerCase()
  return port === 22 ? name : `[${name}]:${port}`
}

export function isAbout(hosts: string, place: Place): boolean {
  const name = knownHostName(place)
  const hashed = hashedName(hosts)
  if (hashed !== undefined) {
    return timingSafeEqual(createHmac('sha1', hashed.salt).update(name).digest(), hashed.hash)
  }
  if (hosts.startsWith('|')) return false
  const patterns = hosts.toLowerCase().split(',')
  if (patterns.some((one) => one.startsWith('!') && matchesWildcards(one.slice(1), name))) return false
  return patterns.some((one) => !one.startsWith('!') && matchesWildcards(one, name))
}

/** HMAC-SHA1 is the format's, and hides names only from who reads the file: no trust rests on it. */
export function hashedName(hosts: string): { readonly salt: Buffer; readonly hash: Buffer } | undefined {
  const found = /^\|1\|([A-Za-z0-9+/]{27}=)\|([A-Za-z0-9+/]{27}=)$/.exec(hosts)
  if (found?.[1] === undefined || found[2] === undefined) return undefined
  return { salt: Buffer.from(found[1], 'base64'), hash: Buffer.from(found[2], 'base64') }
}

/**
 * The hosts of a line without the names and the hash that mean exactly this place; undefined where none is left.
 * What a pattern or a negation says is left as it is.
 */
export function withoutName(hosts: string, place: Place): string | undefined {
  if (hosts.startsWith('|')) return isAbout(hosts, place) ? undefined : hosts
  const name = knownHostName(place)
  const left = hosts.split(',').filter((one) => one.toLowerCase() !== name)
  return left.some((one) => !one.startsWith('!')) ? left.join(',') : undefined
}
