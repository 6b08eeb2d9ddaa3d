// Streams one chat completion from the model endpoint as plain pieces of text. The endpoint's output is
// hostile: sizes are bounded, every field is checked, and a stream that just ends is never a whole draft.
import { ModelFailure, startModelRequest } from './model-request.mjs'

/** @import { Configuration } from './configuration.mjs' */
/** @import { IncomingMessage } from 'node:http' */

const longestLine = 262_144
const longestDraft = 200_000
const graceAfterFinish = 2_000

/**
 * @typedef {{ text: string } | { finishReason: 'stop' | 'length' }} DraftPiece
 */

/**
 * Ends with exactly one finishReason, or throws a ModelFailure. Aborting the signal closes the connection.
 * @param {Configuration} configuration
 * @param {{ role: string, content: string }[]} messages
 * @param {AbortSignal} signal
 * @returns {AsyncGenerator<DraftPiece, void, void>}
 */
export async function* streamDraft(configuration, messages, signal) {
  const { connect, firstToken, idle } = configuration.timeouts
  const call = startModelRequest(configuration, {
    method: 'POST',
    path: '/chat/completions',
    accept: 'text/event-stream',
    body: JSON.stringify({
      model: configuration.modelName,
      messages,
      stream: true,
      max_tokens: configuration.maxOutputTokens,
      temperature: 0.2,
      ...(configuration.modelThinkingOff ? { chat_template_kwargs: { enable_thinking: false } } : {}),
    }),
    signal,
  })
  /** @type {'stop' | 'length' | undefined} */
  let finishReason
  let length = 0
  let blank = true
  try {
    call.expect(connect, 'model_connect_timeout')
    const response = await call.open(() => call.expect(firstToken, 'model_idle_timeout'))
    for await (const data of readEventData(response)) {
      if (data === '[DONE]') break
      if (finishReason !== undefined) continue
      const chunk = readChunk(data)
      if (chunk === undefined) continue
      call.expect(idle, 'model_idle_timeout')
      if (chunk.text !== '') {
        length += chunk.text.length
        if (length > longestDraft) throw new ModelFailure('model_output_too_long')
        if (chunk.text.trim() !== '') blank = false
        // The model's clock stands still while a slow reader takes this piece.
        call.pause()
        yield { text: chunk.text }
        call.expect(idle, 'model_idle_timeout')
      }
      finishReason = chunk.finishReason
      if (finishReason !== undefined) call.expect(graceAfterFinish, 'model_idle_timeout')
    }
  } catch (error) {
    // The note was whole once the model said why it finished; how the connection ended after that is nothing.
    if (finishReason === undefined || signal.aborted) {
      throw call.failure ?? (error instanceof ModelFailure ? error : new ModelFailure('model_stream_broken'))
    }
  } finally {
    call.close()
  }
  if (finishReason === undefined) throw new ModelFailure('model_stream_broken')
  if (blank) throw new ModelFailure('model_empty_answer')
  yield { finishReason }
}

/**
 * The `data:` values of a server-sent event stream, one a line, as the chat completion format writes them.
 * @param {IncomingMessage} response
 */
async function* readEventData(response) {
  let rest = ''
  for await (const piece of response) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > longestLine) throw new ModelFailure('model_stream_broken')
    for (const line of lines) {
      const data = eventData(line)
      if (data !== undefined) yield data
    }
  }
  const data = eventData(rest)
  if (data !== undefined) yield data
}

/** @param {string} line */
function eventData(line) {
  return line.startsWith('data:') ? line.slice(5).trim() : undefined
}

/**
 * Undefined for a chunk that holds no choice (usage counts, for instance).
 * @param {string} data
 * @returns {{ text: string, finishReason: 'stop' | 'length' | undefined } | undefined}
 */
function readChunk(data) {
  /** @type {any} */
  let chunk
  try {
    chunk = JSON.parse(data)
  } catch {
    throw new ModelFailure('model_stream_broken')
  }
  if (chunk?.error !== undefined && chunk.error !== null) throw new ModelFailure('model_error')
  const choice = Array.isArray(chunk?.choices) ? chunk.choices[0] : undefined
  if (typeof choice !== 'object' || choice === null) return undefined
  const text = choice.delta?.content
  const reason = choice.finish_reason ?? undefined
  if (reason !== undefined && reason !== 'stop' && reason !== 'length') throw new ModelFailure('model_error')
  return { text: typeof text === 'string' ? text : '', finishReason: reason }
}
