// One event of a streamed chat completion, as servers of the OpenAI API send it. It comes from a process on the
// appliance: every number and word in it is bounded or passed over.
import { evidence } from '../domain/failure.ts'

/** What a server counts or measures beyond that is no figure of a completion. */
const figureLimit = 1e7
/** `finishReason` has at most 40 characters, " [cut]" included. */
const finishReasonLimit = 34

export type ChatEvent = {
  readonly text: string
  readonly finishReason?: string
  readonly promptTokens?: number
  readonly usageTokens?: number
  readonly serverRate?: number
  readonly error?: string
}

/**
 * Field names of OpenAI's chat.completion.chunk; `timings.predicted_per_second` is llama.cpp's addition, and what a model
 * thinks stands in `reasoning_content` (DeepSeek, llama.cpp, SGLang) or `reasoning` (vLLM). Undefined where it is no JSON.
 */
export function readChatEvent(data: string): ChatEvent | undefined {
  let value: unknown
  try {
    value = JSON.parse(data)
  } catch {
    return undefined
  }
  const body = record(value)
  const choice = record(Array.isArray(body['choices']) ? body['choices'][0] : undefined)
  const delta = record(choice['delta'])
  const thought = delta['reasoning_content'] ?? delta['reasoning']
  const text = [thought, delta['content']].filter((one) => typeof one === 'string').join('')
  const usage = record(body['usage'])
  const [prompt, tokens] = [usage['prompt_tokens'], usage['completion_tokens']]
  const perSecond = record(body['timings'])['predicted_per_second']
  const finish = shown(choice['finish_reason'], finishReasonLimit)
  const message = record(body['error'])['message']
  return {
    text,
    ...(finish === '' ? {} : { finishReason: finish }),
    ...(isCount(prompt) ? { promptTokens: prompt } : {}),
    ...(isCount(tokens) ? { usageTokens: tokens } : {}),
    ...(isFigure(perSecond) && perSecond > 0 ? { serverRate: perSecond } : {}),
    ...(typeof message === 'string' ? { error: shown(message, 300) || 'an error without a message' } : {}),
  }
}

function isCount(value: unknown): value is number {
  return isFigure(value) && Number.isSafeInteger(value)
}

function isFigure(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < figureLimit
}

function shown(value: unknown, limit: number): string {
  return typeof value === 'string' ? evidence(value, limit) : ''
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
