// What goes wrong before a link stands, as failures: names, TCP, algorithms, login. Codes come from
// node's sockets, levels and messages from ssh2 1.17.
import type { Address } from '../../shared/domain/appliance.ts'
import { evidence, type Failure, type FailureOf } from '../../shared/domain/failure.ts'
import { type ServerOffer, unmatchedParts } from './ssh-algorithms.ts'
import type { LoginStop } from './ssh-login.ts'

type Reason = FailureOf<'host-unreachable'>['reason']

const reasons: Readonly<Record<string, Reason>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EHOSTDOWN: 'no-route',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
}

/** An error of the TCP connection, name lookup included. */
export function socketFailure(error: unknown, { host, port }: Address): Failure {
  const code = errorCode(error)
  if (/^(ENOTFOUND|EAI_)/.test(code)) return { kind: 'host-unresolved', host }
  return { kind: 'host-unreachable', host, port, reason: reasons[code] ?? 'other' }
}

export type HandshakeSeen = {
  readonly methodsOffered: string[]
  readonly refusedAlgorithm?: string | undefined
  readonly offer: ServerOffer | undefined
  readonly weakAlgorithms: boolean
}

/** An error between the TCP connection and the login. */
export function handshakeFailure(error: unknown, { host, port, user }: Address, login: HandshakeSeen): Failure {
  const message = error instanceof Error ? error.message : String(error)
  const level = error instanceof Error && 'level' in error ? error.level : undefined
  if (login.refusedAlgorithm) return algorithmsRefused({ host, port }, login, `login: ${login.refusedAlgorithm}`)
  if (level === 'client-authentication') {
    return { kind: 'login-refused', host, port, user, methodsOffered: cleanMethods(login.methodsOffered) }
  }
  if (/no matching/.test(message)) return algorithmsRefused({ host, port }, login, evidence(message))
  if (level === 'client-socket') return socketFailure(error, { host, port, user })
  // sshd ends a login it does not want with a disconnect of its own (too many attempts, no methods).
  if (/authentication|auth method/i.test(message)) {
    return { kind: 'login-refused', host, port, user, methodsOffered: cleanMethods(login.methodsOffered) }
  }
  return { kind: 'host-unreachable', host, port, reason: /lost|closed|reset/i.test(message) ? 'reset' : 'other' }
}

/** Why we ended a login that the server had not refused. */
export function stopFailure(stop: LoginStop, { host, port, user }: Address): Failure {
  if (!('questions' in stop)) return stop
  return { kind: 'login-questions', host, port, user, questions: [...stop.questions] }
}

const partNames = { kex: 'kex', serverHostKey: 'host key', cipher: 'cipher', hmac: 'mac' } as const

/** Names what the server has where nothing matched. `said` stands in where its offer was not understood. */
function algorithmsRefused(
  place: { readonly host: string; readonly port: number },
  { offer, refusedAlgorithm, weakAlgorithms }: HandshakeSeen,
  said: string,
): Failure {
  const unmatched = offer === undefined ? [] : unmatchedParts(offer, weakAlgorithms)
  const named = unmatched.map((part) => `${partNames[part]}: ${offer?.[part].join(', ') || '-'}`)
  return {
    kind: 'algorithms-refused',
    ...place,
    detail: evidence(refusedAlgorithm !== undefined || named.length === 0 ? said : named.join('; ')),
    kex: [...(offer?.kex ?? [])],
    hostKey: [...(offer?.serverHostKey ?? [])],
    cipher: [...(offer?.cipher ?? [])],
    mac: [...(offer?.hmac ?? [])],
    weakWouldDo: !weakAlgorithms && offer !== undefined && unmatchedParts(offer, true).length === 0,
  }
}

/** From a server that nobody trusts yet. */
function cleanMethods(methods: readonly string[]): string[] {
  return methods.slice(0, 20).map((method) => evidence(method, 60))
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError && error.errors.length > 0) return errorCode(error.errors[0])
  return ''
}
