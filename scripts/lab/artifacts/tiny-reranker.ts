// A reranking model that the lab makes itself: the qwen3 architecture with random weights and a classifier of one number
// on top, as llama.cpp's conversion of a reranker has it. It understands nothing: of many seeds one was taken whose
// order happens to be right for the console's own questions, so that the way to a proven service is walked on the
// runtime's real endpoint. Any other seed is a model that is not proven.
import type { ModelShape } from '../../../shared/domain/model-shape.ts'
import { type GgufTensor, type GgufValue, ggufFile } from './gguf-format.ts'
import { seededBytes } from './seeded-bytes.ts'
import { byteVocabulary, randomTensor } from './tiny-model.ts'

const embedding = 64
const heads = 2
const headDimension = embedding / heads
const blocks = 2
const feedForward = 128
const contextTokens = 2048
/** Large enough that question and text work on each other. */
const weights = 1
/** Found by trying: of 34 seeds the only one, and of some 180 models of several sizes of weights too. */
const seed = 'rackside tiny reranker 34'

export const tinyRerankerShape = {
  architecture: 'qwen3',
  layers: blocks,
  attention: { kind: 'grouped-query', attentionHeads: heads, kvHeads: heads, headDimension },
  maxContextTokens: contextTokens,
} as const satisfies ModelShape

export function tinyReranker(): Generator<Buffer> {
  const source = seededBytes(seed)
  return ggufFile(keyValues(), tensors(), (tensor) => randomTensor(tensor, source, weights))
}

function keyValues(): Record<string, GgufValue> {
  const number = (value: number): GgufValue => ({ type: 'uint32', value })
  return {
    'general.architecture': { type: 'string', value: 'qwen3' },
    'general.name': { type: 'string', value: 'Rackside tiny reranker' },
    'qwen3.block_count': number(blocks),
    'qwen3.context_length': number(contextTokens),
    'qwen3.embedding_length': number(embedding),
    'qwen3.feed_forward_length': number(feedForward),
    'qwen3.attention.head_count': number(heads),
    'qwen3.attention.head_count_kv': number(heads),
    'qwen3.attention.key_length': number(headDimension),
    'qwen3.attention.value_length': number(headDimension),
    'qwen3.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
    'qwen3.rope.freq_base': { type: 'float32', value: 10_000 },
    // LLAMA_POOLING_TYPE_RANK
    'qwen3.pooling_type': number(4),
    'qwen3.classifier.output_labels': { type: 'strings', value: ['yes', 'no'] },
    'tokenizer.chat_template.rerank': { type: 'string', value: '{query}\n{document}' },
    ...byteVocabulary(),
  }
}

function tensors(): GgufTensor[] {
  const square = [embedding, embedding]
  const block = (at: number): GgufTensor[] =>
    Object.entries({
      attn_norm: [embedding],
      ...{ attn_q: square, attn_k: square, attn_v: square, attn_output: square },
      ...{ attn_q_norm: [headDimension], attn_k_norm: [headDimension], ffn_norm: [embedding] },
      ffn_gate: [embedding, feedForward],
      ffn_up: [embedding, feedForward],
      ffn_down: [feedForward, embedding],
    }).map(([part, dimensions]) => ({ name: `blk.${at}.${part}.weight`, dimensions }))
  return [
    { name: 'token_embd.weight', dimensions: [embedding, 259] },
    ...Array.from({ length: blocks }, (_, at) => block(at)).flat(),
    { name: 'output_norm.weight', dimensions: [embedding] },
    { name: 'cls.output.weight', dimensions: [embedding, 2] },
  ]
}
