// Samples that come late, gathered by series and stored some at a time: a ring of days is many of them, and whoever
// watches meanwhile is not to notice.
import type { Sample } from '../../../shared/domain/sample.ts'
import { fillSampleValues, sampleNames } from '../../../shared/observe/sample-series.ts'
import type { Core } from '../context.ts'

export type LateKeeper = {
  add(sample: Sample): void
  /** Stores where enough has come. */
  storeSome(): Promise<void>
  storeAll(): Promise<void>
  done(): {
    readonly samples: number
    readonly stored: number
    readonly fromMs: number | undefined
    readonly toMs: number | undefined
  }
}

/** About an hour and a half of a recorder. */
const enough = 500

export function lateSamples({ history: keeper, tools }: Core, key: string, everyMs: number): LateKeeper {
  const history = keeper.open()
  const columns = new Map<string, { times: number[]; values: number[] }>()
  let [waiting, samples, stored] = [0, 0, 0]
  let [fromMs, toMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

  function put(name: string, atMs: number, value: number): void {
    if (!Number.isFinite(value)) return
    const column = columns.get(name) ?? { times: [], values: [] }
    columns.set(name, column)
    column.times.push(atMs)
    column.values.push(value)
  }

  async function storeAll(): Promise<void> {
    const some = [...columns]
    columns.clear()
    waiting = 0
    for (const [name, { times, values }] of some) {
      const late = { times: Float64Array.from(times), values: Float64Array.from(values), everyMs, aheadMs: 0 }
      stored += history.addLate(key, name, late)
      await tools.pause(0)
    }
  }

  return {
    add(sample) {
      const names = sampleNames(sample)
      const numbers = new Float64Array(names.length)
      fillSampleValues(sample, numbers)
      for (const [place, name] of names.entries()) put(name, sample.atMs, numbers[place] ?? Number.NaN)
      waiting += 1
      samples += 1
      fromMs = Math.min(fromMs, sample.atMs)
      toMs = Math.max(toMs, sample.atMs)
    },
    storeSome: async () => (waiting < enough ? undefined : storeAll()),
    storeAll,
    done: () => ({ samples, stored, ...(samples === 0 ? { fromMs: undefined, toMs: undefined } : { fromMs, toMs }) }),
  }
}
