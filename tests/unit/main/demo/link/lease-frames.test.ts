// The demo's side of the lease against what the console really writes, in pieces of any size.
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blockBytes, endFrame, frameHead, heartbeatFrame, leaseOpening } from '../../../../../main/connect/lease.ts'
import { type LeaseOpening, leaseFrames } from '../../../../../main/demo/link/lease-frames.ts'

function heardOf(pieces: Iterable<Uint8Array>) {
  const heard = {
    openings: [] as LeaseOpening[],
    data: [] as Uint8Array[],
    signs: 0,
    ends: 0,
    nonsense: 0,
  }
  const take = leaseFrames({
    onOpening: (opening) => heard.openings.push(opening),
    onSign: () => {
      heard.signs += 1
    },
    onData: (bytes) => heard.data.push(Buffer.from(bytes)),
    onEndOfData: () => {
      heard.ends += 1
    },
    onNonsense: () => {
      heard.nonsense += 1
    },
  })
  for (const piece of pieces) take(piece)
  return heard
}

function* cut(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield bytes.subarray(at, at + size)
    at += size
  }
}

const lease = { marker: 'rackside-start x', silenceSeconds: 7, input: { kind: 'feed' } as const }

describe('the lease as the demo reads it', () => {
  it('gives back any work, however it is quoted and however its bytes arrive', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '\\', '"', '$', '\n', ' ', 'a', '测', ';') }),
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 5 }),
        (work, sizes) => {
          const opening = Buffer.from(leaseOpening({ ...lease, work }))
          const { openings } = heardOf(cut(opening, sizes))
          expect(openings).toEqual([{ lease: { block: 'lease', ...lease }, work }])
        },
      ),
      { numRuns: 100 },
    )
  })

  it('passes data frames on in order, and takes every frame for a sign of life', () => {
    const data = [randomBytes(5), randomBytes(2 * blockBytes), randomBytes(blockBytes - 1)]
    const frames = data.flatMap((bytes) => [Buffer.from(heartbeatFrame), Buffer.from(frameHead(bytes.length)), bytes])
    const opening = Buffer.from(leaseOpening({ ...lease, work: 'cat' }))
    const heard = heardOf(cut(Buffer.concat([opening, ...frames, Buffer.from(endFrame)]), [1, 70_000, 13]))
    expect(Buffer.concat(heard.data).equals(Buffer.concat(data))).toBe(true)
    expect(heard).toMatchObject({ ends: 1, nonsense: 0 })
    expect(heard.signs).toBeGreaterThanOrEqual(7)
  })

  it.each([
    ['a line that is none', 'rm -rf /\n'],
    ['a wrapper without a head', 'eval "$(timeout 60 dd bs=5 count=1 iflag=fullblock 2>/dev/null)"\nxxxxx'],
    [
      'a wrapper of a size that no script has',
      'eval "$(timeout 60 dd bs=999999999 count=1 iflag=fullblock 2>/dev/null)"\n',
    ],
    ['a line without an end', 'x'.repeat(5000)],
    ['a head of another shape', wrapperOf('# rackside lease 1 {"marker":"m","silenceSeconds":7}\nrackside_text=cat\n')],
  ])('takes %s for nonsense once, and reads nothing after it', (_what, text) => {
    const more = Array.from({ length: 200 }, () => Buffer.alloc(64 * 1024, 'y'))
    expect(heardOf([Buffer.from(text), ...more])).toMatchObject({ openings: [], data: [], nonsense: 1 })
  })

  it('takes what is no frame for the end', () => {
    const opening = Buffer.from(leaseOpening({ ...lease, work: 'cat' }))
    expect(heardOf([opening, Buffer.from('hello\n0\n')]).nonsense).toBe(1)
    expect(heardOf([opening, Buffer.alloc(5000, 'x')]).nonsense).toBe(1)
  })
})

function wrapperOf(text: string): string {
  return `eval "$(timeout 60 dd bs=${text.length} count=1 iflag=fullblock 2>/dev/null)"\n${text}`
}
