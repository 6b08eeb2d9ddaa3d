// Intervals against published figures: Newcombe, Statistics in Medicine 17 (1998), 857-872, table I (Wilson, without
// continuity correction), and 873-890, table II (differences, method 10).
import { describe, expect, it } from 'vitest'
import type { EvaluationRecord } from '../../../../../shared/domain/evaluation.ts'
import { compareEvaluations, differenceOf } from '../../../../../shared/verify/evaluation/compare.ts'
import { scoreOf, scoresByCategory, wilson } from '../../../../../shared/verify/evaluation/score.ts'
import { evaluationResultOf, scoreWith } from '../../../../support/evaluation-results.ts'

describe('the interval of a share', () => {
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is that of the publication', (right, of, low, high) => {
    const interval = wilson(right, of)
    expect(interval.share).toBe(right / of)
    expect(interval.low).toBeCloseTo(low, 4)
    expect(interval.high).toBeCloseTo(high, 4)
  })

  it('of all is the mirror of that of none', () => {
    expect(wilson(20, 20).low).toBeCloseTo(1 - wilson(0, 20).high, 12)
    expect(wilson(20, 20).high).toBe(1)
  })

  it.each([1, 2, 50, 20_000])('holds the share and stays within 0 and 1, of %i', (of) => {
    for (const right of [0, 1, Math.floor(of / 2), of]) {
      const { share, low, high } = wilson(right, of)
      expect(low).toBeLessThanOrEqual(share)
      expect(high).toBeGreaterThanOrEqual(share)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(high).toBeLessThanOrEqual(1)
    }
  })
})

const record = (item: number, verdict: EvaluationRecord['verdict']): EvaluationRecord => ({
  item,
  verdict,
  milliseconds: 1,
})

describe('a score', () => {
  it('counts what cannot be read as not right, and failed requests as nothing', () => {
    const verdicts = ['right', 'right', 'wrong', 'unreadable', 'failed', 'failed'] as const
    const score = scoreOf(verdicts.map((verdict) => ({ verdict })))
    expect(score).toMatchObject({ right: 2, wrong: 1, unreadable: 1, failed: 2, asked: 4 })
    expect(score.interval?.share).toBe(0.5)
  })

  it('has no interval where nothing was answered', () => {
    expect(scoreOf([{ verdict: 'failed' }]).interval).toBeUndefined()
  })

  it('is told of each category by name, and of what has none not at all', () => {
    const scores = scoresByCategory([
      { category: 'b', record: record(0, 'right') },
      { category: 'a', record: record(1, 'wrong') },
      { category: 'b', record: record(2, 'wrong') },
      { record: record(3, 'right') },
    ])
    expect(scores.map(({ name, score }) => [name, score.right, score.asked])).toEqual([
      ['a', 0, 1],
      ['b', 1, 2],
    ])
  })
})

describe('the difference of two', () => {
  it('has the interval of independent shares where what one had right says nothing of the other', () => {
    // Phi is 0: 25 each. Wilson of 50 in 100 is 0.4038 to 0.5962.
    const { low, high, told } = differenceOf({ items: 100, both: 25, onlyBefore: 25, onlyAfter: 25 })
    expect(high).toBeCloseTo(Math.hypot(0.0962, 0.0962), 3)
    expect(low).toBeCloseTo(-high, 12)
    expect(told).toBe('none-told')
  })

  it('is told where only few were right of one alone, as they were asked the same', () => {
    const paired = differenceOf({ items: 100, both: 60, onlyBefore: 1, onlyAfter: 11 })
    expect(paired).toMatchObject({ before: 61, after: 71, told: 'better' })
    expect(paired.share).toBeCloseTo(0.1, 12)
    expect(differenceOf({ items: 100, both: 60, onlyBefore: 11, onlyAfter: 1 }).told).toBe('worse')
  })

  it('is turned round where the two are', () => {
    const one = differenceOf({ items: 50, both: 20, onlyBefore: 4, onlyAfter: 9 })
    const other = differenceOf({ items: 50, both: 20, onlyBefore: 9, onlyAfter: 4 })
    expect(other.low).toBeCloseTo(-one.high, 12)
    expect(other.high).toBeCloseTo(-one.low, 12)
  })

  it('is none that can be told between an evaluation and itself, also where all was right', () => {
    expect(differenceOf({ items: 50, both: 50, onlyBefore: 0, onlyAfter: 0 })).toMatchObject({
      share: 0,
      told: 'none-told',
    })
    expect(differenceOf({ items: 50, both: 30, onlyBefore: 0, onlyAfter: 0 }).told).toBe('none-told')
  })
})

describe('two evaluations', () => {
  const result = evaluationResultOf()
  const before = { result, records: [record(0, 'right'), record(1, 'failed'), record(2, 'wrong')] }

  it('are compared by the questions that both have answered', () => {
    const after = {
      result,
      records: [record(0, 'unreadable'), record(1, 'right'), record(2, 'right'), record(3, 'right')],
    }
    expect(compareEvaluations(before, after).difference).toMatchObject({
      ...{ items: 2, before: 1, after: 1, onlyBefore: 1, onlyAfter: 1 },
    })
  })

  it('of two sets are not compared', () => {
    const other = evaluationResultOf({ set: { ...result.set, digest: 'f'.repeat(64) } })
    expect(compareEvaluations(before, { result: other, records: before.records }).difference).toBeUndefined()
  })

  it('come in the order in which they were begun, whichever was named first', () => {
    const older = {
      result: evaluationResultOf({ startedAt: '2026-11-20T08:00:00.000Z' }),
      records: [record(0, 'wrong')],
    }
    const newer = { result, records: [record(0, 'right')] }
    const told = compareEvaluations(newer, older)
    expect(told).toEqual(compareEvaluations(older, newer))
    expect(told.before.startedAt).toBe(older.result.startedAt)
    expect(told.difference).toMatchObject({ before: 0, after: 1 })
  })

  it('say what differs between them besides the model', () => {
    const { settings, subject } = result
    const other = evaluationResultOf({
      ...{ settings: { concurrency: 9, outputTokens: 32, limit: 5, seed: 2 }, thinks: true },
      subject: { ...subject, demo: true },
    })
    const { records } = before
    const unlike = ['outputTokens', 'limit', 'seed', 'demo', 'thinks']
    expect(compareEvaluations(before, { result: other, records }).unlike).toEqual(unlike)
    const faster = evaluationResultOf({ settings: { ...settings, concurrency: 9 } })
    expect(compareEvaluations(before, { result: faster, records }).unlike).toEqual([])
  })

  it('lead to no conclusion where more than 2 % of one of them failed', () => {
    const records = (verdict: EvaluationRecord['verdict']) => Array.from({ length: 98 }, (_, at) => record(at, verdict))
    const withFailed = (failed: number) => evaluationResultOf({ score: scoreWith({ right: 98, failed }) })
    const told = (failed: number, turned: boolean) => {
      const [one, other] = turned ? [result, withFailed(failed)] : [withFailed(failed), result]
      const two = [
        { result: one, records: records('wrong') },
        { result: other, records: records('right') },
      ] as const
      return compareEvaluations(...two).difference?.told
    }
    expect([told(2, false), told(2, true)]).toEqual(['better', 'better'])
    expect([told(3, false), told(3, true)]).toEqual(['too-many-failed', 'too-many-failed'])
  })
})
