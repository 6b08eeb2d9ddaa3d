// Where the web shell listens: on 127.0.0.1, or, for a service whose people come over the local network, on one address
// with TLS. Every connection gets little time and little room, and one computer of the network a part of the room only.
import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { usualPort, type WantedPort } from './arguments.ts'
import { computerOf } from './sign-in-tries.ts'

const limits = {
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  // How often the two above are looked at.
  connectionsCheckingInterval: 1000,
  maxHeaderSize: 8192,
}
const handshakeTimeout = 5000
export const minVersion = 'TLSv1.2'
const mostConnections = 128
/** Of a network: many people, each with a window or two and what these fetch. */
const mostOfNetwork = 512
const mostOfOneComputer = 96
/** For an answer that is not read, after at most twice this; the times above are for the request. A WebSocket is let be. */
const silenceMilliseconds = 10_000
const loopback = '127.0.0.1'

/** Of a local network. `key` and `certificate`: PEM; the certificate's chain in the same text. */
export type NetworkPlace = {
  readonly address: string
  /** What it is called there, the address included; the first one is said to people. */
  readonly names: readonly [string, ...string[]]
  readonly certificate: string
  readonly key: string
  readonly validUntilMs: number
}

export type Listening = { readonly server: Server; readonly port: number; readonly connections: ReadonlySet<Socket> }

/** Fails with port-busy, and with serving-not-now where the address is none of this computer's. */
export async function listen(wanted: WantedPort, network: NetworkPlace | undefined): Promise<Result<Listening>> {
  const server = network === undefined ? createServer(limits) : overTls(network)
  server.maxConnections = network === undefined ? mostConnections : mostOfNetwork
  server.setTimeout(silenceMilliseconds)
  const connections = connectionsOf(server)
  const host = network?.address ?? loopback
  const usual = wanted === 'usual' ? await listenAt(server, { host, port: usualPort }) : undefined
  // A free one is found by whoever is told, and nobody on the network is.
  const isSettled = usual !== undefined && (usual.ok || network !== undefined)
  const heard = isSettled ? usual : await listenAt(server, { host, port: wanted === 'usual' ? 0 : wanted })
  return heard.ok ? ok({ server, port: heard.value, connections }) : heard
}

function overTls({ certificate, key }: NetworkPlace): Server {
  return createTlsServer({ ...limits, handshakeTimeout, cert: certificate, key, minVersion })
}

function connectionsOf(server: Server): ReadonlySet<Socket> {
  const open = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    const computer = computerOf(socket.remoteAddress)
    const ofThem = [...open].filter((one) => computerOf(one.remoteAddress) === computer).length
    if (computer !== loopback && ofThem >= mostOfOneComputer) return socket.destroy()
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    return undefined
  })
  return open
}

function listenAt(server: Server, { host, port }: { host: string; port: number }): Promise<Result<number>> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      // EACCES: some systems keep ports for programs of their own.
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return resolve(fail({ kind: 'port-busy', port }))
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'EINVAL') {
        return resolve(fail({ kind: 'serving-not-now', reason: 'address-not-here', detail: host }))
      }
      reject(error)
    })
    server.listen({ host, port, exclusive: true }, () => {
      server.removeAllListeners('error')
      resolve(ok((server.address() as AddressInfo).port))
    })
  })
}
