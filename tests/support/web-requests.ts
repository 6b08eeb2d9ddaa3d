// Requests to the web shell as anybody could send them: with the headers the test wants and no browser that would
// add or refuse some.
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'

export type WebReply = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }
type Sending = {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** `path` goes out as it is, unnormalized. */
export function ask(
  port: number,
  path: string,
  { method = 'GET', headers = {}, body }: Sending = {},
): Promise<WebReply> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (reply) => {
      void textOf(reply).then((text) => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, body: text }))
    })
    asking.once('error', reject)
    asking.end(body)
  })
}

async function textOf(reply: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of reply as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** How an attempt to connect ended: refused before it was a WebSocket, closed with a code, or open. */
export type Attempt =
  | { readonly refused: number }
  | { readonly code: number; readonly reason: string }
  | { readonly open: WebSocket }

type Dialling = {
  readonly protocols?: readonly string[]
  readonly origin?: string | undefined
  readonly host?: string
  readonly path?: string
}

/** Resolves with `open` when the socket has stayed open for as long as a refusal takes to arrive: one exchange of pings. */
export function dial(port: number, { protocols = [], origin, host, path = '/link' }: Dialling): Promise<Attempt> {
  const headers = { ...(origin === undefined ? {} : { origin }), ...(host === undefined ? {} : { host }) }
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols], { headers })
  onTestFinished(() => socket.terminate())
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, reply) => {
      reply.resume()
      resolve({ refused: reply.statusCode ?? 0 })
    })
    socket.once('error', reject)
    socket.once('open', () => socket.ping())
    socket.once('pong', () => resolve({ open: socket }))
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
  })
}

/** Everything a server sends back to these bytes until it closes the connection, and how long that took. */
export function rawExchange(port: number, bytes: string): Promise<{ text: string; seconds: number }> {
  const began = performance.now()
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const chunks: Buffer[] = []
    onTestFinished(() => void socket.destroy())
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => undefined)
    socket.once('close', () => {
      resolve({ text: Buffer.concat(chunks).toString('utf8'), seconds: (performance.now() - began) / 1000 })
    })
  })
}

/** What comes back to these bytes, on a connection whose own side stays open until the test ends. */
export function halfOpen(port: number, bytes: string): Promise<{ text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes))
    onTestFinished(() => void socket.destroy())
    let text = ''
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    socket.on('error', reject)
    socket.once('end', () => resolve({ text }))
  })
}
