// Who may speak to the web shell: requests to exactly its own address, and, where they could do or learn anything,
// from exactly its own page. This is what stands against other pages in the same browser: a name that is turned to
// this computer (DNS rebinding) fails by Host, a foreign page that sends or connects fails by Origin.
import type { IncomingHttpHeaders } from 'node:http'
import { pageHeaders } from '../../core/page/page-headers.ts'

export type Door = { readonly host: string; readonly origin: string }

export function doorAt(port: number): Door {
  const host = `127.0.0.1:${port}`
  return { host, origin: `http://${host}` }
}

export type Turned = { readonly status: 403 | 405 | 421; readonly text: string }

/** Reading is for everybody who names this host: the page holds no data. Everything else is for the page alone. */
export function turnedAway(
  { method = '', headers }: { readonly method?: string | undefined; readonly headers: IncomingHttpHeaders },
  door: Door,
): Turned | undefined {
  if (headers.host !== door.host) return { status: 421, text: `This is ${door.origin}/ and nothing else.\n` }
  if (method === 'GET' || method === 'HEAD') return undefined
  if (method !== 'POST') return { status: 405, text: 'Not here.\n' }
  return isOwnPage(headers, door) ? undefined : { status: 403, text: 'Not from there.\n' }
}

/** A browser always says where a connection comes from; whoever does not say it is not the page. */
export function isOwnPage(headers: IncomingHttpHeaders, door: Door): boolean {
  return headers.host === door.host && headers.origin === door.origin
}

export function securityHeaders({ host }: Door): Readonly<Record<string, string>> {
  return pageHeaders(`ws://${host}`)
}
