// Who is signed in, and until when: from a session key to a person, with the three ends of a sign-in: nobody touches the
// window, it has lasted as long as one may, an administrator changed who it belongs to.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { SessionKey, SignedIn, SignInEnd } from '../../../shared/domain/operator.ts'
import type { KeptOperator, KeptSession, OperatorsFile } from '../../store/operators.ts'
import type { Operators } from './operators.ts'

/** A passphrase that was typed counts so long for acts that destroy. */
const stepUpMilliseconds = 5 * 60_000
/** Being active is written down no more often. */
const activityStepMilliseconds = 30_000
/** Sessions of one operator at once; the oldest goes. */
const mostOfOne = 8
/** Of all; the file takes more. */
const mostSessions = 800

export type Session = { readonly operator: KeptOperator; readonly session: KeptSession; readonly file: OperatorsFile }

export function sessionOf(operators: Operators, key: SessionKey | undefined): Result<Session> {
  const known = operators.read()
  if (!known.ok) return known
  if (known.value === undefined || key === undefined) return notSignedIn('never')
  const digest = operators.tools.sha256(key)
  const session = known.value.sessions.find((one) => one.digest === digest)
  if (session === undefined) return notSignedIn('ended')
  const operator = known.value.operators.find(({ name }) => name === session.name)
  if (operator === undefined) return notSignedIn('changed')
  const end = endOf(session, known.value, Date.parse(operators.tools.now()))
  return end === undefined ? ok({ operator, session, file: known.value }) : notSignedIn(end)
}

function notSignedIn(why: SignInEnd): Result<never> {
  return fail({ kind: 'sign-in-needed', why })
}

/** Undefined: it has not ended. A clock that was set back ends nothing early, and makes nothing last longer than its whole time. */
function endOf(session: KeptSession, { policy }: OperatorsFile, nowMs: number): SignInEnd | undefined {
  if (nowMs - Date.parse(session.since) >= policy.longestHours * 3_600_000) return 'too-long'
  return nowMs - Date.parse(session.activeAt) >= policy.idleMinutes * 60_000 ? 'idle' : undefined
}

export function shownSession({ operator, session, file }: Session): SignedIn {
  const endsMs = Date.parse(session.since) + file.policy.longestHours * 3_600_000
  return {
    name: operator.name,
    roles: operator.roles,
    ...(operator.grant && { grant: operator.grant }),
    since: session.since,
    endsAt: new Date(endsMs).toISOString(),
    mustChange: mustChangeFirst(operator, session),
    ...(session.by && { by: session.by }),
  }
}

/** Whoever came by the identity provider typed no passphrase, and may not know it. */
export function mustChangeFirst({ mustChange }: KeptOperator, { by }: KeptSession): boolean {
  return mustChange && by === undefined
}

/** Somebody did something: the window is not locked from now on for a while. */
export function touch(operators: Operators, { session }: Session): void {
  const now = operators.tools.now()
  if (Date.parse(now) - Date.parse(session.activeAt) < activityStepMilliseconds) return
  // A disk that is full locks the window early, and no other harm comes of it.
  changeSession(operators, session.digest, (one) => ({ ...one, activeAt: now }))
}

export function steppedUp(operators: Operators, { session }: Session): Result<unknown> {
  const now = operators.tools.now()
  return changeSession(operators, session.digest, (one) => ({ ...one, steppedUpAt: now, activeAt: now }))
}

/** Whether its passphrase was typed a short while ago. */
export function isSteppedUp(session: KeptSession, nowMs: number): boolean {
  const since = nowMs - Date.parse(session.steppedUpAt)
  return since >= 0 && since < stepUpMilliseconds
}

function changeSession(operators: Operators, digest: string, to: (one: KeptSession) => KeptSession): Result<unknown> {
  return operators.change((known) => {
    if (known === undefined) return ok(known)
    return ok({ ...known, sessions: known.sessions.map((one) => (one.digest === digest ? to(one) : one)) })
  })
}

/** With the one that begins; those that have ended go, and of one person's the oldest beyond a few. */
export function withSession(file: OperatorsFile, begins: KeptSession, nowMs: number): OperatorsFile {
  const alive = file.sessions.filter((one) => endOf(one, file, nowMs) === undefined)
  const own = alive.filter(({ name }) => name === begins.name)
  const kept = new Set(own.slice(-(mostOfOne - 1)))
  const all = [...alive.filter((one) => one.name !== begins.name || kept.has(one)), begins]
  return { ...file, sessions: all.slice(-mostSessions) }
}

export function withoutSession(file: OperatorsFile, digest: string): OperatorsFile {
  return { ...file, sessions: file.sessions.filter((one) => one.digest !== digest) }
}

/** Of those who signed in by the identity provider: all, or one person's. */
export function withoutProviderSessions(file: OperatorsFile, name?: string): OperatorsFile {
  const ends = (one: KeptSession) => one.by === 'provider' && (name === undefined || one.name === name)
  return { ...file, sessions: file.sessions.filter((one) => !ends(one)) }
}

/** All of one person, but for one that goes on. */
export function withoutSessionsOf(file: OperatorsFile, name: string, keeps?: string): OperatorsFile {
  return { ...file, sessions: file.sessions.filter((one) => one.name !== name || one.digest === keeps) }
}
