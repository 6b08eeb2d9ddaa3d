// Where lines break: exactly where nobody measured, or where a value was not known.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisSince, gapBetween, gapMs, lineAlong } from '../../../../../renderer/features/observe/gaps.ts'
import { createSampleRing } from '../../../../../renderer/features/observe/sample-ring.ts'

type Taken = { atMs: number; sequence: number; value: number | undefined }

function ringOf(taken: readonly Taken[]) {
  const ring = createSampleRing(100)
  for (const { value, ...row } of taken) {
    ring.push({ ...row, values: new Map(value === undefined ? [] : [['line', value]]) })
  }
  return ring
}

const takes = fc
  .array(
    fc.record({
      stepMs: fc.integer({ min: 2, max: 4000 }),
      jump: fc.constantFrom(1, 1, 1, 2, 5, -3),
      value: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let atMs = 0
    let sequence = 1000
    return steps.map(({ stepMs, jump, value }): Taken => {
      atMs += stepMs
      sequence += jump
      return { atMs, sequence, value }
    })
  })

describe('the time axis of the charts', () => {
  it('holds every sample in order, and a gap between two of them if and only if one is missing there', () => {
    fc.assert(
      fc.property(takes, (taken) => {
        const { timesMs, places } = axisSince(ringOf(taken), 0)
        expect(places.filter((place) => place !== -1)).toEqual(taken.map((_, place) => place))
        expect([...timesMs].sort((a, b) => a - b)).toEqual(timesMs)
        expect(new Set(timesMs).size).toBe(timesMs.length)
        for (const [place, one] of taken.entries()) {
          const before = taken[place - 1]
          if (before === undefined) continue
          const missing = one.sequence !== before.sequence + 1 || one.atMs - before.atMs > gapMs
          expect(places[places.indexOf(place) - 1] === -1).toBe(missing)
        }
      }),
    )
  })

  it('shows a known value as it is, and null for what is not known', () => {
    fc.assert(
      fc.property(takes, (taken) => {
        const ring = ringOf(taken)
        const axis = axisSince(ring, 0)
        const values = lineAlong(ring, axis, 'line')
        expect(values.filter((_, at) => axis.places[at] !== -1)).toEqual(taken.map(({ value }) => value ?? null))
        expect(values.filter((_, at) => axis.places[at] === -1).every((value) => value === null)).toBe(true)
      }),
    )
  })

  it('begins with the last sample before the window, so that a line comes in from the left edge', () => {
    const ring = ringOf([1000, 2000, 3000, 4000].map((atMs, place) => ({ atMs, sequence: place, value: place })))
    expect(axisSince(ring, 2500).timesMs).toEqual([2000, 3000, 4000])
    expect(axisSince(ring, 2000).timesMs).toEqual([2000, 3000, 4000])
    expect(axisSince(ring, 0).timesMs).toEqual([1000, 2000, 3000, 4000])
    expect(axisSince(ring, 9000).timesMs).toEqual([4000])
  })

  it('breaks where another watch begins to count anew', () => {
    expect(gapBetween({ atMs: 0, sequence: 41 }, { atMs: 1000, sequence: 0 })).toBe(true)
    expect(gapBetween({ atMs: 0, sequence: 41 }, { atMs: gapMs, sequence: 42 })).toBe(false)
    expect(gapBetween({ atMs: 0, sequence: 41 }, { atMs: gapMs + 1, sequence: 42 })).toBe(true)
  })
})
