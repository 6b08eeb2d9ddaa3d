// Work on many appliances at once: bounded, and no silent one holds up another.
import { expect, it } from 'vitest'
import { sideBySide, withinSeconds } from '../../../../../main/core/rollout/side-by-side.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import { pretendClock } from '../../../../support/pretend-clock.ts'

const names = (count: number) => Array.from({ length: count }, (_, at) => at)

it('never more than eight answer at the same time, and the answers are in order', async () => {
  const clock = pretendClock()
  const atWork = { now: 0, most: 0 }
  const working = sideBySide(names(50), clock, async (one) => {
    atWork.now += 1
    atWork.most = Math.max(atWork.most, atWork.now)
    await clock.pause(500)
    atWork.now -= 1
    return one
  })
  await clock.advance(60_000)
  expect([await working, atWork.most]).toEqual([names(50), 8])
})

it('eighty silent ones delay the last one by some seconds, not by their deadlines', async () => {
  const clock = pretendClock()
  let lastMs = 0
  const working = sideBySide(names(81), clock, async (one) => {
    if (one < 80) return withinSeconds(60, { what: 'x', pause: clock.pause }, new Promise<never>(() => undefined))
    lastMs = clock.clock()
    return ok(one)
  })
  await clock.advance(100_000)
  const results = await working
  expect(lastMs).toBe(20_000)
  expect(results[0]).toEqual({ ok: false, failure: { kind: 'deadline-passed', what: 'x', seconds: 60 } })
  expect([results.length, results[80], clock.waiting()]).toEqual([81, ok(80), 0])
})

it('a bug in one of them comes out', async () => {
  const work = (one: number) => (one === 3 ? Promise.reject(new Error('a bug')) : Promise.resolve(one))
  await expect(sideBySide(names(20), { pause: async () => undefined }, work)).rejects.toThrow('a bug')
})
