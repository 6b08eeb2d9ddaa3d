// Who may speak to the web shell: requests to exactly its own address, and, where they could do or learn anything,
// from exactly its own page. This is what stands against other pages in the same browser: a name that is turned to
// this computer (DNS rebinding) fails by Host, a foreign page that sends or connects fails by Origin.
import type { IncomingMessage } from 'node:http'
import { pageHeaders } from '../../core/page/page-headers.ts'

/** `hosts`: as a browser says them ("127.0.0.1:7465"), the first is the one that is said to people. */
export type Door = { readonly scheme: 'http' | 'https'; readonly hosts: readonly [string, ...string[]] }

/** Of this computer alone. */
export function doorAt(port: number): Door {
  return { scheme: 'http', hosts: [`127.0.0.1:${port}`] }
}

/** Of a local network, by the names that its certificate has. */
export function networkDoorAt(port: number, [first, ...more]: readonly [string, ...string[]]): Door {
  const at = (name: string) => `${name.includes(':') ? `[${name}]` : name}:${port}`
  return { scheme: 'https', hosts: [at(first), ...more.map(at)] }
}

export function originOf({ scheme, hosts }: Door): string {
  return `${scheme}://${hosts[0]}`
}

type Asked = Pick<IncomingMessage, 'method' | 'headers' | 'headersDistinct'>

export type Turned = { readonly status: 403 | 405 | 421; readonly text: string }

/** Reading is for everybody who names this host: the page holds no data. Everything else is for the page alone. */
export function turnedAway(asked: Asked, door: Door): Turned | undefined {
  const { method = '' } = asked
  if (!isNamed(asked, door)) return { status: 421, text: `This is ${originOf(door)}/ and nothing else.\n` }
  if (method === 'GET' || method === 'HEAD') return undefined
  if (method !== 'POST') return { status: 405, text: 'Not here.\n' }
  return isOwnPage(asked, door) ? undefined : { status: 403, text: 'Not from there.\n' }
}

/** A browser always says where a connection comes from; whoever does not say it is not the page. */
export function isOwnPage(asked: Asked, door: Door): boolean {
  return isNamed(asked, door) && asked.headers.origin === `${door.scheme}://${asked.headers.host}`
}

/** Said twice, the parser gives one of them, and who stands in between may have read the other. */
function isNamed({ headers: { host }, headersDistinct }: Asked, { hosts }: Door): boolean {
  return host !== undefined && headersDistinct['host']?.length === 1 && hosts.includes(host)
}

/** `host`: the one that was asked; any other gets the policy of the first. */
export function securityHeaders(door: Door, host: string | undefined): Readonly<Record<string, string>> {
  const named = door.hosts.find((one) => one === host) ?? door.hosts[0]
  return pageHeaders(`${door.scheme === 'https' ? 'wss' : 'ws'}://${named}`)
}
