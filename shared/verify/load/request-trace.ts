// What is kept of one request of a benchmark: when it was sent, when each piece of its answer arrived, what the server
// counted, and why it failed where it did. Every figure comes from these; milliseconds of one clock that only runs forward.
import type { RequestProblem } from '../../domain/bench.ts'
import { readChatEvent } from '../chat-event.ts'

export type RequestTrace = {
  readonly startMs: number
  /** Of each piece of text, in order. */
  readonly arrivalsMs: readonly number[]
  /** Of the last event. */
  readonly endMs: number
  /** What the server counted; missing where it does not say. */
  readonly promptTokens?: number
  readonly outputTokens?: number
  readonly problem?: RequestProblem
  /** What it said, or what was seen of it; made safe to show. */
  readonly detail?: string
  /** We ended it ourselves: it is neither well nor failed. */
  readonly isCut?: true
}

/** A line longer than that is no event of a completion. */
const longestLine = 1024 * 1024

export type TraceReader = {
  /** Text as it arrives, and when it did. */
  take(text: string, atMs: number): void
  /** Of text, so far. */
  pieces(): number
  /** The stream is over. */
  finish(atMs: number): RequestTrace
  /** What came until now, and why no more does. */
  breakOff(atMs: number, problem: RequestProblem | 'cut', detail?: string): RequestTrace
}

/** Of an answer with status 200. A clock that was set back counts as no time. */
export function traceReader(startMs: number): TraceReader {
  const arrivalsMs: number[] = []
  let rest = ''
  let nowMs = startMs
  let endMs = startMs
  let events = 0
  let isTooLong = false
  let isFinished = false
  let error: string | undefined
  let promptTokens: number | undefined
  let outputTokens: number | undefined

  function takeData(data: string): void {
    endMs = nowMs
    if (data === '[DONE]') return
    const event = readChatEvent(data)
    if (event === undefined) return
    events += 1
    error ??= event.error
    promptTokens = event.promptTokens ?? promptTokens
    outputTokens = event.usageTokens ?? outputTokens
    isFinished ||= event.finishReason !== undefined
    if (event.text !== '') arrivalsMs.push(nowMs)
  }

  function heard(atMs: number) {
    if (atMs > nowMs) nowMs = atMs
    return {
      ...{ startMs, arrivalsMs, endMs },
      ...(promptTokens !== undefined && { promptTokens }),
      ...(outputTokens !== undefined && { outputTokens }),
    }
  }

  function problem(): Pick<RequestTrace, 'problem' | 'detail'> {
    if (error !== undefined) return { problem: 'error-said', detail: error }
    if (isTooLong) return { problem: 'not-a-stream', detail: `a line of more than ${longestLine} characters` }
    if (events === 0) return { problem: 'not-a-stream', detail: 'no event of a completion came' }
    if (!isFinished) return { problem: 'broken-off', detail: 'the stream ended before the answer did' }
    return arrivalsMs.length === 0 ? { problem: 'no-text', detail: 'the answer has no text' } : {}
  }

  return {
    take(text, atMs) {
      if (atMs > nowMs) nowMs = atMs
      rest += text
      if (rest.length > longestLine) {
        rest = ''
        isTooLong = true
      }
      // Bytes may come one by one: what has no end yet is not searched again each time.
      if (!text.includes('\n')) return
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line.startsWith('data:')) takeData(line.slice('data:'.length).trim())
    },
    pieces: () => arrivalsMs.length,
    finish: (atMs) => ({ ...heard(atMs), ...problem() }),
    breakOff(atMs, why, detail) {
      if (why === 'cut') return { ...heard(atMs), isCut: true }
      return { ...heard(atMs), problem: why, ...(detail !== undefined && { detail }) }
    },
  }
}

/** Of a request that no stream came of. */
export function failedTrace(
  { startMs, endMs }: Pick<RequestTrace, 'startMs' | 'endMs'>,
  problem: RequestProblem,
  detail: string,
): RequestTrace {
  return { startMs, endMs, arrivalsMs: [], problem, detail }
}

/** By the status of an answer that is not 200. */
export function problemOfStatus(status: number): RequestProblem {
  if (status === 429) return 'too-many-requests'
  return status >= 500 ? 'server-error' : 'refused'
}
