// The only importer of ssh2's Client. Brings up one authenticated link: our own socket, our choice of
// algorithms, the host key judged before a single authentication byte, one login attempt, and one
// deadline over all of it, also against a server that falls silent half-way.
import { connect as connectSocket, type Socket } from 'node:net'
import { constants } from 'node:os'
import ssh2, { type Client, type ClientChannel } from 'ssh2'
import type { Address } from '../../shared/domain/appliance.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import type { HostKeyDecision, OfferedKey } from './known-hosts.ts'
import type { ChannelOpening, ForwardOpening, Link, ProcessChannel } from './link.ts'
import { connectionOver } from './link-connection.ts'
import { overhearOffer } from './server-offer.ts'
import { withSpares } from './spare-link.ts'
import { algorithmsFor, weakAmong } from './ssh-algorithms.ts'
import { handshakeFailure, socketFailure } from './ssh-errors.ts'
import { type Login, type LoginPlan, planLogin } from './ssh-login.ts'

export type Keepalive = { readonly intervalSeconds: number; readonly count: number }

export type SshOptions = {
  readonly address: Address
  readonly login: Login
  /** Pure decision; asked again for every connection and every rekey. */
  readonly verifyHostKey: (offered: OfferedKey) => HostKeyDecision
  /** Types of the keys pinned for this address: asked for first, so a server that gets a further key has not changed. */
  readonly pinnedKeyTypes?: readonly string[]
  /** A person accepted algorithms for this appliance that are not safe any more. */
  readonly weakAlgorithms?: boolean
  readonly deadlineSeconds: number
  readonly keepalive?: Keepalive
  /** From 0 to 1. */
  readonly random?: () => number
  /** How far it got, for whoever shows it step by step. */
  readonly onStage?: (stage: ConnectStage) => void
}

export type ConnectStage =
  /** This jump host lets us through; the next place is dialled from it. */
  | { readonly kind: 'jumped'; readonly through: Address }
  /** The name has become this address of the network. */
  | { readonly kind: 'resolved'; readonly networkAddress: string }
  | { readonly kind: 'connected' }
  | { readonly kind: 'key-accepted'; readonly offered: OfferedKey }
  /** `weak`: those of them that only the opt-in allows. */
  | { readonly kind: 'agreed'; readonly algorithms: readonly string[]; readonly weak: readonly string[] }
  | { readonly kind: 'logged-in'; readonly method: string }

/**
 * Idle or busy, a dead link is noticed one interval after the last ping that was not answered: 18 s. A ping is 100
 * bytes, so idle links get no slower rhythm of their own.
 */
const defaultKeepalive: Keepalive = { intervalSeconds: 4.5, count: 3 }
/**
 * A saturated uplink delays the answer to a ping behind megabytes of data: patience instead of a false alarm. A dead
 * appliance is noticed by the link beside it, which takes the upload with it.
 */
const uploadKeepalive: Keepalive = { intervalSeconds: 5, count: 12 }

/** RFC 4254, 5.1: the server will not open this for us, now or later. */
const administrativelyProhibited = 1

export async function connectSsh(options: SshOptions): Promise<Result<Connection>> {
  const first = await openLink(options)
  if (!first.ok) return first
  // Those behind the first one report to nobody.
  const { onStage: _, ...further } = options
  const openUploadLink = () => openWithSpares({ ...further, keepalive: uploadKeepalive })
  return ok(connectionOver(spared(first.value, further), openUploadLink))
}

async function openWithSpares(options: SshOptions): Promise<Result<Link>> {
  const link = await openLink(options)
  return link.ok ? ok(spared(link.value, options)) : link
}

function spared(link: Link, options: SshOptions): Link {
  return withSpares(link, { dial: () => openLink(options), random: options.random ?? Math.random })
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

function openLink(options: SshOptions): Promise<Result<Link>> {
  const plan = planLogin(options.address.user, options.login, options.weakAlgorithms)
  if (!plan.ok) return Promise.resolve(plan)
  return new Promise((resolve) => {
    const { address, deadlineSeconds } = options
    const socket = connectSocket({ host: address.host, port: address.port, noDelay: true })
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
    gatherWrites(socket)
    socket.once('lookup', (error, networkAddress) => {
      if (!error) options.onStage?.({ kind: 'resolved', networkAddress })
    })
    socket.once('connect', () => {
      stage = 'handshake'
      options.onStage?.({ kind: 'connected' })
      shakeHands(socket, options, plan.value, settle).once('handshake', () => {
        stage = 'login'
      })
    })
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
  socket: Socket,
  options: SshOptions,
  plan: LoginPlan,
  settle: (result: Result<Link>) => void,
): Client {
  const client = new ssh2.Client()
  const { intervalSeconds, count } = options.keepalive ?? defaultKeepalive
  const weakAlgorithms = options.weakAlgorithms === true
  const offer = overhearOffer(socket)
  let refusal: Failure | undefined
  let method = ''
  const giveUp = (error: unknown): void => {
    const login = { methodsOffered: plan.methodsOffered(), refusedAlgorithm: plan.refusedAlgorithm() }
    const seen = { offer: offer(), weakAlgorithms }
    settle(fail(refusal ?? handshakeFailure(error, options.address, { ...login, ...seen })))
  }
  // Never removed: ssh2 may report more than one error, and an unheard one would end the console.
  client.on('error', giveUp)
  client.once('close', () => giveUp(new Error('connection closed')))
  client.once('handshake', ({ kex, serverHostKey, cs, sc }) => {
    const algorithms = [...new Set<string>([kex, serverHostKey, cs.cipher, sc.cipher, cs.mac, sc.mac])].filter(Boolean)
    options.onStage?.({ kind: 'agreed', algorithms, weak: weakAmong(algorithms) })
  })
  client.once('ready', () => {
    options.onStage?.({ kind: 'logged-in', method })
    settle(ok(linkOver(client, socket, options.address)))
  })
  client.connect({
    sock: socket,
    username: options.address.user,
    algorithms: algorithmsFor(options.pinnedKeyTypes ?? [], weakAlgorithms),
    hostVerifier: (blob: Buffer) => {
      const offered = { type: keyType(blob), blob }
      const decision = options.verifyHostKey(offered)
      if (decision.kind === 'refused') refusal = decision.failure
      else options.onStage?.({ kind: 'key-accepted', offered })
      return decision.kind !== 'refused'
    },
    authHandler: (left, partial, next) =>
      plan.handler(left, partial, (chosen) => {
        if (typeof chosen === 'object') method = chosen.type
        next(chosen)
      }),
    readyTimeout: 0,
    keepaliveInterval: intervalSeconds * 1000,
    keepaliveCountMax: count,
  })
  return client
}

/** The blob starts with its own type: a length of four bytes and that many characters. */
function keyType(blob: Buffer): string {
  return blob.length < 4 ? '' : blob.toString('latin1', 4, 4 + Math.min(blob.readUInt32BE(0), 64))
}

function linkOver(client: Client, socket: Socket, address: Address): Link {
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
    openForward: (port) => openForward(client, port),
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

function openForward(client: Client, port: number): Promise<ForwardOpening> {
  return new Promise((resolve) => {
    try {
      client.forwardOut('127.0.0.1', 0, '127.0.0.1', port, (error, stream) => {
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

function closeClient(client: Client, socket: Socket): Promise<void> {
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
