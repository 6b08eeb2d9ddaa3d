// The one way from a page to the console: a WebSocket at /link, offered with the sub-protocols "rackside.1" and
// "rackside.token.<key>"; only the first is answered, so that the key never comes back. A browser hides from its page
// why an upgrade was refused: so a page with a wrong key is let in, told by close code 4401 and the reason "no-key" or
// "wrong-key", and served nothing. Whoever is not the page at all is refused before. A service that has named operators
// lets a page in without a key: its people sign in, and until then it is told nothing but how.
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { largestMessageBytes } from '../../core/link/carriers.ts'
import type { Guest } from '../../core/link/serve-page.ts'
import { type Door, isOwnPage, securityHeaders } from './door.ts'
import { computerOf } from './sign-in-tries.ts'
import type { WindowKeys } from './window-keys.ts'

const linkPath = '/link'
const protocol = 'rackside.1'
const keyPrefix = 'rackside.token.'
const refusedCode = 4401
/** Windows at once; a person has a handful. */
const mostSockets = 32
/** Of a service, whose people sign in: windows in which somebody has, and places in front of it. */
const mostSignedIn = 256
const mostSigningIn = 64
/** From one computer of the network; by a tunnel everybody comes from this one. */
const mostSigningInOfOne = 16
const lookMilliseconds = 5000

const farewellMilliseconds = 500

export type PageSockets = { readonly count: () => number; close(): Promise<void> }

type Serving = {
  readonly door: Door
  readonly keys: WindowKeys
  /** Of a service: whether operators are named now. Nobody has its key. Missing: every window needs the key. */
  readonly signsIn?: (() => Promise<boolean>) | undefined
  /** `guest`: it came without the key. */
  readonly serve: (socket: WebSocket, guest?: Guest) => void
}

type KeyProblem = 'no-key' | 'wrong-key'
/** How a window is let in, or why it is not. */
type Decided = 'key' | 'sign-in' | KeyProblem
type Place = { readonly from: string; signedIn: boolean }

export function servePages(server: Server, { door, keys, signsIn, serve }: Serving): PageSockets {
  const places = new Map<WebSocket, Place>()
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
      (decided) => {
        const { remoteAddress = '' } = request.socket
        if (isFullFor(decided, computerOf(remoteAddress))) {
          return refuse(stream, '503 Service Unavailable', securityHeaders(door, request.headers.host))
        }
        sockets.handleUpgrade(request, stream, head, (socket) => admit(socket, decided, remoteAddress))
      },
      () => stream.destroy(),
    )
  })
  // Nobody has to sign in any more: then nobody without a key has a place here.
  const look = setInterval(() => {
    if (places.size > 0)
      void signsIn?.().then(
        (still) => still || turnAllAway(),
        () => undefined,
      )
  }, lookMilliseconds)
  look.unref()
  return {
    count: served,
    close() {
      clearInterval(look)
      return closeAll(sockets)
    },
  }

  /** A page that shows no key, or one of an earlier run, may sign in where that is how windows are let in. */
  async function decide(request: IncomingMessage): Promise<Decided> {
    const problem = keyProblem(offered(request), keys)
    if (signsIn === undefined) return problem ?? 'key'
    return (await signsIn()) ? 'sign-in' : (problem ?? 'no-key')
  }

  function served(): number {
    return signsIn === undefined ? sockets.clients.size : [...places.values()].filter((one) => one.signedIn).length
  }

  function isFullFor(decided: Decided, from: string): boolean {
    if (decided !== 'sign-in') return sockets.clients.size - places.size >= mostSockets
    const waiting = [...places].filter(([, one]) => !one.signedIn)
    if (places.size - waiting.length >= mostSignedIn) return true
    if (from !== '127.0.0.1' && waiting.filter(([, one]) => one.from === from).length >= mostSigningInOfOne) return true
    // Whoever has waited longest without signing in makes room: nobody is kept out by windows that nobody uses.
    if (waiting.length >= mostSigningIn) waiting[0]?.[0].close(1013, 'full')
    return false
  }

  function admit(socket: WebSocket, decided: Decided, address: string): void {
    // A message too large or malformed: the socket closes itself with the code for it.
    socket.on('error', () => undefined)
    if (decided === 'sign-in') takePlace(socket, address)
    else if (decided === 'key') serve(socket)
    else turnAway(socket, decided)
  }

  function takePlace(socket: WebSocket, address: string): void {
    const place: Place = { from: computerOf(address), signedIn: false }
    places.set(socket, place)
    socket.once('close', () => places.delete(socket))
    serve(socket, {
      address,
      isSignedIn(is) {
        place.signedIn = is
      },
    })
  }

  function turnAllAway(): void {
    for (const socket of places.keys()) turnAway(socket, 'no-key')
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
