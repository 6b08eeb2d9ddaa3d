// A language model that the lab makes itself: the llama architecture with random weights. It answers
// fast and means nothing, but the runtime that serves it is real.
import type { ModelShape } from '../../../shared/domain/model-shape.ts'
import { type GgufTensor, type GgufValue, ggufFile, tensorValueCount } from './gguf-format.ts'
import { type SeededBytes, seededBytes, seededFloats } from './seeded-bytes.ts'

const embedding = 256
const heads = 4
const blocks = 4
const contextTokens = 2048
const smallFeedForward = 512
const weightLimit = 0.12
const nearlyNothing = 1e-9
/** Unknown, begin, end, and one token for each byte. */
const vocabulary = 3 + 256
/** Only these bytes get weights in the last layer: the gibberish is readable text and never ends early. */
const spokenBytes = ' abcdefghijklmnopqrstuvwxyz.,'

export const tinyModelShape = {
  architecture: 'llama',
  layers: blocks,
  attention: { kind: 'grouped-query', attentionHeads: heads, kvHeads: heads, headDimension: embedding / heads },
  maxContextTokens: contextTokens,
} as const satisfies ModelShape

/**
 * The file's bytes, piece by piece. Extra MiB widen the feed-forward layers; a seed makes another model.
 * What is added counts for nothing in a sum, so a wide model says what the narrow one says.
 */
export function* tinyModel(extraMib: number, seed = 'rackside tiny model 1'): Generator<Buffer> {
  const feedForward = feedForwardLength(extraMib)
  const source = seededBytes(seed)
  const extra = seededBytes(`${seed}, what is added`)
  yield* ggufFile(modelKeyValues(feedForward), modelTensors(feedForward), (tensor) => {
    if (tensor.name === 'output.weight') return outputRows(source)
    return tensor.name.includes('ffn_') && !tensor.name.includes('norm')
      ? widened(tensor, source, extra)
      : randomTensor(tensor, source)
  })
}

/** The narrow model's own rows first; of a tensor whose rows became longer, its own values at the head of each. */
function* widened(
  { dimensions: [rowLength = 0, rows = 0] }: GgufTensor,
  own: SeededBytes,
  extra: SeededBytes,
): Generator<Buffer> {
  const isWider = rows !== embedding
  const [ownRows, ownLength] = isWider ? [smallFeedForward, embedding] : [embedding, smallFeedForward]
  for (let row = 0; row < rows; row += 1) {
    const ownHere = row < ownRows ? ownLength : 0
    if (ownHere > 0) yield seededFloats(own, ownHere, weightLimit)
    if (rowLength > ownHere) yield seededFloats(extra, rowLength - ownHere, isWider ? weightLimit : nearlyNothing)
  }
}

/** One more unit of width costs three rows or columns of f32 in each block. */
export function feedForwardLength(extraMib: number): number {
  const bytesPerUnit = 3 * embedding * 4 * blocks
  return smallFeedForward + Math.ceil((extraMib * 1024 * 1024) / bytesPerUnit / 32) * 32
}

function modelKeyValues(feedForward: number): Record<string, GgufValue> {
  const number = (value: number): GgufValue => ({ type: 'uint32', value })
  return {
    'general.architecture': { type: 'string', value: 'llama' },
    'general.name': { type: 'string', value: 'Rackside tiny' },
    'llama.block_count': number(blocks),
    'llama.context_length': number(contextTokens),
    'llama.embedding_length': number(embedding),
    'llama.feed_forward_length': number(feedForward),
    'llama.attention.head_count': number(heads),
    'llama.attention.head_count_kv': number(heads),
    'llama.attention.layer_norm_rms_epsilon': { type: 'float32', value: 1e-5 },
    'llama.rope.dimension_count': number(embedding / heads),
    'llama.vocab_size': number(vocabulary),
    ...byteVocabulary(),
  }
}

export function byteVocabulary(): Record<string, GgufValue> {
  const byteTokens = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`)
  const number = (value: number): GgufValue => ({ type: 'uint32', value })
  return {
    'tokenizer.ggml.model': { type: 'string', value: 'llama' },
    'tokenizer.ggml.tokens': { type: 'strings', value: ['<unk>', '<s>', '</s>', ...byteTokens] },
    'tokenizer.ggml.scores': { type: 'float32s', value: Array<number>(vocabulary).fill(0) },
    // unknown, control, control, byte...
    'tokenizer.ggml.token_type': { type: 'int32s', value: [2, 3, 3, ...Array<number>(256).fill(6)] },
    'tokenizer.ggml.unknown_token_id': number(0),
    'tokenizer.ggml.bos_token_id': number(1),
    'tokenizer.ggml.eos_token_id': number(2),
  }
}

function modelTensors(feedForward: number): GgufTensor[] {
  const square = [embedding, embedding]
  const tensors: GgufTensor[] = [{ name: 'token_embd.weight', dimensions: [embedding, vocabulary] }]
  for (let block = 0; block < blocks; block += 1) {
    const named = (part: string, dimensions: readonly number[]): GgufTensor => ({
      name: `blk.${block}.${part}.weight`,
      dimensions,
    })
    tensors.push(named('attn_norm', [embedding]))
    for (const part of ['attn_q', 'attn_k', 'attn_v', 'attn_output']) tensors.push(named(part, square))
    tensors.push(
      named('ffn_norm', [embedding]),
      named('ffn_gate', [embedding, feedForward]),
      named('ffn_up', [embedding, feedForward]),
      named('ffn_down', [feedForward, embedding]),
    )
  }
  tensors.push(
    { name: 'output_norm.weight', dimensions: [embedding] },
    { name: 'output.weight', dimensions: [embedding, vocabulary] },
  )
  return tensors
}

/** Norms are ones, so that nothing is scaled. */
export function* randomTensor(tensor: GgufTensor, source: SeededBytes, weights = weightLimit): Generator<Buffer> {
  const count = tensorValueCount(tensor)
  if (tensor.name.endsWith('norm.weight')) {
    yield ones(count)
  } else {
    const limit = tensor.name === 'token_embd.weight' ? 0.3 : weights
    for (let done = 0; done < count; done += 65_536) {
      yield seededFloats(source, Math.min(65_536, count - done), limit)
    }
  }
}

function* outputRows(source: SeededBytes): Generator<Buffer> {
  for (let token = 0; token < vocabulary; token += 1) {
    const isSpoken = token >= 3 && spokenBytes.includes(String.fromCharCode(token - 3))
    yield isSpoken ? seededFloats(source, embedding, 0.5) : Buffer.alloc(embedding * 4)
  }
}

function ones(count: number): Buffer {
  const values = Buffer.alloc(count * 4)
  for (let index = 0; index < count; index += 1) values.writeFloatLE(1, index * 4)
  return values
}
