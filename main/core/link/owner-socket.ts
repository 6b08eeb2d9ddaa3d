// The user-only socket of the process that owns the state folder: a second process of the same user
// makes its calls there, so that two consoles never write the same state. The folder around the socket
// is 0700; nobody else can reach it.
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocket, WebSocketServer } from 'ws'
import type { CallContext } from '../context.ts'
import { deskRouter, router } from '../router.ts'
import type { ConsoleClient } from './console-client.ts'

const largestMessageBytes = 32 * 1024 * 1024
const handshakeMilliseconds = 3000

/** A named pipe on Windows; elsewhere a socket file. Fails late and clearly when the path is too long for one. */
export function ownerSocketPath(stateFolder: string, pathDigest: string, platform: NodeJS.Platform): string {
  return platform === 'win32' ? `\\\\.\\pipe\\rackside-${pathDigest}` : join(stateFolder, 'owner.sock')
}

export type OwnerSocket = {
  /** How many other processes are using this console now. */
  guests(): number
  /** Stops listening; resolves when the last guest has left. */
  close(): Promise<void>
}

/** Only the holder of the owner lock may call this: it removes what a killed owner left. Throws when no socket can be made there. */
export async function serveGuests(path: string, context: CallContext): Promise<OwnerSocket> {
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const handler = new RPCHandler<CallContext>({ product: router, desk: deskRouter })
  const server = createServer((_request, response) => response.writeHead(404).end())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  const sockets = new WebSocketServer({ server, maxPayload: largestMessageBytes })
  sockets.on('connection', (socket) => {
    void handler.upgrade(socket, { context })
  })
  // Waiting for guests is a decision of the shell, not something the listener forces on it.
  server.unref()
  return {
    guests: () => sockets.clients.size,
    close: async () => {
      const left = [...sockets.clients].map((c) => new Promise((resolve) => c.once('close', resolve)))
      server.close()
      await Promise.all(left)
      sockets.close()
    },
  }
}

export type GuestLink = { readonly client: ConsoleClient; close(): void; readonly lost: Promise<void> }

/** The owner's console, or undefined when nobody listens there. */
export async function joinOwner(path: string): Promise<GuestLink | undefined> {
  // Connected by hand: a path inside a ws+unix address must not have blanks, colons or signs such as #.
  // The timeout is for the handshake; ws takes it off when the connection is open.
  const createConnection = () => connect({ path, timeout: handshakeMilliseconds })
  const socket = new WebSocket('ws://owner/', {
    createConnection,
    maxPayload: largestMessageBytes,
    handshakeTimeout: handshakeMilliseconds,
  })
  const opened = await new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
  if (!opened) return undefined
  const lost = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const client: ConsoleClient = createORPCClient(new RPCLink({ websocket: socket as never }))
  return { client, lost, close: () => socket.close() }
}
