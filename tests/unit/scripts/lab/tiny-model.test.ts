// The lab's own model: what llama.cpp would read back from its bytes.
import { expect, test } from 'vitest'
import { sha256Of } from '../../../../scripts/lab/artifacts/digests.ts'
import { feedForwardLength, tinyModel, tinyModelShape } from '../../../../scripts/lab/artifacts/tiny-model.ts'
import { modelShape } from '../../../../shared/domain/model-shape.ts'
import { readGguf } from './read-gguf.ts'

const model = Buffer.concat([...tinyModel(0)])
const header = readGguf(model)

test('the header says the shape that the digest list says', () => {
  const { attention, ...shape } = tinyModelShape
  expect(modelShape.safeParse(tinyModelShape).success).toBe(true)
  expect(header.keyValues.get('general.architecture')).toBe(shape.architecture)
  expect(header.keyValues.get('llama.block_count')).toBe(shape.layers)
  expect(header.keyValues.get('llama.attention.head_count_kv')).toBe(attention.kvHeads)
  expect(header.keyValues.get('llama.context_length')).toBe(shape.maxContextTokens)
  const embedding = header.keyValues.get('llama.embedding_length') as number
  const heads = header.keyValues.get('llama.attention.head_count') as number
  expect(embedding / heads).toBe(attention.headDimension)
})

test('every token has a text, a score and a type', () => {
  const tokens = header.keyValues.get('tokenizer.ggml.tokens') as string[]
  expect(tokens).toHaveLength(259)
  expect(tokens.slice(0, 4)).toEqual(['<unk>', '<s>', '</s>', '<0x00>'])
  expect(tokens.at(-1)).toBe('<0xFF>')
  expect(header.keyValues.get('tokenizer.ggml.scores')).toHaveLength(259)
  expect(header.keyValues.get('tokenizer.ggml.token_type')).toHaveLength(259)
})

test('the tensors follow one another without gaps and end with the file', () => {
  let offset = 0
  for (const tensor of header.tensors) {
    expect(tensor.offset).toBe(offset)
    const bytes = tensor.dimensions.reduce((product, size) => product * size, 4)
    offset += Math.ceil(bytes / 32) * 32
  }
  expect(header.dataStart + offset).toBe(model.length)
  expect(header.tensors).toHaveLength(3 + 4 * 9)
})

test('weights are small finite numbers, and only readable bytes have weights in the last layer', () => {
  const output = header.tensors.find((tensor) => tensor.name === 'output.weight')
  const rowOf = (token: number): number[] => {
    const start = header.dataStart + (output?.offset ?? 0) + token * 256 * 4
    return Array.from({ length: 256 }, (_, index) => model.readFloatLE(start + index * 4))
  }
  const largest = (values: readonly number[]): number => Math.max(...values.map((value) => Math.abs(value)))
  expect(largest(rowOf(3 + 'a'.charCodeAt(0)))).toBeGreaterThan(0.4)
  expect(largest(rowOf(3 + 'a'.charCodeAt(0)))).toBeLessThanOrEqual(0.5)
  expect(largest(rowOf(2))).toBe(0)
  expect(largest(rowOf(3 + 0xff))).toBe(0)
})

test('two runs write the same bytes', () => {
  expect(sha256Of(Buffer.concat([...tinyModel(0)]))).toBe(sha256Of(model))
})

test('extra MiB make the file about that much longer and it stays whole', () => {
  const mebibyte = 1024 * 1024
  const padded = Buffer.concat([...tinyModel(5)])
  const added = (padded.length - model.length) / mebibyte
  expect(added).toBeGreaterThanOrEqual(5)
  expect(added).toBeLessThan(6)
  expect(readGguf(padded).keyValues.get('llama.feed_forward_length')).toBe(feedForwardLength(5))
})
