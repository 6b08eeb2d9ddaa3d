// The user-only socket of the process that owns the state folder: a second process of the same user
// makes its calls there, so that two consoles never write the same state. The folder around the socket
// is 0700; nobody else can reach it.
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { WebSocket, WebSocketServer } from 'ws'
import { contract } from '../../../shared/contract/contract.ts'
import { desk } from '../../../shared/contract/desk.ts'
import { largestMessageBytes, overSocket } from './carriers.ts'
import type { ConsoleClients } from './console-client.ts'
import { asTold, type GuestLink, guestLink } from './guest-link.ts'
import { callOn, proxyRouter } from './proxy-router.ts'
import { flowRouter, linkHandler } from './serve-link.ts'

const handshakeMilliseconds = 3000
/** A guest that has been told to leave closes its side at once; one that is stopped does not. */
const farewellMilliseconds = 1000
/** Plans of many solutions with all their steps come back in one answer. */
const largestAnswerBytes = 32 * 1024 * 1024
/** How a guest says that it can do without us: it opens the console itself when we are gone. */
const lastingPath = '/lasting'

/** A named pipe on Windows; elsewhere a socket file. Fails late and clearly when the path is too long for one. */
export function ownerSocketPath(stateFolder: string, pathDigest: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `\\\\.\\pipe\\rackside-${pathDigest}` : join(stateFolder, 'owner.sock')
}

export type OwnerSocket = {
  /** How many other processes are using this console now: those that end with us, and those that can take over. */
  guests(): { passing: number; lasting: number }
  /** Stops listening; resolves when the last guest has left. Lasting ones are sent away once `idle` resolves. */
  close(idle: Promise<unknown>): Promise<void>
  /** Sends everybody away. */
  cut(): void
}

/** Only the holder of the owner lock may call this: it removes what a killed owner left. Throws when no socket can be made there. */
export async function serveGuests(path: string, clients: ConsoleClients): Promise<OwnerSocket> {
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const serve = linkHandler({
    product: proxyRouter(contract, (path, input, further) => {
      return callOn(clients(asTold(further.session)).product)(path, input, further)
    }),
    desk: proxyRouter(desk, (path, input, further) =>
      callOn(clients(asTold(further.session)).desk)(path, input, further),
    ),
    flow: flowRouter,
  })
  const server = createServer((_request, response) => response.writeHead(404).end())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  const sockets = new WebSocketServer({ server, maxPayload: largestMessageBytes })
  const lasting = new Set<WebSocket>()
  sockets.on('connection', (socket, request) => {
    if (request.url === lastingPath) lasting.add(socket)
    socket.once('close', () => lasting.delete(socket))
    serve(overSocket(socket))
  })
  // Waiting for guests is a decision of the shell, not something the listener forces on it.
  server.unref()
  const passing = () => [...sockets.clients].filter((socket) => !lasting.has(socket))
  const left = (all: Iterable<WebSocket>) =>
    Promise.all([...all].map((socket) => new Promise((resolve) => socket.once('close', resolve))))
  return {
    guests: () => ({ passing: passing().length, lasting: lasting.size }),
    cut: () => sendAway(sockets.clients),
    close: async (idle) => {
      const gone = left(sockets.clients)
      server.close()
      await left(passing())
      await Promise.race([idle, gone])
      sendAway(sockets.clients)
      await gone
      sockets.close()
    },
  }
}

function sendAway(guests: Iterable<WebSocket>): void {
  for (const socket of guests) {
    socket.close(1001, 'the owner ends')
    const patience = setTimeout(() => socket.terminate(), farewellMilliseconds)
    socket.once('close', () => clearTimeout(patience))
  }
}

/** The owner's console, or undefined when nobody listens there. A lasting guest opens the console itself when the owner ends. */
export async function joinOwner(path: string, { lasting }: { lasting: boolean }): Promise<GuestLink | undefined> {
  // Connected by hand: a path inside a ws+unix address must not have blanks, colons or signs such as #.
  // The timeout is for the handshake; ws takes it off when the connection is open.
  const createConnection = () => connect({ path, timeout: handshakeMilliseconds })
  const socket = new WebSocket(`ws://owner${lasting ? lastingPath : '/'}`, {
    createConnection,
    maxPayload: largestAnswerBytes,
    handshakeTimeout: handshakeMilliseconds,
  })
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true))
    socket.on('error', () => resolve(false))
  })
  return opened ? guestLink(socket) : undefined
}
