// Times without a link: since the last measured value, until samples come again.
import { describe, expect, it } from 'vitest'
import {
  bandsWithin,
  noBands,
  withLost,
  withoutBefore,
  withSample,
} from '../../../../../renderer/features/observe/lost-bands.ts'
import type { Failure } from '../../../../../shared/domain/failure.ts'

const cut: Failure = { kind: 'link-lost', host: 'a', port: 22, during: 'watching' }
const refused: Failure = { kind: 'host-unreachable', host: 'a', port: 22, reason: 'refused' }

describe('the times without a link', () => {
  it('reaches until now while the link is lost', () => {
    const bands = withLost(noBands, { sinceMs: 5000, failure: cut }, 4000)
    expect(bandsWithin(bands, 0, 9000)).toEqual([{ fromMs: 5000, toMs: 9000 }])
  })

  it('never covers what was measured', () => {
    const bands = withLost(noBands, { sinceMs: 5000, failure: cut }, 5600)
    expect(bands.open?.sinceMs).toBe(5600)
  })

  it('stays one time with the newest reason while attempts fail', () => {
    const once = withLost(noBands, { sinceMs: 5000, failure: cut }, 4000)
    const twice = withLost(once, { sinceMs: 8000, failure: refused }, 4000)
    expect(twice.open).toEqual({ sinceMs: 5000, failure: refused })
  })

  it('ends with the first sample after it, and not with one from before', () => {
    const lost = withLost(noBands, { sinceMs: 5000, failure: cut }, 4000)
    expect(withSample(lost, 4500).open).toBeDefined()
    const back = withSample(lost, 9000)
    expect(back.open).toBeUndefined()
    expect(bandsWithin(back, 0, 20_000)).toEqual([{ fromMs: 5000, toMs: 9000 }])
  })

  it('is left out where it does not touch the window, and forgotten when it is older than what is kept', () => {
    const back = withSample(withLost(noBands, { sinceMs: 5000, failure: cut }, 4000), 9000)
    expect(bandsWithin(back, 9000, 20_000)).toEqual([])
    expect(bandsWithin(back, 8999, 20_000)).toHaveLength(1)
    expect(withoutBefore(back, 9001).ended).toEqual([])
    expect(withoutBefore(back, 9000)).toBe(back)
  })
})
