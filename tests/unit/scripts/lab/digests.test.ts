// Digests of a stream: the same whatever the pieces it comes in, and cut exactly at the chunk border.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digestCounter, sha256Of, writeWithDigests } from '../../../../scripts/lab/artifacts/digests.ts'

function chunksOf(bytes: Buffer, size: number): string[] {
  const chunks: string[] = []
  for (let start = 0; start < bytes.length; start += size) chunks.push(sha256Of(bytes.subarray(start, start + size)))
  return chunks
}

test('chunk hashes are those of the file cut every N bytes, however the bytes arrive', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 40 })), fc.integer({ min: 1, max: 16 }), (pieces, size) => {
      const counter = digestCounter(size)
      for (const piece of pieces) counter.add(Buffer.from(piece))
      const whole = Buffer.concat(pieces)
      expect(counter.finish()).toEqual({ sha256: sha256Of(whole), bytes: whole.length, chunks: chunksOf(whole, size) })
    }),
  )
})

test.each([7, 8, 9, 16])('%i bytes in chunks of 8 give no empty chunk', (length) => {
  const counter = digestCounter(8)
  counter.add(Buffer.alloc(length, 1))
  expect(counter.finish().chunks).toHaveLength(Math.ceil(length / 8))
})

test('what is written to the file is what was hashed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rackside-digests-'))
  try {
    const pieces = [Buffer.from('one '), Buffer.alloc(100_000, 7), Buffer.from(' end')]
    const digests = await writeWithDigests(join(folder, 'file'), pieces, 4096)
    const written = await readFile(join(folder, 'file'))
    expect(written.equals(Buffer.concat(pieces))).toBe(true)
    expect(digests).toEqual({ sha256: sha256Of(written), bytes: written.length, chunks: chunksOf(written, 4096) })
  } finally {
    await rm(folder, { recursive: true })
  }
})
