// The frame of the benchmarks, with planted figures: a target that is not met must be said so. Nothing
// here measures a time.
import { describe, expect, it } from 'vitest'
import { type Bench, type Figures, judge, median, reportLines, type Target } from '../../scripts/bench/frame.ts'
import { emptyBenchTable, withBench } from '../../scripts/bench/kept-table.ts'

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

describe('the table of benchmarks', () => {
  const about = { date: '2026-11-29', commit: 'abc1234', machine: '2 x planted, 8 GiB' }
  const reported = (figures: Figures) => judge(bench([{ figure: 'warmMs', atMost: 100 }]), figures)
  const kept = (name: string, figures: Figures) => ({ bench: name, ...about, report: reported(figures) })

  it('has a row for each bench: the last run, in the place of the one before', () => {
    const first = withBench(withBench(emptyBenchTable, kept('a', { warmMs: 90 })), kept('b', { warmMs: 1, nodeMs: 4 }))
    const rows = withBench(first, kept('a', { warmMs: 250 }))
      .trimEnd()
      .split('\n')
      .slice(-2)
    expect(rows).toEqual([
      '| a | 2026-11-29 | abc1234 | NOT MET | warmMs 250 (at most 100: NOT MET) | 2 x planted, 8 GiB |',
      '| b | 2026-11-29 | abc1234 | met | warmMs 1.00 (at most 100), nodeMs 4.00 | 2 x planted, 8 GiB |',
    ])
  })

  it('says of one that fell that it was not measured', () => {
    expect(withBench(emptyBenchTable, { bench: 'a', ...about, report: undefined })).toContain(
      '| a | 2026-11-29 | abc1234 | not measured |  |',
    )
  })
})
