// The body of a question of a canary or an evaluation: at temperature 0, with a bound of its own, and without thinking where an engine can be
// told so, because thinking takes minutes on a small server and is judged by nobody.
import type { MetricsReader } from '../../../shared/domain/deployment.ts'
import type { ChatQuestion } from '../../../shared/verify/canary/chat-question.ts'

/**
 * These hand `chat_template_kwargs` to the model's template: vLLM and SGLang (OpenAI-compatible server, extra parameters),
 * llama.cpp (tools/server/README.md). A template that does not know the word passes over it.
 */
const templated: ReadonlySet<MetricsReader> = new Set(['vllm', 'sglang', 'llama-cpp'])

/** What keeps a model from thinking, where its engine can be told so. */
function withoutThinking(engine: MetricsReader | undefined): object {
  return engine !== undefined && templated.has(engine) ? { chat_template_kwargs: { enable_thinking: false } } : {}
}

/** Engines whose chat completions document a `seed`. */
const seeded: ReadonlySet<MetricsReader> = new Set([
  ...(['vllm', 'sglang', 'llama-cpp', 'mindie', 'lmdeploy', 'tensorrt-llm'] as const),
])

type Wish = {
  readonly model: string
  readonly engine: MetricsReader | undefined
  readonly tokens: number
  readonly seed?: number
}

export function chatBody(
  { system, asked, tools }: Pick<ChatQuestion, 'system' | 'asked' | 'tools'>,
  { model, engine, tokens, seed }: Wish,
): string {
  return JSON.stringify({
    model,
    messages: [
      ...(system === undefined ? [] : [{ role: 'system', content: system }]),
      { role: 'user', content: asked },
    ],
    max_tokens: tokens,
    temperature: 0,
    stream: true,
    stream_options: { include_usage: true },
    ...(tools !== undefined && { tools }),
    ...(seed !== undefined && engine !== undefined && seeded.has(engine) && { seed }),
    ...withoutThinking(engine),
  })
}
