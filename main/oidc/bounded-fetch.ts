// One request to the identity provider as its client library makes it: by TLS or to this computer alone, with
// little time for all of it and little room for its answer.
import type { CustomFetch } from 'openid-client'
import type { ProviderProblem } from '../../shared/domain/identity-provider.ts'
import { isLoopbackInClear, isProviderAddress } from '../../shared/domain/provider-address.ts'
import { askOnce } from '../http/ask-once.ts'

/** Keys and settings of a provider are a few kilobytes. */
const mostAnswerBytes = 512 * 1024

export type FetchLimits = {
  /** PEM, beside what this computer trusts. */
  readonly ca?: string | undefined
  /** The provider is on this computer, and may be asked in clear. */
  readonly inClear: boolean
  readonly milliseconds: number
}

/** What went wrong on the way, and nothing of what was sent. */
export class ProviderTrouble extends Error {
  readonly problem: ProviderProblem
  constructor(problem: ProviderProblem, detail: string) {
    super(detail)
    this.problem = problem
  }
}

type Sent = Parameters<CustomFetch>[1]

export function boundedFetch({ ca, inClear, milliseconds }: FetchLimits): CustomFetch {
  return async (url, sent) => {
    if (!isProviderAddress(url) || (isLoopbackInClear(url) && !inClear)) {
      throw new ProviderTrouble('not-a-provider', 'it names an address without TLS')
    }
    const late = AbortSignal.timeout(milliseconds)
    try {
      return await ask(url, sent, { ca, signal: late })
    } catch (error) {
      throw late.aborted ? new ProviderTrouble('too-slow', `${milliseconds} ms`) : troubleOf(error)
    }
  }
}

async function ask(
  url: string,
  { method, headers, body }: Sent,
  { ca, signal }: { readonly ca: string | undefined; readonly signal: AbortSignal },
): Promise<Response> {
  const answer = await askOnce({
    ...{ url, method, ca, signal, mostBytes: mostAnswerBytes },
    headers: { ...headers, 'accept-encoding': 'identity' },
    body: body === undefined || body === null ? undefined : Buffer.from(String(body)),
  })
  const { status } = answer
  if (answer.cut) throw new ProviderTrouble('too-large', `${mostAnswerBytes} bytes`)
  if (status < 200 || status > 599) throw new ProviderTrouble('not-a-provider', `status ${status}`)
  return responseOf(status, answer.body, answer.headers['content-type'])
}

/** Of its headers the library reads this one; a challenge that it would tell of is not shown to anybody. */
function responseOf(status: number, body: Buffer, type: string | undefined): Response {
  const isEmpty = status === 204 || status === 205 || status === 304
  return new Response(isEmpty ? null : new Uint8Array(body), { status, headers: type ? { 'content-type': type } : {} })
}

function troubleOf(error: unknown): ProviderTrouble {
  if (error instanceof ProviderTrouble) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const isCertificate = /^(CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code)
  return new ProviderTrouble(isCertificate ? 'certificate' : 'unreachable', code)
}
