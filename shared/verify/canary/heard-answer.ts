// Hears one streamed answer to a question of a canary: what it says apart from what it thinks, the tools it calls, why it
// ended and what the server counted. It comes from a process on the appliance: all of it is bounded or passed over.
import { readChatEvent } from '../chat-event.ts'
import { readDelta } from './delta.ts'

/** A line longer than that is no event of a completion. */
const longestLine = 256 * 1024
/** Of what it says, and of what it thinks: the longest answer that is asked for has a third of it. */
const mostText = 32 * 1024
const mostCalls = 8
const mostArguments = 8 * 1024

export type ToolCall = { readonly name: string; readonly arguments: string }

/** `refused`: a status that is not 200. Everything but `whole` comes with a detail. */
export type AnswerEnd =
  | 'whole'
  | 'broken-off'
  | 'no-end'
  | 'too-long'
  | 'refused'
  | 'not-connected'
  | 'not-a-stream'
  | 'error-said'
  | 'stopped'

export type HeardAnswer = {
  /** Without what it thinks. */
  readonly says: string
  readonly thinks: string
  readonly calls: readonly ToolCall[]
  readonly finishReason?: string
  readonly promptTokens?: number
  readonly outputTokens?: number
  /** Of text, said or thought. */
  readonly pieces: number
  /** Since the request was sent. */
  readonly firstMs?: number
  readonly lastMs: number
  readonly end: AnswerEnd
  readonly detail?: string
}

export type AnswerReader = {
  take(text: string, atMs: number): void
  /** `end`: why no more comes, where that is known already. */
  finish(end?: Exclude<AnswerEnd, 'whole'>, detail?: string): HeardAnswer
}

export function answerReader(): AnswerReader {
  let rest = ''
  let [content, thought] = ['', '']
  let [pieces, lastMs, events] = [0, 0, 0]
  let firstMs: number | undefined
  let finishReason: string | undefined
  let promptTokens: number | undefined
  let outputTokens: number | undefined
  let error: string | undefined
  const calls: { name: string; arguments: string }[] = []

  function takeEvent(data: string, atMs: number): void {
    const event = readChatEvent(data)
    if (event === undefined) return
    events += 1
    error ??= event.error
    finishReason = event.finishReason ?? finishReason
    promptTokens = event.promptTokens ?? promptTokens
    outputTokens = event.usageTokens ?? outputTokens
    const delta = readDelta(data)
    for (const call of delta.calls) takeCall(call)
    if (delta.content === '' && delta.thought === '' && delta.calls.length === 0) return
    lastMs = Math.max(lastMs, Number.isFinite(atMs) ? atMs : 0)
    firstMs ??= lastMs
    pieces += 1
    content += delta.content.slice(0, mostText - content.length)
    thought += delta.thought.slice(0, mostText - thought.length)
  }

  function takeCall({ at, name, words }: ReturnType<typeof readDelta>['calls'][number]): void {
    const known = calls[at]
    if (known === undefined && calls.length >= mostCalls) return
    const call = known ?? { name: '', arguments: '' }
    if (known === undefined) calls.push(call)
    if (call.name === '') call.name = name
    call.arguments += words.slice(0, mostArguments - call.arguments.length)
  }

  function endOf(): Pick<HeardAnswer, 'end' | 'detail'> {
    if (error !== undefined) return { end: 'error-said', detail: error }
    if (events === 0) return { end: 'not-a-stream', detail: 'no event of a completion came' }
    if (finishReason === undefined) return { end: 'broken-off', detail: 'the stream ended before the answer did' }
    return { end: 'whole' }
  }

  return {
    take(text, atMs) {
      rest += text
      if (rest.length > longestLine) rest = ''
      if (!text.includes('\n')) return
      const lines = rest.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const data = line.startsWith('data:') ? line.slice('data:'.length).trim() : '[DONE]'
        if (data !== '[DONE]') takeEvent(data, atMs)
      }
    },
    finish(end, detail) {
      const parted = withoutThought(content)
      return {
        ...{ says: parted.says, thinks: thought + parted.thinks, calls, pieces, lastMs },
        ...(end === undefined ? endOf() : { end, ...(detail !== undefined && { detail }) }),
        ...(finishReason !== undefined && { finishReason }),
        ...(promptTokens !== undefined && { promptTokens }),
        ...(outputTokens !== undefined && { outputTokens }),
        ...(firstMs !== undefined && { firstMs }),
      }
    },
  }
}

/**
 * Where nobody parts them at the server, what it thinks stands before `</think>`; templates may have written the `<think>`
 * before it themselves.
 */
function withoutThought(content: string): { says: string; thinks: string } {
  const [close, open] = [content.indexOf('</think>'), content.indexOf('<think>')]
  if (close >= 0) return { thinks: content.slice(0, close), says: content.slice(close + '</think>'.length).trim() }
  // It still thinks.
  if (open >= 0) return { thinks: content.slice(open), says: content.slice(0, open).trim() }
  return { thinks: '', says: content.trim() }
}

/** Of a request that no stream came of. */
export function noAnswer(end: Exclude<AnswerEnd, 'whole'>, detail: string): HeardAnswer {
  return { says: '', thinks: '', calls: [], pieces: 0, lastMs: 0, end, detail }
}
