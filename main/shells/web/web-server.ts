// The server of the web shell: who may speak to it, what is answered, and an end that no client can hold up.
import type { Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import { getRequestListener } from '@hono/node-server'
import type { WebSocket } from 'ws'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { Guest } from '../../core/link/serve-page.ts'
import type { PageFiles } from '../../core/page/page-files.ts'
import type { WantedPort } from './arguments.ts'
import { type Door, doorAt, networkDoorAt, originOf, securityHeaders, turnedAway } from './door.ts'
import { listen, minVersion, type NetworkPlace } from './listening.ts'
import type { Metrics } from './metrics-page.ts'
import { pageApp } from './page-app.ts'
import { servePages } from './page-socket.ts'
import type { WindowKeys } from './window-keys.ts'

export type WebServing = {
  readonly port: WantedPort
  /** Missing: for this computer alone. */
  readonly network?: NetworkPlace | undefined
  readonly files: PageFiles
  readonly keys: WindowKeys
  /** Missing: nobody may read what is measured here. */
  readonly metrics?: Metrics | undefined
  /** Whether operators are named. Missing: every window needs the key; otherwise none has it. */
  readonly signsIn?: (() => Promise<boolean>) | undefined
  /** Called with each socket that is let in. */
  readonly serve: (socket: WebSocket, guest?: Guest) => void
}

export type WebServer = {
  readonly port: number
  readonly origin: string
  readonly windows: () => number
  /** The certificate and key that connections get from now on. */
  renew(network: NetworkPlace): void
  /** Undefined: it has none. */
  readonly certificateUntilMs: () => number | undefined
  close(): Promise<void>
}

export async function openWebServer(serving: WebServing): Promise<Result<WebServer>> {
  const { network, files, keys, metrics, signsIn, serve } = serving
  const listening = await listen(serving.port, network)
  if (!listening.ok) return listening
  const { server, port, connections } = listening.value
  let untilMs = network?.validUntilMs
  const door = network === undefined ? doorAt(port) : networkDoorAt(port, network.names)
  answerRequests(server, door, pageApp(files, keys, metrics).fetch)
  const sockets = servePages(server, { door, keys, signsIn, serve })
  return ok({
    port,
    origin: originOf(door),
    windows: sockets.count,
    certificateUntilMs: () => untilMs,
    renew({ certificate, key, validUntilMs }) {
      untilMs = validUntilMs
      if ('setSecureContext' in server) (server as TlsServer).setSecureContext({ cert: certificate, key, minVersion })
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await sockets.close()
      // Each one, be it HTTP, upgraded or refused: the end of this process is not for its clients to decide.
      for (const connection of connections) connection.destroy()
      await closed
    },
  })
}

function answerRequests(server: Server, door: Door, answer: (request: Request) => Response | Promise<Response>): void {
  const listener = getRequestListener(answer, { overrideGlobalObjects: false })
  server.on('request', (request, response) => {
    response.setHeaders(new Map(Object.entries(securityHeaders(door, request.headers.host))))
    const turned = turnedAway(request, door)
    if (turned === undefined) return void listener(request, response)
    // What else it sends is not waited for.
    response.writeHead(turned.status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
    response.end(turned.text)
  })
}
