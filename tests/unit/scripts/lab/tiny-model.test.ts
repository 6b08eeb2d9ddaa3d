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
  const output = valuesOf(model, 'output.weight')
  const rowOf = (token: number): number[] => output.slice(token * 256, (token + 1) * 256)
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

test('a wide model begins each of its rows like the narrow one, and what is added counts for nothing in a sum', () => {
  const [wide, narrow] = [Buffer.concat([...tinyModel(1)]), model]
  for (const name of ['blk.0.ffn_gate.weight', 'blk.3.ffn_up.weight', 'output.weight', 'blk.2.attn_q.weight']) {
    const own = valuesOf(narrow, name)
    expect(valuesOf(wide, name).slice(0, own.length)).toEqual(own)
  }
  const [width, ownWidth] = [feedForwardLength(1), feedForwardLength(0)]
  const [down, ownDown] = [valuesOf(wide, 'blk.1.ffn_down.weight'), valuesOf(narrow, 'blk.1.ffn_down.weight')]
  for (const row of [0, 1, 255]) {
    const head = down.slice(row * width, row * width + ownWidth)
    expect(head).toEqual(ownDown.slice(row * ownWidth, (row + 1) * ownWidth))
    expect(largest(down.slice(row * width + ownWidth, (row + 1) * width))).toBeLessThan(1e-8)
  }
})

function largest(values: readonly number[]): number {
  return Math.max(...values.map((value) => Math.abs(value)))
}

function valuesOf(file: Buffer, name: string): number[] {
  const { tensors, dataStart } = readGguf(file)
  const tensor = tensors.find((one) => one.name === name)
  if (tensor === undefined) throw new Error(`no tensor ${name}`)
  const count = tensor.dimensions.reduce((product, size) => product * size, 1)
  return Array.from({ length: count }, (_, index) => file.readFloatLE(dataStart + tensor.offset + index * 4))
}
