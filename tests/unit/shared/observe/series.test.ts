// What is measured, as named numbers: the same order for names and values, gaps for what nobody knows, and histograms
// whose buckets add up.
import { describe, expect, it } from 'vitest'
import { seriesName } from '../../../../shared/domain/history.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import type { AcceleratorSample, Sample } from '../../../../shared/domain/sample.ts'
import { meaningOf } from '../../../../shared/domain/series-meaning.ts'
import { metricsSeries } from '../../../../shared/observe/metrics-series.ts'
import { readRuntimeMetrics } from '../../../../shared/observe/runtimes/all.ts'
import { devicesIn, fillSampleValues, sampleNames } from '../../../../shared/observe/sample-series.ts'

const device = (index: number, chip = 0): AcceleratorSample => ({
  ...{
    vendor: 'ascend',
    kind: 'npu',
    index,
    chip,
    utilizationPercent: known(41.23456),
    memoryUsedBytes: known(64e9 + 4096),
  },
  ...{
    memoryTotalBytes: known(64e9),
    temperatureCelsius: unreadable('hung'),
    powerWatts: absent,
    health: known('warning'),
  },
})
const sample = (accelerators: AcceleratorSample[]): Sample => ({
  ...{ sequence: 1, atMs: 1, silent: [], accelerators },
  host: {
    ...{ cpuPercent: absent, memoryUsedBytes: known(7), memoryTotalBytes: known(8), loadAverage: known(1.25) },
    ...{
      swapUsedBytes: known(1),
      swapTotalBytes: known(2),
      diskBusyPercent: known(33.3),
      diskReadBytesPerSecond: known(5),
    },
    ...{ networkReceivedBytesPerSecond: known(3), networkSentBytesPerSecond: unreadable('begun anew') },
    temperatureCelsius: absent,
  },
})

describe('a sample', () => {
  it('is a number for each of its names, and none where nobody knows', () => {
    const one = sample([device(3, 1)])
    const names = sampleNames(one)
    const values = new Float64Array(names.length)
    fillSampleValues(one, values)
    expect(Object.fromEntries(names.map((name, at) => [name, values[at]]))).toEqual({
      ...{ 'host/cpu': Number.NaN, 'host/memory-used': 7, 'host/memory-total': 8, 'host/load': 1.25 },
      ...{ 'host/swap-used': 1, 'host/swap-total': 2, 'host/network-received': 3, 'host/network-sent': Number.NaN },
      // What an older recorder did not measure has no number either.
      ...{
        'host/disk-read': 5,
        'host/disk-written': Number.NaN,
        'host/disk-busy': 33.3,
        'host/temperature': Number.NaN,
      },
      'accelerator/ascend 3.1/utilization': 41.235,
      'accelerator/ascend 3.1/memory-used': 64e9 + 4096,
      'accelerator/ascend 3.1/memory-total': 64e9,
      'accelerator/ascend 3.1/temperature': Number.NaN,
      'accelerator/ascend 3.1/power': Number.NaN,
      'accelerator/ascend 3.1/health': 1,
    })
    expect(names.every((name) => seriesName.safeParse(name).success)).toBe(true)
    expect(meaningOf('accelerator/ascend 3.1/health')).toEqual({ kind: 'state', unit: 'health' })
    const units = names.filter((name) => name.startsWith('host/')).map((name) => meaningOf(name).unit)
    expect(units).toEqual([
      ...['percent', 'bytes', 'bytes', 'count', 'bytes', 'bytes', 'bytes-per-second', 'bytes-per-second'],
      ...['bytes-per-second', 'bytes-per-second', 'percent', 'celsius'],
    ])
  })

  it('of other devices has other names', () => {
    const texts = [[], [device(0)], [device(1)], [device(0, 1)], [device(0), device(1)]].map((all) =>
      devicesIn(sample(all)),
    )
    expect(new Set(texts).size).toBe(5)
  })
})

describe('two scrapes', () => {
  const page = (running: number, tokens: number, buckets: [number, number, number]) =>
    readRuntimeMetrics(
      'vllm',
      [
        `vllm:num_requests_running ${running}`,
        `vllm:generation_tokens_total ${tokens}`,
        `vllm:time_to_first_token_seconds_bucket{le="0.5"} ${buckets[0]}`,
        `vllm:time_to_first_token_seconds_bucket{le="1"} ${buckets[1]}`,
        `vllm:time_to_first_token_seconds_bucket{le="+Inf"} ${buckets[2]}`,
        `vllm:time_to_first_token_seconds_count ${buckets[2]}`,
        `vllm:time_to_first_token_seconds_sum ${buckets[2] / 2}`,
      ].join('\n'),
    )
  const named = (...all: Parameters<typeof metricsSeries>) =>
    Object.fromEntries(metricsSeries(...all).map(({ name, value }) => [name.replace('inference/ward/', ''), value]))

  it('say what was added in between; one says only what is now', () => {
    const [first, second] = [page(1, 100, [1, 2, 3]), page(4, 150, [1, 5, 9])]
    expect(named('ward', undefined, first)).toEqual({ running: 1 })
    expect(named('ward', first, second)).toEqual({
      ...{ running: 4, 'generated-tokens': 50, 'time-to-first-token/count': 6, 'time-to-first-token/sum': 3 },
      ...{ 'time-to-first-token/le=1': 3, 'time-to-first-token/le=inf': 3 },
    })
  })

  it('of which the second is of a process that began anew: all that it counted was added', () => {
    expect(named('ward', page(1, 100, [4, 4, 4]), page(0, 7, [2, 2, 2]))).toMatchObject({
      ...{ 'generated-tokens': 7, 'time-to-first-token/count': 2, 'time-to-first-token/le=0.5': 2 },
    })
  })

  it('have names that the history takes, with what they mean', () => {
    const all = metricsSeries('ward', page(1, 1, [0, 0, 0]), page(1, 1, [1, 2, 3]))
    expect(all.filter(({ name }) => !seriesName.safeParse(name).success)).toEqual([])
    expect(meaningOf('inference/ward/time-to-first-token/le=0.5')).toEqual({ kind: 'increase', unit: 'count' })
    expect(meaningOf('inference/ward/time-to-first-token/sum')).toEqual({ kind: 'increase', unit: 'seconds' })
    expect(meaningOf('inference/ward/kv-use')).toEqual({ kind: 'gauge', unit: 'ratio' })
  })
})
