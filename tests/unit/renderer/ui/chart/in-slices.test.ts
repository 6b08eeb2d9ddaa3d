// Many charts draw without keeping the page from answering: in slices, in order, each at most once a turn.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { notAnyMore, soon } from '../../../../../renderer/ui/chart/in-slices.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('drawing in slices', () => {
  it('leaves the page its turn after some milliseconds of work, and does all of it in order', () => {
    const done: number[] = []
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
    for (let place = 0; place < 10; place += 1) {
      soon(() => {
        done.push(place)
        nowMs += 5
      })
    }
    expect(done).toEqual([])
    vi.advanceTimersToNextTimer()
    expect(done).toEqual([0, 1, 2])
    vi.runAllTimers()
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('does once what is asked for twice, not what is called off, and again what is asked for later', () => {
    const done: string[] = []
    const [kept, dropped] = [() => done.push('kept'), () => done.push('dropped')]
    soon(kept)
    soon(dropped)
    soon(kept)
    notAnyMore(dropped)
    vi.runAllTimers()
    expect(done).toEqual(['kept'])
    soon(kept)
    vi.runAllTimers()
    expect(done).toEqual(['kept', 'kept'])
  })

  it('goes on after work that throws', () => {
    const done: string[] = []
    soon(() => {
      throw new Error('no canvas')
    })
    soon(() => done.push('next'))
    expect(() => vi.advanceTimersToNextTimer()).toThrow('no canvas')
    vi.runAllTimers()
    expect(done).toEqual(['next'])
  })
})
