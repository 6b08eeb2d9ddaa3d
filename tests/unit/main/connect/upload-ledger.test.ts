import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Note, type Segment, type UploadLedger, uploadLedger } from '../../../../main/connect/upload-ledger.ts'
import { type Artifact, chunkBytes } from '../../../../shared/domain/artifact.ts'

const mebibyte = 1024 * 1024
const nothing = { right: new Set<number>(), notes: [] }

function artifactOf(bytes: number): Artifact {
  const chunks = Array.from({ length: Math.ceil(bytes / chunkBytes) }, (_, index) => String(index).padStart(64, '0'))
  return { kind: 'file', id: 'a-file', sha256: 'f'.repeat(64), bytes, chunks }
}

function takeAll(ledger: UploadLedger, atMost: number): Segment[] {
  const taken: Segment[] = []
  for (let next = ledger.take(atMost); next !== undefined; next = ledger.take(atMost)) taken.push(next)
  return taken
}

describe('the ledger of an upload', () => {
  it('lets no more be on its way than a cut may cost, however many take', () => {
    const ledger = uploadLedger(artifactOf(10 * chunkBytes), nothing)
    const taken = takeAll(ledger, 16 * mebibyte)
    expect(taken.map(({ offset }) => offset / mebibyte)).toEqual([0, 16, 32, 48])
    const [first] = taken
    if (first === undefined) throw new Error('nothing was taken')
    ledger.arrived(first)
    expect(ledger.take(16 * mebibyte)).toEqual({ offset: 64 * mebibyte, bytes: 16 * mebibyte })
    expect(ledger.take(1)).toBeUndefined()
  })

  it('goes on with a chunk that begins at hand, but ends the one that it has begun, and one that was wrong, before', () => {
    const ledger = uploadLedger(artifactOf(4 * chunkBytes), nothing)
    const half = chunkBytes / 2
    const take = (...atHand: number[]) => {
      const segment = ledger.take(half, (offset) => atHand.includes(offset / chunkBytes))
      if (segment !== undefined) ledger.arrived(segment)
      return (segment?.offset ?? -1) / chunkBytes
    }
    expect([take(), take(2), take(2, 3), take(3), take()]).toEqual([0, 0.5, 2, 2.5, 1])
    expect([ledger.takeCheck(), ledger.wrong(0)]).toEqual([0, true])
    expect([take(3), take(3), take(3), take(3)]).toEqual([0, 0.5, 1.5, 3])
  })

  it('has a chunk checked once it is whole, and sends one that is wrong once more', () => {
    const ledger = uploadLedger(artifactOf(1000), nothing)
    const whole = { offset: 0, bytes: 1000 }
    expect([ledger.takeCheck(), ledger.take(mebibyte)]).toEqual([undefined, whole])
    ledger.arrived(whole)
    expect([ledger.takeCheck(), ledger.doneBytes()]).toEqual([0, 1000])
    expect(ledger.wrong(0)).toBe(true)
    expect([ledger.take(mebibyte), ledger.doneBytes()]).toEqual([whole, 0])
    ledger.arrived(whole)
    expect([ledger.takeCheck(), ledger.wrong(0), ledger.isDone()]).toEqual([0, false, false])
  })

  it('sends what noted bytes leave open, from a whole block on, and only that', () => {
    const at = 3 * 65_536 + 100
    const notes: Note[] = [
      { kind: 'arrived', offset: 0, bytes: at },
      { kind: 'arrived', offset: mebibyte, bytes: mebibyte },
      { kind: 'arrived', offset: chunkBytes, bytes: 500 },
      { kind: 'wrong', index: 1 },
    ]
    const ledger = uploadLedger(artifactOf(chunkBytes + 500), { right: new Set(), notes })
    expect(takeAll(ledger, chunkBytes)).toEqual([
      { offset: 3 * 65_536, bytes: mebibyte - 3 * 65_536 },
      {
        offset: 2 * mebibyte,
        bytes: chunkBytes - 2 * mebibyte,
      },
      { offset: chunkBytes, bytes: 500 },
    ])
  })

  it('has a chunk checked that is whole by notes, and once more what an earlier upload recorded', () => {
    const notes: Note[] = [{ kind: 'arrived', offset: chunkBytes, bytes: 500 }]
    const ledger = uploadLedger(artifactOf(chunkBytes + 500), { right: new Set([0]), notes })
    expect([ledger.take(1), ledger.takeCheck(), ledger.doneBytes()]).toEqual([undefined, 0, chunkBytes + 500])
    expect([ledger.takeCheck(), ledger.takeCheck()]).toEqual([1, undefined])
    ledger.right(1)
    expect(ledger.isDone()).toBe(false)
    // What lay there has changed meanwhile: it is sent again.
    expect([ledger.wrong(0), ledger.take(500)]).toEqual([true, { offset: 0, bytes: 500 }])
    ledger.arrived({ offset: 0, bytes: 500 })
    ledger.right(0)
    expect(ledger.isDone()).toBe(true)
  })

  it('knows what is missing whatever the order of the notes, and of how much that is', () => {
    const block = 65_536
    const notes: Note[] = [
      { kind: 'arrived', offset: 8 * block, bytes: block },
      { kind: 'arrived', offset: 0, bytes: 2 * block },
      { kind: 'arrived', offset: block, bytes: 10 },
    ]
    const ledger = uploadLedger(artifactOf(2 * chunkBytes), { right: new Set(), notes })
    expect(ledger.doneBytes()).toBe(3 * block)
    expect(takeAll(ledger, chunkBytes).map(({ offset, bytes }) => [offset / block, bytes / block])).toEqual([
      [2, 6],
      [9, chunkBytes / block - 9],
    ])
  })

  it('has a check that was given back made by the next who asks, and the bytes of a wrong chunk count no more', () => {
    const ledger = uploadLedger(artifactOf(chunkBytes + 500), { right: new Set([0, 1]), notes: [] })
    expect([ledger.takeCheck(), ledger.takeCheck()]).toEqual([0, 1])
    ledger.giveBackCheck(0)
    expect([ledger.takeCheck(), ledger.takeCheck()]).toEqual([0, undefined])
    expect([ledger.wrong(1), ledger.doneBytes()]).toEqual([true, chunkBytes])
    expect(() => ledger.arrived({ offset: 5 * chunkBytes, bytes: 1 })).toThrow('chunk 5 is not on its way')
  })

  it('brings every byte once, whatever breaks off', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 * chunkBytes }),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 16 }), fc.boolean()), { maxLength: 40 }),
        (bytes, turns) => {
          const ledger = uploadLedger(artifactOf(bytes), nothing)
          let arrived = 0
          const arrive = (segment: Segment): void => {
            ledger.arrived(segment)
            arrived += segment.bytes
          }
          for (const [mebibytes, breaks] of turns) {
            const segment = ledger.take(mebibytes * mebibyte)
            if (segment !== undefined && breaks) ledger.giveBack(segment)
            else if (segment !== undefined) arrive(segment)
          }
          for (let rest = ledger.take(mebibyte); rest !== undefined; rest = ledger.take(mebibyte)) arrive(rest)
          expect([arrived, ledger.doneBytes()]).toEqual([bytes, bytes])
        },
      ),
      { numRuns: 50 },
    )
  })
})
