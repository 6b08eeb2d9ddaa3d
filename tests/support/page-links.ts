// A page server as a shell has it, and links to it as a page makes them: over a real WebSocket, and over a
// real message channel. Everything is closed when the test ends.
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink as PortLink } from '@orpc/client/message-port'
import { RPCLink as SocketLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { type LinkPort, largestMessageBytes } from '../../main/core/link/carriers.ts'
import type { ConsoleClient } from '../../main/core/link/console-client.ts'
import { type PageServer, pageServer, type WindowCalls } from '../../main/core/link/serve-page.ts'
import { creditedLink, type LinkContract, type StreamContext, streamHeaders } from '../../shared/contract/flow.ts'
import { fail, ok } from '../../shared/domain/failure.ts'
import { usualPolicy } from '../../shared/domain/operator.ts'

export type PageClient = ContractRouterClient<LinkContract>
export type PageLink = { readonly client: PageClient; cut(): void }
export type LinkKind = 'a WebSocket' | 'a message channel'

const noOperators = async () => fail({ kind: 'operator-unusable', name: '', problem: 'not-begun' })
const noVault = async () => fail({ kind: 'vault-missing' })

const noWindow: WindowCalls = {
  about: async () => ({ ok: false, failure: { kind: 'cancelled', at: 'about' } }),
  chooseBundle: async () => ok(null),
  chooseBundleFile: async () => ok(null),
  chooseKeyFile: async () => ok(null),
  saveFiles: async () => ok({ saved: false }),
  savePage: async () => ok({ saved: false }),
  writeBackup: async () => ok(null),
  saveSupport: async () => ok({ saved: false }),
  keyFiles: async () => ok([]),
  offerPassword: async () => ok({ credentialId: 'password-1', label: 'password', lasting: false }),
  offerKey: async () => ok({ credentialId: 'key-1', label: 'key', lasting: false }),
  unlockKey: async ({ credentialId }) => ok({ credentialId }),
  listAgentKeys: async () => ok([]),
  offerCertificateKey: async () => ({
    ok: false,
    failure: { kind: 'certificate-unusable', problem: 'no-key', detail: '' },
  }),
  takeAgentKey: async () => ({ ok: false, failure: { kind: 'agent-unusable', reason: 'no-agent', detail: '' } }),
  offerAnswers: async () => ok({ credentialId: 'answers-1' }),
  openWindow: async () => ok({ address: null }),
  ...{ signIn: noOperators, stepUp: noOperators, beginOperators: noOperators, addOperator: noOperators },
  ...{ resetOperator: noOperators, changeOwnPassphrase: noOperators, setProvider: noOperators },
  ...{ beginProviderSignIn: noOperators, finishProviderSignIn: noOperators, finishProviderStepUp: noOperators },
  createVault: noVault,
  createKeychainVault: noVault,
  unlockVault: noVault,
  changeVaultPassphrase: noVault,
  keepCredential: noVault,
}

/** Calls that a test does not play fail as a call that is not there; where it does not say who there is, nobody is named. */
export function played(product: object, desk: object = {}): ConsoleClient {
  const operators = { state: async () => ok({ named: false, signedIn: null, policy: usualPolicy }) }
  return { product: { operators, ...product }, desk } as unknown as ConsoleClient
}

export function pageOf(client: ConsoleClient, window: Partial<WindowCalls> = {}): PageServer {
  return pageServer(
    async () => client,
    () => ({ ...noWindow, ...window }),
  )
}

export async function linkTo(server: PageServer, kind: LinkKind = 'a WebSocket'): Promise<PageLink> {
  return kind === 'a WebSocket' ? overWebSocket(server) : overChannel(server)
}

/** An open socket whose other end is served. */
export async function openSocket(server: PageServer): Promise<WebSocket> {
  const listener = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: largestMessageBytes })
  await new Promise<void>((resolve) => listener.once('listening', resolve))
  listener.on('connection', (socket) => server.overSocket(socket))
  const socket = new WebSocket(`ws://127.0.0.1:${(listener.address() as { port: number }).port}`)
  socket.on('error', () => undefined)
  onTestFinished(async () => {
    for (const one of listener.clients) one.terminate()
    await new Promise((resolve) => listener.close(resolve))
  })
  await new Promise<void>((resolve) => socket.once('open', resolve))
  return socket
}

/** Our end and the served end of a channel; the served one looks as Electron's does. */
export function openChannel(server: PageServer): MessagePort {
  const { port1, port2 } = new MessageChannel()
  onTestFinished(() => {
    port1.close()
    port2.close()
  })
  server.overPort(electronPort(port2))
  return port1
}

async function overWebSocket(server: PageServer): Promise<PageLink> {
  const socket = await openSocket(server)
  const link = new SocketLink<StreamContext>({ websocket: socket as never, headers: streamHeaders })
  return { client: credited(link), cut: () => socket.terminate() }
}

function overChannel(server: PageServer): PageLink {
  const port = openChannel(server)
  port.start()
  const link = new PortLink<StreamContext>({ port: port as never, headers: streamHeaders })
  return { client: credited(link), cut: () => port.close() }
}

function credited(link: Parameters<typeof creditedLink>[0]): PageClient {
  const client: PageClient = createORPCClient(creditedLink(link, (credit) => client.flow.more(credit)))
  return client
}

function electronPort(port: MessagePort): LinkPort {
  return {
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      port.on(event, (data: unknown) => listener({ data })),
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
    close: () => port.close(),
  }
}
