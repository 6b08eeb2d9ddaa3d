// One request of a benchmark: a streamed chat completion through the connection, each piece of it noted when it arrives.
// What answers is hostile: it may drip, stop, never end, or be something else altogether.
import type { Connection, HttpRequest, HttpResponse } from '../../../shared/domain/connection.ts'
import { evidence, type Failure } from '../../../shared/domain/failure.ts'
import {
  failedTrace,
  problemOfStatus,
  type RequestTrace,
  type TraceReader,
  traceReader,
} from '../../../shared/verify/load/request-trace.ts'
import { type Clock, deadlineIn } from '../bounded-body.ts'
import { readText } from '../fetch-text.ts'

/** Of what a server says instead of a stream. */
const refusalBytes = 16 * 1024
/** Of an answer; the longest that anybody asks for has a tenth of it. */
const mostBytes = 32 * 1024 * 1024
/** For the whole request. */
export const requestSeconds = 180

export type Asked = Pick<HttpRequest, 'port' | 'body' | 'headers'>

/** Ends one request from outside. */
export type Stop = { readonly stopped: Promise<void>; isStopped(): boolean; stop(): void }

export function newStop(): Stop {
  let isStopped = false
  let resolve = (): void => undefined
  const stopped = new Promise<void>((done) => {
    resolve = done
  })
  return {
    stopped,
    isStopped: () => isStopped,
    stop() {
      isStopped = true
      resolve()
    },
  }
}

/** `onPieces` hears how many pieces of text came at once. */
export type Asking = { readonly clock: Clock; readonly stop: Stop; readonly onPieces: (count: number) => void }

export async function askOnce(connection: Connection, asked: Asked, asking: Asking): Promise<RequestTrace> {
  const { clock, stop } = asking
  const startMs = clock()
  const response = await connection.http({
    ...{ ...asked, method: 'POST', path: '/v1/chat/completions', stopped: stop.stopped },
    headers: { ...asked.headers, 'content-type': 'application/json' },
    ...{ deadlineSeconds: requestSeconds, idleSeconds: requestSeconds },
  })
  const reader = traceReader(startMs)
  if (!response.ok) {
    if (stop.isStopped()) return reader.breakOff(clock(), 'cut')
    const problem = response.failure.kind === 'deadline-passed' ? 'no-end' : 'not-connected'
    return failedTrace({ startMs, endMs: clock() }, problem, detailOf(response.failure))
  }
  return response.value.status === 200
    ? readStream(response.value, reader, { ...asking, startMs })
    : refused(response.value, { ...asking, startMs })
}

type Begun = Asking & { readonly startMs: number }

async function readStream(
  { push }: HttpResponse,
  reader: TraceReader,
  { clock, stop, startMs, onPieces }: Begun,
): Promise<RequestTrace> {
  const decoder = new TextDecoder()
  let bytes = 0
  const isLate = () => clock() - startMs > requestSeconds * 1000
  // Also where nothing comes any more.
  const limit = setTimeout(stop.stop, startMs + requestSeconds * 1000 - clock() + 1)
  try {
    await push((piece) => {
      const atMs = clock()
      const before = reader.pieces()
      reader.take(decoder.decode(piece, { stream: true }), atMs)
      if (reader.pieces() > before) onPieces(reader.pieces() - before)
      bytes += piece.length
      return bytes > mostBytes || atMs - startMs > requestSeconds * 1000 ? 'enough' : 'more'
    })
  } catch (error) {
    if (isLate()) return late()
    if (stop.isStopped()) return reader.breakOff(clock(), 'cut')
    return reader.breakOff(clock(), 'broken-off', evidence((error as Error).message, 200))
  } finally {
    clearTimeout(limit)
  }
  if (bytes > mostBytes) return reader.breakOff(clock(), 'too-long', `more than ${mostBytes} bytes`)
  return isLate() ? late() : reader.finish(clock())

  function late(): RequestTrace {
    return reader.breakOff(clock(), 'no-end', `no end within ${requestSeconds} s`)
  }
}

async function refused(response: HttpResponse, { clock, stop, startMs }: Begun): Promise<RequestTrace> {
  const { text } = await readText(response, refusalBytes, deadlineIn(15, clock))
  if (stop.isStopped()) return traceReader(startMs).breakOff(clock(), 'cut')
  const said = evidence(`HTTP ${response.status}: ${text}`, 250)
  return failedTrace({ startMs, endMs: clock() }, problemOfStatus(response.status), said)
}

function detailOf(failure: Failure): string {
  return evidence('detail' in failure ? `${failure.kind}: ${failure.detail}` : failure.kind, 250)
}
