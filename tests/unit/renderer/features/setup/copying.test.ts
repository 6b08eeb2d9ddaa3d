// How far, how fast, how long still: only from what was measured.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { copiedOf, copyingLeftMs } from '../../../../../renderer/features/setup/copying.ts'
import type { StepLook } from '../../../../../renderer/features/setup/run-state.ts'
import type { RunProgress } from '../../../../../shared/domain/run.ts'
import { afterProgress, bytesPerSecond, type Track } from '../../../../../shared/domain/sending-rate.ts'
import { bareFacts, planFor } from '../../../../support/plan-cases.ts'

const progress = (sentBytes: number, step = 'artifact.a', doneBytes = sentBytes): RunProgress => ({
  run: 'run-20261122T090000Z-0badcafe',
  step,
  doneBytes,
  totalBytes: 1_000_000,
  sentBytes,
})

/** Bytes sent, one entry a second. */
function track(sent: readonly number[]): Track | undefined {
  return sent.reduce<Track | undefined>(
    (so, bytes, place) => afterProgress(so, progress(bytes), place * 1000),
    undefined,
  )
}

describe('the speed', () => {
  it('is not known before a second and a half have passed', () => {
    expect(bytesPerSecond(track([0, 500]), 1000)).toBeUndefined()
    expect(bytesPerSecond(undefined, 1000)).toBeUndefined()
  })

  it('is that of the last ten seconds', () => {
    const sent = Array.from({ length: 31 }, (_, second) => (second < 20 ? second * 10 : 190 + (second - 19) * 500))
    expect(bytesPerSecond(track(sent), 30_000)).toBeCloseTo(500, -2)
  })

  it('sinks while nothing arrives, down to nothing', () => {
    const sent = track([0, 1000, 2000, 3000])
    const rates = [3000, 6000, 9000, 14_000].map((nowMs) => bytesPerSecond(sent, nowMs) ?? Number.NaN)
    expect(rates[0]).toBe(1000)
    expect(rates[1]).toBeLessThan(1000)
    expect(rates[2]).toBeLessThan(rates[1] ?? 0)
    expect(bytesPerSecond(sent, 60_000) ?? 0).toBe(0)
  })

  it('begins anew with another step, and where counting begins anew', () => {
    const before = track([0, 1000, 2000])
    expect(afterProgress(before, progress(5, 'artifact.b'), 3000)).toEqual({
      step: 'artifact.b',
      points: [{ atMs: 3000, sentBytes: 5 }],
    })
    expect(afterProgress(before, progress(10), 3000).points).toHaveLength(1)
  })

  it('is never negative, and its memory stays small', () => {
    const step = fc.record({ wait: fc.integer({ min: 0, max: 3000 }), bytes: fc.integer({ min: -100, max: 100_000 }) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let nowMs = 0
        let sent = 0
        let so: Track | undefined
        for (const { wait, bytes } of steps) {
          nowMs += wait
          sent = Math.max(0, sent + bytes)
          so = afterProgress(so, progress(sent), nowMs)
          expect(bytesPerSecond(so, nowMs) ?? 0).toBeGreaterThanOrEqual(0)
          expect(so.points.length).toBeLessThanOrEqual(42)
        }
      }),
    )
  })
})

describe('the bytes of a plan', () => {
  const plan = planFor(bareFacts())
  const artifacts = plan.steps.flatMap(({ id, spec }) =>
    spec.kind === 'artifact' ? [{ id, bytes: spec.artifact.bytes }] : [],
  )
  const [first, second] = artifacts
  if (first === undefined || second === undefined) throw new Error('the fixture lost its artifacts')
  const totalBytes = artifacts.reduce((sum, { bytes }) => sum + bytes, 0)
  const done = (look: StepLook['state']) => new Map([[first.id, { state: look }]])

  it('are all of its artifacts; those whose step is done count whole', () => {
    expect(copiedOf(plan, new Map(), undefined)).toEqual({ totalBytes, doneBytes: 0 })
    expect(copiedOf(plan, done('done'), undefined)).toEqual({ totalBytes, doneBytes: first.bytes })
    expect(copiedOf(plan, done('already'), undefined)).toEqual({ totalBytes, doneBytes: first.bytes })
    expect(copiedOf(plan, done('failed'), undefined)).toEqual({ totalBytes, doneBytes: 0 })
  })

  it('count what arrived of the one on its way, once', () => {
    const moving = progress(7, second.id)
    expect(copiedOf(plan, done('done'), moving).doneBytes).toBe(first.bytes + 7)
    const both = new Map<string, StepLook>([...done('done'), [second.id, { state: 'done' }]])
    expect(copiedOf(plan, both, moving).doneBytes).toBe(first.bytes + second.bytes)
  })

  it('leave no time where nothing moves or nothing is left', () => {
    expect(copyingLeftMs({ totalBytes: 100, doneBytes: 40 }, 20)).toBe(3000)
    expect(copyingLeftMs({ totalBytes: 100, doneBytes: 40 }, 0)).toBeUndefined()
    expect(copyingLeftMs({ totalBytes: 100, doneBytes: 40 }, undefined)).toBeUndefined()
    expect(copyingLeftMs({ totalBytes: 100, doneBytes: 100 }, 20)).toBeUndefined()
  })
})
