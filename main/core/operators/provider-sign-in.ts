// Signing in by the site's identity provider: an attempt is good once, for five minutes, and for the window alone that began
// it, which has the one word that finishes it. Whoever signs in so is the operator bound to that person, and no other.
import { randomBytes } from 'node:crypto'
import { type Failure, fail, ok, type Result } from '../../../shared/domain/failure.ts'
import { providerHost } from '../../../shared/domain/provider-address.ts'
import { findProvider, refusedBecause, unusable } from '../../oidc/provider.ts'
import type { KeptOperator } from '../../store/operators.ts'
import type { CallContext, Core } from '../context.ts'
import { fromWhere } from './caller.ts'
import { boundTo, providerOf, providerSecret } from './provider.ts'
import { type Attempt, keepAttempt, takeAttempt } from './provider-attempts.ts'
import { type Session, steppedUp } from './sessions.ts'
import { openSession, type SignInAnswer } from './sign-in.ts'

const attemptBytes = 32
/** People whom nobody bound: so many are told so within five minutes. */
const mostUnknown = 10
const unknownMilliseconds = 5 * 60_000

type Beginning = { readonly purpose: 'sign-in' | 'step-up'; readonly redirect: string }
type BegunAttempt = { readonly attempt: string; readonly address: string; readonly state: string }

export async function beginByProvider(
  { core, who }: CallContext,
  { purpose, redirect }: Beginning,
): Promise<Result<BegunAttempt>> {
  const provider = providerOf(core)
  if (!provider.ok) return provider
  const isStepUp = purpose === 'step-up'
  if (isStepUp && who.session === undefined) return fail({ kind: 'sign-in-needed', why: who.ended ?? 'never' })
  if (isStepUp && who.session?.session.by !== 'provider') return refusedBecause(provider.value, 'not-so')
  const secret = await providerSecret(core, provider.value)
  if (!secret.ok) return secret.failure.kind === 'vault-locked' ? unusable(provider.value, 'vault-locked') : secret
  const { credentialId: _secret, ...settings } = provider.value
  const nowMs = () => Date.parse(core.tools.now())
  const answer = await findProvider({ settings, secret: secret.value, nowMs })
  if (!answer.ok) return answer
  const beginning = await answer.value.begin(redirect, isStepUp)
  const attempt = randomBytes(attemptBytes).toString('base64url')
  const session = isStepUp ? who.session?.session.digest : undefined
  keepAttempt(core, attempt, { begun: beginning, provider: provider.value, session })
  return ok({ attempt, address: beginning.address, state: beginning.state })
}

type Returning = { readonly attempt: string; readonly returned: string }

/** However it ends, it is over. */
function taken(core: Core, attempt: string, isStepUp: boolean): Result<Attempt> {
  const provider = providerOf(core)
  if (!provider.ok) return provider
  const one = takeAttempt(core, attempt)
  return one !== undefined && (one.session !== undefined) === isStepUp
    ? ok(one)
    : refusedBecause(provider.value, 'attempt-over')
}

export async function signInByProvider(
  context: CallContext,
  { attempt, returned }: Returning,
): Promise<Result<SignInAnswer>> {
  const { core } = context
  const one = taken(core, attempt, false)
  if (!one.ok) return noted(context, one)
  const person = await one.value.begun.finish(returned)
  if (!person.ok) return noted(context, person)
  const { issuer } = one.value.provider
  const binding = { issuer, subject: person.value.subject }
  const answer = letIn(core, binding)
  if (!answer.ok && answer.failure.kind === 'subject-unknown') {
    const waits = secondsToWait(core)
    if (waits > 0) return noted(context, fail({ kind: 'sign-in-locked', seconds: waits }))
  }
  return noted(context, answer, person.value.subject)
}

type Binding = NonNullable<KeptOperator['binding']>

function letIn({ operators }: Core, binding: Binding): Result<SignInAnswer> {
  return openSession(operators, { kind: 'window', by: 'provider' }, (file) => {
    const operator = file.provider?.issuer === binding.issuer ? boundTo(file, binding) : undefined
    if (operator !== undefined) return ok(operator)
    return fail({ kind: 'subject-unknown', host: providerHost(binding.issuer), subject: binding.subject })
  })
}

/** More than nothing where too many unknown people came lately; whoever is known is let in all the same. */
function secondsToWait({ providerSignIns: { unknownAt }, tools }: Core): number {
  const now = tools.clock()
  while (unknownAt[0] !== undefined && now - unknownAt[0] >= unknownMilliseconds) unknownAt.shift()
  const [oldest] = unknownAt
  if (unknownAt.length >= mostUnknown && oldest !== undefined) {
    return Math.max(1, Math.ceil((oldest + unknownMilliseconds - now) / 1000))
  }
  unknownAt.push(now)
  return 0
}

const heard: readonly Failure['kind'][] = [
  ...(['subject-unknown', 'provider-unusable', 'provider-sign-in-refused', 'sign-in-locked'] as const),
]

/** How it ended, under the name of an operator where it is one. */
function noted(
  { core, operator, who }: CallContext,
  answer: Result<SignInAnswer>,
  subject?: string,
): Result<SignInAnswer> {
  const kind = answer.ok ? 'signed-in' : answer.failure.kind
  const act = answer.ok || heard.includes(answer.failure.kind) ? kind : 'sign-in-refused'
  const why = !answer.ok && 'problem' in answer.failure ? { problem: answer.failure.problem } : {}
  const written = core.audit.append({
    ...{ at: core.tools.now(), who: answer.ok ? answer.value.name : operator, act },
    input: { kind: 'window', by: 'provider', ...(subject && { providerSubject: subject }), ...why, ...fromWhere(who) },
  })
  return written.ok ? answer : written
}

/** Only the same person, who has just said so at the provider, and only for the window that asked. */
export async function stepUpByProvider(
  { core, who }: CallContext,
  { attempt, returned }: Returning,
): Promise<Result<Record<never, never>>> {
  const one = taken(core, attempt, true)
  if (!one.ok) return one
  const { provider, session: digest } = one.value
  if (who.session === undefined || who.session.session.digest !== digest)
    return refusedBecause(provider, 'attempt-over')
  const person = await one.value.begun.finish(returned)
  if (!person.ok) return person
  const { binding } = boundNow(core, who.session) ?? {}
  const isSame = binding?.issuer === provider.issuer && binding.subject === person.value.subject
  if (!isSame) return refusedBecause(provider, 'other-person')
  const stepped = steppedUp(core.operators, who.session)
  return stepped.ok ? ok({}) : stepped
}

/** As it is after the provider was asked: an administrator may have changed it meanwhile. */
function boundNow({ operators }: Core, { operator }: Session): KeptOperator | undefined {
  const known = operators.read()
  return known.ok ? known.value?.operators.find(({ name }) => name === operator.name) : undefined
}
