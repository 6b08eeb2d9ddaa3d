// How fast a run sends and what is left: over the last ten seconds, and only where it can be known.
import { describe, expect, it } from 'vitest'
import type { RunProgress } from '../../../../shared/domain/run.ts'
import { afterProgress, bytesPerSecond, sendingLeftMs, type Track } from '../../../../shared/domain/sending-rate.ts'

const progress = (sentBytes: number, step = 'a') => ({ step, sentBytes }) as RunProgress
const trackOf = (...points: readonly (readonly [atMs: number, sentBytes: number, step?: string])[]) =>
  points.reduce<Track | undefined>(
    (track, [atMs, sent, step]) => afterProgress(track, progress(sent, step), atMs),
    undefined,
  )
const times = (track: Track | undefined) => track?.points.map((point) => point.atMs)

describe('the track of a step', () => {
  it('has a point every quarter of a second', () => {
    expect(trackOf([0, 10], [249, 20], [250, 30], [400, 40], [500, 50])).toEqual({
      step: 'a',
      points: [
        { atMs: 0, sentBytes: 10 },
        { atMs: 250, sentBytes: 30 },
        { atMs: 500, sentBytes: 50 },
      ],
    })
  })

  it('begins anew with another step, and where fewer bytes are sent than before', () => {
    expect(trackOf([0, 10], [1000, 20], [2000, 30, 'b'])).toEqual({
      step: 'b',
      points: [{ atMs: 2000, sentBytes: 30 }],
    })
    expect(times(trackOf([0, 10], [1000, 20], [2000, 19]))).toEqual([2000])
    expect(times(trackOf([0, 10], [1000, 20], [2000, 20]))).toEqual([0, 1000, 2000])
    expect(afterProgress({ step: 'a', points: [] }, progress(5), 7)).toEqual({
      step: 'a',
      points: [{ atMs: 7, sentBytes: 5 }],
    })
  })

  it('keeps the last ten seconds, and the point before them', () => {
    expect(times(trackOf([0, 1], [5000, 2], [10_000, 3]))).toEqual([0, 5000, 10_000])
    expect(times(trackOf([0, 1], [5000, 2], [14_999, 3]))).toEqual([0, 5000, 14_999])
    expect(times(trackOf([0, 1], [5000, 2], [15_000, 3]))).toEqual([5000, 15_000])
    expect(times(trackOf([0, 1], [5000, 2], [40_000, 3]))).toEqual([5000, 40_000])
  })
})

describe('the rate', () => {
  const track = trackOf([0, 1000], [1000, 3000], [2000, 5000])

  it('is that of the last ten seconds until now', () => {
    expect(bytesPerSecond(track, 2000)).toBe(2000)
    expect(bytesPerSecond(track, 4000)).toBe(1000)
    expect(bytesPerSecond(track, 10_000)).toBe(400)
    expect(bytesPerSecond(track, 10_001)).toBeCloseTo(2000 / 9.001, 9)
    expect(bytesPerSecond(track, 11_001)).toBe(0)
    expect(bytesPerSecond(track, 60_000)).toBe(0)
  })

  it('is not known before a second and a half', () => {
    expect(bytesPerSecond(trackOf([0, 0], [1000, 10]), 1499)).toBeUndefined()
    expect(bytesPerSecond(trackOf([0, 0], [1000, 15]), 1500)).toBe(10)
    expect([bytesPerSecond(undefined, 0), bytesPerSecond({ step: 'a', points: [] }, 9000)]).toEqual([
      undefined,
      undefined,
    ])
  })
})

it.each([
  [1000, 500, 2000],
  [1000, 0, undefined],
  [1000, -1, undefined],
  [1000, undefined, undefined],
  [0, 500, undefined],
  [-5, 500, undefined],
])('%s bytes at %s a second take %s ms', (left, rate, ms) => {
  expect(sendingLeftMs(left, rate)).toBe(ms)
})
