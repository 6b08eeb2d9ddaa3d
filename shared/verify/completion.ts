// Reads one streamed chat completion (server-sent events of the OpenAI API) as it arrives and keeps what
// proves inference: when the first text came, how many tokens, how fast, and why it ended. The stream comes
// from a process on the appliance: every number and word in it is bounded or passed over.
import { cleanText } from '../domain/clean-text.ts'
import type { InferenceProof } from '../domain/verdict.ts'
import { readChatEvent } from './chat-event.ts'
import { decodeRate } from './decode-rate.ts'
import { oddIn } from './odd-answer.ts'

const maximumLine = 1024 * 1024
/** Of the answer only its beginning is kept. */
const maximumText = 2000

export type CompletionReader = {
  /** `atMs` is the time since the request was sent; a clock that was set back counts as no time. */
  take(text: string, atMs: number): void
  /** The proof with the first 2,000 characters of the text, or what is missing for one. */
  finish(): { ok: true; proof: InferenceProof; text: string } | { ok: false; problem: string }
}

/** `onText` hears the answer as it arrives, made safe to show; together no more than what is kept of it. */
export function readCompletion(onText: (text: string) => void = () => undefined): CompletionReader {
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
    const event = readChatEvent(data)
    if (event === undefined) return
    error ??= event.error
    usageTokens = event.usageTokens ?? usageTokens
    serverRate = event.serverRate ?? serverRate
    finishReason = event.finishReason ?? finishReason
    if (event.text === '') return
    lastMs = Math.max(lastMs, Number.isFinite(atMs) ? atMs : 0)
    firstMs ??= lastMs
    pieces += 1
    const kept = event.text.slice(0, maximumText - text.length)
    text += kept
    const shown = cleanText(kept)
    if (shown !== '') onText(shown)
  }

  return {
    take(chunk, atMs) {
      rest += chunk
      if (rest.length > maximumLine) rest = ''
      // Bytes may come one by one: what has no end yet is not searched again each time.
      if (!chunk.includes('\n')) return
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const data = line.startsWith('data:') ? line.slice('data:'.length).trim() : '[DONE]'
        if (data !== '[DONE]') takeEvent(data, atMs)
      }
    },
    finish() {
      if (error !== undefined) return { ok: false, problem: error }
      if (firstMs === undefined) return { ok: false, problem: 'the stream ended without any text' }
      if (finishReason === undefined) return { ok: false, problem: 'the stream broke off' }
      const outputTokens = usageTokens ?? pieces
      const odd = oddIn(text)
      return {
        ok: true,
        text,
        proof: {
          ttftMs: firstMs,
          tokensPerSecond: decodeRate(outputTokens, lastMs - firstMs, serverRate),
          outputTokens,
          finishReason,
          answer: cleanText(text),
          ...(odd !== undefined && { odd }),
        },
      }
    },
  }
}
