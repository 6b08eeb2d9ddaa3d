// One GET to a deployment and the text of its answer, within one deadline and a size.
import type { Connection, HttpRequest, HttpResponse } from '../../shared/domain/connection.ts'
import { ok, type Result } from '../../shared/domain/failure.ts'
import { type BodyEnd, type Clock, type Deadline, deadlineIn, takeBody } from './bounded-body.ts'

/** Of whatever answers at once or not at all. */
const smallSeconds = 15
const smallBytes = 64 * 1024
/** Of an engine's metrics. */
export const metricsBytes = 4 * 1024 * 1024

export type Page = {
  readonly port: number
  readonly path: string
  readonly clock: Clock
  readonly bytes?: number
  readonly headers?: Readonly<Record<string, string>>
}
/** Of a body that is too long the beginning. */
type Fetched = { readonly status: number; readonly text: string; readonly end: BodyEnd; readonly seconds: number }

export async function fetchText(
  connection: Connection,
  { port, path, clock, bytes = smallBytes, headers = {} }: Page,
): Promise<Result<Fetched>> {
  const deadline = deadlineIn(smallSeconds, clock)
  const response = await ask(connection, { port, method: 'GET', path, headers }, deadline)
  if (!response.ok) return response
  const { text, end } = await readText(response.value, bytes, deadline)
  return ok({ status: response.value.status, text, end, seconds: deadline.seconds })
}

/** A body that stops counts as dead at the deadline too, so that its channel is closed then. */
export function ask(
  connection: Connection,
  request: Omit<HttpRequest, 'deadlineSeconds'>,
  { seconds }: Deadline,
): Promise<Result<HttpResponse>> {
  return connection.http({ ...request, deadlineSeconds: seconds, idleSeconds: seconds })
}

export async function readText(
  response: HttpResponse,
  bytes: number,
  deadline: Deadline,
): Promise<{ text: string; end: BodyEnd }> {
  const decoder = new TextDecoder()
  let text = ''
  const end = await takeBody(response.body, { bytes, deadline }, (piece) => {
    text += decoder.decode(piece, { stream: true })
  })
  return { text, end }
}
