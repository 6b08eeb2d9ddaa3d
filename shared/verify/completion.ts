// Reads one streamed chat completion (server-sent events of the OpenAI API) as it arrives and keeps what
// proves inference: when the first text came, how many tokens, how fast, and why it ended.
import { type Reading, unreadable } from '../domain/reading.ts'
import type { InferenceProof } from '../domain/verdict.ts'

const maximumLine = 1024 * 1024

export type CompletionReader = {
  /** `atMs` is the time since the request was sent. */
  take(text: string, atMs: number): void
  /** The proof, or what is missing for one. */
  finish(): { ok: true; proof: InferenceProof; text: string } | { ok: false; problem: string }
}

export function readCompletion(): CompletionReader {
  let rest = ''
  let text = ''
  let firstMs: number | undefined
  let lastMs = 0
  let pieces = 0
  let finishReason: string | undefined
  let usageTokens: number | undefined
  let serverRate: number | undefined
  let error: string | undefined

  function takeEvent(data: string, atMs: number): void {
    const event = parse(data)
    if (event === undefined) return
    error ??= event.error
    usageTokens = event.usageTokens ?? usageTokens
    serverRate = event.serverRate ?? serverRate
    finishReason = event.finishReason ?? finishReason
    if (event.text === '') return
    firstMs ??= atMs
    lastMs = atMs
    pieces += 1
    text += event.text
  }

  return {
    take(chunk, atMs) {
      rest += chunk
      if (rest.length > maximumLine) rest = ''
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const data = /^data:\s*(.*?)\s*$/.exec(line)?.[1]
        if (data !== undefined && data !== '[DONE]') takeEvent(data, atMs)
      }
    },
    finish() {
      if (error !== undefined) return { ok: false, problem: error }
      if (firstMs === undefined) return { ok: false, problem: 'the stream ended without any text' }
      if (finishReason === undefined) return { ok: false, problem: 'the stream broke off' }
      const outputTokens = usageTokens ?? pieces
      return {
        ok: true,
        text,
        proof: {
          ttftMs: firstMs,
          tokensPerSecond: rate(outputTokens, firstMs, lastMs, serverRate),
          outputTokens,
          finishReason,
        },
      }
    },
  }
}

/** Tokens after the first over the time they took; where that is too short to measure, the server's own figure. */
function rate(tokens: number, firstMs: number, lastMs: number, serverRate: number | undefined): Reading<number> {
  const seconds = (lastMs - firstMs) / 1000
  if (tokens > 1 && seconds >= 0.005) return { state: 'known', value: (tokens - 1) / seconds }
  if (serverRate !== undefined) return { state: 'known', value: serverRate }
  return unreadable('too few tokens to measure a rate')
}

type ChatEvent = { text: string; finishReason?: string; usageTokens?: number; serverRate?: number; error?: string }

/** Field names of OpenAI's chat.completion.chunk; `timings.predicted_per_second` is llama.cpp's addition. */
function parse(data: string): ChatEvent | undefined {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return undefined
  }
  const body = record(value)
  const choice = record(Array.isArray(body['choices']) ? body['choices'][0] : undefined)
  const delta = record(choice['delta'])
  const content = [delta['reasoning_content'], delta['content']].filter((c) => typeof c === 'string').join('')
  const tokens = record(body['usage'])['completion_tokens']
  const perSecond = record(body['timings'])['predicted_per_second']
  const finish = choice['finish_reason']
  const message = record(body['error'])['message']
  return {
    text: content,
    ...(typeof finish === 'string' ? { finishReason: finish.slice(0, 40) } : {}),
    ...(typeof tokens === 'number' && Number.isInteger(tokens) && tokens >= 0 ? { usageTokens: tokens } : {}),
    ...(typeof perSecond === 'number' && perSecond > 0 ? { serverRate: perSecond } : {}),
    ...(typeof message === 'string' ? { error: message.slice(0, 300) } : {}),
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
