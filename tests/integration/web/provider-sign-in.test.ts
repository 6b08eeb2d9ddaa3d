// Signing in by an identity provider over HTTP, end to end: the real web shell, a provider that somebody else wrote, and a
// browser's part played by hand. What the provider's redirect asks for gives nothing away and does nothing.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Contract } from '../../../shared/contract/contract.ts'
import { sessionHeader } from '../../../shared/contract/flow.ts'
import type { WindowContract } from '../../../shared/contract/window.ts'
import type { Result } from '../../../shared/domain/failure.ts'
import { openCertifiedProvider } from '../../support/certified-provider.ts'
import { filesUnder } from '../../support/files-under.ts'
import { startShell } from '../../support/shell-process.ts'
import { ask, dial } from '../../support/web-requests.ts'

type Calls = {
  product: ContractRouterClient<Contract>
  window: ContractRouterClient<WindowContract>
}

const passphrase = 'correct horse battery'
const clientSecret = 'canary-client-secret-2b7e'

async function given<T>(answer: Promise<Result<T>>): Promise<T> {
  const got = await answer
  if (!got.ok) throw new Error(JSON.stringify(got.failure))
  return got.value
}

/** A page of the shell: whoever is `session` makes its calls. */
async function pageOn(shell: { port: number; origin: string; token: string }) {
  const said: { session?: string } = {}
  const protocols = ['rackside.1', `rackside.token.${shell.token}`]
  const attempt = await dial(shell.port, { origin: shell.origin, protocols })
  if (!('open' in attempt)) throw new Error(`no link: ${JSON.stringify(attempt)}`)
  const headers = () => (said.session === undefined ? {} : { [sessionHeader]: said.session })
  const calls: Calls = createORPCClient(new RPCLink({ websocket: attempt.open as never, headers }))
  return { said, calls }
}

/** What a browser does at the provider: its redirects, its cookies, its two forms. Where it is sent back to us. */
async function signInThere(address: string, login: string): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = address
  let form: URLSearchParams | undefined
  for (let step = 0; step < 12; step += 1) {
    if (new URL(next).pathname === '/oidc/callback') return new URL(next)
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
    const sending = form === undefined ? {} : { method: 'POST', body: form }
    const answer: Response = await fetch(next, { redirect: 'manual', headers: { cookie }, ...sending })
    for (const one of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
      cookies.set(name, value)
    }
    const text = await answer.text()
    const [, action] = /<form[^>]* action="([^"]+)"/.exec(text) ?? []
    const asksLogin = text.includes('name="login"')
    form = action === undefined ? undefined : new URLSearchParams({ prompt: 'consent' })
    if (asksLogin) form = new URLSearchParams({ prompt: 'login', login, password: 'any' })
    const to: string | undefined = action ?? answer.headers.get('location') ?? undefined
    if (to === undefined) throw new Error(`${answer.status} at ${next}: ${text.slice(0, 300)}`)
    next = new URL(to, next).href
  }
  throw new Error('the provider asks and asks')
}

async function withProvider() {
  const provider = await openCertifiedProvider('rackside', clientSecret)
  onTestFinished(provider.close)
  const shell = startShell(['web', '--no-open', '--json'])
  const address = await shell.address()
  const page = await pageOn(address)
  const { calls, said } = page
  await given(calls.window.createVault({ passphrase }))
  await given(calls.window.beginOperators({ name: '王芳', passphrase }))
  const { sessionKey } = await given(calls.window.signIn({ name: '王芳', passphrase, kind: 'window' }))
  said.session = sessionKey
  await given(calls.window.setProvider({ issuer: provider.issuer, clientId: 'rackside', clientSecret }))
  expect(await given(calls.product.operators.testProvider({}))).toEqual({ issuer: provider.issuer })
  await given(calls.product.operators.bindSubject({ name: '王芳', providerSubject: 'e7c1-0042' }))
  await given(calls.product.operators.signOut({}))
  delete said.session
  return { provider, shell, address, ...page }
}

describe('signing in by an identity provider, over HTTP', { timeout: 60_000 }, () => {
  it('lets in who is bound, at the page that began it, and leaves nothing of the way anywhere', async () => {
    const { provider, shell, address, calls, said } = await withProvider()
    const state = await given(calls.product.operators.state({}))
    expect(state).toMatchObject({ signedIn: null, providerHost: provider.host })
    const begun = await given(calls.window.beginProviderSignIn({ purpose: 'sign-in' }))
    expect(new URL(begun.address).searchParams.get('redirect_uri')).toBe(`${address.origin}/oidc/callback`)
    const back = await signInThere(begun.address, 'e7c1-0042')
    const landed = await ask(address.port, `${back.pathname}${back.search}`, { headers: { host: back.host } })
    expect(landed).toMatchObject({
      status: 200,
      headers: { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' },
    })
    expect(landed.headers['set-cookie']).toBe(undefined)
    expect(landed.headers['content-security-policy']).toContain("script-src 'self';")
    expect(landed.body).not.toMatch(/<script(?![^>]* src=)/)
    // Whoever is sent there is nobody yet: the server has done nothing.
    expect(await given(calls.product.operators.state({}))).toMatchObject({ signedIn: null })
    const { attempt } = begun
    const answer = await given(calls.window.finishProviderSignIn({ attempt, returned: back.search.slice(1) }))
    expect(answer).toMatchObject({ name: '王芳', by: 'provider' })
    said.session = answer.sessionKey
    expect(await given(calls.product.operators.state({}))).toMatchObject({ signedIn: { name: '王芳' } })
    const code = back.searchParams.get('code') ?? ''
    const secrets = [clientSecret, code, attempt, answer.sessionKey]
    const files = filesUnder(shell.home).map((one) => readFileSync(join(shell.home, one), 'latin1'))
    const kept = [...files, shell.said.stdout, shell.said.stderr].join('\n')
    expect(code.length).toBeGreaterThan(20)
    expect(secrets.filter((one) => kept.includes(one))).toEqual([])
  })

  it('tells who is bound to nobody as whom the provider knows them', async () => {
    const { provider, calls } = await withProvider()
    const { attempt, address } = await given(calls.window.beginProviderSignIn({ purpose: 'sign-in' }))
    const back = await signInThere(address, 'a-stranger')
    const answer = await calls.window.finishProviderSignIn({ attempt, returned: back.search.slice(1) })
    expect(answer).toMatchObject({ failure: { kind: 'subject-unknown', host: provider.host, subject: 'a-stranger' } })
  })

  it('answers the way back to nobody but a browser that reads this address', async () => {
    const { address } = await withProvider()
    const { host } = new URL(address.origin)
    const at = (headers: Record<string, string>, method = 'GET') =>
      ask(address.port, '/oidc/callback?code=x&state=y', { method, headers })
    expect((await at({ host: 'evil.example' })).status).toBe(421)
    expect((await at({ host, origin: 'https://idp.example' }, 'POST')).status).toBe(403)
    expect((await at({ host, origin: address.origin }, 'POST')).status).toBe(404)
  })
})
