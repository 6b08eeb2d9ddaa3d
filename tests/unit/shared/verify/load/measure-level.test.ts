// The figures of one number of users, from requests whose every moment is known.
import { describe, expect, it } from 'vitest'
import { benchLevel } from '../../../../../shared/domain/bench.ts'
import { distributionOf, histogramOf } from '../../../../../shared/verify/load/distribution.ts'
import { type Measured, measureLevel } from '../../../../../shared/verify/load/measure-level.ts'
import type { RequestTrace } from '../../../../../shared/verify/load/request-trace.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'

const limits = { ttftLimitMs: 2000, tpotLimitMs: 100 }

/** A first piece after `firstMs`, and `pieces` altogether, `gapMs` apart. */
type Schedule = { readonly firstMs?: number; readonly gapMs?: number; readonly pieces?: number }

function request(startMs: number, schedule: Schedule & Partial<RequestTrace> = {}): RequestTrace {
  const { firstMs = 100, gapMs = 10, pieces = 11, ...more } = schedule
  const arrivalsMs = Array.from({ length: pieces }, (_, at) => startMs + firstMs + at * gapMs)
  return { startMs, arrivalsMs, endMs: arrivalsMs.at(-1) ?? startMs, promptTokens: 50, outputTokens: pieces, ...more }
}

function measured(traces: readonly RequestTrace[], more: Partial<Measured> = {}) {
  const level = measureLevel({ users: 4, fromMs: 0, toMs: 10_000, wanted: 1, traces, ...more }, limits)
  return benchLevel.parse(level)
}

describe('the figures of a level', () => {
  it('are those of the definitions', () => {
    const level = measured([request(0), request(1000), request(2000), request(3000)])
    expect(level.ttftMs).toMatchObject({ count: 4, p50: 100, p95: 100 })
    expect(level.e2eMs).toMatchObject({ p50: 200 })
    // (E2E - TTFT) / (tokens - 1)
    expect(level.tpotMs).toMatchObject({ p50: 10 })
    expect(level.itlMs).toMatchObject({ count: 40, p50: 10, p99: 10 })
    expect(level).toMatchObject({ requests: 4, failed: {}, countedBy: 'usage', tokensPerPiece: 1, goodShare: 1 })
    expect(level).toMatchObject({ promptTokens: 50, outputTokens: 11, breaks: [] })
    expect(level.outputTokensPerSecond).toBeCloseTo(4.4)
    expect(level.requestsPerSecond).toBeCloseTo(0.4)
  })

  it('count tokens, and gaps between pieces, where a piece carries several', () => {
    const level = measured([request(0, { pieces: 6, gapMs: 20, outputTokens: 21 })])
    expect(level.itlMs).toMatchObject({ count: 5, p50: 20 })
    expect(level.tpotMs?.p50).toBeCloseTo(5)
    expect(level.tokensPerPiece).toBeCloseTo(3.5)
    expect(level.outputTokensPerSecond).toBeCloseTo(2.1)
  })

  it('have no time per token, and no gaps, where a gateway held the answers back until they were whole', () => {
    const level = measured([request(0, { gapMs: 0.1, pieces: 32 }), request(1000, { gapMs: 0, pieces: 32 })])
    expect(level).toMatchObject({ requests: 2, gaps: [], goodShare: 1, breaks: [] })
    expect(level).not.toHaveProperty('tpotMs')
    expect(level).not.toHaveProperty('itlMs')
    expect(wordsOf('en').bench.level(level)).toContain('TPOT too short to measure')
    expect(wordsOf('zh-CN').bench.level(level)).toContain('TPOT 时间太短，无法测得')
  })

  it('count pieces where the server does not count, and say so', () => {
    const { outputTokens: _, promptTokens: __, ...uncounted } = request(0)
    const level = measured([uncounted])
    expect(level).toMatchObject({ countedBy: 'pieces', outputTokens: 11 })
    expect(level).not.toHaveProperty('promptTokens')
    expect(level.tpotMs?.p50).toBe(10)
  })

  it('leave out what was sent before or after, but for what of it arrived within', () => {
    const slow = { firstMs: 5000 }
    const level = measured([request(-200, slow), request(500), request(9900), request(10_000, slow)])
    expect(level.requests).toBe(2)
    expect(level.ttftMs?.most).toBe(100)
    // 11 of the warm-up, 11 of the second, and of the third nothing but what came before the end.
    expect(level.outputTokensPerSecond).toBeCloseTo(2.2)
  })

  it('count neither way what was cut off by the end', () => {
    const level = measured([request(0), { ...request(5000), isCut: true }])
    expect(level).toMatchObject({ requests: 1, failed: {}, goodShare: 1 })
    expect(level.outputTokensPerSecond).toBeCloseTo(2.2)
  })

  it('hold each request against every limit at once', () => {
    const late = request(0, { firstMs: 2001 })
    const slow = request(0, { gapMs: 101 })
    const failed: RequestTrace = { startMs: 0, endMs: 5, arrivalsMs: [], problem: 'too-many-requests', detail: 'full' }
    const level = measured([request(0), late, slow, failed])
    expect(level.goodShare).toBe(0.25)
    expect(level.goodRequestsPerSecond).toBeCloseTo(0.1)
    expect(level).toMatchObject({
      failed: { 'too-many-requests': 1 },
      said: 'full',
      breaks: ['ttft', 'tpot', 'errors'],
    })
  })

  it('allow for one failure in two hundred', () => {
    const well = Array.from({ length: 199 }, () => request(0))
    const failed: RequestTrace = { startMs: 0, endMs: 5, arrivalsMs: [], problem: 'server-error' }
    expect(measured([...well, failed]).breaks).toEqual([])
    expect(measured([...well, failed, failed]).breaks).toEqual(['errors'])
  })

  it('say that there are none where nothing ended well, and that there are few', () => {
    const failed: RequestTrace = { startMs: 0, endMs: 5, arrivalsMs: [], problem: 'not-connected' }
    expect(measured([failed])).toMatchObject({ requests: 0, breaks: ['no-figures'], goodShare: 0, isShort: true })
    expect(measured([request(0)], { wanted: 2 }).isShort).toBe(true)
    expect(measured([])).toMatchObject({ breaks: ['no-figures'], outputTokensPerSecond: 0 })
  })

  it('have no time between tokens of answers of one token, which breaks no limit', () => {
    const level = measured([request(0, { pieces: 1 })])
    expect(level).not.toHaveProperty('tpotMs')
    expect(level).toMatchObject({ breaks: [], goodShare: 1 })
  })
})

describe('a distribution', () => {
  it('has numbers that were measured, by the nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, at) => 100 - at)
    expect(distributionOf(values)).toEqual({
      ...{ count: 100, mean: 50.5, least: 1, most: 100, p50: 50, p90: 90, p95: 95, p99: 99 },
    })
    expect(distributionOf([7])).toMatchObject({ p50: 7, p99: 7 })
    expect(distributionOf([])).toBeUndefined()
  })

  it('as a histogram counts every value once, in buckets a tenth apart', () => {
    const values = [0, 0.05, 0.1, 1, 10, 10.2, 1000, 1e9]
    const histogram = histogramOf(values)
    expect(histogram.reduce((sum, [, count]) => sum + count, 0)).toBe(values.length)
    expect(histogram[0]).toEqual([0.1, 3])
    const upTo = histogram.map(([ms]) => ms)
    expect(upTo).toEqual([...upTo].sort((a, b) => a - b))
    for (const value of [1, 10, 1000]) {
      const above = upTo.find((ms) => ms >= value * 0.9999) ?? 0
      expect(above / value).toBeLessThan(1.11)
    }
  })
})
