// Endless bytes that look random, do not compress, and are the same for the same seed: a stream cipher
// over zeros. Fast enough for gigabytes.
import { createCipheriv, createHash } from 'node:crypto'

export interface SeededBytes {
  /** The next bytes of the stream. */
  take(byteCount: number): Buffer
}

export function seededBytes(seed: string): SeededBytes {
  const key = createHash('sha256').update(seed).digest()
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16))
  return { take: (byteCount) => cipher.update(Buffer.alloc(byteCount)) }
}

/** Little-endian f32 values, even between -limit and +limit. */
export function seededFloats(source: SeededBytes, valueCount: number, limit: number): Buffer {
  const raw = source.take(valueCount * 4)
  const values = Buffer.alloc(valueCount * 4)
  for (let offset = 0; offset < raw.length; offset += 4) {
    values.writeFloatLE((raw.readInt32LE(offset) / 2 ** 31) * limit, offset)
  }
  return values
}
