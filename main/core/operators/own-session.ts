// What somebody asks about themselves: who they are here, that they are still there, that they go; and the calls on
// operators that have to know who asks.

import type { OperatorsState } from '../../../shared/contract/operators.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type Operator, usualPolicy } from '../../../shared/domain/operator.ts'
import { providerHost } from '../../../shared/domain/provider-address.ts'
import { refusedBecause } from '../../oidc/provider.ts'
import type { CallContext, Core } from '../context.ts'
import { changePassphrase, removeOperator, resetPassphrase, shown } from './accounts.ts'
import { fromWhere } from './caller.ts'
import { unusable } from './operators.ts'
import { type Session, shownSession, steppedUp, touch } from './sessions.ts'
import { checkOwn, type SignInAnswer, type SignInInput, signIn, signOut } from './sign-in.ts'

const nothing: Record<never, never> = {}

/** `why` is the gate's: a page that asks has a key or it has not. */
export function operatorsState({ core, who }: CallContext): Result<OperatorsState> {
  const known = core.operators.read()
  if (!known.ok) return known
  const policy = known.value?.policy ?? usualPolicy
  if (known.value === undefined) return ok({ named: false, signedIn: null, policy })
  const { provider } = known.value
  const common = { named: true, policy, ...(provider && { providerHost: providerHost(provider.issuer) }) }
  if (who.session !== undefined) return ok({ ...common, signedIn: shownSession(who.session) })
  return ok({ ...common, signedIn: null, ...(who.ended && { why: who.ended }) })
}

export function noteActive({ core, who }: CallContext): Result<Record<never, never>> {
  if (who.session !== undefined) touch(core.operators, who.session)
  return ok(nothing)
}

export function signOutNow({ core, who }: CallContext): Result<Record<never, never>> {
  if (who.session === undefined) return ok(nothing)
  const out = signOut(core.operators, who.session)
  return out.ok ? ok(nothing) : out
}

export function listOperators(core: Core): Result<Operator[]> {
  const known = core.operators.read()
  if (!known.ok) return known
  return ok((known.value?.operators ?? []).map((one) => shown(core.operators, one)))
}

export function removeNamed({ core, operator }: CallContext, name: string): Result<{ name: string }> {
  return removeOperator(core.operators, name, operator)
}

/** Counted like a sign-in: whoever finds an open window tries no passphrases there. */
export async function stepUpNow({ core, who }: CallContext, passphrase: string): Promise<Result<Record<never, never>>> {
  const session = signedInOf(who.session)
  if (!session.ok) return session
  // Who came by the provider says there once more who they are: a passphrase is no way around what the site decided there.
  const { provider } = session.value.file
  if (session.value.session.by === 'provider' && provider) return refusedBecause(provider, 'not-so')
  const checked = await checkOwn(core.operators, core.strangers, { session: session.value, passphrase })
  if (!checked.ok) return checked
  const stepped = steppedUp(core.operators, session.value)
  return stepped.ok ? ok(nothing) : stepped
}

export async function changeOwnPassphrase(
  { core, who }: CallContext,
  input: { readonly oldPassphrase: string; readonly newPassphrase: string },
): Promise<Result<Operator>> {
  const session = signedInOf(who.session)
  if (!session.ok) return session
  const { oldPassphrase: passphrase } = input
  const old = await checkOwn(core.operators, core.strangers, { session: session.value, passphrase })
  return old.ok ? changePassphrase(core.operators, session.value, input) : old
}

function signedInOf(session: Session | undefined): Result<Session> {
  return session === undefined ? unusable('not-begun') : ok(session)
}

/** One's own is changed with the old one. */
export async function resetNamed(
  { core, operator, who }: CallContext,
  input: { readonly name: string; readonly passphrase: string },
): Promise<Result<Operator>> {
  if (who.session !== undefined && input.name === operator) return unusable('own-name', input.name)
  return resetPassphrase(core.operators, input)
}

/** How it ended stands in the audit too: under the name of an operator, and of nobody else whatever was typed. */
export async function signInHere(
  { core, operator, who }: CallContext,
  input: SignInInput,
): Promise<Result<SignInAnswer>> {
  const answer = await signIn(core.operators, core.strangers, input)
  const known = core.operators.read()
  const typed = input.name.normalize('NFKC').trim()
  const isKnown = known.ok && known.value?.operators.some(({ name }) => name === typed) === true
  const { kind } = input
  const written = core.audit.append({
    ...{ at: core.tools.now(), who: isKnown ? typed : operator },
    ...{
      act: answer.ok ? 'signed-in' : answer.failure.kind,
      input: { kind, ...(isKnown && { name: typed }), ...fromWhere(who) },
    },
  })
  return written.ok ? answer : written
}
