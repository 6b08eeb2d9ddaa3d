// Reads the body of a chat completion as llama-server takes it: what the demo's model needs of it is checked, every
// other field may be there and is passed over.
import * as z from 'zod'
import type { Question } from './canned-text.ts'
import { piecesOf } from './text-pieces.ts'

const part = z.object({ type: z.string(), text: z.string().optional() })
const message = z.object({ role: z.string(), content: z.union([z.string(), z.array(part)]).nullish() })
const body = z.object({
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().nullish(),
  max_completion_tokens: z.int().nullish(),
})

export type ChatRequest = {
  readonly question: Question
  readonly promptTokens: number
  /** Infinity without a limit. */
  readonly maximumTokens: number
  readonly stream: boolean
  readonly includeUsage: boolean
}

export function readChatRequest(text: string): { ok: true; chat: ChatRequest } | { ok: false; problem: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, problem: 'the body is not JSON' }
  }
  const read = body.safeParse(value)
  if (!read.success) {
    const issue = read.error.issues[0]
    return { ok: false, problem: `'${issue?.path.join('.') ?? ''}': ${issue?.message ?? 'not understood'}` }
  }
  const { messages, stream, stream_options, max_tokens, max_completion_tokens } = read.data
  // -1 is llama-server's word for no limit.
  const limit = max_tokens ?? max_completion_tokens ?? -1
  return {
    ok: true,
    chat: {
      question: questionOf(messages),
      promptTokens: messages.reduce((sum, one) => sum + piecesOf(textOf(one)).length, 0),
      maximumTokens: limit < 0 ? Number.POSITIVE_INFINITY : limit,
      stream: stream === true,
      includeUsage: stream_options?.include_usage === true,
    },
  }
}

type Message = z.infer<typeof message>

function questionOf(messages: readonly Message[]): Question {
  const of = (role: string) => messages.filter((one) => one.role === role).map(textOf)
  return { instructions: of('system').join('\n'), asked: of('user').at(-1) ?? '' }
}

function textOf({ content }: Message): string {
  if (typeof content === 'string') return content
  return (content ?? []).map((one) => one.text ?? '').join('\n')
}
