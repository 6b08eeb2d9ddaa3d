// What the provider is asked, and how: little time, little room, no redirect, by a certificate that is trusted, and only
// where it says about itself what a provider says.
import { describe, expect, it } from 'vitest'
import { findProvider } from '../../../../main/oidc/provider.ts'
import type { ProviderSettings } from '../../../../shared/domain/identity-provider.ts'
import { testCertificate } from '../../../support/test-certificate.ts'
import { type Told, testProvider } from '../../../support/test-provider.ts'

const redirect = 'http://127.0.0.1:7465/oidc/callback'

function find(settings: Pick<ProviderSettings, 'issuer' | 'ca'>, milliseconds = 5000) {
  return findProvider({
    settings: { clientId: 'rackside', ...settings },
    secret: undefined,
    nowMs: Date.now,
    milliseconds,
  })
}

type Json = Record<string, unknown>
const published = (change: Json): Partial<Told> => ({ published: (one) => ({ ...one, ...change }) })

describe('a provider', () => {
  it('is found by what it publishes', async () => {
    const { issuer } = await testProvider()
    expect(await find({ issuer })).toMatchObject({ ok: true, value: { issuer } })
  })

  it.each<readonly [string, Partial<Told>, Json]>([
    ['never answers', { answers: 'never' }, { problem: 'too-slow' }],
    ['begins an answer and does not end it', { answers: 'drip' }, { problem: 'too-slow' }],
    ['answers with more than is read', { answers: 'huge' }, { problem: 'too-large' }],
    ['sends on to somewhere else', { answers: 'moved' }, { problem: 'not-a-provider' }],
    ['calls itself another issuer', published({ issuer: 'https://evil.example' }), { problem: 'other-issuer' }],
    ['publishes no keys', published({ jwks_uri: undefined }), { problem: 'not-a-provider', detail: 'jwks_uri' }],
    [
      'signs people in without TLS elsewhere',
      published({ authorization_endpoint: 'http://evil.example/' }),
      { problem: 'not-a-provider', detail: 'authorization_endpoint' },
    ],
    [
      'signs people in by a script',
      published({ authorization_endpoint: 'javascript:alert(1)' }),
      { problem: 'not-a-provider', detail: 'authorization_endpoint' },
    ],
    [
      'signs people in at a port that there is not',
      published({ authorization_endpoint: 'https://idp.example:99999/' }),
      { problem: 'not-a-provider', detail: 'authorization_endpoint' },
    ],
    [
      'signs people in at an address without end',
      published({ authorization_endpoint: `https://idp.example/${'x'.repeat(1000)}` }),
      { problem: 'not-a-provider', detail: 'authorization_endpoint' },
    ],
    [
      'signs with nothing that can be checked',
      published({ id_token_signing_alg_values_supported: ['none', 'HS256'] }),
      { problem: 'not-a-provider', detail: 'id_token_signing_alg' },
    ],
  ])('that %s is refused', async (_name, told, failure) => {
    const provider = await testProvider()
    Object.assign(provider.told, told)
    const { host } = new URL(provider.issuer)
    expect(await find({ issuer: provider.issuer }, told.answers === undefined ? 5000 : 400)).toMatchObject({
      failure: { kind: 'provider-unusable', host, ...failure },
    })
  })

  it('that stops answering after the sign-in there, signs nobody in', async () => {
    const provider = await testProvider()
    const found = await find({ issuer: provider.issuer }, 400)
    if (!found.ok) throw new Error(found.failure.kind)
    const begun = await found.value.begin(redirect, false)
    const returned = provider.authorize(begun.address, 'x')
    provider.told.answers = 'never'
    expect(await begun.finish(returned)).toMatchObject({ failure: { kind: 'provider-unusable', problem: 'too-slow' } })
  })

  it('that leaves for other addresses in clear with its keys is not followed', async () => {
    const certificate = testCertificate()
    if (certificate === undefined) throw new Error('openssl is needed')
    const provider = await testProvider(certificate)
    provider.told.published = (one) => ({ ...one, token_endpoint: 'http://127.0.0.1:9/token' })
    expect(await find({ issuer: provider.issuer, ca: certificate.cert })).toMatchObject({
      failure: { problem: 'not-a-provider', detail: 'token_endpoint' },
    })
  })

  it('with a certificate of the site is trusted where the authority was given, and not otherwise', async () => {
    const certificate = testCertificate()
    if (certificate === undefined) throw new Error('openssl is needed')
    const provider = await testProvider(certificate)
    const { issuer } = provider
    expect(await find({ issuer })).toMatchObject({ failure: { problem: 'certificate' } })
    const found = await find({ issuer, ca: certificate.cert })
    if (!found.ok) throw new Error(JSON.stringify(found.failure))
    const begun = await found.value.begin(redirect, false)
    expect(await begun.finish(provider.authorize(begun.address, 'x'))).toEqual({ ok: true, value: { subject: 'x' } })
  })
})
