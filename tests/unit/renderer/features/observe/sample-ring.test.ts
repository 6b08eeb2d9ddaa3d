// The ring of samples: what was measured within the window is there, in order, as it was.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSampleRing } from '../../../../../renderer/features/observe/sample-ring.ts'

const rows = fc
  .array(
    fc.record({
      stepMs: fc.integer({ min: 1, max: 5000 }),
      sequence: fc.nat(),
      value: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    let atMs = 1_700_000_000_000
    return steps.map(({ stepMs, sequence, value }) => {
      atMs += stepMs
      return { atMs, sequence, values: new Map(value === undefined ? [] : [['line', value]]) }
    })
  })

describe('the ring of samples', () => {
  it('keeps the newest samples in order, each with its own time, sequence and value', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 20 }), (all, capacity) => {
        const ring = createSampleRing(capacity)
        for (const row of all) expect(ring.push(row)).toBe(true)
        const kept = Array.from({ length: ring.length() }, (_, place) => ({
          atMs: ring.atMs(place),
          sequence: ring.sequence(place),
          value: ring.value('line', place),
        }))
        const expected = all.slice(-capacity).map(({ atMs, sequence, values }) => ({
          atMs,
          sequence,
          value: values.get('line') ?? Number.NaN,
        }))
        expect(kept).toEqual(expected)
      }),
    )
  })

  it('takes a sample once: one that is not newer than the newest is left out', () => {
    const ring = createSampleRing(4)
    const row = { atMs: 1000, sequence: 1, values: new Map([['line', 5]]) }
    expect(ring.push(row)).toBe(true)
    expect(ring.push(row)).toBe(false)
    expect(ring.push({ ...row, atMs: 999 })).toBe(false)
    expect(ring.length()).toBe(1)
  })

  it('knows nothing of a line before it was first seen, not even a zero', () => {
    const ring = createSampleRing(4)
    ring.push({ atMs: 1000, sequence: 1, values: new Map() })
    ring.push({ atMs: 2000, sequence: 2, values: new Map([['late', 0]]) })
    expect(ring.value('late', 0)).toBeNaN()
    expect(ring.value('late', 1)).toBe(0)
    expect(ring.value('never', 1)).toBeNaN()
  })
})
