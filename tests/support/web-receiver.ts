// A web server of this computer that writes down what it is sent, and answers as it is told.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { TestCertificate } from './test-certificate.ts'

export type Received = { readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string }
export type WebReceiver = { readonly origin: string; readonly received: Received[]; close(): Promise<void> }

type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string }

/** Undefined: it never answers. `host`: an address of this computer that a lab appliance reaches. */
export function receiveWeb(
  answer: () => Answer | undefined,
  certificate?: TestCertificate,
  host = '127.0.0.1',
): Promise<WebReceiver> {
  const received: Received[] = []
  const take = (request: IncomingMessage, response: ServerResponse) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString('utf8')
    })
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body })
      const now = answer()
      if (now === undefined) return
      response.writeHead(now.status ?? 200, now.headers)
      response.end(now.body ?? '')
    })
  }
  const server = certificate === undefined ? createServer(take) : createTlsServer(certificate, take)
  return new Promise((resolve) => {
    server.listen(0, host, () => {
      const { port } = server.address() as { port: number }
      const close = () =>
        new Promise<void>((done) => {
          server.closeAllConnections()
          server.close(() => done())
        })
      resolve({ origin: `${certificate === undefined ? 'http' : 'https'}://${host}:${port}`, received, close })
    })
  })
}
