// One HTTP/1.1 request to a port on the appliance's loopback, over a stream of ours. Bodies stream;
// a body that stalls or breaks off throws, and leaving its loop early closes the channel.
import { type ClientRequest, type IncomingMessage, request as startRequest } from 'node:http'
import { type Duplex, finished } from 'node:stream'
import type { HttpRequest, HttpResponse } from '../../shared/domain/connection.ts'
import { evidence, fail, ok, type Result } from '../../shared/domain/failure.ts'
import { withinCall } from './call.ts'
import type { LoopbackPorts } from './loopback-port.ts'
import { brokenBefore, carriedFailure } from './remote-socket.ts'
import type { Sessions } from './sessions.ts'

const defaultIdleSeconds = 60

export function httpOver(
  sessions: Sessions,
  ports: LoopbackPorts,
  request: HttpRequest,
): Promise<Result<HttpResponse>> {
  const what = `http 127.0.0.1:${request.port}`
  return withinCall(sessions.link, what, request.deadlineSeconds, async (call) => {
    const socket = await ports.open(call, request.port)
    if (!socket.ok) return socket
    let answered = false
    call.defer(() => {
      if (!answered) socket.value.destroy()
    })
    const result = await exchange(socket.value, request)
    answered = result.ok && !call.ended()
    return result
  })
}

function exchange(socket: Duplex, request: HttpRequest): Promise<Result<HttpResponse>> {
  return new Promise((resolve) => {
    const broken = (error: Error): void => {
      const detail = evidence(error.message)
      resolve(fail(carriedFailure(error) ?? { kind: 'http-failed', port: request.port, detail }))
    }
    const early = brokenBefore(socket)
    if (early) return broken(early)
    let outgoing: ClientRequest
    try {
      outgoing = begin(socket, request)
    } catch (error) {
      // What HTTP cannot carry, such as a path with a line break, is no bug of whoever was told to ask for it.
      return broken(error as Error)
    }
    // Stays: an error after the head reaches the reader through the body.
    outgoing.on('error', broken)
    outgoing.once('response', (incoming) => {
      const body = readBody(outgoing, incoming, request.idleSeconds ?? defaultIdleSeconds)
      resolve(ok({ status: incoming.statusCode ?? 0, headers: plainHeaders(incoming), ...body }))
    })
    void request.stopped?.then(() => outgoing.destroy(new Error('stopped')))
    outgoing.end(request.body)
  })
}

function begin(socket: Duplex, request: HttpRequest): ClientRequest {
  return startRequest({
    host: '127.0.0.1',
    port: request.port,
    method: request.method,
    path: request.path,
    headers: { ...request.headers, ...bodyHeaders(request.body) },
    createConnection: () => socket,
  })
}

function bodyHeaders(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
}

function plainHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return headers
}

/** The idle watch starts with the head, so a body that nobody reads does not hold its channel for ever. */
function readBody(
  outgoing: ClientRequest,
  incoming: IncomingMessage,
  idleSeconds: number,
): Pick<HttpResponse, 'body' | 'push'> {
  const stall = (): void => void incoming.destroy(new Error(`no byte for ${idleSeconds} s`))
  let idle = setTimeout(stall, idleSeconds * 1000)
  incoming.once('close', () => {
    clearTimeout(idle)
    outgoing.destroy()
  })
  incoming.on('error', () => undefined)
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for await (const bytes of incoming) {
      clearTimeout(idle)
      yield bytes as Buffer
      clearTimeout(idle)
      if (!incoming.destroyed) idle = setTimeout(stall, idleSeconds * 1000)
    }
  }
  const push: HttpResponse['push'] = (take) =>
    new Promise((resolve, reject) => {
      // Also of one that broke off before.
      finished(incoming, { writable: false }, (error) => (error ? reject(error) : resolve()))
      incoming.on('data', (bytes: Buffer) => {
        // Whoever reads at once is never waited for: the watch goes on, and is only set back.
        idle.refresh()
        try {
          if (take(bytes) === 'more') return
          resolve()
        } catch (error) {
          reject(error)
        }
        incoming.destroy()
      })
    })
  return { body: pieces(), push }
}
