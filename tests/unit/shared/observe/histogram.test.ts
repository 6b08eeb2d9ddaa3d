// Latencies between two scrapes: what is new, where the restart of a process shows, and quantiles that say when nobody
// can know them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { absent, known } from '../../../../shared/domain/reading.ts'
import { type Histogram, histogramSince, increase, mean, quantile } from '../../../../shared/observe/histogram.ts'

const histogram = (counts: number[], count: number, sum = 1): Histogram => ({
  ...{ bounds: [0.1, 0.5, 1].slice(0, counts.length), counts, sum, count },
})

describe('a quantile', () => {
  it.each<[string, Histogram, number, unknown]>([
    ['lies in its bucket by its share of it', histogram([0, 10, 10], 10), 0.25, known({ value: 0.2, above: false })],
    ['of the first bucket lies above 0', histogram([10, 10, 10], 10), 0.5, known({ value: 0.05, above: false })],
    ['behind the last bound is said to be longer', histogram([0, 0, 1], 10), 0.5, known({ value: 1, above: true })],
    ['behind the last bound, none below', histogram([0, 0, 0], 4), 0.5, known({ value: 1, above: true })],
    [
      'at an empty bucket is the end of the one before',
      histogram([5, 5, 10], 10),
      0.5,
      known({ value: 0.1, above: false }),
    ],
    ['of nothing is absent', histogram([0, 0, 0], 0), 0.5, absent],
    ['of no buckets is absent', histogram([], 7), 0.5, absent],
    [
      'of the lowest share is the first bound with anything',
      histogram([0, 3, 3], 3),
      0,
      known({ value: 0.1, above: false }),
    ],
  ])('%s', (_, one, share, expected) => {
    expect(quantile(one, share)).toEqual(expected)
  })

  it('grows with its share and stays within the bounds, whatever was counted', () => {
    const counts = fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(
        counts,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (added, a, b) => {
          const cumulative = added.map((_, at) => added.slice(0, at + 1).reduce((x, y) => x + y))
          const one = histogram(cumulative.slice(0, 3), cumulative[3] ?? 0)
          const [low, high] = [quantile(one, Math.min(a, b)), quantile(one, Math.max(a, b))]
          if (low.state !== 'known' || high.state !== 'known') return
          expect(low.value.value).toBeGreaterThanOrEqual(0)
          expect(high.value.value).toBeLessThanOrEqual(1)
          expect(low.value.value).toBeLessThanOrEqual(high.value.value + 1e-9)
        },
      ),
    )
  })
})

describe('what came between two scrapes', () => {
  const before = histogram([1, 4, 6], 8, 10)
  it('is the difference', () => {
    expect(histogramSince(before, histogram([2, 6, 9], 13, 14.5))).toEqual(histogram([1, 2, 3], 5, 4.5))
  })
  it.each<[string, Histogram]>([
    ['fewer than before', histogram([1, 2, 3], 4, 5)],
    ['fewer in one bucket', histogram([0, 9, 9], 9, 5)],
    ['other buckets', { bounds: [0.2, 0.5, 1], counts: [9, 9, 9], sum: 20, count: 9 }],
  ])('is all of it where the process began anew: %s', (_, after) => {
    expect(histogramSince(before, after)).toEqual(after)
  })
  it('is nothing where nothing came, and has no mean', () => {
    const since = histogramSince(before, before)
    expect([quantile(since, 0.5), mean(since)]).toEqual([absent, absent])
  })
  it('has a mean without any bucket', () => {
    expect(mean(histogramSince(histogram([], 4, 2), histogram([], 8, 4)))).toEqual(known(0.5))
  })
  it.each([
    [undefined, 7, 7],
    [5, 7, 2],
    [9, 7, 7],
    [7, 7, 0],
  ])('of a counter: %j, then %j, is %j', (first, then, more) => {
    expect(increase(first, then)).toBe(more)
  })
})
