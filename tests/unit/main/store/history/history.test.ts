// The history of an appliance: every sample counted once at each resolution, gaps that stay gaps, and nothing lost over
// the end of the process.
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openSql } from '../../../../../main/store/history/database.ts'
import { historyAnswer, historyState } from '../../../../../shared/domain/history.ts'
import {
  ask,
  begin,
  bucketsIn,
  bucketsOf,
  type HistoryRig,
  historyRig,
  type Measured,
  measure,
} from '../../../../support/history-rig.ts'

const hour = 3_600_000
const percents = (length: number) => Array.from({ length }, (_, row) => (row * 7) % 101)

describe('an answer', () => {
  it.each([
    ['of ten minutes at a pixel a second', 10 * 60_000, 600, 1000],
    ['of an hour', hour, 1200, 5000],
    ['of a day', 24 * hour, 1440, 60_000],
    ['of thirty days', 30 * 24 * hour, 720, hour],
    ['of two years', 730 * 24 * hour, 1000, 24 * hour],
  ])('%s has buckets that people read', (_, lengthMs, width, stepMs) => {
    const rig = historyRig()
    const { stepMs: step } = rig.history.ask({
      appliance: 'ward',
      series: [],
      fromMs: begin - lengthMs,
      toMs: begin,
      width,
    })
    expect(step).toBe(stepMs)
  })

  it('of a time whose single samples are gone has the buckets that are left', () => {
    const rig = historyRig()
    const stepAt = (agoMs: number) =>
      rig.history.ask({ appliance: 'ward', series: [], fromMs: begin - agoMs, toMs: begin - agoMs + 60_000, width: 60 })
        .stepMs
    expect([stepAt(hour), stepAt(2 * hour), stepAt(25 * hour), stepAt(31 * 24 * hour)]).toEqual([
      1000,
      10_000,
      60_000,
      hour,
    ])
  })

  it('counts every sample once at each resolution, wherever it lies', () => {
    const rig = historyRig()
    const samples = measure(rig, 'host/cpu', { every: 5000, values: percents(5000) })
    for (const [width, stepMs] of [
      [2600, 10_000],
      [417, 60_000],
      [7, hour],
    ] as const) {
      const answer = ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs + 1, width })
      expect(answer.stepMs).toBe(stepMs)
      expect(bucketsIn(answer.series)).toEqual(bucketsOf(samples, answer))
      expect(answer.series.gaps).toEqual([])
    }
  })

  it('is true for any samples, with restarts between them', () => {
    const step = fc.record({
      wait: fc.constantFrom(500, 1000, 5000, 20_000, 400_000, 3 * hour),
      values: fc.array(fc.integer({ min: -5, max: 1000 }), { minLength: 1, maxLength: 400 }),
      end: fc.constantFrom('on', 'on', 'closed', 'committed-and-crashed'),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
        const rig = historyRig()
        const samples: Measured[] = []
        for (const { wait, values, end } of steps) {
          rig.pass(wait * 3)
          samples.push(...measure(rig, 'host/cpu', { every: wait > 20_000 ? 1000 : wait, values }))
          if (end === 'committed-and-crashed') rig.history.commit()
          if (end !== 'on') rig.reopen(end === 'closed' ? 'closed' : 'crashed')
        }
        for (const width of [3, 40, 2000]) {
          const answer = ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs + 1, width })
          if (answer.stepMs < 10_000) continue
          expect(bucketsIn(answer.series)).toEqual(bucketsOf(samples, answer))
        }
      }),
      { numRuns: 25 },
    )
  })

  it('fits its schema', () => {
    const rig = historyRig()
    measure(rig, 'inference/ward/running', { every: 1000, values: [1, 0.5, 1e12] })
    const question = {
      appliance: 'ward',
      series: ['inference/ward/running', 'none'],
      fromMs: begin,
      toMs: begin + hour,
      width: 100,
    }
    expect(historyAnswer.parse(rig.history.ask(question)).series).toHaveLength(1)
  })

  it('keeps the last value of a state, and what numbers mean', () => {
    const rig = historyRig()
    measure(rig, 'accelerator/nvidia 0/health', { every: 1000, values: [0, 2, 1] })
    const { series } = ask(rig, 'accelerator/nvidia 0/health', { fromMs: begin, toMs: begin + 60_000, width: 1 })
    expect(series).toMatchObject({ kind: 'state', unit: 'health', last: [1], max: [2] })
  })
})

describe('a gap', () => {
  it('is told where nothing was measured, before, between and after', () => {
    const rig = historyRig()
    rig.pass(60_000)
    measure(rig, 'host/cpu', { every: 1000, values: [1, 1, 1] })
    rig.pass(60_000)
    measure(rig, 'host/cpu', { every: 1000, values: [2, 2, 2] })
    rig.pass(60_000)
    const { series } = ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs, width: 200 })
    expect(series.gaps).toEqual([
      [begin, begin + 61_000],
      [begin + 64_000, begin + 124_000],
      [begin + 127_000, rig.time.wallMs],
    ])
    expect(series.atMs).toHaveLength(6)
  })

  it('is not what lies between samples of every five seconds', () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 5000, values: percents(20) })
    expect(ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs, width: 200 }).series.gaps).toEqual([])
  })

  it('stays one at every resolution, however old it is', () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 5000, values: percents(720) })
    const from = rig.time.wallMs
    rig.pass(10 * hour)
    measure(rig, 'host/cpu', { every: 5000, values: percents(720) })
    for (const width of [4320, 720, 12]) {
      const { series, stepMs } = ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs + 1, width })
      expect(series.gaps).toHaveLength(1)
      expect(Math.abs((series.gaps[0]?.[0] ?? 0) - from)).toBeLessThanOrEqual(stepMs)
      expect(series.n.reduce((sum, n) => sum + n, 0)).toBe(1440)
    }
  })

  it('is a value that could not be read, beside one that could', () => {
    const rig = historyRig()
    const layout = rig.history.layout('ward', ['host/cpu', 'host/memory-used'])
    for (const values of [
      [1, 10],
      [Number.NaN, 20],
      [3, Number.NaN],
      [4, Number.POSITIVE_INFINITY],
    ]) {
      rig.pass(1000)
      rig.history.add(layout, rig.time.wallMs, values)
    }
    const range = { fromMs: begin, toMs: begin + 60_000, width: 60 }
    expect(ask(rig, 'host/cpu', range).series.last).toEqual([1, 3, 4])
    rig.reopen('closed')
    expect(ask(rig, 'host/memory-used', range).series.last).toEqual([10, 20])
  })
})

describe('the end of the process', () => {
  it('loses what came after the last commit, and no more', () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 1000, values: percents(400) })
    rig.reopen('crashed')
    const { series } = ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs + 1, width: 800 })
    expect(series.atMs.length).toBeGreaterThanOrEqual(395)
  })

  it('loses nothing when it is closed, and what was is there among what comes', () => {
    const rig = historyRig()
    const first = measure(rig, 'host/cpu', { every: 1000, values: percents(333) })
    rig.reopen('closed')
    const then = measure(rig, 'host/cpu', { every: 1000, values: percents(500) })
    const answer = ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs + 1, width: 900 })
    expect(bucketsIn(answer.series)).toEqual(bucketsOf([...first, ...then], answer))
  })
})

describe('samples that come late', () => {
  const late = (rig: HistoryRig, samples: readonly Measured[], aheadMs = 0) =>
    rig.history.addLate('ward', 'host/cpu', {
      times: Float64Array.from(samples, ({ atMs }) => atMs + aheadMs),
      values: Float64Array.from(samples, ({ value }) => value),
      aheadMs,
    })
  const every = (from: number, length: number): Measured[] =>
    Array.from({ length }, (_, row) => ({ atMs: from + row * 1000, value: row }))

  it('land at the time when they were taken, by our clock, and twice they change nothing', () => {
    const rig = historyRig()
    const before = measure(rig, 'host/cpu', { every: 1000, values: percents(300) })
    const missing = every(rig.time.wallMs + 1000, 900)
    rig.pass(1000_000)
    const after = measure(rig, 'host/cpu', { every: 1000, values: percents(300) })
    const shuffled = [...missing.slice(400), ...missing.slice(0, 400)]
    expect([late(rig, shuffled, 90_000), late(rig, shuffled, 90_000), late(rig, before)]).toEqual([900, 0, 0])
    for (const width of [2000, 150, 20]) {
      const answer = ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs + 1, width })
      expect(bucketsIn(answer.series)).toEqual(bucketsOf([...before, ...missing, ...after], answer))
    }
  })

  it('of times whose single samples are gone count where there was nothing, and only once', () => {
    const rig = historyRig()
    const old = every(begin - 5 * hour, 600)
    expect([late(rig, old), late(rig, old)]).toEqual([600, 0])
    const older = every(begin - 48 * hour, 600)
    expect([late(rig, older), late(rig, older)]).toEqual([600, 0])
    rig.pass(20 * hour)
    expect([late(rig, old), late(rig, older)]).toEqual([0, 0])
    const { series } = ask(rig, 'host/cpu', { fromMs: begin - 72 * hour, toMs: begin, width: 100 })
    expect(series.n.reduce((sum, n) => sum + n, 0)).toBe(1200)
  })

  it('older than anything that is kept are not kept', () => {
    expect(late(historyRig(), every(begin - 800 * 24 * hour, 5))).toBe(0)
  })

  it('may be live ones of a clock that was set back', () => {
    const rig = historyRig()
    const first = measure(rig, 'host/cpu', { every: 1000, values: percents(100) })
    rig.time.wallMs -= 50_500
    const then = measure(rig, 'host/cpu', { every: 1000, values: percents(100) })
    const answer = ask(rig, 'host/cpu', { fromMs: begin, toMs: rig.time.wallMs + 1, width: 30 })
    expect(bucketsIn(answer.series)).toEqual(bucketsOf([...first, ...then], answer))
  })
})

describe('an appliance', () => {
  it('that invents names without end has a bounded number of series', () => {
    const rig = historyRig()
    const names = Array.from({ length: 3000 }, (_, at) => `accelerator/nvidia ${at}/power`)
    rig.history.add(
      rig.history.layout('ward', names),
      begin,
      names.map(() => 1),
    )
    expect(rig.history.seriesOf('ward')).toHaveLength(1024)
  })

  it('keeps its history when it is entered in another way, and takes none from another', () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 1000, values: percents(10) })
    rig.history.move('ward', 'ward-2')
    expect([rig.history.seriesOf('ward'), rig.history.seriesOf('ward-2')]).toEqual([[], ['host/cpu']])
    measure(rig, 'host/cpu', { every: 1000, values: percents(10) })
    rig.history.commit()
    rig.history.move('ward', 'ward-2')
    rig.reopen('closed')
    expect([rig.history.seriesOf('ward'), rig.history.seriesOf('ward-2')]).toEqual([['host/cpu'], ['host/cpu']])
  })

  it('says what it takes on the disk', async () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 1000, values: percents(600) })
    const state = historyState.parse(await rig.history.state())
    expect(state).toMatchObject({ lost: 0, appliances: [{ appliance: 'ward', series: 1 }] })
    expect(state.bytes).toBeGreaterThan(state.appliances[0]?.bytes ?? 0)
    expect(state.appliances[0]?.bytes).toBeGreaterThan(100)
  })
})

/** What chunks of the first appliance take at one resolution. */
function bytesOf({ folder }: HistoryRig, resolution: number): number {
  const sql = openSql(join(folder, 'history.db'))
  const [row] = sql.all('SELECT sum(bytes) FROM chunk WHERE resolution = ? AND series = 1', resolution)
  sql.close()
  return Number(row?.[0] ?? 0)
}

describe('what is too old', () => {
  it('goes from each resolution in its time, and stays in the coarser ones', () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 30_000, values: percents(3000) })
    rig.time.clockMs += rig.time.wallMs - begin
    const other = rig.history.layout('other', ['host/cpu'])
    /** The work that was due meanwhile is done in its small pieces. */
    const later = (milliseconds: number) => {
      rig.pass(milliseconds)
      for (let piece = 0; piece < 100; piece++) {
        rig.pass(100)
        rig.history.add(other, rig.time.wallMs, [1])
      }
    }
    const stored = (resolution: number) => bytesOf(rig, resolution) > 0
    const seen = [stored(0), stored(1), stored(2)]
    later(2 * hour)
    seen.push(stored(0), stored(1))
    later(60 * hour)
    seen.push(stored(1), stored(2))
    later(40 * 24 * hour)
    seen.push(stored(2), stored(3))
    expect(seen).toEqual([true, true, true, false, true, false, true, false, true])
    const total = ask(rig, 'host/cpu', { fromMs: begin - hour, toMs: begin + 26 * hour, width: 30 })
    expect(total.stepMs).toBe(hour)
    expect(total.series.n.reduce((sum, n) => sum + n, 0)).toBe(3000)
    later(740 * 24 * hour)
    expect(stored(3)).toBe(false)
  })

  it('goes sooner where there is no room for all of it', async () => {
    const rig = historyRig({ limitBytes: 250_000 })
    const names = Array.from({ length: 20 }, (_, at) => `accelerator/nvidia ${at}/power`)
    const layout = rig.history.layout('ward', names)
    for (let at = 0; at < 6000; at++) {
      rig.pass(1000)
      rig.history.add(
        layout,
        rig.time.wallMs,
        names.map((_, index) => Math.sin(at * index) * 100),
      )
    }
    expect((await rig.history.state()).bytes).toBeLessThan(500_000)
    const tenMinutes = { fromMs: rig.time.wallMs - 600_000, toMs: rig.time.wallMs + 1, width: 600 }
    const { series, stepMs } = ask(rig, names[1] ?? '', tenMinutes)
    expect([stepMs, series.gaps]).toEqual([10_000, []])
  }, 60_000)

  it('is not what a clock that is set ahead by years makes old', () => {
    const rig = historyRig()
    measure(rig, 'host/cpu', { every: 1000, values: percents(600) })
    rig.time.wallMs += 5 * 365 * 24 * hour
    measure(rig, 'host/cpu', { every: 1000, values: percents(600) })
    rig.time.wallMs -= 5 * 365 * 24 * hour
    expect(ask(rig, 'host/cpu', { fromMs: begin, toMs: begin + hour, width: 3600 }).series.n.length).toBeGreaterThan(
      590,
    )
  })
})
