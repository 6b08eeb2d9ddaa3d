// An identity provider on the loopback that does as it is told, also what no honest one does. A person's part, signing in
// there and being sent back, is played by `authorize`.
import { createHash, createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { onTestFinished } from 'vitest'
import type { TestCertificate } from './test-certificate.ts'

const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicJwk = { ...key.publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }

type Json = Record<string, unknown>
export type Signing = 'RS256' | 'none' | 'HS256' | 'other-key'

/** What it does otherwise than an honest one. */
export type Told = {
  signing: Signing
  claims: (honest: Json) => Json
  published: (honest: Json) => Json
  /** `drip`: an answer that begins and never ends. */
  answers: 'well' | 'never' | 'drip' | 'huge' | 'moved'
  /** What its own clock says. */
  nowMs: () => number
  /** Asked of whoever brings a code, where there is one. */
  secret: string | undefined
}

export type TestProvider = {
  readonly issuer: string
  readonly told: Told
  /** Paths that were asked for, and bodies that were sent. */
  readonly asked: { readonly path: string; readonly body: string; readonly authorization: string }[]
  /** As whom somebody signs in at this address: what stands behind the "?" when they come back. */
  authorize(address: string, subject: string, authMs?: number): string
  close(): Promise<void>
}

type Code = { nonce: string; challenge: string; redirect: string; clientId: string; subject: string; authMs: number }

/** Of a test; closed with it. */
export async function testProvider(certificate?: TestCertificate): Promise<TestProvider> {
  const provider = await openTestProvider(certificate)
  onTestFinished(provider.close)
  return provider
}

async function openTestProvider(certificate?: TestCertificate): Promise<TestProvider> {
  const codes = new Map<string, Code>()
  const asked: TestProvider['asked'] = []
  const told: Told = {
    ...{ signing: 'RS256', claims: (one) => one, published: (one) => one, answers: 'well', secret: undefined },
    nowMs: () => Date.now(),
  }
  let issuer = ''
  const answer = (request: IncomingMessage, response: ServerResponse, body: string) => {
    const path = request.url ?? ''
    const { authorization = '' } = request.headers
    asked.push({ path, body, authorization })
    if (told.answers === 'never') return
    const send = (status: number, json: Json) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    }
    if (told.answers === 'moved') return void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()
    if (told.answers === 'drip') return void response.writeHead(200, { 'content-type': 'application/json' }).write('{')
    if (told.answers === 'huge') return send(200, { issuer, filling: 'x'.repeat(2_000_000) })
    if (path === '/.well-known/openid-configuration') return send(200, told.published(published(issuer)))
    if (path === '/keys') return send(200, { keys: [publicJwk] })
    if (path !== '/token') return send(404, {})
    const token = tokenFor(new URLSearchParams(body), { codes, told, issuer, authorization })
    return send(token === undefined ? 400 : 200, token ?? { error: 'invalid_grant', error_description: body })
  }
  const take = (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
    })
    request.on('end', () => answer(request, response, body))
  }
  const server = certificate === undefined ? createServer(take) : createTlsServer(certificate, take)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  issuer = `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`
  return {
    ...{ issuer, told, asked },
    authorize: (address, subject, authMs = told.nowMs()) => {
      const query = new URL(address).searchParams
      const code = randomBytes(16).toString('hex')
      const of = (name: string) => query.get(name) ?? ''
      codes.set(code, {
        ...{ nonce: of('nonce'), challenge: of('code_challenge'), redirect: of('redirect_uri') },
        ...{ clientId: of('client_id'), subject, authMs },
      })
      return new URLSearchParams({ code, state: of('state'), iss: issuer }).toString()
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

function published(issuer: string): Json {
  return {
    ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
    ...{ jwks_uri: `${issuer}/keys`, response_types_supported: ['code'], subject_types_supported: ['public'] },
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    authorization_response_iss_parameter_supported: true,
    code_challenge_methods_supported: ['S256'],
  }
}

type Around = { codes: Map<string, Code>; told: Told; issuer: string; authorization: string }

/** Undefined: the code is nobody's, or was used. */
function tokenFor(sent: URLSearchParams, { codes, told, issuer, authorization }: Around): Json | undefined {
  const name = sent.get('code') ?? ''
  const code = codes.get(name)
  codes.delete(name)
  if (code === undefined || sent.get('redirect_uri') !== code.redirect) return undefined
  const challenge = createHash('sha256')
    .update(sent.get('code_verifier') ?? '')
    .digest('base64url')
  if (challenge !== code.challenge) return undefined
  // Both parts are written as a form writes them (RFC 6749, 2.3.1).
  const shown = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString('utf8')
  if (told.secret !== undefined && decodeURIComponent(shown) !== `${code.clientId}:${told.secret}`) return undefined
  const now = Math.floor(told.nowMs() / 1000)
  const claims = told.claims({
    ...{ iss: issuer, sub: code.subject, aud: code.clientId, nonce: code.nonce, iat: now, exp: now + 300 },
    auth_time: Math.floor(code.authMs / 1000),
  })
  const id_token = signed(claims, told.signing)
  return { access_token: randomBytes(16).toString('hex'), token_type: 'Bearer', expires_in: 300, id_token }
}

function signed(claims: Json, signing: Signing): string {
  const alg = signing === 'other-key' ? 'RS256' : signing
  const part = (json: Json) => Buffer.from(JSON.stringify(json)).toString('base64url')
  const text = `${part({ alg, typ: 'JWT', kid: 'one' })}.${part(claims)}`
  if (signing === 'none') return `${text}.`
  if (signing === 'HS256') {
    // Whoever checks with what it takes for the key of a MAC checks with what everybody can read.
    const pem = key.publicKey.export({ format: 'pem', type: 'spki' })
    return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`
  }
  const { privateKey } = signing === 'other-key' ? otherKey : key
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`
}
