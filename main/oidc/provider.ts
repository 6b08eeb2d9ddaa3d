// The site's identity provider, asked by openid-client (authorization code, PKCE S256, state, nonce). The signature of the
// ID token is checked by the provider's published keys whatever carried it, with asymmetric algorithms alone.
import * as client from 'openid-client'
import type { Secret } from '../../shared/domain/command.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import {
  type ProviderProblem,
  type ProviderRefusal,
  type ProviderSettings,
  providerSubject,
} from '../../shared/domain/identity-provider.ts'
import { isLoopbackInClear, isProviderAddress, providerHost } from '../../shared/domain/provider-address.ts'
import { boundedFetch, ProviderTrouble } from './bounded-fetch.ts'

const askMilliseconds = 10_000
const scope = 'openid profile'
/** What a key that is published can check. `none`, and a secret that both sides know, prove nothing here. */
const algorithms: readonly string[] = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]
/** With all that is asked in it, it still goes into one line of a request. */
const longestAddress = 1000
/** What clocks of two computers may differ by. */
const toleranceSeconds = 30

export type Asking = {
  readonly settings: ProviderSettings
  readonly secret: Secret | undefined
  readonly nowMs: () => number
  readonly milliseconds?: number
}

/** An attempt from its address to its end; it is kept nowhere but in memory. */
export type Begun = {
  readonly address: string
  readonly state: string
  /** Who came back: `returned` is what stands behind the "?" of the address. */
  finish(returned: string): Promise<Result<{ readonly subject: string }>>
}

export type Provider = {
  readonly issuer: string
  /** `fresh`: whoever is signed in there already says once more who they are. */
  begin(redirect: string, fresh: boolean): Promise<Begun>
}

/** Looks at what the provider publishes about itself. */
export async function findProvider(asking: Asking): Promise<Result<Provider>> {
  const { settings, nowMs } = asking
  try {
    const found = await discovered(asking)
    const unfit = unfitness(found)
    if (unfit !== undefined) return unusable(settings, 'not-a-provider', unfit)
    const begin = async (redirect: string, fresh: boolean): Promise<Begun> => {
      const begunMs = nowMs()
      const checks = {
        pkceCodeVerifier: client.randomPKCECodeVerifier(),
        expectedState: client.randomState(),
        expectedNonce: client.randomNonce(),
      }
      const address = client.buildAuthorizationUrl(configured(found, asking), {
        ...{ redirect_uri: redirect, scope, state: checks.expectedState, nonce: checks.expectedNonce },
        code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
        code_challenge_method: 'S256',
        ...(fresh && { prompt: 'login', max_age: '0' }),
      })
      const finish = (returned: string) =>
        finished(configured(found, asking), { ...{ asking, checks, redirect, returned }, ...(fresh && { begunMs }) })
      return { address: address.href, state: checks.expectedState, finish }
    }
    return ok({ issuer: found.issuer, begin })
  } catch (error) {
    return troubleIn(settings, error, 'not-a-provider')
  }
}

async function discovered(asking: Asking): Promise<client.ServerMetadata> {
  const { settings } = asking
  const found = await client.discovery(new URL(settings.issuer), settings.clientId, {}, client.None(), {
    [client.customFetch]: fetchFor(asking),
    // Our own fetch refuses what is in clear and not on this computer.
    ...(isLoopbackInClear(settings.issuer) && { execute: [client.allowInsecureRequests] }),
  })
  return found.serverMetadata()
}

function fetchFor({ settings, milliseconds = askMilliseconds }: Asking): client.CustomFetch {
  return boundedFetch({ ca: settings.ca, inClear: isLoopbackInClear(settings.issuer), milliseconds })
}

/** Undefined: what it publishes is enough. */
function unfitness(found: client.ServerMetadata): string | undefined {
  for (const name of ['authorization_endpoint', 'token_endpoint', 'jwks_uri'] as const) {
    const address = found[name]
    if (typeof address !== 'string' || address.length > longestAddress) return name
    if (!isProviderAddress(address) || !URL.canParse(address)) return name
    if (isLoopbackInClear(address) && !isLoopbackInClear(found.issuer)) return name
  }
  const told = found.id_token_signing_alg_values_supported
  return told === undefined || told.some((one) => algorithms.includes(one)) ? undefined : 'id_token_signing_alg'
}

function configured(found: client.ServerMetadata, asking: Asking): client.Configuration {
  const { settings, secret, nowMs } = asking
  const told = found.id_token_signing_alg_values_supported ?? ['RS256']
  const server = { ...found, id_token_signing_alg_values_supported: told.filter((one) => algorithms.includes(one)) }
  const metadata = {
    [client.clockSkew]: Math.round((nowMs() - Date.now()) / 1000),
    [client.clockTolerance]: toleranceSeconds,
  }
  const config = new client.Configuration(server, settings.clientId, metadata, authentication(found, secret))
  config[client.customFetch] = fetchFor(asking)
  client.enableNonRepudiationChecks(config)
  if (isLoopbackInClear(settings.issuer)) client.allowInsecureRequests(config)
  return config
}

function authentication(found: client.ServerMetadata, secret: Secret | undefined): client.ClientAuth {
  if (secret === undefined) return client.None()
  const ways = found.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  const inBody = !ways.includes('client_secret_basic') && ways.includes('client_secret_post')
  return inBody ? client.ClientSecretPost(secret.reveal()) : client.ClientSecretBasic(secret.reveal())
}

type Returning = {
  readonly asking: Asking
  readonly checks: Pick<client.AuthorizationCodeGrantChecks, 'pkceCodeVerifier' | 'expectedState' | 'expectedNonce'>
  readonly redirect: string
  readonly returned: string
  /** Given where only a sign-in since then counts. */
  readonly begunMs?: number
}

async function finished(
  config: client.Configuration,
  { asking: { settings, nowMs }, checks, redirect, returned, begunMs }: Returning,
): Promise<Result<{ subject: string }>> {
  const since = begunMs === undefined ? undefined : Math.max(0, Math.ceil((nowMs() - begunMs) / 1000))
  try {
    const tokens = await client.authorizationCodeGrant(config, new URL(`${redirect}?${returned}`), {
      ...checks,
      idTokenExpected: true,
      ...(since !== undefined && { maxAge: since }),
    })
    const subject = providerSubject.safeParse(tokens.claims()?.sub)
    return subject.success ? ok({ subject: subject.data }) : refusedBecause(settings, 'unsound', 'sub')
  } catch (error) {
    return troubleIn(settings, error, 'unsound')
  }
}

/** Codes alone: what a provider writes in its own words may repeat what it was sent. */
function troubleIn(settings: ProviderSettings, error: unknown, otherwise: 'unsound' | 'not-a-provider'): Result<never> {
  const trouble = causesOf(error).find((one) => one instanceof ProviderTrouble)
  if (trouble !== undefined) return unusable(settings, trouble.problem, trouble.message)
  if (error instanceof client.AuthorizationResponseError)
    return refusedBecause(settings, 'declined', plain(error.error))
  if (error instanceof client.ResponseBodyError) return unusable(settings, 'refused', plain(error.error))
  const detail = causesOf(error).flatMap((one) => ('code' in one ? [plain(one.code)] : []))[0] ?? ''
  if (detail === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED' && otherwise === 'not-a-provider') {
    return unusable(settings, 'other-issuer', '')
  }
  return otherwise === 'unsound' ? refusedBecause(settings, otherwise, detail) : unusable(settings, otherwise, detail)
}

function causesOf(error: unknown): Error[] {
  const causes: Error[] = []
  for (let one = error; one instanceof Error && causes.length < 8; one = one.cause) causes.push(one)
  return causes
}

function plain(code: unknown): string {
  return typeof code === 'string' && /^[A-Za-z_]{1,60}$/.test(code) ? code : ''
}

export function unusable(
  { issuer }: Pick<ProviderSettings, 'issuer'>,
  problem: ProviderProblem,
  detail = '',
): Result<never> {
  return fail({ kind: 'provider-unusable', host: providerHost(issuer), problem, detail })
}

export function refusedBecause(
  { issuer }: Pick<ProviderSettings, 'issuer'>,
  problem: ProviderRefusal,
  detail = '',
): Result<never> {
  return fail({ kind: 'provider-sign-in-refused', host: providerHost(issuer), problem, detail })
}
