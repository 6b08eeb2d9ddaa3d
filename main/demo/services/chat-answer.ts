// One chat completion, streamed or whole, in the very shapes of llama-server (recorded from build b11669): a chunk
// with the role, the pieces, the reason it ended, the usage where it was asked for, and the server's own timings.
import type { ServerResponse } from 'node:http'
import { drillIsOn, type Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import { cannedAnswer, garbledText } from './canned-text.ts'
import type { ChatRequest } from './chat-request.ts'
import { sendJson, signalOf } from './http-answer.ts'
import { writeAtPace } from './paced-writing.ts'
import { piecesOf } from './text-pieces.ts'

export type ServedModel = { readonly container: SimulatedContainer; readonly modelName: string }

type Finish = 'stop' | 'length'

type Envelope = {
  readonly created: number
  readonly id: string
  readonly model: string
  readonly system_fingerprint: 'demo'
}

export async function answerChat(
  machine: Machine,
  { container, modelName }: ServedModel,
  chat: ChatRequest,
  response: ServerResponse,
): Promise<void> {
  const whole = piecesOf(drillIsOn(machine, 'garble-model') ? garbledText : cannedAnswer(chat.question))
  const pieces = whole.slice(0, chat.maximumTokens)
  const finish: Finish = pieces.length < whole.length ? 'length' : 'stop'
  const beganMs = machine.nowMs()
  const envelope = envelopeOf(machine, modelName)
  const task = { pieces, promptTokens: chat.promptTokens, signal: signalOf(response) }
  const writing = writeAtPace(machine, container, task)
  if (chat.stream) beginStream(response, envelope)
  let firstMs: number | undefined
  let next = await writing.next()
  for (; next.done !== true; next = await writing.next()) {
    firstMs ??= machine.nowMs()
    if (chat.stream) sendChunk(response, envelope, [choiceOf({ content: next.value }, null)])
  }
  // The container stopped or the reader left in the middle: the stream breaks off, as a real one does.
  if (!next.value) return void response.destroy()
  const spent = { beganMs, firstMs: firstMs ?? machine.nowMs(), endedMs: machine.nowMs() }
  const figures = figuresOf(chat.promptTokens, pieces.length, spent)
  if (chat.stream) endStream(response, envelope, { finish, figures, includeUsage: chat.includeUsage })
  else sendWhole(response, envelope, { finish, figures, text: pieces.join('') })
}

function envelopeOf(machine: Machine, model: string): Envelope {
  const nowMs = machine.nowMs()
  const id = `chatcmpl-demo-${nowMs.toString(36)}-${machine.traffic.running}-${machine.traffic.writtenTokens}`
  return { created: Math.floor(nowMs / 1000), id, model, system_fingerprint: 'demo' }
}

function choiceOf(delta: object, finish: Finish | null): object {
  return { finish_reason: finish, index: 0, delta }
}

function beginStream(response: ServerResponse, envelope: Envelope): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  sendChunk(response, envelope, [choiceOf({ role: 'assistant', content: null }, null)])
}

/** Nobody waits for room: a whole answer has a few hundred short chunks. */
function sendChunk(response: ServerResponse, envelope: Envelope, choices: readonly object[], more: object = {}): void {
  const chunk = { choices, ...envelope, object: 'chat.completion.chunk', ...more }
  response.write(`data: ${JSON.stringify(chunk)}\n\n`)
}

type Ending = { readonly finish: Finish; readonly figures: Figures; readonly includeUsage: boolean }

function endStream(response: ServerResponse, envelope: Envelope, { finish, figures, includeUsage }: Ending): void {
  const last = [choiceOf({}, finish)]
  // The timings belong to whichever chunk comes last.
  sendChunk(response, envelope, last, includeUsage ? {} : { timings: figures.timings })
  if (includeUsage) sendChunk(response, envelope, [], figures)
  response.end('data: [DONE]\n\n')
}

type Whole = { readonly finish: Finish; readonly figures: Figures; readonly text: string }

function sendWhole(response: ServerResponse, envelope: Envelope, { finish, figures, text }: Whole): void {
  const message = { role: 'assistant', content: text }
  const choices = [{ finish_reason: finish, index: 0, message }]
  sendJson(response, 200, { choices, ...envelope, object: 'chat.completion', ...figures })
}

type Spent = { readonly beganMs: number; readonly firstMs: number; readonly endedMs: number }
type Figures = ReturnType<typeof figuresOf>

function figuresOf(promptTokens: number, tokens: number, { beganMs, firstMs, endedMs }: Spent) {
  // At least what a clock can tell apart, so that no rate is infinite.
  const promptMs = Math.max(1, firstMs - beganMs)
  const predictedMs = Math.max(1, endedMs - firstMs)
  const usage = {
    completion_tokens: tokens,
    prompt_tokens: promptTokens,
    total_tokens: promptTokens + tokens,
    prompt_tokens_details: { cached_tokens: 0 },
  }
  const timings = {
    cache_n: 0,
    prompt_n: promptTokens,
    prompt_ms: promptMs,
    prompt_per_token_ms: promptMs / Math.max(1, promptTokens),
    prompt_per_second: (promptTokens * 1000) / promptMs,
    predicted_n: tokens,
    predicted_ms: predictedMs,
    predicted_per_token_ms: predictedMs / Math.max(1, tokens),
    predicted_per_second: (tokens * 1000) / predictedMs,
  }
  return { usage, timings }
}
