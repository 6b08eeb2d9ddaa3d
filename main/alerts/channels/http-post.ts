// One POST of JSON to one address.
import { askOnce } from '../../http/ask-once.ts'

const mostAnswerBytes = 64 * 1024

export type Posted = { readonly status: number; readonly body: string }
type Post = {
  readonly url: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly ca?: string | undefined
  readonly signal: AbortSignal
}

/** Rejects with what Node says of the socket. Of a long answer the beginning is enough. */
export async function postJson({ url, body, headers, ca, signal }: Post): Promise<Posted> {
  const answer = await askOnce({
    ...{ url, method: 'POST', ca, signal, body: Buffer.from(body), mostBytes: mostAnswerBytes },
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  })
  return { status: answer.status, body: answer.body.toString('utf8') }
}
