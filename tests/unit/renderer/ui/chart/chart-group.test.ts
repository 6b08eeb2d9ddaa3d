// What charts of one group share: which time is pointed at, and which values stand alone.
import { describe, expect, it } from 'vitest'
import { createCrosshair, lonePlaces, nearestPlace } from '../../../../../renderer/ui/chart/chart-group.ts'

describe('values that stand alone', () => {
  it('are those with a gap on both sides, which a line would not show', () => {
    expect(lonePlaces([5, null, 6, 7, null, 8, null, null, 9])).toEqual([0, 5, 8])
    expect(lonePlaces([null, 0, null])).toEqual([1])
    expect(lonePlaces([])).toEqual([])
  })
})

describe('the nearest time', () => {
  it('is the one with the smallest distance, and none where there are no times', () => {
    expect(nearestPlace([1000, 2000, 3000], 2400)).toBe(1)
    expect(nearestPlace([1000, 2000, 3000], 2600)).toBe(2)
    expect(nearestPlace([1000, 2000, 3000], 90_000)).toBe(2)
    expect(nearestPlace([], 1000)).toBeUndefined()
  })
})

describe('the crosshair', () => {
  it('tells its listeners of each new time once, and of nobody pointing', () => {
    const crosshair = createCrosshair()
    const told: (number | undefined)[] = []
    const leave = crosshair.subscribe(() => told.push(crosshair.atMs()))
    for (const at of [1000, 1000, 2000, undefined, undefined]) crosshair.point(at)
    leave()
    crosshair.point(3000)
    expect(told).toEqual([1000, 2000, undefined])
  })
})
