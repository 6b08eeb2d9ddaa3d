// The demo's side of an upload: what is read from the lease, and the hashes of what comes in pieces.
import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { chunkHashes } from '../../../../../main/demo/blocks/chunk-hashes.ts'
import { placedInput } from '../../../../../main/demo/blocks/placed-input.ts'

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('the input of an upload, as the demo reads it', () => {
  it.each([1, 7, 100_000])('tells bytes with a place from lines, in pieces of %i', async (size) => {
    const bytes = Buffer.from('check 0 x\n@1 1 1\n')
    const input = Buffer.concat([Buffer.from('@16 2 1\n'), bytes.subarray(0, 16), Buffer.from('check 3 abc\n')])
    const heard: string[] = []
    const got: Buffer[] = []
    for await (const item of placedInput(cut(input, size))) {
      if (item.kind === 'bytes') got.push(Buffer.from(item.bytes))
      else heard.push(item.kind === 'line' ? item.text : `arrived ${item.offset} ${item.bytes}`)
    }
    expect([Buffer.concat(got), heard]).toEqual([bytes.subarray(0, 16), ['arrived 32 16', 'check 3 abc']])
  })
})

describe('the hash of a chunk', () => {
  it('is the same in any order, and when some of it comes again', () => {
    const bytes = randomBytes(1000)
    const hashes = chunkHashes()
    for (const [from, to] of [
      [600, 1000],
      [0, 300],
      [200, 500],
      [100, 200],
      [400, 600],
    ] as const) {
      hashes.add(from, bytes.subarray(from, to))
    }
    expect(hashes.take(0)).toBe(sha256(bytes))
    hashes.add(0, bytes.subarray(0, 10))
    expect(hashes.take(0)).toBe(sha256(bytes.subarray(0, 10)))
  })
})
