// The one way from a page to the console: a WebSocket at /link, offered with the sub-protocols "rackside.1" and
// "rackside.token.<key>"; only the first is answered, so that the key never comes back. A browser hides from its page
// why an upgrade was refused: so a page with a wrong key is let in, told by close code 4401 and the reason "no-key" or
// "wrong-key", and served nothing. Whoever is not the page at all is refused before. A service that has named operators
// lets a page in without a key: its people sign in, and until then it is told nothing but how.
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
/** Of those without a key, besides, so that they keep nobody out who has one. */
const mostSigningIn = 64
/** From one computer of the network; by a tunnel everybody comes from this one. */
const mostSigningInOfOne = 16

/** `sign-in`: nobody in this window is this computer's user. */
export type Admission = 'key' | 'sign-in'
const farewellMilliseconds = 500

export type PageSockets = { readonly count: () => number; close(): Promise<void> }

type Serving = {
  readonly door: Door
  readonly keys: WindowKeys
  /** Whether operators are named now; missing where every window needs the key. */
  readonly signsIn?: (() => Promise<boolean>) | undefined
  readonly serve: (socket: WebSocket, admission: Admission) => void
}

export function servePages(server: Server, { door, keys, signsIn, serve }: Serving): PageSockets {
  const signingIn = new Map<WebSocket, string | undefined>()
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => protocol,
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const refused = refusal(request, door)
    if (refused !== undefined) return refuse(stream, refused, securityHeaders(door, request.headers.host))
    void decide(request).then(
      (problem) => {
        const from = request.socket.remoteAddress
        const isFull = problem === 'sign-in' ? isFullFor(from) : withKey() >= mostSockets
        if (isFull) return refuse(stream, '503 Service Unavailable', securityHeaders(door, request.headers.host))
        sockets.handleUpgrade(request, stream, head, (socket) => admit(socket, problem, from))
      },
      () => stream.destroy(),
    )
  })
  return { count: () => sockets.clients.size, close: () => closeAll(sockets) }

  function withKey(): number {
    return sockets.clients.size - signingIn.size
  }

  /** A page that shows no key, or one of an earlier run, may sign in where that is how windows are let in. */
  async function decide(request: IncomingMessage): Promise<KeyProblem | Admission> {
    const problem = keyProblem(offered(request), keys)
    if (problem === undefined) return 'key'
    return signsIn !== undefined && (await signsIn()) ? 'sign-in' : problem
  }

  function isFullFor(from: string | undefined): boolean {
    const ofThem = [...signingIn.values()].filter((one) => one === from).length
    return signingIn.size >= mostSigningIn || (from !== '127.0.0.1' && ofThem >= mostSigningInOfOne)
  }

  function admit(socket: WebSocket, decided: KeyProblem | Admission, from: string | undefined): void {
    // A message too large or malformed: the socket closes itself with the code for it.
    socket.on('error', () => undefined)
    if (decided === 'sign-in') {
      signingIn.set(socket, from)
      socket.once('close', () => signingIn.delete(socket))
    }
    if (decided === 'sign-in' || decided === 'key') serve(socket, decided)
    else turnAway(socket, decided)
  }
}

function turnAway(socket: WebSocket, problem: KeyProblem): void {
  socket.close(refusedCode, problem)
  setTimeout(() => socket.terminate(), farewellMilliseconds).unref()
}

function refusal(request: IncomingMessage, door: Door): string | undefined {
  if (!isOwnPage(request, door)) return '403 Forbidden'
  if (request.url !== linkPath) return '404 Not Found'
  return offered(request).includes(protocol) ? undefined : '400 Bad Request'
}

function refuse(stream: Duplex, status: string, headers: Readonly<Record<string, string>>): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const answer = [`HTTP/1.1 ${status}`, 'connection: close', 'content-length: 0', ...lines, '', ''].join('\r\n')
  // An upgraded stream is nobody's any more: the other side could keep it by not closing its own half, or by not reading.
  const cut = setTimeout(() => stream.destroy(), farewellMilliseconds)
  stream.once('close', () => clearTimeout(cut))
  stream.end(answer, () => stream.destroy())
}

function offered(request: IncomingMessage): string[] {
  return (request.headers['sec-websocket-protocol'] ?? '').split(',').map((word) => word.trim())
}

type KeyProblem = 'no-key' | 'wrong-key'

function keyProblem(protocols: readonly string[], keys: WindowKeys): KeyProblem | undefined {
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
