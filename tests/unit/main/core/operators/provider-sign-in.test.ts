// Signing in by the site's identity provider, with a clock that the test moves and a provider that lies as it is told: who
// is let in, and all who are not.
import { describe, expect, it } from 'vitest'
import {
  failureOf,
  given,
  isIn,
  redirect,
  subject,
  unsound,
  withProvider,
} from '../../../../support/provider-console.ts'
import { signedInAs } from '../../../../support/signed-in.ts'
import type { Told } from '../../../../support/test-provider.ts'

const minute = 60_000

describe('who comes from the identity provider', () => {
  it('is the operator bound to that person, with our roles and the usual ends', async () => {
    const { signIn, as, pass } = await withProvider()
    const { sessionKey, ...session } = await given(signIn())
    expect(session).toMatchObject({ name: '王芳', roles: ['operator', 'administrator'], by: 'provider' })
    expect(await isIn(as(sessionKey))).toBe(true)
    pass(15 * minute)
    expect(await isIn(as(sessionKey))).toBe(false)
  })

  it('is asked for by code with PKCE S256, state and nonce, to exactly our address, and for nothing but who it is', async () => {
    const { begin } = await withProvider()
    const query = new URL((await begin()).address).searchParams
    expect(Object.fromEntries(query)).toMatchObject({
      ...{ response_type: 'code', client_id: 'rackside', redirect_uri: redirect, scope: 'openid profile' },
      code_challenge_method: 'S256',
    })
    for (const name of ['state', 'nonce', 'code_challenge']) expect(query.get(name)?.length).toBeGreaterThanOrEqual(43)
  })

  it('needs no passphrase of theirs changed first, which somebody else may have set', async () => {
    const { signIn, core, admin, as } = await withProvider()
    signedInAs(core, { name: '王芳', roles: ['operator'], mustChange: true })
    await given(admin.product.operators.bindSubject({ name: '王芳', providerSubject: subject }))
    const { sessionKey, mustChange } = await given(signIn())
    expect([mustChange, (await as(sessionKey).product.appliances.list({})).ok]).toEqual([false, true])
  })

  it('is let in while wrong passphrases have locked the name, which stays locked for passphrases', async () => {
    const { signIn, as } = await withProvider()
    const typed = () => failureOf(as().desk.signIn({ name: '王芳', passphrase: 'wrong', kind: 'window' }))
    for (let tries = 0; tries < 5; tries += 1) await typed()
    expect(await failureOf(signIn())).toBe(undefined)
    expect(await typed()).toMatchObject({ kind: 'sign-in-locked' })
  })

  it('stands in the audit by name, by what they came, and as whom', async () => {
    const { signIn, auditLines } = await withProvider()
    await given(signIn())
    const [tried, signedIn] = auditLines().slice(-2)
    expect(tried).toMatchObject({ act: 'provider-sign-in', who: 'li', input: {} })
    const input = { kind: 'window', by: 'provider', providerSubject: subject }
    expect(signedIn).toMatchObject({ act: 'signed-in', who: '王芳', input })
  })

  it('is refused where no operator is bound to them, told as whom, and in the audit', async () => {
    const { signIn, provider, auditLines } = await withProvider()
    const host = new URL(provider.issuer).host
    expect(await failureOf(signIn('somebody-else'))).toEqual({
      kind: 'subject-unknown',
      host,
      subject: 'somebody-else',
    })
    expect(auditLines().at(-1)).toMatchObject({ act: 'subject-unknown', input: { providerSubject: 'somebody-else' } })
  })

  it('is told so ten times in five minutes and no more, while whoever is bound gets in', async () => {
    const { signIn, pass } = await withProvider()
    for (let tries = 0; tries < 10; tries += 1)
      expect((await failureOf(signIn(`x${tries}`)))?.kind).toBe('subject-unknown')
    expect(await failureOf(signIn('x'))).toEqual({ kind: 'sign-in-locked', seconds: 300 })
    expect(await failureOf(signIn())).toBe(undefined)
    pass(5 * minute)
    expect((await failureOf(signIn('x')))?.kind).toBe('subject-unknown')
  })

  it.each<readonly [string, (at: Awaited<ReturnType<typeof withProvider>>) => Promise<unknown>]>([
    ['the binding is taken away', ({ admin }) => given(admin.product.operators.unbindSubject({ name: '王芳' }))],
    [
      'it is given to another person',
      ({ admin }) => given(admin.product.operators.bindSubject({ name: '王芳', providerSubject: 'x' })),
    ],
    ['the operator is removed', ({ admin }) => given(admin.product.operators.remove({ name: '王芳' }))],
    ['the provider is removed', ({ admin }) => given(admin.product.operators.removeProvider({}))],
    [
      'another provider is set',
      ({ admin }) => given(admin.desk.setProvider({ issuer: 'https://other.example', clientId: 'rackside' })),
    ],
  ])('is signed out, and not let in again, when %s', async (_name, act) => {
    const at = await withProvider()
    const { sessionKey } = await given(at.signIn())
    const begun = await at.begin()
    await act(at)
    expect(await isIn(at.as(sessionKey))).toBe(false)
    const returned = at.provider.authorize(begun.address, subject)
    expect(await failureOf(at.finish(begun.attempt, returned))).not.toBe(undefined)
  })

  it('is let in by name and passphrase still, whatever the provider says', async () => {
    const { admin, as, provider, signIn } = await withProvider()
    await given(admin.desk.addOperator({ name: 'zhao', roles: ['viewer'], passphrase: 'correct horse battery' }))
    await provider.close()
    const failure = await failureOf(signIn())
    expect(failure).toMatchObject({ kind: 'provider-unusable', problem: 'unreachable', detail: 'ECONNREFUSED' })
    const local = as().desk.signIn({ name: 'zhao', passphrase: 'correct horse battery', kind: 'window' })
    expect(await failureOf(local)).toBe(undefined)
  })
})

describe('an attempt', () => {
  it('is good once', async () => {
    const { begin, finish, provider } = await withProvider()
    const { attempt, address } = await begin()
    const returned = provider.authorize(address, subject)
    expect(await failureOf(finish(attempt, returned))).toBe(undefined)
    const again = await failureOf(finish(attempt, returned))
    expect(again).toMatchObject({ kind: 'provider-sign-in-refused', problem: 'attempt-over' })
  })

  it('is over after a wrong one, also for the right one', async () => {
    const { begin, finish, provider } = await withProvider()
    const { attempt, address } = await begin()
    await finish(attempt, 'code=x&state=y')
    const right = await failureOf(finish(attempt, provider.authorize(address, subject)))
    expect(right).toMatchObject({ problem: 'attempt-over' })
  })

  it.each([
    [299, undefined],
    [300, 'attempt-over'],
  ])('after %d seconds is %s', async (seconds, problem) => {
    const { begin, finish, provider, pass } = await withProvider()
    const { attempt, address } = await begin()
    pass(seconds * 1000)
    const failure = await failureOf(finish(attempt, provider.authorize(address, subject)))
    expect(failure && 'problem' in failure ? failure.problem : undefined).toBe(problem)
  })

  it('of which a callback elsewhere knows only what was in the address is finished by nobody', async () => {
    const { begin, finish, provider } = await withProvider()
    const { address, state } = await begin()
    const returned = provider.authorize(address, subject)
    const failure = await failureOf(finish(state.padEnd(43, 'A').slice(0, 43), returned))
    expect(failure).toMatchObject({ problem: 'attempt-over' })
    expect(provider.asked.some(({ path }) => path === '/token')).toBe(false)
  })

  it('takes no code that belongs to another one, nor one that was used', async () => {
    const { begin, finish, provider } = await withProvider()
    const [one, other] = [await begin(), await begin()]
    const code = (returned: string) => new URLSearchParams(returned).get('code') ?? ''
    const stolen = new URLSearchParams(provider.authorize(one.address, subject))
    stolen.set('state', other.state)
    expect(await failureOf(finish(other.attempt, stolen.toString()))).toMatchObject({
      ...{ kind: 'provider-unusable', problem: 'refused', detail: 'invalid_grant' },
    })
    const third = await begin()
    const used = new URLSearchParams(provider.authorize(third.address, subject))
    used.set('code', code(stolen.toString()))
    expect(await failureOf(finish(third.attempt, used.toString()))).toMatchObject({ problem: 'refused' })
  })

  it('is one of sixteen at most: the oldest goes', async () => {
    const { begin, finish, provider } = await withProvider()
    const first = await begin()
    for (let more = 0; more < 16; more += 1) await begin()
    expect(await failureOf(finish(first.attempt, provider.authorize(first.address, subject)))).toMatchObject({
      problem: 'attempt-over',
    })
  })

  it('goes to exactly this computer and this place', async () => {
    const { as } = await withProvider()
    for (const other of [
      ...['http://127.0.0.1:7465/oidc/callback/', 'http://localhost:7465/oidc/callback', 'https://evil.example/cb'],
      ...['http://127.0.0.1:7465/oidc/callback?x', 'http://127.0.0.1:7465@evil.example/oidc/callback'],
    ]) {
      const asked = as().desk.beginProviderSignIn({ purpose: 'sign-in', redirect: other })
      expect([other, (await failureOf(asked))?.kind]).toEqual([other, 'input-invalid'])
    }
  })
})

type Json = Record<string, unknown>
const lies: readonly (readonly [string, Partial<Told>])[] = [
  ['signed by nobody (none)', { signing: 'none' }],
  ['signed with the public key as a shared secret (HS256)', { signing: 'HS256' }],
  ['signed by another key', { signing: 'other-key' }],
  ['of another nonce', { claims: (one: Json) => ({ ...one, nonce: 'x' }) }],
  ['without a nonce', { claims: ({ nonce: _nonce, ...one }: Json) => one }],
  ['for another client', { claims: (one: Json) => ({ ...one, aud: 'another' }) }],
  [
    'for another client too, and by that one',
    { claims: (one: Json) => ({ ...one, aud: ['rackside', 'b'], azp: 'b' }) },
  ],
  ['of another issuer', { claims: (one: Json) => ({ ...one, iss: 'https://evil.example' }) }],
  ['that is over', { claims: (one: Json) => ({ ...one, exp: Number(one['iat']) - 60 }) }],
  ['without an end', { claims: ({ exp: _exp, ...one }: Json) => one }],
  ['about nobody', { claims: ({ sub: _sub, ...one }: Json) => one }],
  ['about somebody who is no plain text', { claims: (one: Json) => ({ ...one, sub: `${subject}\u202e` }) }],
]

describe('a token', () => {
  it.each(lies)('%s signs nobody in', async (_name, told) => {
    const { provider, signIn, core } = await withProvider()
    Object.assign(provider.told, told)
    const before = core.operators.read()
    expect(await failureOf(signIn())).toMatchObject(unsound)
    expect(core.operators.read()).toEqual(before)
    // The same way is open to who says the truth.
    Object.assign(provider.told, { signing: 'RS256', claims: (one: Json) => one })
    expect(await failureOf(signIn())).toBe(undefined)
  })
})

describe('an answer to the browser', () => {
  it.each<readonly [string, (honest: URLSearchParams) => void]>([
    ['of another state', (honest) => honest.set('state', 'x')],
    ['without a state', (honest) => honest.delete('state')],
    ['of two states', (honest) => honest.append('state', 'x')],
    ['of another issuer', (honest) => honest.set('iss', 'https://evil.example')],
    ['without the issuer that it promised', (honest) => honest.delete('iss')],
    ['without a code', (honest) => honest.delete('code')],
  ])('%s signs nobody in, and no code is spent on it', async (_name, change) => {
    const { provider, begin, finish } = await withProvider()
    const { attempt, address } = await begin()
    const returned = new URLSearchParams(provider.authorize(address, subject))
    change(returned)
    expect(await failureOf(finish(attempt, returned.toString()))).toMatchObject(unsound)
    expect(provider.asked.some(({ path }) => path === '/token')).toBe(false)
  })

  it('that says no is told as that, without the words that came with it', async () => {
    const { begin, finish, provider } = await withProvider()
    const { attempt, state } = await begin()
    const said = { error: 'access_denied', error_description: 'call 555', state, iss: provider.issuer }
    const failure = await failureOf(finish(attempt, new URLSearchParams(said).toString()))
    expect(failure).toMatchObject({ problem: 'declined', detail: 'access_denied' })
    expect(JSON.stringify(failure)).not.toContain('555')
  })
})
