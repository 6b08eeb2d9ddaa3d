// One request to one address: no redirect is followed, no proxy of the environment is asked, nothing is kept open, and an
// answer is read no further than there is room for it.
import { type IncomingHttpHeaders, request as requestInClear } from 'node:http'
import { request as requestByTls } from 'node:https'
import { rootCertificates } from 'node:tls'

export type Asked = {
  readonly url: string
  readonly method?: string | undefined
  readonly headers?: Readonly<Record<string, string | number>>
  readonly body?: Buffer | undefined
  /** PEM, beside what this computer trusts. */
  readonly ca?: string | undefined
  readonly mostBytes: number
  readonly signal: AbortSignal
}

/** `cut`: there was more of it. */
export type Answered = {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly cut: boolean
}

/** Rejects with what Node says of the socket. */
export function askOnce({ url, method, headers, body, ca, mostBytes, signal }: Asked): Promise<Answered> {
  const address = new URL(url)
  const isTls = address.protocol === 'https:'
  const options = {
    ...{ method, agent: false, signal },
    headers: { ...headers, ...(body && { 'content-length': body.length }) },
    ...(isTls && { minVersion: 'TLSv1.2' as const, ...(ca !== undefined && { ca: [...rootCertificates, ca] }) }),
  }
  return new Promise((resolve, reject) => {
    const asked = (isTls ? requestByTls : requestInClear)(address, options, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size <= mostBytes) chunks.push(chunk)
        else answer.destroy()
      })
      answer.once('error', reject)
      answer.once('close', () => {
        const { statusCode = 0, headers: told } = answer
        resolve({ status: statusCode, headers: told, body: Buffer.concat(chunks), cut: size > mostBytes })
      })
    })
    asked.once('error', reject)
    asked.end(body)
  })
}
