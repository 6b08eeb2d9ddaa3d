// A small reader of GGUF headers, written from the format's description and not from the writer, so that
// the two can disagree.

export interface ReadGguf {
  keyValues: Map<string, unknown>
  tensors: { name: string; dimensions: number[]; type: number; offset: number }[]
  /** Where the tensor data begins. */
  dataStart: number
}

export function readGguf(bytes: Buffer): ReadGguf {
  let position = 0
  /** Moves on and returns where the bytes just passed begin. */
  const pass = (byteCount: number): number => {
    position += byteCount
    return position - byteCount
  }
  const uint32 = (): number => bytes.readUInt32LE(pass(4))
  const uint64 = (): number => Number(bytes.readBigUInt64LE(pass(8)))
  const text = (): string => {
    const length = uint64()
    const start = pass(length)
    return bytes.toString('utf8', start, start + length)
  }
  const value = (type: number): unknown => {
    if (type === 4) return uint32()
    if (type === 5) return bytes.readInt32LE(pass(4))
    if (type === 6) return bytes.readFloatLE(pass(4))
    if (type === 8) return text()
    if (type !== 9) throw new Error(`type ${type} is not read here`)
    const elementType = uint32()
    return Array.from({ length: uint64() }, () => value(elementType))
  }
  if (bytes.toString('latin1', 0, 4) !== 'GGUF') throw new Error('no GGUF magic')
  position = 4
  if (uint32() !== 3) throw new Error('not version 3')
  const tensorCount = uint64()
  const keyValueCount = uint64()
  const keyValues = new Map(Array.from({ length: keyValueCount }, () => [text(), value(uint32())] as const))
  const tensors = Array.from({ length: tensorCount }, () => ({
    name: text(),
    dimensions: Array.from({ length: uint32() }, uint64),
    type: uint32(),
    offset: uint64(),
  }))
  return { keyValues, tensors, dataStart: Math.ceil(position / 32) * 32 }
}
