// What every simulated server does with a request: reads a bounded body, answers JSON, and lets a client that has
// gone away be no error.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'

const largestBody = 1024 * 1024

export type Answering = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

/** The one catch: a request that broke off ends silently, anything else is a fault of the demo and says so. */
export function listenerOf(answer: Answering): RequestListener {
  return (request, response) => {
    Promise.resolve()
      .then(() => answer(request, response))
      .catch((error: unknown) => {
        if (response.headersSent || response.destroyed) response.destroy()
        else sendJson(response, 500, { error: { message: String(error), type: 'server_error', code: 500 } })
      })
  }
}

export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?')[0] ?? ''
}

/** Undefined for a body that is too large: it is read to its end all the same, so that the refusal arrives. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes <= largestBody) pieces.push(piece)
  }
  return bytes > largestBody ? undefined : Buffer.concat(pieces).toString('utf8')
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(value))
}

/** Aborts when the client goes away, and also once the answer has ended, when nobody listens any more. */
export function signalOf(response: ServerResponse): AbortSignal {
  const left = new AbortController()
  response.once('close', () => left.abort())
  if (response.destroyed) left.abort()
  return left.signal
}
