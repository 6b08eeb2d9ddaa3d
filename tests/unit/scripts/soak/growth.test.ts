import { expect, it } from 'vitest'
import { growthOf } from '../../../../scripts/soak/growth.ts'

it('leaves the warming up out and compares the beginning with the end', () => {
  expect(growthOf([10, 50, 100, 100, 100, 100, 100, 100, 110, 110], 2)).toEqual({
    fromBytes: 100,
    toBytes: 110,
    part: expect.closeTo(0.1),
  })
})

it('is not taken in by a single jump', () => {
  const steady = [...Array(40).fill(100), 900]
  expect(growthOf(steady, 0).part).toBe(0)
})

it('refuses to say anything where nothing came after the warming up', () => {
  expect(() => growthOf([1, 2], 2)).toThrow('nothing was measured')
})
