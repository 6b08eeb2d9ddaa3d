// The one way from a page to the console: a WebSocket at /link, offered with the sub-protocols "rackside.1" and
// "rackside.token.<key>"; only the first is answered, so that the key never comes back. A browser hides from its page
// why an upgrade was refused: so a page with a wrong key is let in, told by close code 4401 and the reason "no-key" or
// "wrong-key", and served nothing. Whoever is not the page at all is refused before.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { largestMessageBytes } from '../../core/link/carriers.ts'
import { type Door, isOwnPage, securityHeaders } from './door.ts'
import type { WindowKeys } from './window-keys.ts'

const linkPath = '/link'
const protocol = 'rackside.1'
const keyPrefix = 'rackside.token.'
const refusedCode = 4401
/** Windows at once; a person has a handful. */
const mostSockets = 32
const farewellMilliseconds = 500

export type PageSockets = { readonly count: () => number; close(): Promise<void> }

export function servePages(
  server: Server,
  { door, keys, serve }: { door: Door; keys: WindowKeys; serve: (socket: WebSocket) => void },
): PageSockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => protocol,
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const refused = refusal(request, door, sockets.clients.size)
    if (refused !== undefined) return refuse(stream, refused, door)
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // A message too large or malformed: the socket closes itself with the code for it.
      socket.on('error', () => undefined)
      const problem = keyProblem(offered(request), keys)
      if (problem === undefined) return serve(socket)
      socket.close(refusedCode, problem)
      setTimeout(() => socket.terminate(), farewellMilliseconds).unref()
    })
  })
  return { count: () => sockets.clients.size, close: () => closeAll(sockets) }
}

function refusal(request: IncomingMessage, door: Door, open: number): string | undefined {
  if (!isOwnPage(request.headers, door)) return '403 Forbidden'
  if (request.url !== linkPath) return '404 Not Found'
  if (!offered(request).includes(protocol)) return '400 Bad Request'
  return open >= mostSockets ? '503 Service Unavailable' : undefined
}

function refuse(stream: Duplex, status: string, door: Door): void {
  const lines = Object.entries(securityHeaders(door)).map(([name, value]) => `${name}: ${value}`)
  const answer = [`HTTP/1.1 ${status}`, 'connection: close', 'content-length: 0', ...lines, '', ''].join('\r\n')
  // An upgraded stream is nobody's any more: the other side could keep it by not closing its own half, or by not reading.
  const cut = setTimeout(() => stream.destroy(), farewellMilliseconds)
  stream.once('close', () => clearTimeout(cut))
  stream.end(answer, () => stream.destroy())
}

function offered(request: IncomingMessage): string[] {
  return (request.headers['sec-websocket-protocol'] ?? '').split(',').map((word) => word.trim())
}

function keyProblem(protocols: readonly string[], keys: WindowKeys): 'no-key' | 'wrong-key' | undefined {
  const key = protocols.find((word) => word.startsWith(keyPrefix))?.slice(keyPrefix.length)
  if (key === undefined || key === '') return 'no-key'
  return keys.isToken(key) ? undefined : 'wrong-key'
}

async function closeAll(sockets: WebSocketServer): Promise<void> {
  const all = [...sockets.clients]
  const gone = all.map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())))
  for (const socket of all) socket.close(1001, 'ended')
  const cut = setTimeout(() => {
    for (const socket of all) socket.terminate()
  }, farewellMilliseconds)
  await Promise.all(gone)
  clearTimeout(cut)
  sockets.close()
}
