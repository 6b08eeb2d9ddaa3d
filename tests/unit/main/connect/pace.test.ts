import { describe, expect, it } from 'vitest'
import { paceOf } from '../../../../main/connect/pace.ts'

function pretendTime() {
  let now = 0
  return {
    clock: () => now,
    /** A timer is late, never early. */
    pause: async (milliseconds: number) => {
      now += milliseconds + 1
    },
    pass: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

describe('a limit of the network', () => {
  it.each([125_000, 2_500_000, 125_000_000])(
    'of %i bytes a second is kept within five parts in a hundred',
    async (limit) => {
      const time = pretendTime()
      const pace = paceOf(limit, time)
      const pieces = Math.ceil((20 * limit) / 65_536)
      for (let piece = 0; piece < pieces; piece += 1) await pace(65_536)
      const rate = (pieces * 65_536 * 1000) / time.clock()
      expect(rate).toBeGreaterThan(limit * 0.95)
      expect(rate).toBeLessThan(limit * 1.05)
    },
  )

  it('does not let a pause be caught up with', async () => {
    const time = pretendTime()
    const pace = paceOf(1000, time)
    await pace(1000)
    time.pass(60_000)
    const before = time.clock()
    for (let second = 0; second < 10; second += 1) await pace(1000)
    expect(time.clock() - before).toBeGreaterThan(8900)
  })

  it('counts what several send at once as one', async () => {
    const time = pretendTime()
    const pace = paceOf(1000, time)
    await Promise.all([1, 2, 3, 4].map(() => pace(500)))
    await pace(1)
    expect(time.clock()).toBeGreaterThan(1900)
  })
})
