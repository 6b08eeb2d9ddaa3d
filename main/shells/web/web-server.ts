// The listener of the web shell, on 127.0.0.1 and nowhere else, and what it gives each connection: little time and
// little room.
import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { WebSocket } from 'ws'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { PageFiles } from '../../core/page/page-files.ts'
import { usualPort, type WantedPort } from './arguments.ts'
import { type Door, doorAt, securityHeaders, turnedAway } from './door.ts'
import type { Metrics } from './metrics-page.ts'
import { pageApp } from './page-app.ts'
import { servePages } from './page-socket.ts'
import type { WindowKeys } from './window-keys.ts'

const limits = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  // How often the two above are looked at.
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 8192,
}
const mostConnections = 128
/** For an answer that is not read, after at most twice this; the times above are for the request. A WebSocket is let be. */
const silenceMilliseconds = 10_000
/** Taken when nobody names another one; when it is busy, any free one. */

export type WebServing = {
  readonly port: WantedPort
  readonly files: PageFiles
  readonly keys: WindowKeys
  /** Missing: nobody may read what is measured here. */
  readonly metrics?: Metrics | undefined
  /** Called with each socket that came with the key. */
  readonly serve: (socket: WebSocket) => void
}

export type WebServer = { readonly port: number; readonly origin: string; close(): Promise<void> }

export async function openWebServer({ port, files, keys, metrics, serve }: WebServing): Promise<Result<WebServer>> {
  const server = createServer(limits)
  server.maxConnections = mostConnections
  server.setTimeout(silenceMilliseconds)
  const connections = connectionsOf(server)
  const heard = port === 'usual' ? await listenUsually(server) : await listen(server, port)
  if (!heard.ok) return heard
  const door = doorAt(heard.value)
  answerRequests(server, door, pageApp(files, keys, metrics).fetch)
  const sockets = servePages(server, { door, keys, serve })
  return ok({
    port: heard.value,
    origin: door.origin,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await sockets.close()
      // Each one, be it HTTP, upgraded or refused: the end of this process is not for its clients to decide.
      for (const connection of connections) connection.destroy()
      await closed
    },
  })
}

function connectionsOf(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  return open
}

function answerRequests(server: Server, door: Door, answer: (request: Request) => Response | Promise<Response>): void {
  const listener = getRequestListener(answer, { overrideGlobalObjects: false })
  const headers = new Map(Object.entries(securityHeaders(door)))
  server.on('request', (request, response) => {
    response.setHeaders(headers)
    const turned = turnedAway(request, door)
    if (turned === undefined) return void listener(request, response)
    // What else it sends is not waited for.
    response.writeHead(turned.status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    response.end(turned.text)
  })
}

async function listenUsually(server: Server): Promise<Result<number>> {
  const usual = await listen(server, usualPort)
  return usual.ok ? usual : listen(server, 0)
}

function listen(server: Server, port: number): Promise<Result<number>> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      // EACCES: some systems keep ports for programs of their own.
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return resolve(fail({ kind: 'port-busy', port }))
      reject(error)
    })
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.removeAllListeners('error')
      resolve(ok((server.address() as AddressInfo).port))
    })
  })
}
