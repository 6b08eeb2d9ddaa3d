// What a model is asked so that its answer proves what it is for, where that is no chat: texts for vectors, and questions
// for an order. Everyday sentences, nothing of a patient; asked by the console and by the appliance itself.
import type { RerankForm } from './deployment.ts'

const capital = 'Beijing is the capital of China.'
const boiling = 'Water boils at a lower temperature in the mountains.'
/**
 * Two that mean different things, each twice. In this order, because a server that makes no vectors may send what lies in
 * its memory: that stays for a while, changes, or comes every other time, and never goes by the text.
 */
export const embeddedTexts = [capital, boiling, boiling, capital] as const

/** `float`: some servers would send the numbers packed otherwise. */
export function embeddingsRequest({ modelName }: { readonly modelName: string }, text: string): string {
  return JSON.stringify({ model: modelName, input: text, encoding_format: 'float' })
}

export const rankedTexts = [
  'Beijing is the capital of China.',
  'Water boils at 100 degrees Celsius at sea level.',
  'The giant panda eats almost nothing but bamboo.',
] as const

/** Each is answered by the text in its own place. */
export const rankedQuestions = [
  'What is the capital of China?',
  'At which temperature does water boil?',
  'What does a panda eat?',
] as const

type Ranked = { readonly modelName: string; readonly rerankForm: RerankForm }

/**
 * Engines differ in form:
 * - jina: `documents`, answered by `{"results": [{"index", "relevance_score"}]}`: llama-server (tools/server/README.md,
 *   its /v1/rerank), vLLM (/rerank, /v1/rerank, /v2/rerank);
 * - sglang: `documents`, answered by a bare list of `{"index", "score"}` (docs.sglang.io, rerank_models; /v1/rerank);
 * - tei: `texts`, answered by a bare list of `{"index", "score"}` (router/src/http/server.rs; /rerank).
 */
export function rankingRequest(ranked: Ranked, at: number): string {
  return orderRequest(ranked, { query: rankedQuestions[at] ?? '', texts: rankedTexts })
}

type Order = { readonly query: string; readonly texts: readonly string[] }

export function orderRequest({ modelName, rerankForm }: Ranked, { query, texts }: Order): string {
  if (rerankForm === 'tei') return JSON.stringify({ query, texts })
  return JSON.stringify({ model: modelName, query, documents: texts })
}
