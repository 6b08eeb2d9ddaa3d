// An identity provider that somebody else wrote and that is certified for OpenID Connect, on the loopback: whoever signs in
// there with any passphrase is the person of that name.
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import { Provider } from 'oidc-provider'

export type CertifiedProvider = { readonly issuer: string; readonly host: string; close(): Promise<void> }

/** Its one client; `secret`: where it has to show one. */
export async function openCertifiedProvider(clientId: string, secret?: string): Promise<CertifiedProvider> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const host = `127.0.0.1:${port}`
  const issuer = `http://${host}`
  const shown = secret === undefined ? { token_endpoint_auth_method: 'none' } : { client_secret: secret }
  const provider = new Provider(issuer, {
    clients: [
      {
        ...{ client_id: clientId, application_type: 'native', grant_types: ['authorization_code'], ...shown },
        // Of a native application any port of the loopback is the one that was registered (RFC 8252, 7.3).
        ...{ response_types: ['code'], redirect_uris: ['http://127.0.0.1/oidc/callback'] },
      },
    ],
    cookies: { keys: [randomBytes(16).toString('hex')] },
    pkce: { required: () => true },
    claims: { openid: ['sub'], profile: ['name'] },
    findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
  })
  server.on('request', provider.callback())
  return {
    issuer,
    host,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
