// The SSH server of one simulated machine, in this process and on the loopback only. It knows links, logins and
// channels; what runs in them is handed in.
import { once } from 'node:events'
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import ssh2, { type AuthContext, type Connection, type ServerChannel } from 'ssh2'

export type SshFrontOptions = {
  /** OpenSSH private key; read anew for every link. */
  readonly hostKey: () => string
  readonly user: string
  readonly password: string
  /** OpenSSH public keys that may log in; read anew for every attempt. */
  readonly loginKeys: () => readonly string[]
  readonly onExec: (line: string, channel: ServerChannel) => void
  /** Somebody's own shell, in a terminal. */
  readonly onTerminal: (channel: ServerChannel) => void
  /** Dials a port of the machine's own loopback; undefined: nobody listens there. */
  readonly onForward: (port: number) => ((stream: Duplex) => void) | undefined
}

export type SshFront = {
  readonly port: number
  /** Ends every link at once, without a word to the other side. */
  cut(): void
  /** The same, and nobody gets in until `open`. */
  shut(): Promise<void>
  /** Rejects while another program has the port. */
  open(): Promise<void>
  /** Shut for good. */
  end(): Promise<void>
}

/** More than all consoles of one user together. */
const mostLinks = 64
/** From the first byte to a login; what sshd calls LoginGraceTime. */
const loginSeconds = 30

const loopback = '127.0.0.1'

/** Listens on `wantedPort` where it is free, else on one that the system chooses. Rejects when it cannot listen. */
export async function openSshFront(wantedPort: number, options: SshFrontOptions): Promise<SshFront> {
  const sockets = new Set<Socket>()
  let listener = await listen(wantedPort, accept).catch(() => listen(0, accept))
  const { port } = listener.address() as AddressInfo
  let ended = false
  function accept(socket: Socket): void {
    if (sockets.size >= mostLinks) return void socket.destroy()
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    serverFor(options).injectSocket(socket)
  }
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const shut = async (): Promise<void> => {
    if (!listener.listening) return
    const closed = once(listener, 'close')
    listener.close()
    cut()
    await closed
  }
  return {
    port,
    cut,
    shut,
    async open() {
      if (listener.listening || ended) return
      listener = await listen(port, accept)
      if (ended) await shut()
    },
    async end() {
      ended = true
      await shut()
    },
  }
}

async function listen(port: number, accept: (socket: Socket) => void): Promise<NetServer> {
  const listener = createServer(accept)
  listener.listen(port, loopback)
  await once(listener, 'listening')
  listener.on('error', () => undefined)
  return listener
}

/** One a link: so a changed host key is shown from the next link on. */
function serverFor(options: SshFrontOptions): ssh2.Server {
  return new ssh2.Server({ hostKeys: [options.hostKey()], ident: 'RacksideDemo' }, (client) => {
    client.on('error', () => undefined)
    const tooLate = setTimeout(() => client.end(), loginSeconds * 1000).unref()
    client.once('ready', () => clearTimeout(tooLate))
    client.once('close', () => clearTimeout(tooLate))
    client.on('authentication', (attempt) => judge(attempt, options))
    client.on('ready', () => serveLink(client, options))
  })
}

function judge(attempt: AuthContext, { user, password, loginKeys }: SshFrontOptions): void {
  const isUser = attempt.username === user
  const { method } = attempt
  const proven =
    method === 'password'
      ? attempt.password === password
      : method === 'publickey' && loginKeys().some((key) => holdsKey(attempt, key))
  if (isUser && proven) attempt.accept()
  else attempt.reject(['publickey', 'password'])
}

type KeyAttempt = Extract<AuthContext, { method: 'publickey' }>

function holdsKey({ key, signature, blob, hashAlgo }: KeyAttempt, loginKey: string): boolean {
  const known = ssh2.utils.parseKey(loginKey)
  if (known instanceof Error || !known.getPublicSSH().equals(key.data)) return false
  // Without a signature it only asks whether this key would do.
  return signature === undefined || blob === undefined || known.verify(blob, signature, hashAlgo) === true
}

function serveLink(client: Connection, { onExec, onTerminal, onForward }: SshFrontOptions): void {
  client.on('session', (acceptSession) => {
    const session = acceptSession()
    session.on('exec', (accept, _reject, { command }) => {
      const channel = accept()
      channel.on('error', () => undefined)
      onExec(command, channel)
    })
    let hasTerminal = false
    // Not everybody who asks wants to hear the answer.
    session.on('pty', (accept) => {
      hasTerminal = true
      accept?.()
    })
    session.on('window-change', (accept) => accept?.())
    session.on('shell', (accept) => {
      const channel = accept()
      channel.on('error', () => undefined)
      if (hasTerminal) onTerminal(channel)
      else onExec('', channel)
    })
  })
  client.on('tcpip', (accept, reject, { destPort }) => {
    const answer = onForward(destPort)
    if (answer === undefined) return reject()
    const stream = accept()
    stream.on('error', () => undefined)
    answer(stream)
  })
}
