// A stream that is sealed in pieces: every byte counts, nothing can be left out, moved or added, and nothing is given on
// before it was authenticated.
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openStream, pieceBytes, StreamFault, sealStream } from '../../../../main/vault/sealed-stream.ts'

const key = randomBytes(32)
const bound = 'the head'

async function* of(...parts: Buffer[]): AsyncGenerator<Buffer> {
  yield* parts
}

async function gathered(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(Buffer.from(part))
  return Buffer.concat(parts)
}

const sealed = (plain: Buffer) => gathered(sealStream(of(plain), { key, bound }, randomBytes))
const opened = (bytes: Buffer, with_ = { key, bound }) => gathered(openStream(of(bytes), with_))
const fault = (bytes: Buffer, with_ = { key, bound }) =>
  opened(bytes, with_).then(
    () => 'opened',
    (error) => error,
  )

/** Where the pieces of a sealed stream begin. */
function begins(bytes: Buffer): number[] {
  const found: number[] = []
  for (let at = 0; at < bytes.length; at += 5 + bytes.readUInt32BE(at + 1)) found.push(at)
  return found
}

describe('a sealed stream', () => {
  it.each([0, 1, 1000, pieceBytes - 1, pieceBytes, pieceBytes + 1, 3 * pieceBytes])(
    'of %i bytes comes back as it was, however it arrives',
    async (count) => {
      const plain = randomBytes(count)
      const bytes = await sealed(plain)
      expect((await opened(bytes)).equals(plain)).toBe(true)
      const slices = Array.from({ length: Math.ceil(bytes.length / 70_001) }, (_, at) =>
        bytes.subarray(at * 70_001, (at + 1) * 70_001),
      )
      expect((await gathered(openStream(of(...slices), { key, bound }))).equals(plain)).toBe(true)
      if (count >= 16) expect(bytes.includes(plain.subarray(0, 16))).toBe(false)
    },
  )

  it('does not open after a change to any single byte of it', async () => {
    const bytes = await sealed(randomBytes(300))
    const unnoticed: number[] = []
    for (let at = 0; at < bytes.length; at += 1) {
      for (const bits of [0x01, 0x80]) {
        const bad = Buffer.from(bytes)
        bad[at] = (bad[at] ?? 0) ^ bits
        if (!((await fault(bad)) instanceof StreamFault)) unnoticed.push(at)
      }
    }
    expect(unnoticed).toEqual([])
  })

  it('does not open cut short anywhere, nor with anything behind it', async () => {
    const bytes = await sealed(randomBytes(300))
    for (let length = 0; length < bytes.length; length += 1) {
      expect(await fault(bytes.subarray(0, length))).toMatchObject({ cut: true })
    }
    expect(await fault(Buffer.concat([bytes, Buffer.from([0])]))).toMatchObject({ cut: false })
  })

  it('does not open with a piece left out, moved, repeated, or with the last one missing', async () => {
    const bytes = await sealed(randomBytes(3 * pieceBytes))
    const at = [...begins(bytes), bytes.length]
    const piece = (number: number) => bytes.subarray(at[number], at[number + 1])
    expect(begins(bytes)).toHaveLength(3)
    for (const wrong of [
      [piece(0), piece(2)],
      [piece(1), piece(0), piece(2)],
      [piece(0), piece(0), piece(1), piece(2)],
      [piece(0), piece(1)],
      [piece(2)],
    ]) {
      expect(await fault(Buffer.concat(wrong))).toBeInstanceOf(StreamFault)
    }
  })

  it('opens with its own key and behind its own head alone', async () => {
    const bytes = await sealed(randomBytes(300))
    expect(await fault(bytes, { key: randomBytes(32), bound })).toMatchObject({ cut: false })
    expect(await fault(bytes, { key, bound: 'another head' })).toMatchObject({ cut: false })
  })
})
