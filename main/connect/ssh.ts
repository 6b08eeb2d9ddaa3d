// The only importer of ssh2's Client. Brings up one authenticated link: our own socket, our choice of
// algorithms, the host key judged before a single authentication byte, one login attempt, and one
// deadline over all of it, also against a server that falls silent half-way.
import { connect as connectSocket, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import ssh2, { type Client, type ParsedKey } from 'ssh2'
import type { Address } from '../../shared/domain/appliance.ts'
import { Secret } from '../../shared/domain/command.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import { type Failure, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { gatherWrites } from './gather-writes.ts'
import { openThrough } from './jump.ts'
import { type HostKeyDecision, keyTypeOf, type OfferedKey } from './known-hosts.ts'
import type { Link } from './link.ts'
import { connectionOver } from './link-connection.ts'
import { overhearOffer } from './server-offer.ts'
import { withSpares } from './spare-link.ts'
import { algorithmsFor, weakAmong } from './ssh-algorithms.ts'
import { handshakeFailure, socketFailure, stopFailure } from './ssh-errors.ts'
import { linkOver } from './ssh-link.ts'
import { type Login, type LoginPlan, planLogin, type ReadyLogin, readyLogin } from './ssh-login.ts'
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
  /** A person accepted algorithms for this appliance that are not safe any more. */
  readonly weakAlgorithms?: boolean
  /** From 0 to 1. */
  readonly random?: () => number
  /** How far it got, for whoever shows it step by step. */
  readonly onStage?: (stage: ConnectStage) => void
}

/** A jump host: its own login behind its own host key. */
export type Hop = Pick<SshOptions, 'address' | 'login' | 'verifyHostKey' | 'pinnedKeyTypes' | 'onHostKeysProven'>

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

type Ready<S> = Omit<S, 'login' | 'via'> & { readonly login: ReadyLogin }
type ReadyOptions = Ready<SshOptions> & { readonly via: readonly Ready<Hop>[] }

export async function connectSsh(given: SshOptions): Promise<Result<Connection>> {
  const ready = readyOptions(given)
  if (!ready.ok) return ready
  const options = ready.value
  const first = await openLink(options)
  if (!first.ok) return first
  // Those behind the first one report to nobody.
  const { onStage: _, ...further } = options
  const link = spared(first.value, further)
  const shared: Link = { ...link, close: async () => undefined }
  const openUploadLink = async () =>
    isOnce(options) ? ok(shared) : openWithSpares({ ...further, keepalive: uploadKeepalive })
  const rootBy = options.watch ?? options.sudo ?? 'sudo'
  return ok(connectionOver(link, openUploadLink, { rootBy, severalUploadLinks: !isOnce(options) }))
}

/** Before anybody is dialled: whoever has no key to use disturbs nobody. */
function readyOptions({ login: given, via = [], ...rest }: SshOptions): Result<ReadyOptions> {
  const hops: Ready<Hop>[] = []
  for (const hop of via) {
    const login = readyLogin(hop.login)
    if (!login.ok) return login
    hops.push({ ...hop, login: login.value })
  }
  const login = readyLogin(given)
  return login.ok ? ok({ ...rest, login: login.value, via: hops }) : login
}

async function openWithSpares(options: ReadyOptions): Promise<Result<Link>> {
  const link = await openLink(options)
  return link.ok ? ok(spared(link.value, options)) : link
}

/** Answers are said once: a login that took some cannot be done a second time. */
function isOnce({ login, via }: ReadyOptions): boolean {
  return [{ login }, ...via].some((stop) => stop.login.answers !== undefined)
}

function spared(link: Link, options: ReadyOptions): Link {
  if (isOnce(options)) return link
  return withSpares(link, { dial: () => openLink(options), random: options.random ?? Math.random })
}

/** Never used: the host key is refused before anybody could log in. */
const nobody: Login = { kind: 'password', password: new Secret('') }

/** The host key that a server shows, before anybody logs in: whatever it is, it has been seen and the link ends. */
export async function lookAtHostKey(options: Omit<SshOptions, 'login' | 'verifyHostKey'>): Promise<Result<OfferedKey>> {
  let seen: OfferedKey | undefined
  const verifyHostKey = (offered: OfferedKey): HostKeyDecision => {
    seen = offered
    return { kind: 'refused', failure: { kind: 'cancelled', at: 'host key' } }
  }
  const ready = readyOptions({ ...options, login: nobody, verifyHostKey })
  const link = ready.ok ? await openLink(ready.value) : ready
  if (link.ok) throw new Error('a link came up although its host key was refused')
  return seen === undefined ? link : ok(seen)
}

function openLink({ via, ...options }: ReadyOptions): Promise<Result<Link>> {
  if (via.length === 0) return openLinkOver(options)
  const { keepalive } = options
  const hops = via.map((hop) => ({ ...hop, deadlineSeconds: 0, ...(keepalive && { keepalive }) }))
  const [first = options, ...more] = [...hops, options]
  return openThrough<Ready<SshOptions>>([first, ...more], options.deadlineSeconds, {
    open: openLinkOver,
    onThrough: (through) => options.onStage?.({ kind: 'jumped', through }),
  })
}

/** Over a connection of its own, or over the stream through the last jump host. */
function openLinkOver(options: Ready<SshOptions> & { readonly stream?: Duplex }): Promise<Result<Link>> {
  const plan = planLogin(options.address.user, options.login, options.weakAlgorithms)
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
    socket.once('lookup', (error, networkAddress) => {
      if (!error) options.onStage?.({ kind: 'resolved', networkAddress })
    })
    plan.onStop((stop) => settle(fail(stopFailure(stop, address))))
    const connected = (): void => {
      stage = 'handshake'
      options.onStage?.({ kind: 'connected' })
      shakeHands(socket, options, plan, settle).once('handshake', () => {
        stage = 'login'
      })
    }
    if (!(socket instanceof Socket)) return connected()
    gatherWrites(socket)
    socket.once('connect', connected)
  })
}

function silence(stage: 'connect' | 'handshake' | 'login', { address, deadlineSeconds }: Ready<SshOptions>): Failure {
  if (stage !== 'connect') return { kind: 'deadline-passed', what: `ssh ${stage}`, seconds: deadlineSeconds }
  return { kind: 'host-unreachable', host: address.host, port: address.port, reason: 'timeout' }
}

function shakeHands(
  socket: Duplex,
  options: Ready<SshOptions>,
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
  // A password that has run out is changed by a person, not here.
  client.on('change password', () => giveUp(Object.assign(new Error('expired'), { level: 'client-authentication' })))
  client.once('close', () => giveUp(new Error('connection closed')))
  // ssh2 asks for the proofs by itself and emits only keys whose signature over this session's id was right.
  client.on('hostkeys', (keys) => options.onHostKeysProven?.(keys.map(offeredKey)))
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
      const offered = { type: keyTypeOf(blob), blob }
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

function offeredKey(key: ParsedKey): OfferedKey {
  const blob = key.getPublicSSH()
  return { type: keyTypeOf(blob), blob }
}
