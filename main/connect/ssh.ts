// The only importer of ssh2's Client. Brings up one authenticated link: our own socket, our choice of
// algorithms, the host key judged before a single authentication byte, one login attempt, and one
// deadline over all of it, also against a server that falls silent half-way.
import { connect as connectSocket, Socket } from 'node:net'
import { constants } from 'node:os'
import type { Duplex } from 'node:stream'
import ssh2, { type Client, type ClientChannel, type ParsedKey } from 'ssh2'
import type { Address } from '../../shared/domain/appliance.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { openThrough } from './jump.ts'
import { type HostKeyDecision, keyTypeOf, type OfferedKey } from './known-hosts.ts'
import type { ChannelOpening, ForwardOpening, Link, ProcessChannel } from './link.ts'
import { connectionOver } from './link-connection.ts'
import { algorithmsFor } from './ssh-algorithms.ts'
import { handshakeFailure, socketFailure, stopFailure } from './ssh-errors.ts'
import { type Login, type LoginPlan, planLogin } from './ssh-login.ts'
import type { SudoPassword } from './sudo.ts'
import type { WatchHelper } from './watch-program.ts'

export type Keepalive = { readonly intervalSeconds: number; readonly count: number }

export type SshOptions = {
  readonly address: Address
  readonly login: Login
  /** Pure decision; asked again for every connection and every rekey. */
  readonly verifyHostKey: (offered: OfferedKey) => HostKeyDecision
  /** Types of the keys pinned for this address: asked for first, so a server that gets a further key has not changed. */
  readonly pinnedKeyTypes?: readonly string[]
  /**
   * The server announced these as its host keys and has proved, over this very session, that it has them (OpenSSH's
   * hostkeys-00). Those whose proof is missing or wrong are not among them.
   */
  readonly onHostKeysProven?: (keys: readonly OfferedKey[]) => void
  readonly deadlineSeconds: number
  readonly keepalive?: Keepalive
  /** The jump hosts on the way, in the order in which they are dialled. */
  readonly via?: readonly Hop[]
  /** What sudo may be answered when it asks; without one it is never asked. */
  readonly sudo?: SudoPassword
  /** The login only watches: root is this helper's two verbs and nothing else. */
  readonly watch?: WatchHelper
}

/** A jump host: its own login behind its own host key. */
export type Hop = Pick<SshOptions, 'address' | 'login' | 'verifyHostKey' | 'pinnedKeyTypes'>

const defaultKeepalive: Keepalive = { intervalSeconds: 5, count: 3 }
/** A saturated uplink delays the answer to a ping behind megabytes of data: patience instead of a false alarm. */
const uploadKeepalive: Keepalive = { intervalSeconds: 5, count: 12 }

/** RFC 4254, 5.1: the server will not open this for us, now or later. */
const administrativelyProhibited = 1

export async function connectSsh(options: SshOptions): Promise<Result<Connection>> {
  const link = await openLink(options)
  if (!link.ok) return link
  // Answers are said once: a login that took some cannot be done a second time.
  const once = [options, ...(options.via ?? [])].some(({ login }) => login.answers !== undefined)
  const shared: Link = { ...link.value, close: async () => undefined }
  const openUploadLink = async () => (once ? ok(shared) : openLink({ ...options, keepalive: uploadKeepalive }))
  return ok(connectionOver(link.value, openUploadLink, options.watch ?? options.sudo ?? 'sudo'))
}

/** Never used: the host key is refused before anybody could log in. */
const nobody: Login = { kind: 'password', password: new Secret('') }

/** The host key that a server shows, before anybody logs in: whatever it is, it has been seen and the link ends. */
export async function lookAtHostKey(options: Omit<SshOptions, 'login' | 'verifyHostKey'>): Promise<Result<OfferedKey>> {
  let seen: OfferedKey | undefined
  const link = await openLink({
    ...options,
    login: nobody,
    verifyHostKey: (offered) => {
      seen = offered
      return { kind: 'refused', failure: { kind: 'cancelled', at: 'host key' } }
    },
  })
  if (link.ok) throw new Error('a link came up although its host key was refused')
  return seen === undefined ? link : ok(seen)
}

function openLink({ via = [], ...options }: SshOptions): Promise<Result<Link>> {
  if (via.length === 0) return openLinkOver(options)
  const { keepalive } = options
  const hops = via.map((hop) => ({ ...hop, deadlineSeconds: 0, ...(keepalive && { keepalive }) }))
  const [first = options, ...more] = [...hops, options]
  return openThrough<SshOptions>([first, ...more], options.deadlineSeconds, openLinkOver)
}

/** Over a connection of its own, or over the stream through the last jump host. */
function openLinkOver(options: SshOptions & { readonly stream?: Duplex }): Promise<Result<Link>> {
  const plan = planLogin(options.address.user, options.login)
  if (!plan.ok) return Promise.resolve(plan)
  return new Promise((resolve) => {
    const { address, deadlineSeconds } = options
    const socket = options.stream ?? connectSocket({ host: address.host, port: address.port, noDelay: true })
    let stage: 'connect' | 'handshake' | 'login' = 'connect'
    let settled = false
    const settle = (result: Result<Link>): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      if (!result.ok) socket.destroy()
      resolve(result)
    }
    const timer = setTimeout(() => settle(fail(silence(stage, options))), deadlineSeconds * 1000)
    socket.once('error', (error) => stage === 'connect' && settle(fail(socketFailure(error, address))))
    plan.value.onStop((stop) => settle(fail(stopFailure(stop, address))))
    const connected = (): void => {
      stage = 'handshake'
      shakeHands(socket, options, plan.value, settle).once('handshake', () => {
        stage = 'login'
      })
    }
    if (!(socket instanceof Socket)) return connected()
    gatherWrites(socket)
    socket.once('connect', connected)
  })
}

/** ssh2 writes packet by packet; what it writes in one go leaves in one system call: 40 % less time in the kernel. */
function gatherWrites(socket: Socket): void {
  const write = socket.write.bind(socket) as (...words: unknown[]) => boolean
  let gathering = false
  const gathered = (...words: unknown[]): boolean => {
    if (!gathering) {
      gathering = true
      socket.cork()
      process.nextTick(() => {
        gathering = false
        socket.uncork()
      })
    }
    return write(...words)
  }
  socket.write = gathered as Socket['write']
}

function silence(stage: 'connect' | 'handshake' | 'login', { address, deadlineSeconds }: SshOptions): Failure {
  if (stage !== 'connect') return { kind: 'deadline-passed', what: `ssh ${stage}`, seconds: deadlineSeconds }
  return { kind: 'host-unreachable', host: address.host, port: address.port, reason: 'timeout' }
}

function shakeHands(
  socket: Duplex,
  options: SshOptions,
  plan: LoginPlan,
  settle: (result: Result<Link>) => void,
): Client {
  const client = new ssh2.Client()
  const { intervalSeconds, count } = options.keepalive ?? defaultKeepalive
  let refusal: Failure | undefined
  const giveUp = (error: unknown): void => {
    const login = { methodsOffered: plan.methodsOffered(), refusedAlgorithm: plan.refusedAlgorithm() }
    settle(fail(refusal ?? handshakeFailure(error, options.address, login)))
  }
  // Never removed: ssh2 may report more than one error, and an unheard one would end the console.
  client.on('error', giveUp)
  // A password that has run out is changed by a person, not here.
  client.on('change password', () => giveUp(Object.assign(new Error('expired'), { level: 'client-authentication' })))
  client.once('close', () => giveUp(new Error('connection closed')))
  // ssh2 asks for the proofs by itself and emits only keys whose signature over this session's id was right.
  client.on('hostkeys', (keys) => options.onHostKeysProven?.(keys.map(offeredKey)))
  client.once('ready', () => settle(ok(linkOver(client, socket, options.address))))
  client.connect({
    sock: socket,
    username: options.address.user,
    algorithms: algorithmsFor(options.pinnedKeyTypes ?? []),
    hostVerifier: (blob: Buffer) => {
      const decision = options.verifyHostKey({ type: keyTypeOf(blob), blob })
      if (decision.kind === 'refused') refusal = decision.failure
      return decision.kind !== 'refused'
    },
    authHandler: plan.handler,
    readyTimeout: 0,
    keepaliveInterval: intervalSeconds * 1000,
    keepaliveCountMax: count,
  })
  return client
}

function offeredKey(key: ParsedKey): OfferedKey {
  const blob = key.getPublicSSH()
  return { type: keyTypeOf(blob), blob }
}

function linkOver(client: Client, socket: Duplex, address: Address): Link {
  const listeners = new Set<() => void>()
  let lost = false
  const lose = (): void => {
    lost = true
    socket.destroy()
    for (const listener of [...listeners]) listener()
    listeners.clear()
  }
  client.once('error', lose)
  client.once('close', lose)
  return {
    address,
    onLost: (listener) => {
      if (lost) listener()
      else listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    lostFailure: (during) => ({ kind: 'link-lost', host: address.host, port: address.port, during }),
    openProcess: (line) => openProcess(client, line),
    openForward: (port, host = '127.0.0.1') => openForward(client, host, port),
    close: () => closeClient(client, socket),
  }
}

function openProcess(client: Client, line: string): Promise<ChannelOpening> {
  return new Promise((resolve) => {
    try {
      client.exec(line, { allowHalfOpen: true } as never, (error, channel) => {
        if (!error) return resolve({ kind: 'open', channel: processChannel(channel) })
        const reason = openFailureReason(error)
        const refused = reason === undefined || reason === administrativelyProhibited
        resolve(refused ? { kind: 'refused', detail: error.message } : { kind: 'busy' })
      })
    } catch {
      // Not connected any more: the call hears of it through onLost.
    }
  })
}

function openForward(client: Client, host: string, port: number): Promise<ForwardOpening> {
  return new Promise((resolve) => {
    try {
      client.forwardOut('127.0.0.1', 0, host, port, (error, stream) => {
        if (!error) return resolve({ kind: 'open', stream })
        const prohibited = openFailureReason(error) === administrativelyProhibited
        resolve(prohibited ? { kind: 'prohibited' } : { kind: 'failed', detail: error.message })
      })
    } catch {
      // As above.
    }
  })
}

function openFailureReason(error: Error): number | undefined {
  return 'reason' in error && typeof error.reason === 'number' ? error.reason : undefined
}

/** An exit may arrive in the same packet as the opening, before anybody can listen: it is kept for whoever asks. */
function processChannel(channel: ClientChannel): ProcessChannel {
  const exited = new Promise<number>((resolve) => {
    channel.once('exit', (code: number | null, signal?: string) => resolve(code ?? signalCode(signal)))
  })
  const closed = new Promise<void>((resolve) => {
    channel.once('close', () => resolve())
  })
  return {
    input: channel,
    stdout: channel,
    stderr: channel.stderr,
    onExit: (listener) => void exited.then(listener),
    onClose: (listener) => void closed.then(listener),
    close: () => {
      // ssh2 reports the close only after everything was read.
      channel.resume()
      channel.stderr.resume()
      channel.close()
    },
  }
}

/** As a shell would report it. */
function signalCode(signal: string | undefined): number {
  const numbers: Readonly<Record<string, number>> = constants.signals
  return 128 + (numbers[signal ?? ''] ?? constants.signals.SIGKILL)
}

function closeClient(client: Client, socket: Duplex): Promise<void> {
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve()
    const force = setTimeout(() => socket.destroy(), 1000)
    socket.once('close', () => {
      clearTimeout(force)
      resolve()
    })
    client.end()
  })
}
