// A history in a temporary folder whose two clocks a test moves, and what its answers must be: every sample counted
// by hand into buckets.
import { onTestFinished } from 'vitest'
import { type History, openHistory } from '../../main/store/history/history.ts'
import type { SeriesHistory } from '../../shared/domain/history.ts'
import { temporaryFolder } from './temporary-folder.ts'

export const begin = Date.UTC(2026, 10, 20, 8)

export type HistoryRig = {
  history: History
  readonly folder: string
  readonly time: { wallMs: number; clockMs: number }
  /** Both clocks go on. */
  pass(milliseconds: number): void
  /** As after a crash: what was not committed is gone. */
  reopen(how: 'closed' | 'crashed'): void
}

export function historyRig(options: { limitBytes?: number; folder?: string } = {}): HistoryRig {
  const folder = options.folder ?? temporaryFolder()
  const time = { wallMs: begin, clockMs: 0 }
  const open = () =>
    openHistory({
      ...{ folder, nowMs: () => time.wallMs, clock: () => time.clockMs },
      ...(options.limitBytes !== undefined && { limitBytes: options.limitBytes }),
    })
  const rig: HistoryRig = {
    ...{ history: open(), folder, time },
    pass(milliseconds) {
      time.wallMs += milliseconds
      time.clockMs += milliseconds
    },
    reopen(how) {
      if (how === 'closed') rig.history.close()
      rig.history = open()
    },
  }
  onTestFinished(() => rig.history.close())
  return rig
}

export type Measured = { readonly atMs: number; readonly value: number }

/** One sample every so often, as a sampler gives them. The clock of the work goes on by a second at most: a commit for each sample would take its time. */
export function measure(
  rig: HistoryRig,
  name: string,
  { every, values }: { every: number; values: readonly number[] },
) {
  const layout = rig.history.layout('ward', [name])
  return values.map((value): Measured => {
    rig.time.wallMs += every
    rig.time.clockMs += Math.min(every, 1000)
    rig.history.add(layout, rig.time.wallMs, [value])
    return { atMs: rig.time.wallMs, value }
  })
}

/** What the answer must say of those samples. */
export function bucketsOf(
  samples: readonly Measured[],
  { fromMs, toMs, stepMs }: { fromMs: number; toMs: number; stepMs: number },
) {
  const buckets = new Map<number, { min: number; max: number; sum: number; n: number }>()
  for (const { atMs, value } of samples) {
    const start = Math.floor(atMs / stepMs) * stepMs
    if (start < fromMs || start >= toMs) continue
    const one = buckets.get(start) ?? { min: value, max: value, sum: 0, n: 0 }
    buckets.set(start, {
      min: Math.min(one.min, value),
      max: Math.max(one.max, value),
      sum: one.sum + value,
      n: one.n + 1,
    })
  }
  return [...buckets].sort(([a], [b]) => a - b).map(([atMs, one]) => ({ atMs, ...one }))
}

export function bucketsIn({ atMs, min, max, sum, n }: SeriesHistory) {
  return atMs.map((at, row) => ({ atMs: at, min: min[row], max: max[row], sum: sum[row], n: n[row] }))
}

export function ask(rig: HistoryRig, name: string, range: { fromMs: number; toMs: number; width: number }) {
  const answer = rig.history.ask({ appliance: 'ward', series: [name], ...range })
  const [series] = answer.series
  if (series === undefined) throw new Error(`no series ${name}`)
  return { ...answer, series }
}
