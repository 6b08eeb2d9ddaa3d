// Who is an operator, and with which roles. There is always somebody who can administer; whoever loses a role, or the
// whole place, is signed out at once.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { type Grant, type Operator, type OperatorsPolicy, usualPolicy } from '../../../shared/domain/operator.ts'
import type { Role } from '../../../shared/domain/role.ts'
import type { KeptOperator, OperatorsFile } from '../../store/operators.ts'
import { begun, type Operators, unusable } from './operators.ts'
import { newCheck } from './passphrase-check.ts'
import { type Session, withoutSessionsOf } from './sessions.ts'
import { replaceNamed, withNoFailures } from './sign-in.ts'

const mostOperators = 200

export type Duties = { readonly roles: Role[]; readonly grant?: Grant | undefined }
export type NewOperator = Duties & { readonly name: string; readonly passphrase: string }

export function shown(operators: Operators, kept: KeptOperator): Operator {
  const { check: _check, failures: _failures, lockedUntil, ...operator } = kept
  const isLocked = lockedUntil !== undefined && Date.parse(lockedUntil) > Date.parse(operators.tools.now())
  return { ...operator, ...(isLocked && { lockedUntil }) }
}

/** From here on this console asks who somebody is. The first one is an administrator, and does what one person did before. */
export async function begin(
  operators: Operators,
  { name, passphrase }: Pick<NewOperator, 'name' | 'passphrase'>,
): Promise<Result<Operator>> {
  const roles: Role[] = ['administrator', 'operator', 'auditor']
  const made = await newOperator(operators, { name, passphrase, roles }, false)
  if (!made.ok) return made
  const changed = operators.change((known) => {
    if (known !== undefined) return unusable('begun-already')
    return ok({ format: 1, policy: usualPolicy, operators: [made.value], sessions: [] })
  })
  return changed.ok ? ok(shown(operators, made.value)) : changed
}

/** Back to one person who has everything: nobody is asked any more. */
export function end(operators: Operators): Result<Record<never, never>> {
  const changed = operators.change((known) => (known === undefined ? unusable('not-begun') : ok(undefined)))
  return changed.ok ? ok({}) : changed
}

export async function addOperator(operators: Operators, wanted: NewOperator): Promise<Result<Operator>> {
  const made = await newOperator(operators, wanted, true)
  if (!made.ok) return made
  const changed = operators.change((known) => {
    const file = begun(known)
    if (!file.ok) return file
    if (file.value.operators.some(({ name }) => sameName(name, wanted.name))) return unusable('taken', wanted.name)
    if (file.value.operators.length >= mostOperators) return unusable('too-many')
    return ok({ ...file.value, operators: [...file.value.operators, made.value] })
  })
  return changed.ok ? ok(shown(operators, made.value)) : changed
}

/** Two names that a person takes for one would make the audit say the wrong thing. */
function sameName(one: string, other: string): boolean {
  return one.toLocaleLowerCase('en') === other.toLocaleLowerCase('en')
}

async function newOperator(
  operators: Operators,
  wanted: NewOperator,
  mustChange: boolean,
): Promise<Result<KeptOperator>> {
  const duties = usableDuties(wanted)
  if (!duties.ok) return duties
  const check = await newCheck(wanted.passphrase, operators.tools)
  if (!check.ok) return check
  const now = operators.tools.now()
  return ok({
    ...{ name: wanted.name, ...duties.value, check: check.value, createdAt: now, renewedAt: now },
    ...{ lastSignInAt: null, mustChange, failures: 0 },
  })
}

function usableDuties({ roles, grant, ...who }: Duties & { readonly name: string }): Result<Duties> {
  const held = [...new Set(roles)].sort()
  if (!held.includes('vendor'))
    return grant === undefined ? ok({ roles: held }) : unusable('grant-not-for-role', who.name)
  const isUsable = grant !== undefined && grant.publishers.length > 0 && grant.appliances.length > 0
  return isUsable ? ok({ roles: held, grant }) : unusable('grant-missing', who.name)
}

/** Other roles, or another grant. What they are doing ends, unless nothing changed. */
export function changeOperator(operators: Operators, wanted: Duties & { readonly name: string }): Result<Operator> {
  const duties = usableDuties(wanted)
  if (!duties.ok) return duties
  return changeNamed(operators, wanted.name, ({ grant: _old, ...operator }) => ({ ...operator, ...duties.value }))
}

/** `by`: nobody takes the last way in away, and nobody themselves. */
export function removeOperator(operators: Operators, name: string, by: string): Result<{ name: string }> {
  if (name === by) return unusable('own-name', name)
  const changed = operators.change((known) => {
    const file = named(known, name)
    if (!file.ok) return file
    const left = { ...file.value, operators: file.value.operators.filter((one) => one.name !== name) }
    return administered(withoutSessionsOf(left, name), name)
  })
  return changed.ok ? ok({ name }) : changed
}

export function unlockOperator(operators: Operators, name: string): Result<Operator> {
  return changeNamed(operators, name, withNoFailures, true)
}

/** By somebody else, who then knows it: it is changed at the next sign-in. */
export async function resetPassphrase(
  operators: Operators,
  { name, passphrase }: Pick<NewOperator, 'name' | 'passphrase'>,
): Promise<Result<Operator>> {
  const check = await newCheck(passphrase, operators.tools)
  if (!check.ok) return check
  const renewedAt = operators.tools.now()
  const reset = { check: check.value, renewedAt, mustChange: true }
  return changeNamed(operators, name, (operator) => ({ ...withNoFailures(operator), ...reset }))
}

/** One's own; the old one was checked. Everything else of that name is signed out. */
export async function changePassphrase(
  operators: Operators,
  { operator, session }: Session,
  { oldPassphrase, newPassphrase }: { readonly oldPassphrase: string; readonly newPassphrase: string },
): Promise<Result<Operator>> {
  if (oldPassphrase.normalize('NFKC') === newPassphrase.normalize('NFKC')) return unusable('same-passphrase')
  const check = await newCheck(newPassphrase, operators.tools)
  if (!check.ok) return check
  const renewedAt = operators.tools.now()
  const changed = operators.change((known) => {
    const file = named(known, operator.name)
    if (!file.ok) return file
    const isStillIn = file.value.sessions.some(({ digest }) => digest === session.digest)
    // An administrator gave it another one meanwhile: that one stands.
    if (!isStillIn) return fail({ kind: 'sign-in-needed', why: 'changed' })
    const renewed = replaceNamed(file.value, operator.name, (one) => ({
      ...{ ...one, check: check.value, renewedAt, mustChange: false },
    }))
    return ok(withoutSessionsOf(renewed, operator.name, session.digest))
  })
  return found(operators, changed, operator.name)
}

export function setPolicy(operators: Operators, policy: OperatorsPolicy): Result<OperatorsPolicy> {
  const changed = operators.change((known) => {
    const file = begun(known)
    return file.ok ? ok({ ...file.value, policy }) : file
  })
  return changed.ok ? ok(policy) : changed
}

function changeNamed(
  operators: Operators,
  name: string,
  to: (operator: KeptOperator) => KeptOperator,
  keepsSessions = false,
): Result<Operator> {
  const changed = operators.change((known) => {
    const file = named(known, name)
    if (!file.ok) return file
    const after = replaceNamed(file.value, name, to)
    return administered(keepsSessions ? after : withoutSessionsOf(after, name), name)
  })
  return found(operators, changed, name)
}

export function named(known: OperatorsFile | undefined, name: string): Result<OperatorsFile> {
  const file = begun(known)
  if (!file.ok) return file
  return file.value.operators.some((one) => one.name === name) ? file : unusable('unknown', name)
}

function administered(file: OperatorsFile, name: string): Result<OperatorsFile> {
  return file.operators.some(({ roles }) => roles.includes('administrator'))
    ? ok(file)
    : unusable('last-administrator', name)
}

export function found(
  operators: Operators,
  changed: Result<OperatorsFile | undefined>,
  name: string,
): Result<Operator> {
  if (!changed.ok) return changed
  const kept = changed.value?.operators.find((one) => one.name === name)
  return kept === undefined ? unusable('unknown', name) : ok(shown(operators, kept))
}
