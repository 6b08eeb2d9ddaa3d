import { describe, expect, it } from 'vitest'
import { backOffMilliseconds } from '../../../../shared/domain/passing-failure.ts'

describe('the pause before something is tried again', () => {
  it('is a second and doubles up to the longest, however often it failed', () => {
    const pauses = [0, 1, 2, 3, 4, 5, 10_000].map((failures) => backOffMilliseconds(failures, 10_000, 1))
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000, 10_000])
  })

  it('is half by chance: who failed together does not come back together', () => {
    expect([0, 0.5].map((random) => backOffMilliseconds(2, 10_000, random))).toEqual([2000, 3000])
  })
})
