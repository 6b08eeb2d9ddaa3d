// The body of a request of a benchmark. Some engines can be told to go on to the last token that is asked for; of every
// other one an answer may be shorter, and the result says so.
import type { MetricsReader } from '../../domain/deployment.ts'

/**
 * vLLM, SGLang, LMDeploy and TensorRT-LLM have `ignore_eos` in their own request models beside OpenAI's; llama.cpp's server
 * reads it from the body of a chat completion too. MindIE and Xinference hand it on to some of their engines only.
 */
const enforcing: ReadonlySet<MetricsReader> = new Set(['vllm', 'sglang', 'lmdeploy', 'tensorrt-llm', 'llama-cpp'])

/** Not through a gateway, which may refuse a field that it does not know. */
export function enforcesOutput(engine: MetricsReader | undefined, throughGateway: boolean): boolean {
  return engine !== undefined && !throughGateway && enforcing.has(engine)
}

type Asking = {
  readonly model: string
  readonly prompt: string
  readonly outputTokens: number
  readonly enforces: boolean
}

export function requestBody({ model, prompt, outputTokens, enforces }: Asking): string {
  return JSON.stringify({
    model,
    messages: [{ role: 'user', content: prompt }],
    max_tokens: outputTokens,
    temperature: 0,
    stream: true,
    stream_options: { include_usage: true },
    ...(enforces && { ignore_eos: true }),
  })
}
