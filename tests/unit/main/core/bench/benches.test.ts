// What has a load of ours, and until when: only that is passed over by whoever watches.
import { describe, expect, it } from 'vitest'
import { benchesGoing } from '../../../../../main/core/bench/benches.ts'

const ward = { host: 'ward', port: 22 }

describe('a benchmark that goes on', () => {
  const begun = () => {
    let nowMs = 1000
    const benches = benchesGoing(() => nowMs)
    const pass = (ms: number) => {
      nowMs += ms
    }
    const one = benches.begin('bench-1', ward, new AbortController())
    return { benches, ...one, pass }
  }

  it('loads nothing before it asks, then what it measures and nothing else', () => {
    const { benches, loads } = begun()
    expect(benches.isLoaded(ward, 'chat')).toBe(false)
    loads(['chat'])
    expect([benches.isLoaded(ward, 'chat'), benches.isLoaded(ward, 'other')]).toEqual([true, false])
    expect(benches.isLoaded({ ...ward, port: 2222 }, 'chat')).toBe(false)
  })

  it('through a gateway loads whatever is behind it', () => {
    const { benches, loads } = begun()
    loads('all')
    expect(benches.isLoaded(ward, 'other')).toBe(true)
  })

  it('that is over is no load any more, and was one before', () => {
    const { benches, loads, over, pass } = begun()
    loads(['chat'])
    pass(500)
    over()
    pass(500)
    expect(benches.isLoaded(ward, 'chat')).toBe(false)
    expect([benches.isLoaded(ward, 'chat', 1500), benches.isLoaded(ward, 'chat', 1501)]).toEqual([true, false])
    const next = benches.begin('bench-2', ward, new AbortController())
    next.loads(['other'])
    expect([benches.isLoaded(ward, 'chat', 0), benches.isLoaded(ward, 'other', 0)]).toEqual([false, true])
  })
})
