// One address of this computer as a browser writes it, for people to type and for Host to be held against.
import { BlockList, isIP } from 'node:net'

const notServed = { 4: new BlockList(), 6: new BlockList() }
// All at once: what is added to this computer later would be served too, unasked.
notServed[4].addSubnet('0.0.0.0', 8, 'ipv4')
notServed[4].addSubnet('224.0.0.0', 3, 'ipv4')
notServed[6].addAddress('::', 'ipv6')
// An IPv4 address in other clothes; of a link alone, which needs a zone that no address bar takes; of many.
notServed[6].addSubnet('::ffff:0:0', 96, 'ipv6')
notServed[6].addSubnet('fe80::', 10, 'ipv6')
notServed[6].addSubnet('ff00::', 8, 'ipv6')

/** Undefined: none, or not one that somebody can be served at. */
export function networkAddress(text: string): string | undefined {
  const version = isIP(text)
  if (version === 0 || text.includes('%')) return undefined
  if (version === 4) return notServed[4].check(text, 'ipv4') ? undefined : text
  const written = new URL(`http://[${text}]`).hostname.slice(1, -1)
  return notServed[6].check(written, 'ipv6') ? undefined : written
}
