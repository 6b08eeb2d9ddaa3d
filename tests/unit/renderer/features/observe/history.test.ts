// The past as lines: gaps stay gaps whatever is drawn beside them, and a percentile is counted, never averaged.
import { describe, expect, it } from 'vitest'
import { comparedLines } from '../../../../../renderer/features/observe/history/comparison.ts'
import { eventsIn } from '../../../../../renderer/features/observe/history/events.ts'
import { heatRows } from '../../../../../renderer/features/observe/history/heat-rows.ts'
import { viewOf } from '../../../../../renderer/features/observe/history/history-group.ts'
import { commonGaps, historyLine, joined } from '../../../../../renderer/features/observe/history/history-line.ts'
import { devicesOf, niceMax, quantitiesIn } from '../../../../../renderer/features/observe/history/quantities.ts'
import { earlier, spanOf } from '../../../../../renderer/features/observe/history/time-range.ts'
import { deploymentsIn, engineLines } from '../../../../../renderer/features/observe/inference/engine-lines.ts'
import { latencyLine } from '../../../../../renderer/features/observe/inference/latency.ts'
import { lonePlaces, valueNear } from '../../../../../renderer/ui/chart/chart-group.ts'
import type { SeriesHistory } from '../../../../../shared/domain/history.ts'
import { meaningOf } from '../../../../../shared/domain/series-meaning.ts'

function series(name: string, values: readonly number[], more: Partial<SeriesHistory> = {}): SeriesHistory {
  const all = [...values]
  return {
    ...{ name, ...meaningOf(name), atMs: all.map((_, row) => row * 1000), n: all.map(() => 2), gaps: [], last: all },
    ...{ min: all.map((value) => value - 1), max: all.map((value) => value + 1), sum: all.map((value) => value * 2) },
    ...more,
  }
}

describe('a line of the past', () => {
  it('is the mean of a gauge between its lowest and highest, and broken where nothing was measured', () => {
    const line = historyLine(series('host/cpu', [10, 20], { atMs: [0, 9000], gaps: [[1000, 9000]] }), 1000)
    expect(line.timesMs).toEqual([0, 5000, 9000])
    expect(line.values).toEqual([10, null, 20])
    expect([line.low, line.high]).toEqual([
      [9, null, 19],
      [11, null, 21],
    ])
  })

  it('is so much a second of what only grows, and the last of a state', () => {
    const tokens = series('inference/m/generated-tokens', [0, 0], { sum: [600, 1200] })
    expect(historyLine(tokens, 60_000).values).toEqual([10, 20])
    expect(historyLine(series('accelerator/ascend 0/health', [0, 2]), 1000).values).toEqual([0, 2])
  })

  it('goes on over a time at which only what it is compared with was measured, and over no gap', () => {
    const one = historyLine(series('host/cpu', [1, 2], { atMs: [0, 4000] }), 1000)
    const other = historyLine(series('host/cpu', [5, 6], { atMs: [0, 6000], gaps: [[1000, 5000]] }), 1000)
    const both = joined(one, other)
    expect(both.timesMs).toEqual([0, 3000, 4000, 6000])
    expect(both.values).toEqual([1, undefined, 2, undefined])
    expect(both.dimmed).toEqual([5, null, undefined, 6])
  })

  it('has no lone dots where it only has no value of its own', () => {
    expect(lonePlaces([1, undefined, 2, null, undefined, 3, undefined, null])).toEqual([5])
  })
})

describe('times without any measurement', () => {
  it('are those that all series miss, and all of it where there is none', () => {
    const span = { fromMs: 0, toMs: 100 }
    const gaps = (...all: [number, number][]) => ({ gaps: all })
    expect(commonGaps([], span)).toEqual([span])
    expect(commonGaps([gaps([10, 30], [50, 60]), gaps([20, 55])], span)).toEqual([
      { fromMs: 20, toMs: 30 },
      { fromMs: 50, toMs: 55 },
    ])
    expect(commonGaps([gaps([10, 30]), gaps()], span)).toEqual([])
  })
})

describe('a comparison', () => {
  const stepMs = 1000
  const now = [series('accelerator/ascend 0/power', [1]), series('accelerator/ascend 1/power', [2])]

  it('draws the earlier time where now is', () => {
    const before = [series('accelerator/ascend 0/power', [7], { atMs: [5000] })]
    const lines = comparedLines('day', { series: now, before, stepMs, quantity: 'power' })
    expect([...lines.keys()]).toEqual(['accelerator/ascend 0/power'])
    expect(lines.get('accelerator/ascend 0/power')?.timesMs).toEqual([5000 + 86_400_000])
  })

  it('draws one device beside all others, and not beside itself', () => {
    const lines = comparedLines('device ascend 1', { series: now, before: [], stepMs, quantity: 'power' })
    expect([...lines.keys()]).toEqual(['accelerator/ascend 0/power'])
    expect(lines.get('accelerator/ascend 0/power')?.values).toEqual([2])
  })

  it('asks for a time before that is as long', () => {
    const span = spanOf({ range: '24h', custom: { fromMs: 0, toMs: 1 } }, 1e12)
    expect(earlier(span, 86_400_000)).toEqual({ fromMs: 1e12 - 2 * 86_400_000, toMs: 1e12 - 86_400_000 })
  })
})

describe('what happened', () => {
  const alert = { id: 'a', severity: 'warning', sinceMs: 50 } as never
  const run = { planId: 'p', startedAt: new Date(120).toISOString() } as never

  it('is marked where it began, or where the time begins that is shown', () => {
    const events = eventsIn({ runs: [run], alerts: [alert] }, { fromMs: 100, toMs: 200 })
    expect(events.map(({ is, atMs }) => [is, atMs])).toEqual([
      ['alert', 100],
      ['run', 120],
    ])
  })

  it('is not shown where it was over before, or began later', () => {
    const over = { id: 'b', severity: 'info', sinceMs: 10, over: { atMs: 90, how: 'cleared' } } as never
    expect(eventsIn({ runs: [run], alerts: [over] }, { fromMs: 100, toMs: 110 })).toEqual([])
  })
})

describe('the names of series', () => {
  const names = ['accelerator/ascend 10/power', 'accelerator/ascend 2/power', 'inference/qwen/running', 'host/cpu']

  it('say which devices, quantities and deployments there are', () => {
    expect(devicesOf(names)).toEqual(['ascend 2', 'ascend 10'])
    expect(quantitiesIn(names)).toEqual(['power'])
    expect(deploymentsIn(names)).toEqual(['qwen'])
  })

  it('scales end at a round number', () => {
    expect([niceMax(0, 10), niceMax(11, 10), niceMax(430, 1), niceMax(0.3, 0.1)]).toEqual([10, 20, 500, 0.5])
  })
})

describe('cells of the strip', () => {
  it('are means of what was measured, and empty where nothing was', () => {
    const one = series('accelerator/ascend 0/utilization', [10, 30], { atMs: [0, 3000] })
    const { rows } = heatRows([one, undefined], { span: { fromMs: 0, toMs: 4000 }, stepMs: 1000 })
    expect(rows).toEqual([
      [10, null, null, 30],
      [null, null, null, null],
    ])
  })
})

describe('the latency of an engine', () => {
  const bucket = (bound: string, counts: readonly number[]) =>
    series(`inference/m/time-to-first-token/le=${bound}`, counts, { sum: [...counts] })
  const buckets = [bucket('0.5', [8, 0]), bucket('1', [2, 0]), bucket('inf', [0, 4])]
  const count = series('inference/m/time-to-first-token/count', [10, 4, 0], { sum: [10, 4, 0] })

  it('is counted in each time, and has a gap where nobody asked', () => {
    const line = latencyLine(buckets, count, 0.5)
    expect(line.timesMs).toEqual([0, 1000, 2000])
    expect(line.values).toEqual([0.3125, 1, null])
  })

  it('says of the whole time that it is longer than the last bound, and not how much', () => {
    expect(latencyLine(buckets, count, 0.95).whole).toEqual({ state: 'known', value: { value: 1, above: true } })
    expect(latencyLine([], undefined, 0.5).whole).toEqual({ state: 'absent' })
  })

  it('is not drawn for an engine without buckets', () => {
    const { lines, errors } = engineLines([count, series('inference/m/errors', [1, 2], { sum: [1, 2] })], 'm', 1000)
    expect([...lines.keys()]).toEqual(['errors'])
    expect(errors).toBe(3)
  })
})

describe('what charts draw', () => {
  it('is of each line by its own times', () => {
    const lines = new Map([['a', historyLine(series('host/cpu', [4, 8]), 1000)]])
    const view = viewOf({ span: { fromMs: 0, toMs: 2000 }, lines, compared: new Map(), bands: [], marks: [500] })
    expect([view.timesOf?.('a'), view.line('a'), view.marks]).toEqual([[0, 1000], [4, 8], [500]])
    expect([valueNear(view, 'a', 900), valueNear(view, 'b', 900)]).toEqual([8, undefined])
  })
})
