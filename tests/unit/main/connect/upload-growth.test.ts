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
})
