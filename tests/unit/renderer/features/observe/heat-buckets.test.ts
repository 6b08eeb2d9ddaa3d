// The cells of the heat strip and the rows of the table: means of what is known, at fixed times.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutsUntil, meansOf } from '../../../../../renderer/features/observe/heat-buckets.ts'
import { createSampleRing } from '../../../../../renderer/features/observe/sample-ring.ts'

describe('the cuts of time', () => {
  it('cover the whole range, hold now in the newest cut, and lie at whole multiples of their length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000_000_000 }),
        fc.constantFrom(60_000, 300_000, 600_000),
        fc.constantFrom(2000, 5000, 10_000, 30_000, 60_000),
        (nowMs, rangeMs, bucketMs) => {
          const { fromMs, count } = cutsUntil(nowMs, rangeMs, bucketMs)
          expect(fromMs % bucketMs === 0).toBe(true)
          expect(fromMs).toBeLessThanOrEqual(nowMs - rangeMs)
          expect(fromMs + (count - 1) * bucketMs).toBeLessThanOrEqual(nowMs)
          expect(fromMs + count * bucketMs).toBeGreaterThan(nowMs)
        },
      ),
    )
  })

  it('do not move within the length of one cut', () => {
    expect(cutsUntil(20_000, 60_000, 5000)).toEqual(cutsUntil(24_999, 60_000, 5000))
  })
})

describe('the means', () => {
  it('are of the known values only, and null where nothing is known', () => {
    const ring = createSampleRing(20)
    const values = [10, 20, undefined, undefined, 40, undefined]
    for (const [place, value] of values.entries()) {
      ring.push({ atMs: place * 1000, sequence: place, values: new Map(value === undefined ? [] : [['line', value]]) })
    }
    expect(meansOf(ring, 'line', { fromMs: 0, bucketMs: 2000, count: 4 })).toEqual([15, null, 40, null])
    expect(meansOf(ring, 'other', { fromMs: 0, bucketMs: 2000, count: 2 })).toEqual([null, null])
  })

  it('leave out what lies before the first cut', () => {
    const ring = createSampleRing(20)
    for (const atMs of [1000, 5000]) ring.push({ atMs, sequence: atMs, values: new Map([['line', atMs]]) })
    expect(meansOf(ring, 'line', { fromMs: 4000, bucketMs: 2000, count: 1 })).toEqual([5000])
  })
})
