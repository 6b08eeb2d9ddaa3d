// Signing in and out. Five wrong passphrases in a row lock a name for five minutes (MLPS level 3), on the disk, so that
// starting the console anew helps nobody; names that do not exist are locked in the same way, and take as long.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { SessionKey, SignedIn } from '../../../shared/domain/operator.ts'
import type { KeptOperator, KeptSession, OperatorsFile } from '../../store/operators.ts'
import { begun, type Operators } from './operators.ts'
import { isPassphrase, pretendToCheck } from './passphrase-check.ts'
import { type Session, shownSession, withoutSession, withSession } from './sessions.ts'

const mostFailures = 5
const lockMilliseconds = 300_000
/** Names that do not exist: so many are remembered. */
const mostStrangers = 1000
const keyBytes = 32
const neverSteppedUp = new Date(0).toISOString()

type Attempts = { failures: number; lockedUntilMs: number }
export type Strangers = Map<string, Attempts>

export type SignInInput = {
  readonly name: string
  readonly passphrase: string
  readonly kind: KeptSession['kind']
}

export type SignInAnswer = SignedIn & { readonly sessionKey: SessionKey }

export async function signIn(
  operators: Operators,
  strangers: Strangers,
  { name, passphrase, kind }: SignInInput,
): Promise<Result<SignInAnswer>> {
  const checked = await checkName(operators, strangers, { name, passphrase })
  if (!checked.ok) return checked
  return openSession(operators, { kind }, (file) => {
    const operator = file.operators.find((one) => one.name === checked.value.name)
    // Removed, or given another passphrase, while this one was being checked.
    const isSame = operator?.check.key === checked.value.check.key
    return operator === undefined || !isSame ? fail({ kind: 'sign-in-refused' }) : ok(withNoFailures(operator))
  })
}

/** `whose`: asked of the operators as they are when it begins. */
export function openSession(
  operators: Operators,
  { kind, by }: Pick<KeptSession, 'kind' | 'by'>,
  whose: (file: OperatorsFile) => Result<KeptOperator>,
): Result<SignInAnswer> {
  const { tools } = operators
  const sessionKey = tools.random(keyBytes).toString('base64url')
  const now = tools.now()
  const about = { digest: tools.sha256(sessionKey), kind, since: now, activeAt: now }
  // A provider lets in who signed in there hours ago: what destroys asks anew.
  const proven = by === undefined ? { steppedUpAt: now } : { steppedUpAt: neverSteppedUp, by }
  const changed = operators.change((known) => {
    const file = begun(known)
    if (!file.ok) return file
    const found = whose(file.value)
    if (!found.ok) return found
    const operator = { ...found.value, lastSignInAt: now }
    const session: KeptSession = { ...about, ...proven, name: operator.name }
    const signed = withSession(replaced(file.value, operator), session, Date.parse(now))
    return ok(signed)
  })
  if (!changed.ok) return changed
  const file = changed.value as OperatorsFile
  const session = file.sessions.at(-1) as KeptSession
  const operator = file.operators.find((one) => one.name === session.name) as KeptOperator
  return ok({ ...shownSession({ operator, session, file }), sessionKey })
}

/** Whether it is the passphrase of whoever is signed in. A name that somebody tries to sign in with elsewhere is locked for signing in alone. */
export async function checkOwn(
  operators: Operators,
  strangers: Strangers,
  { session, passphrase }: { readonly session: Session; readonly passphrase: string },
): Promise<Result<void>> {
  // No name begins so.
  const tries = `\n${session.session.digest}`
  const nowMs = Date.parse(operators.tools.now())
  const locked = secondsLocked(strangers.get(tries)?.lockedUntilMs, nowMs)
  if (locked > 0) return fail({ kind: 'sign-in-locked', seconds: locked })
  noteStranger(strangers, tries, nowMs)
  const checked = await checkCounted(operators, session.operator, passphrase)
  if (!checked.ok) return checked
  strangers.delete(tries)
  return ok(undefined)
}

/** Counted before it is looked at: whoever tries a hundred at the same time is not heard a hundred times. */
async function checkCounted(
  operators: Operators,
  operator: KeptOperator,
  passphrase: string,
): Promise<Result<KeptOperator>> {
  const { name, check } = operator
  const nowMs = Date.parse(operators.tools.now())
  const counted = operators.change((now) => countFailure(now, name, nowMs))
  if (!counted.ok) return counted
  if (!(await operators.checkInTurn(() => isPassphrase(passphrase, check)))) return fail({ kind: 'sign-in-refused' })
  const cleared = operators.change((now) => ok(now && replaceNamed(now, name, withNoFailures)))
  return cleared.ok ? ok(operator) : cleared
}

/** The operator to whom both belong. */
async function checkName(
  operators: Operators,
  strangers: Strangers,
  { name: typed, passphrase }: Pick<SignInInput, 'name' | 'passphrase'>,
): Promise<Result<KeptOperator>> {
  const name = typed.normalize('NFKC').trim()
  const known = operators.read()
  if (!known.ok) return known
  const file = begun(known.value)
  if (!file.ok) return file
  const nowMs = Date.parse(operators.tools.now())
  const found = file.value.operators.find((one) => one.name === name)
  const locked = secondsLocked(found?.lockedUntil ?? strangers.get(name)?.lockedUntilMs, nowMs)
  if (locked > 0) return fail({ kind: 'sign-in-locked', seconds: locked })
  if (found === undefined) {
    // Counted before, as one that exists: how many are heard at the same time must not tell them apart.
    noteStranger(strangers, name, nowMs)
    await operators.checkInTurn(() => pretendToCheck(passphrase, operators.tools))
    return fail({ kind: 'sign-in-refused' })
  }
  return checkCounted(operators, found, passphrase)
}

function secondsLocked(until: string | number | undefined, nowMs: number): number {
  if (until === undefined) return 0
  const left = (typeof until === 'number' ? until : Date.parse(until)) - nowMs
  // A clock that was set back far must not lock anybody for longer than a lock lasts.
  return left <= 0 ? 0 : Math.ceil(Math.min(left, lockMilliseconds) / 1000)
}

function noteStranger(strangers: Strangers, name: string, nowMs: number): void {
  const attempts = strangers.get(name) ?? { failures: 0, lockedUntilMs: 0 }
  const next = afterFailure(attempts.failures, nowMs)
  strangers.delete(name)
  strangers.set(name, { failures: next.failures, lockedUntilMs: next.lockedUntilMs ?? 0 })
  const [oldest] = strangers.keys()
  if (strangers.size > mostStrangers && oldest !== undefined) strangers.delete(oldest)
}

function afterFailure(failures: number, nowMs: number): { failures: number; lockedUntilMs?: number } {
  const now = failures + 1
  return now < mostFailures ? { failures: now } : { failures: 0, lockedUntilMs: nowMs + lockMilliseconds }
}

function countFailure(
  known: OperatorsFile | undefined,
  name: string,
  nowMs: number,
): Result<OperatorsFile | undefined> {
  if (known === undefined) return ok(known)
  const counted = replaceNamed(known, name, ({ lockedUntil: _past, ...one }) => {
    const { failures, lockedUntilMs } = afterFailure(one.failures, nowMs)
    return { ...one, failures, ...(lockedUntilMs && { lockedUntil: new Date(lockedUntilMs).toISOString() }) }
  })
  return ok(counted)
}

/** Wrong ones before it no longer count. */
export function withNoFailures({ lockedUntil: _over, ...operator }: KeptOperator): KeptOperator {
  return { ...operator, failures: 0 }
}

export function replaceNamed(
  file: OperatorsFile,
  name: string,
  to: (operator: KeptOperator) => KeptOperator,
): OperatorsFile {
  return { ...file, operators: file.operators.map((one) => (one.name === name ? to(one) : one)) }
}

function replaced(file: OperatorsFile, operator: KeptOperator): OperatorsFile {
  return replaceNamed(file, operator.name, () => operator)
}

export function signOut(operators: Operators, { session }: Session): Result<unknown> {
  return operators.change((known) => ok(known && withoutSession(known, session.digest)))
}
