import { describe, expect, it } from 'vitest'
import { uploadGrowth } from '../../../../main/connect/upload-growth.ts'

type Network = { readonly bytesPerSecond: (lanes: number) => number; readonly comes?: boolean }
type Start = { readonly limitBytesPerSecond?: number; readonly worth?: number; readonly leftBytes?: number }

/** How many connections there are after each second of an upload over that network. */
function lanesOver({ bytesPerSecond, comes = true }: Network, start: Start = {}): number[] {
  const { limitBytesPerSecond, worth, leftBytes = 1e12 } = start
  const growth = uploadGrowth({ milliseconds: 0, limitBytesPerSecond, worth })
  let sentBytes = 0
  const lanes: number[] = []
  for (let milliseconds = 0; milliseconds < 30_000; milliseconds += 250) {
    sentBytes += bytesPerSecond(growth.lanes()) / 4
    if (growth.look({ milliseconds, sentBytes, leftBytes }) === 'open') growth.opened(milliseconds, comes)
    if (milliseconds % 1000 === 0) lanes.push(growth.lanes())
  }
  return lanes
}

const most = (lanes: readonly number[]) => Math.max(...lanes)

describe('the connections of an upload', () => {
  it('stay one on a fast network', () => {
    expect(most(lanesOver({ bytesPerSecond: () => 110_000_000 }))).toBe(1)
  })

  it('become four where each is held back by itself', () => {
    const lanes = lanesOver({ bytesPerSecond: (open) => open * 5_000_000 })
    expect([lanes[3], most(lanes), lanes.at(-1)]).toEqual([1, 4, 4])
  })

  it('are one again where a second one shares the same narrow cable', () => {
    const lanes = lanesOver({ bytesPerSecond: () => 24_000_000 })
    expect([most(lanes), lanes.at(-1)]).toEqual([2, 1])
  })

  it('are not asked for again where the appliance gave none', () => {
    const growth = uploadGrowth({ milliseconds: 0, limitBytesPerSecond: undefined, worth: undefined })
    growth.opened(4000, false)
    expect([growth.look({ milliseconds: 60_000, sentBytes: 0, leftBytes: 1e12 }), growth.decided()]).toEqual([
      'stay',
      1,
    ])
  })

  it('stay one where no more is wanted, where little is left, and where that was found out before', () => {
    const slow = { bytesPerSecond: (open: number) => open * 5_000_000 }
    expect(most(lanesOver(slow, { limitBytesPerSecond: 5_200_000 }))).toBe(1)
    expect(most(lanesOver(slow, { leftBytes: 20_000_000 }))).toBe(1)
    expect(most(lanesOver(slow, { worth: 1 }))).toBe(1)
  })

  it('are judged by a measure of two seconds, once the newest has settled for one and a half', () => {
    const growth = uploadGrowth({ milliseconds: 10_000, limitBytesPerSecond: undefined, worth: undefined })
    const look = (milliseconds: number, sentBytes: number, leftBytes = 1e12) =>
      growth.look({ milliseconds, sentBytes, leftBytes })
    const advice = [look(10_001, 0), look(11_499, 0), look(11_500, 5e6), look(13_499, 7e6), look(13_500, 7e6)]
    expect(advice).toEqual(['stay', 'stay', 'stay', 'stay', 'open'])
    growth.opened(13_500, true)
    expect([growth.lanes(), growth.decided()]).toEqual([2, undefined])
    // Twice as many, and hardly more in all: the second one goes again.
    expect([look(14_000, 1e9), look(15_000, 8e6), look(17_000, 10e6)]).toEqual(['stay', 'stay', 'close'])
    expect([growth.lanes(), growth.decided(), look(99_000, 1e9)]).toEqual([1, 1, 'stay'])
  })

  it.each([
    ['as fast as a fast network', 60e6, 1e12, 'stay'],
    ['a little slower', 59.9e6, 1e12, 'open'],
    ['done in eight seconds', 2e6, 8e6, 'open'],
    ['done a little sooner', 2e6, 7.99e6, 'stay'],
  ])('are asked about where one is %s', (_what, sentBytes, leftBytes, advice) => {
    const growth = uploadGrowth({ milliseconds: 0, limitBytesPerSecond: undefined, worth: undefined })
    expect(growth.look({ milliseconds: 2000, sentBytes: 0, leftBytes: 1e12 })).toBe('stay')
    expect(growth.look({ milliseconds: 4000, sentBytes, leftBytes })).toBe(advice)
    expect(growth.decided()).toBe(advice === 'stay' ? 1 : undefined)
  })
})
