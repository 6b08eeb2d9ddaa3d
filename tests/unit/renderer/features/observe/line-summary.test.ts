// What a chart says to those who cannot see it.
import { describe, expect, it } from 'vitest'
import { scaleMaxBytes } from '../../../../../renderer/features/observe/figures.ts'
import { summaryOf } from '../../../../../renderer/features/observe/line-summary.ts'

describe('the summary of a line', () => {
  it('says lowest, highest and mean of what is known, and counts the gaps inside of it', () => {
    expect(summaryOf([null, 10, 30, null, null, 20, null])).toEqual({
      range: { lowest: 10, highest: 30, mean: 20 },
      gaps: 1,
    })
  })

  it('has no figures where nothing is known, rather than zeros', () => {
    expect(summaryOf([null, null])).toEqual({ gaps: 0 })
    expect(summaryOf([])).toEqual({ gaps: 0 })
  })
})

describe('the end of the scale for bytes', () => {
  it('is the total where it is known, else a power of two above everything that was seen', () => {
    expect(scaleMaxBytes(32 * 1024 ** 3, [1, null])).toBe(32 * 1024 ** 3)
    expect(scaleMaxBytes(undefined, [3 * 1024 ** 3, null])).toBe(4 * 1024 ** 3)
    expect(scaleMaxBytes(undefined, [])).toBe(1024 ** 3)
  })
})
