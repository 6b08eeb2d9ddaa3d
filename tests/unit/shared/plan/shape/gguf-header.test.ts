// What a GGUF header says of a model, out of as many of its bytes as are there; and what must not come out of it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shapeOfGguf } from '../../../../../shared/plan/shape/gguf-header.ts'
import { mostHeaderBytes } from '../../../../../shared/plan/shape/gguf-values.ts'
import { ggufCases, headerOf } from '../../../../support/gguf-cases.ts'

const good = ggufCases.filter((one) => one.shape !== undefined)
const bad = ggufCases.filter((one) => one.shape === undefined)
const [first] = good
if (first === undefined) throw new Error('there is a header')
const header = headerOf(first)
/** Behind the last key-value comes the list of tensors, which is not read. */
const endOfValues = header.indexOf('output.weight') - 8

/** Magic, version 3, no tensors, then what is given. */
function beginning(keys: bigint, ...rest: Buffer[]): Buffer {
  const bytes = Buffer.alloc(24)
  bytes.write('GGUF', 'latin1')
  bytes.writeUInt32LE(3, 4)
  bytes.writeBigUInt64LE(keys, 16)
  return Buffer.concat([bytes, ...rest])
}
const uint64 = (value: bigint) => {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(value)
  return bytes
}
const uint32 = (value: number) => Buffer.from(new Uint32Array([value]).buffer)
const key = (name: string) => Buffer.concat([uint64(BigInt(name.length)), Buffer.from(name)])

describe('the header of a GGUF file', () => {
  it.each(good.map((one) => [one.name, one] as const))('of %s says the shape', (_name, one) => {
    expect(shapeOfGguf(headerOf(one))).toEqual({ state: 'known', value: { shape: one.shape, files: 1 } })
  })

  it.each(bad.map((one) => [one.name, one] as const))('with %s says none, and why', (_name, one) => {
    expect(shapeOfGguf(headerOf(one))).toMatchObject({
      state: 'unreadable',
      why: expect.stringContaining(one.why ?? '-'),
    })
  })

  it('says into how many files the model was split', () => {
    expect(shapeOfGguf(headerOf(first, 6))).toMatchObject({ state: 'known', value: { files: 6 } })
  })

  it('of version 2 is read alike; of others, and of the other byte order, not', () => {
    const ofVersion = (write: (bytes: Buffer) => void) => {
      const bytes = Buffer.from(header)
      write(bytes)
      return shapeOfGguf(bytes)
    }
    expect(ofVersion((bytes) => bytes.writeUInt32LE(2, 4))).toEqual(shapeOfGguf(header))
    for (const version of [0, 1, 4]) {
      expect(ofVersion((bytes) => bytes.writeUInt32LE(version, 4))).toMatchObject({ state: 'unreadable' })
    }
    expect(ofVersion((bytes) => bytes.writeUInt32BE(3, 4))).toMatchObject({ state: 'unreadable' })
    expect(ofVersion((bytes) => bytes.write('GGML', 'latin1'))).toMatchObject({ state: 'unreadable' })
  })

  it('is read from the middle of a larger buffer', () => {
    const larger = Buffer.concat([Buffer.alloc(13, 1), header])
    expect(shapeOfGguf(larger.subarray(13))).toEqual(shapeOfGguf(header))
  })

  it('cut anywhere asks for more, and with what it asks for each time is read in the end', () => {
    for (let length = 0; length < endOfValues; length++) {
      const read = shapeOfGguf(header.subarray(0, length))
      expect(read).toMatchObject({ state: 'needs' })
      if (read.state === 'needs') expect(length + read.bytes).toBeLessThanOrEqual(endOfValues)
    }
    expect(shapeOfGguf(header.subarray(0, endOfValues))).toEqual(shapeOfGguf(header))
  })

  it('that claims lengths beyond all sense is answered at once, without room being made for them', () => {
    const list = (type: number, length: bigint) => Buffer.concat([uint32(9), uint32(type), uint64(length)])
    const claims = [
      beginning(2n ** 60n),
      beginning(1n, uint64(2n ** 60n)),
      ...[0, 4, 12].map((type) => beginning(1n, key('a.b'), list(type, 2n ** 60n))),
      beginning(1n, key('a.b'), uint32(8), uint64(2n ** 64n - 1n)),
    ]
    for (const claim of claims) expect(shapeOfGguf(claim)).toMatchObject({ state: 'unreadable' })
    // What could be there is asked for; a list of texts only shows its first length at a time.
    expect(shapeOfGguf(beginning(1n, key('a.b'), list(0, 1000n)))).toEqual({ state: 'needs', bytes: 1000 })
    expect(shapeOfGguf(beginning(1n, key('a.b'), list(8, 2n ** 60n)))).toEqual({ state: 'needs', bytes: 8 })
    expect(shapeOfGguf(beginning(1n, key('a.b'), list(0, BigInt(mostHeaderBytes))))).toMatchObject({
      state: 'unreadable',
    })
  })

  it('with lists in lists without end, a key twice or a type that is none is refused', () => {
    const nested = Buffer.concat(Array.from({ length: 50 }, () => Buffer.concat([uint32(9), uint64(1n)])))
    const pair = Buffer.concat([key('a.b'), uint32(4), uint32(1)])
    for (const rest of [
      [key('a.b'), uint32(9), nested],
      [pair, pair],
      [key('a.b'), uint32(13), uint64(0n)],
    ]) {
      expect(shapeOfGguf(beginning(2n, ...rest))).toMatchObject({ state: 'unreadable' })
    }
  })

  it('never throws, and garbage is no model', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(shapeOfGguf(bytes).state).not.toBe('known')
        expect(shapeOfGguf(beginning(3n, Buffer.from(bytes))).state).not.toBe('known')
      }),
      { numRuns: 500 },
    )
  })

  it('with bytes changed is read as something that holds together, or not at all', () => {
    const places = fc.array(fc.tuple(fc.nat(endOfValues - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(places, (changes) => {
        const bytes = Buffer.from(header)
        for (const [at, value] of changes) bytes[at] = value
        const read = shapeOfGguf(bytes)
        if (read.state !== 'known') return
        expect(read.value.shape.architecture).toBe(first.architecture)
        expect(read.value.shape.layers).toBeLessThanOrEqual(4096)
      }),
      { numRuns: 500 },
    )
  })
})
