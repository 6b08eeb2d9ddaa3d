// An SSH server in this process, on a loopback port, that can misbehave at every stage. By default it
// runs what it is asked to run in a real shell, in a session of its own as sshd does.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import ssh2, { type Algorithms, type AuthContext, type Connection, type ServerChannel } from 'ssh2'
import { expect, onTestFinished } from 'vitest'
import { connectSsh, type SshOptions } from '../../main/connect/ssh.ts'
import type { Address } from '../../shared/domain/appliance.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection as ApplianceConnection } from '../../shared/domain/connection.ts'
import type { Result } from '../../shared/domain/failure.ts'
import { temporaryFolder } from './temporary-folder.ts'

export type FakeSsh = {
  readonly address: Address
  readonly hostKeyBlob: Buffer
  /** Every authentication method that reached the server, in order. */
  readonly authentications: string[]
  /** Every line that was asked for. */
  readonly lines: string[]
  /** Every request to forward something of ours: agent, X11, ports. None may ever come (P10). */
  readonly forwardsAsked: string[]
  /** How many connections ever came. */
  dials(): number
  /** Sockets that are open now. */
  openLinks(): number
  /** The most links that were open at once, and that were logging in at once; and how many were dropped. */
  readonly links: { readonly most: number; readonly mostStartingUp: number; readonly dropped: number }
  /** Channels that are open now, and the most that ever were. */
  channels(): { now: number; most: number }
  /** Every socket is reset. */
  cut(): void
  /** Nothing is read or answered any more, and nobody is told. */
  freeze(): void
  /** The server begins a new key exchange on every link, and freezes in it. */
  freezeInRekey(): void
  /** These bytes go out on every link, past SSH. */
  say(bytes: Uint8Array): void
}

export type FakeSshOptions = {
  readonly user?: string
  readonly password?: string
  /** What the server answers to "none"; the password is checked for both methods. */
  readonly methods?: ('password' | 'keyboard-interactive' | 'publickey')[]
  readonly hostKeys?: readonly [string, ...string[]]
  readonly ciphers?: string[]
  /** Of the other parts. */
  readonly algorithms?: Algorithms
  /** Where the server falls silent for ever. */
  readonly silentAt?: 'connect' | 'login' | 'channel' | 'exec' | 'forward'
  /** Sessions beyond this many are refused as sshd refuses them (MaxSessions). */
  readonly sessionLimit?: number
  /** Links that have not logged in yet, beyond this many, are dropped unheard (MaxStartups). */
  readonly startupLimit?: number
  readonly forwarding?: boolean
  /** Judges every attempt to log in, instead of `password` and `methods`. */
  readonly onAuthentication?: (attempt: AuthContext) => void
  /** Every connection is reset as soon as it is there, as sshd does with sources it is angry with. */
  readonly dropping?: boolean
  /** The test asks for forwarding itself. */
  readonly forwardsExpected?: boolean
  /** Instead of a real shell. */
  readonly onExec?: (line: string, channel: ServerChannel) => void
  /** Somebody dials. */
  readonly onSocket?: () => void
  /** Right after the login. */
  readonly onReady?: (client: Connection) => void
  /** Folder before everything else on the PATH of the shell. */
  readonly programs?: string
  /** Where the shell is at home. */
  readonly home?: string
  /** Changes what a shell gets on its standard input first: the wrapper and the work. Keeps the length. */
  readonly rewrite?: (opening: string) => string
  /** Printed on both outputs before the line runs, as rc files do. */
  readonly noise?: string
}

/** About one in 300 keys that ssh2 1.17 makes cannot be read, not even by itself. */
export function generateKeyPair(passphrase?: string): { readonly private: string; readonly public: string } {
  const make = ssh2.utils.generateKeyPairSync
  const pair =
    passphrase === undefined ? make('ed25519') : make('ed25519', { passphrase, cipher: 'aes256-ctr', rounds: 4 })
  return ssh2.utils.parseKey(pair.private, passphrase) instanceof Error ? generateKeyPair(passphrase) : pair
}

export const fakeHostKey = generateKeyPair().private
export const fakePassword = 'fake-password'

export async function startFakeSsh(options: FakeSshOptions = {}): Promise<FakeSsh> {
  const authentications: string[] = []
  const lines: string[] = []
  const forwardsAsked: string[] = []
  let dials = 0
  const sockets = new Set<Socket>()
  const clients = new Set<Connection>()
  const children = new Set<ChildProcess>()
  const count = { now: 0, most: 0 }
  const links = { startingUp: 0, mostStartingUp: 0, most: 0, dropped: 0 }
  const hostKeys = options.hostKeys ?? ([fakeHostKey] as const)
  // The demands of this server: whoever came first logs in first, as far as these tests go.
  const started: (() => void)[] = []
  const startUp = (socket: Socket): void => {
    links.startingUp += 1
    links.mostStartingUp = Math.max(links.mostStartingUp, links.startingUp)
    let counted = true
    const done = (): void => {
      if (counted) links.startingUp -= 1
      counted = false
    }
    started.push(done)
    socket.once('close', done)
  }
  const ciphers = options.ciphers === undefined ? {} : { cipher: options.ciphers as never }
  const algorithms = { ...options.algorithms, ...ciphers }
  const ssh = new ssh2.Server({ hostKeys: [...hostKeys], algorithms }, (client) => {
    // Links are cut and refused on purpose here; the test looks at the other end.
    client.on('error', () => undefined)
    clients.add(client)
    client.once('close', () => clients.delete(client))
    client.on('authentication', (attempt) => {
      authentications.push(attempt.method)
      if (options.silentAt === 'login') return
      if (options.onAuthentication) options.onAuthentication(attempt)
      else judge(attempt, options)
    })
    client.on('request', (_accept, reject, name) => {
      forwardsAsked.push(name)
      reject?.()
    })
    client.on('ready', () => {
      serve(client, { options, lines, forwardsAsked, children, count })
      options.onReady?.(client)
    })
    client.on('ready', () => started.shift()?.())
  })
  const front = createServer((socket) => {
    dials += 1
    if (links.startingUp >= (options.startupLimit ?? 100)) {
      links.dropped += 1
      socket.destroy()
      return
    }
    startUp(socket)
    sockets.add(socket)
    links.most = Math.max(links.most, sockets.size)
    options.onSocket?.()
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    if (options.dropping) socket.resetAndDestroy()
    else if (options.silentAt === 'connect') socket.resume()
    else ssh.injectSocket(socket)
  })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const freeze = (): void => {
    for (const socket of sockets) {
      socket.removeAllListeners('data')
      socket.pause()
    }
  }
  onTestFinished(async () => {
    cut()
    front.close()
    await once(front, 'close')
    for (const child of children) if (child.pid !== undefined) killGroup(child.pid)
    if (!options.forwardsExpected) expect(forwardsAsked, 'P10: nothing of ours is ever forwarded').toEqual([])
  })
  const parsed = ssh2.utils.parseKey(hostKeys[0])
  if (parsed instanceof Error) throw parsed
  return {
    address: { host: '127.0.0.1', port: (front.address() as AddressInfo).port, user: options.user ?? 'ops' },
    hostKeyBlob: parsed.getPublicSSH(),
    authentications,
    lines,
    forwardsAsked,
    dials: () => dials,
    openLinks: () => sockets.size,
    links,
    channels: () => ({ ...count }),
    cut,
    freeze,
    freezeInRekey: () => {
      for (const client of clients) client.rekey()
      freeze()
    },
    say: (bytes) => {
      for (const socket of sockets) socket.write(bytes)
    },
  }
}

function judge(attempt: AuthContext, options: FakeSshOptions): void {
  const methods = options.methods ?? ['password']
  const password = options.password ?? fakePassword
  if (attempt.method === 'password' && methods.includes('password') && attempt.password === password) {
    attempt.accept()
  } else if (attempt.method === 'keyboard-interactive' && methods.includes('keyboard-interactive')) {
    attempt.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
      if (answers[0] === password) attempt.accept()
      else attempt.reject(methods)
    })
  } else if (attempt.method === 'publickey' && methods.includes('publickey')) attempt.accept()
  else attempt.reject(methods)
}

type Serving = {
  readonly options: FakeSshOptions
  readonly lines: string[]
  readonly forwardsAsked: string[]
  readonly children: Set<ChildProcess>
  readonly count: { now: number; most: number }
}

function serve(client: Connection, serving: Serving): void {
  const { options, count } = serving
  let sessions = 0
  client.on('session', (accept, reject) => {
    if (options.silentAt === 'channel') return
    if (sessions >= (options.sessionLimit ?? 10)) return reject()
    sessions += 1
    count.now += 1
    count.most = Math.max(count.most, count.now)
    const session = accept()
    session.once('close', () => {
      sessions -= 1
      count.now -= 1
    })
    for (const name of ['auth-agent', 'x11']) {
      session.on(name as 'x11', (_accept, refuse) => {
        serving.forwardsAsked.push(name)
        refuse?.()
      })
    }
    session.on('exec', (acceptExec, _reject, info) => {
      if (options.silentAt === 'exec') return
      serving.lines.push(info.command)
      const channel = acceptExec()
      channel.on('error', () => undefined)
      if (options.onExec) options.onExec(info.command, channel)
      else runInSession(info.command, channel, serving)
    })
  })
  if (options.forwarding === false) return
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    if (options.silentAt === 'forward') return
    const target = connect({ host: destIP, port: destPort })
    target.once('error', reject)
    target.once('connect', () => {
      const channel = accept()
      channel.on('error', () => undefined)
      target.on('error', () => channel.close())
      channel.pipe(target).pipe(channel)
      channel.once('close', () => target.destroy())
    })
  })
}

/** Like sshd: an own session, the exit status as soon as it is known, input closed with the channel. */
function runInSession(line: string, channel: ServerChannel, { options, children }: Serving): void {
  const path = options.programs === undefined ? process.env['PATH'] : `${options.programs}:${process.env['PATH']}`
  const child = spawn('/bin/sh', ['-c', line], { detached: true, env: { PATH: path, HOME: options.home ?? '/' } })
  children.add(child)
  if (options.noise !== undefined) {
    channel.write(options.noise)
    channel.stderr.write(options.noise)
  }
  let first = true
  channel.on('data', (bytes: Buffer) => {
    const opening = first && options.rewrite !== undefined ? Buffer.from(options.rewrite(bytes.toString())) : bytes
    first = false
    if (!child.stdin.write(opening)) {
      channel.pause()
      child.stdin.once('drain', () => channel.resume())
    }
  })
  child.stdin.on('error', () => channel.resume())
  channel.once('end', () => child.stdin.end())
  channel.once('close', () => child.stdin.end())
  child.stdout.pipe(channel, { end: false })
  child.stderr.pipe(channel.stderr, { end: false })
  child.once('exit', (code, signal) => {
    if (code === null) channel.exit((signal ?? 'SIGKILL').replace('SIG', ''), false, '')
    else channel.exit(code)
  })
  child.once('close', () => {
    children.delete(child)
    // Closes when everything has left; close() would throw away what waits for the window, and so would the end of
    // one stream with what the other one still has.
    channel.stderr.end(() => channel.end())
  })
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Ended by itself, as it should.
  }
}

/** A folder with programs of these texts, to be put before the PATH. */
export function fakePrograms(programs: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(programs)) {
    const file = join(folder, name)
    writeFileSync(file, text)
    chmodSync(file, 0o755)
  }
  return folder
}

/** A sudo that asks for nothing and stays what it is. */
export const willingSudo = '#!/bin/sh\nwhile [ "$1" != -- ]; do shift; done\nshift\nexec "$@"\n'

export async function connectTo(
  server: FakeSsh,
  options: Partial<SshOptions> = {},
): Promise<Result<ApplianceConnection>> {
  const connected = await connectSsh({
    address: server.address,
    login: { kind: 'password', password: new Secret(fakePassword) },
    verifyHostKey: () => ({ kind: 'accepted' }),
    deadlineSeconds: 5,
    ...options,
  })
  if (connected.ok) onTestFinished(() => connected.value.close())
  return connected
}

/** A connection to a server that behaves as these options say, when connecting itself is not the question. */
export async function connectionTo(
  options: FakeSshOptions = {},
): Promise<{ server: FakeSsh; link: ApplianceConnection }> {
  const server = await startFakeSsh(options)
  const connected = await connectTo(server)
  if (!connected.ok) throw new Error(JSON.stringify(connected.failure))
  return { server, link: connected.value }
}
