// One question of a canary to a model that chats: a streamed completion through the connection, within a time and a size.
// What answers is hostile: it may drip, stop, never end, or be something else altogether.
import type { Connection, HttpRequest } from '../../../shared/domain/connection.ts'
import { evidence, type Failure } from '../../../shared/domain/failure.ts'
import { type AnswerEnd, answerReader, type HeardAnswer, noAnswer } from '../../../shared/verify/canary/heard-answer.ts'
import { type BodyEnd, type Clock, deadlineIn, takeBody } from '../bounded-body.ts'
import { readText } from '../fetch-text.ts'

const refusalBytes = 16 * 1024
/** An answer of 4,096 tokens has about a third of it. */
const answerBytes = 2 * 1024 * 1024

export type Asking = { readonly clock: Clock; readonly signal: AbortSignal; readonly seconds: number }

export async function askChat(
  connection: Connection,
  asked: Pick<HttpRequest, 'port' | 'body'>,
  { clock, signal, seconds }: Asking,
): Promise<HeardAnswer> {
  if (signal.aborted) return noAnswer('stopped', 'stopped')
  const beganMs = clock()
  const deadline = deadlineIn(seconds, clock)
  const { stopped, forget } = stoppedBy(signal)
  try {
    const response = await connection.http({
      ...{ ...asked, method: 'POST', path: '/v1/chat/completions', stopped },
      headers: { 'content-type': 'application/json' },
      ...{ deadlineSeconds: seconds, idleSeconds: seconds },
    })
    if (!response.ok) return notConnected(response.failure, signal)
    if (response.value.status !== 200) {
      const { text } = await readText(response.value, refusalBytes, deadline)
      return noAnswer('refused', evidence(`HTTP ${response.value.status}: ${text}`, 250))
    }
    const reader = answerReader()
    const decoder = new TextDecoder()
    const end = await takeBody(response.value.body, { bytes: answerBytes, deadline }, (piece) => {
      reader.take(decoder.decode(piece, { stream: true }), Math.max(0, clock() - beganMs))
    })
    if (signal.aborted) return reader.finish('stopped', 'stopped')
    const wrong = endOfBody[end]
    return wrong === undefined ? reader.finish() : reader.finish(wrong, detailOf(wrong, seconds))
  } finally {
    forget()
  }
}

const endOfBody: { readonly [E in BodyEnd]: Exclude<AnswerEnd, 'whole'> | undefined } = {
  ...{ whole: undefined, 'too-long': 'too-long', 'too-late': 'no-end', 'broken-off': 'broken-off' },
}

function detailOf(end: AnswerEnd, seconds: number): string {
  if (end === 'no-end') return `no end within ${seconds} s`
  return end === 'too-long' ? `more than ${answerBytes} bytes` : 'the answer broke off'
}

function notConnected(failure: Failure, signal: AbortSignal): HeardAnswer {
  if (signal.aborted) return noAnswer('stopped', 'stopped')
  const detail = evidence('detail' in failure ? `${failure.kind}: ${failure.detail}` : failure.kind, 250)
  return noAnswer(failure.kind === 'deadline-passed' ? 'no-end' : 'not-connected', detail)
}

function stoppedBy(signal: AbortSignal): { readonly stopped: Promise<void>; readonly forget: () => void } {
  let onAbort = (): void => undefined
  const stopped = new Promise<void>((resolve) => {
    onAbort = () => resolve()
  })
  signal.addEventListener('abort', onAbort, { once: true })
  return { stopped, forget: () => signal.removeEventListener('abort', onAbort) }
}
