// The GGUF container, version 3, as llama.cpp reads it (docs/gguf.md of ggml): magic, counts, typed
// key-values, tensor table, padding, tensor data. Only what the lab's own model needs.

export type GgufValue =
  | { type: 'uint32'; value: number }
  | { type: 'float32'; value: number }
  | { type: 'string'; value: string }
  | { type: 'strings'; value: readonly string[] }
  | { type: 'float32s'; value: readonly number[] }
  | { type: 'int32s'; value: readonly number[] }

export interface GgufTensor {
  name: string
  /** Fastest-running dimension first, as ggml counts. */
  dimensions: readonly number[]
}

const ggufAlignment = 32
const typeNumbers = { uint32: 4, int32: 5, float32: 6, string: 8, array: 9 } as const
const tensorTypeF32 = 0

export const tensorValueCount = (tensor: GgufTensor): number =>
  tensor.dimensions.reduce((product, size) => product * size, 1)

const aligned = (byteCount: number): number => Math.ceil(byteCount / ggufAlignment) * ggufAlignment

/** The whole file piece by piece: its header, then the data of each tensor, padded. */
export function* ggufFile(
  keyValues: Readonly<Record<string, GgufValue>>,
  tensors: readonly GgufTensor[],
  dataOf: (tensor: GgufTensor) => Iterable<Buffer>,
): Generator<Buffer> {
  yield ggufHeader(keyValues, tensors)
  for (const tensor of tensors) {
    let written = 0
    for (const piece of dataOf(tensor)) {
      written += piece.length
      yield piece
    }
    if (aligned(written) > written) yield Buffer.alloc(aligned(written) - written)
  }
}

/** Everything before the tensor data, padded to the alignment. Tensors follow in the same order. */
export function ggufHeader(keyValues: Readonly<Record<string, GgufValue>>, tensors: readonly GgufTensor[]): Buffer {
  const parts: Buffer[] = [Buffer.from('GGUF', 'latin1'), uint32(3)]
  parts.push(uint64(tensors.length), uint64(Object.keys(keyValues).length))
  for (const [key, value] of Object.entries(keyValues)) parts.push(text(key), encodeValue(value))
  let offset = 0
  for (const tensor of tensors) {
    parts.push(text(tensor.name), uint32(tensor.dimensions.length))
    for (const size of tensor.dimensions) parts.push(uint64(size))
    parts.push(uint32(tensorTypeF32), uint64(offset))
    offset += aligned(tensorValueCount(tensor) * 4)
  }
  const header = Buffer.concat(parts)
  return Buffer.concat([header, Buffer.alloc(aligned(header.length) - header.length)])
}

function encodeValue(value: GgufValue): Buffer {
  switch (value.type) {
    case 'uint32':
      return Buffer.concat([uint32(typeNumbers.uint32), uint32(value.value)])
    case 'float32':
      return Buffer.concat([uint32(typeNumbers.float32), float32(value.value)])
    case 'string':
      return Buffer.concat([uint32(typeNumbers.string), text(value.value)])
    case 'strings':
      return array(typeNumbers.string, value.value.map(text))
    case 'float32s':
      return array(typeNumbers.float32, value.value.map(float32))
    case 'int32s':
      return array(typeNumbers.int32, value.value.map(uint32))
  }
}

function array(elementType: number, elements: readonly Buffer[]): Buffer {
  const head = [uint32(typeNumbers.array), uint32(elementType), uint64(elements.length)]
  return Buffer.concat([...head, ...elements])
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(value))
  return bytes
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'utf8')
  return Buffer.concat([uint64(bytes.length), bytes])
}
