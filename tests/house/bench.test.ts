// The frame of the benchmarks, with planted figures: a target that is not met must be said so. Nothing
// here measures a time.
import { describe, expect, it } from 'vitest'
import { type Bench, type Figures, judge, median, reportLines, type Target } from '../../scripts/bench/frame.ts'

function bench(targets: readonly Target[]): Bench {
  return { name: 'planted', about: 'planted figures', targets, measure: async () => ({}) }
}

function lastLine(targets: readonly Target[], figures: Figures) {
  const planted = bench(targets)
  return JSON.parse(reportLines(planted, judge(planted, figures)).at(-1) ?? '')
}

describe('the frame of the benchmarks', () => {
  it('ends with one JSON object of bench, figures, targets and met', () => {
    expect(lastLine([{ figure: 'warmMs', atMost: 100 }], { warmMs: 90, nodeMs: 40 })).toEqual({
      bench: 'planted',
      figures: { warmMs: 90, nodeMs: 40 },
      targets: [{ figure: 'warmMs', atMost: 100, met: true }],
      met: true,
    })
  })

  it.each<[string, Target[], Figures]>([
    ['above its limit', [{ figure: 'warmMs', atMost: 100 }], { warmMs: 101 }],
    ['below its limit', [{ figure: 'tokensPerSecond', atLeast: 10 }], { tokensPerSecond: 9.9 }],
    ['not measured', [{ figure: 'warmMs', atMost: 100 }], {}],
    ['not a number', [{ figure: 'warmMs', atMost: 100 }], { warmMs: Number.NaN }],
    ['without a limit', [{ figure: 'warmMs' }], { warmMs: 1 }],
    [
      'beside one that is met',
      [
        { figure: 'a', atMost: 2 },
        { figure: 'b', atMost: 2 },
      ],
      { a: 1, b: 3 },
    ],
    ['of a bench without targets', [], { warmMs: 1 }],
  ])('says not met for a figure %s', (_name, targets, figures) => {
    expect(lastLine(targets, figures).met).toBe(false)
  })

  it('marks the unmet target in the table', () => {
    const planted = bench([{ figure: 'warmMs', atMost: 100 }])
    expect(reportLines(planted, judge(planted, { warmMs: 250 })).join('\n')).toMatch(
      /warmMs +250 +at most 100: NOT MET/,
    )
  })

  it('takes the middle of an odd number and the mean of the two middles of an even one', () => {
    expect([median([9, 1, 5]), median([4, 1, 9, 2])]).toEqual([5, 3])
  })
})
