// Streams one completion through the connection, and keeps the figures that prove inference.
import type { Connection, HttpRequest } from '../../shared/domain/connection.ts'
import { readCompletion } from '../../shared/verify/completion.ts'
import { type BodyEnd, deadlineIn, takeBody } from './bounded-body.ts'
import { ask, readText } from './fetch-text.ts'
import { type Look, type Looking, noEnd } from './look.ts'

/** Of what a server says instead of its tokens. */
const refusalBytes = 64 * 1024
const probeTokens = 32
/** For the whole completion: a server may also never stop. */
const probeSeconds = 180
const streamBytes = 4 * 1024 * 1024

/** Which model at which port; `headers`: a key, where one is wanted. */
type Asked = {
  readonly hostPort: number
  readonly modelName: string
  readonly headers?: Readonly<Record<string, string>>
}

export async function streamCompletion(connection: Connection, proof: Asked, looking: Looking): Promise<Look> {
  const { clock, onText, askSeconds = probeSeconds } = looking
  const deadline = deadlineIn(askSeconds, clock)
  const response = await ask(connection, completionRequest(proof), deadline)
  if (!response.ok) return { passed: false, detail: JSON.stringify(response.failure) }
  if (response.value.status !== 200) {
    const { text } = await readText(response.value, refusalBytes, deadline)
    return { passed: false, detail: `HTTP ${response.value.status}: ${text.slice(0, 200)}` }
  }
  const reader = readCompletion(onText)
  const decoder = new TextDecoder()
  const bounds = { bytes: streamBytes, deadline }
  const end = await takeBody(response.value.body, bounds, (piece) => {
    reader.take(decoder.decode(piece, { stream: true }), askSeconds * 1000 - deadline.leftMs())
  })
  const problem = problemOfStream[end] ?? (end === 'too-late' ? noEnd(deadline.seconds) : undefined)
  if (problem !== undefined) return { passed: false, detail: problem }
  const finished = reader.finish()
  if (!finished.ok) return { passed: false, detail: finished.problem }
  const { proof: figures } = finished
  const counted = `${figures.outputTokens} tokens, ${figures.finishReason}`
  const detail = figures.odd === undefined ? counted : `${counted}, ${figures.odd}: ${figures.answer.slice(0, 200)}`
  return { passed: true, detail, proof: figures }
}

const problemOfStream: Partial<Record<BodyEnd, string>> = {
  'broken-off': 'the stream of tokens broke off',
  'too-long': `the stream of tokens has more than ${streamBytes} bytes`,
}

function completionRequest({ hostPort, modelName, headers }: Asked): Omit<HttpRequest, 'deadlineSeconds'> {
  return {
    port: hostPort,
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify({
      model: modelName,
      messages: [{ role: 'user', content: 'Say that you are ready.' }],
      max_tokens: probeTokens,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    }),
  }
}
