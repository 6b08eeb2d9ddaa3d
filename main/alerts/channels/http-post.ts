// One POST of JSON to one address: no redirect is followed, no proxy of the environment is asked, nothing is kept open.
import { request as requestInClear } from 'node:http'
import { request as requestByTls } from 'node:https'
import { rootCertificates } from 'node:tls'

const mostAnswerBytes = 64 * 1024

export type Posted = { readonly status: number; readonly body: string }
type Post = {
  readonly url: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly ca?: string | undefined
  readonly signal: AbortSignal
}

/** Rejects with what Node says of the socket. */
export function postJson({ url, body, headers = {}, ca, signal }: Post): Promise<Posted> {
  const address = new URL(url)
  const isTls = address.protocol === 'https:'
  const bytes = Buffer.from(body)
  const options = {
    ...{ method: 'POST', agent: false, signal },
    headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length, ...headers },
    ...(isTls && { minVersion: 'TLSv1.2' as const, ...(ca !== undefined && { ca: [...rootCertificates, ca] }) }),
  }
  return new Promise((resolve, reject) => {
    const asked = (isTls ? requestByTls : requestInClear)(address, options, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= mostAnswerBytes) chunks.push(chunk)
        else answer.destroy()
      })
      answer.once('error', reject)
      answer.once('close', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      )
    })
    asked.once('error', reject)
    asked.end(bytes)
  })
}
