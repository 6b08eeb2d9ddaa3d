// A console with an identity provider on the loopback, and a clock that the test moves.
import { type ConsoleClient, clientInProcess } from '../../main/core/link/console-client.ts'
import { received } from '../../main/core/refusal.ts'
import type { Failure, Result } from '../../shared/domain/failure.ts'
import type { SessionKey } from '../../shared/domain/operator.ts'
import type { Role } from '../../shared/domain/role.ts'
import { pretendCore } from './pretend-core.ts'
import { signedInAs } from './signed-in.ts'
import { testProvider } from './test-provider.ts'

export const redirect = 'http://127.0.0.1:7465/oidc/callback'
export const subject = 'e7c1-0042'

export async function failureOf(answer: Promise<Result<unknown>>): Promise<Failure | undefined> {
  const got = await received('call', answer)
  if (!got.ok) return got.failure
  return got.value.ok ? undefined : got.value.failure
}

export async function given<T>(answer: Promise<Result<T>>): Promise<T> {
  const got = await answer
  if (!got.ok) throw new Error(JSON.stringify(got.failure))
  return got.value
}

/** A console with a provider, an administrator who is signed in, and 王芳, who is `subject` there. */
export async function withProvider({ secret }: { readonly secret?: string } = {}) {
  let nowMs = Date.parse('2026-11-20T08:00:00.000Z')
  const provider = await testProvider()
  provider.told.nowMs = () => nowMs
  provider.told.secret = secret
  const time = { now: () => new Date(nowMs).toISOString(), clock: () => nowMs }
  // A vault that nobody uses stays open: no time passes by itself.
  const pause = (_milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))
  const pretend = pretendCore(undefined, undefined, { ...time, pause })
  const { core } = pretend
  const as = (sessionKey?: SessionKey): ConsoleClient =>
    clientInProcess({ core, caller: { by: 'person', operator: 'li', sessionKey } })
  const person = (name: string, roles: Role[]) => signedInAs(core, { name, roles })
  const admin = as(person('admin', ['administrator']))
  person('王芳', ['operator', 'administrator'])
  if (secret !== undefined) await admin.desk.createVault({ passphrase: 'ward seven at night' })
  const settings = { issuer: provider.issuer, clientId: 'rackside', ...(secret && { clientSecret: secret }) }
  await given(admin.desk.setProvider(settings))
  await given(admin.product.operators.bindSubject({ name: '王芳', providerSubject: subject }))
  const begin = (client = as(), purpose: 'sign-in' | 'step-up' = 'sign-in') =>
    given(client.desk.beginProviderSignIn({ purpose, redirect }))
  const finish = (attempt: string, returned: string, client = as()) =>
    client.desk.finishProviderSignIn({ attempt, returned })
  const signIn = async (who = subject) => {
    const begun = await as().desk.beginProviderSignIn({ purpose: 'sign-in', redirect })
    if (!begun.ok) return begun
    return finish(begun.value.attempt, provider.authorize(begun.value.address, who))
  }
  const pass = (milliseconds: number) => {
    nowMs += milliseconds
  }
  return { ...pretend, provider, as, admin, begin, finish, signIn, pass, nowMs: () => nowMs }
}

export const isIn = async (client: ConsoleClient) => {
  const state = await client.product.operators.state({})
  return state.ok && state.value.signedIn !== null
}

export const unsound = { kind: 'provider-sign-in-refused', problem: 'unsound' }
