// What the monitor knows of a watched appliance: history first, then every sample; lost links; time that goes on.
import { beforeEach, describe, expect, it } from 'vitest'
import { hostLine } from '../../../../../renderer/features/observe/host-quantities.ts'
import { utilizationLine } from '../../../../../renderer/features/observe/lines.ts'
import { readingsOf } from '../../../../../renderer/features/observe/newest-value.ts'
import { createWatchStore, type WatchStore } from '../../../../../renderer/features/observe/watch-store.ts'
import type { Failure } from '../../../../../shared/domain/failure.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import type { AcceleratorSample, Sample } from '../../../../../shared/domain/sample.ts'

const cut: Failure = { kind: 'link-lost', host: 'a', port: 22, during: 'watching' }
const npu: AcceleratorSample = {
  vendor: 'ascend',
  kind: 'npu',
  index: 0,
  chip: 0,
  utilizationPercent: known(40),
  memoryUsedBytes: known(1),
  memoryTotalBytes: known(2),
  temperatureCelsius: absent,
  powerWatts: absent,
  health: known('ok'),
}

function sampleAt(second: number, accelerators: AcceleratorSample[] = [npu]): Sample {
  return {
    sequence: second,
    atMs: second * 1000,
    host: { cpuPercent: known(second), memoryUsedBytes: known(1), memoryTotalBytes: known(2) },
    silent: [],
    accelerators,
  }
}

describe('a watched appliance', () => {
  let nowMs: number
  let store: WatchStore
  /** A sample of this second arrives, an instant after it was taken. */
  const arrives = (second: number, accelerators?: AcceleratorSample[]) => {
    nowMs = second * 1000 + 40
    store.item({ link: 'up', sample: sampleAt(second, accelerators) })
  }
  const times = () => store.view(600_000).timesMs

  beforeEach(() => {
    nowMs = 100_000
    store = createWatchStore(() => nowMs)
  })

  it('puts the samples that arrive while the last minutes are asked for after them, each once', () => {
    store.opening()
    arrives(103)
    arrives(104)
    store.recalled([101, 102, 103].map((second) => sampleAt(second)))
    arrives(105)
    expect(times()).toEqual([101, 102, 103, 104, 105].map((second) => second * 1000))
  })

  it('fills a hole of this window from the console, which went on watching', () => {
    store.opening()
    store.recalled([sampleAt(100)])
    store.broken({ kind: 'console-lost' })
    expect(store.frame().lost?.failure).toEqual({ kind: 'console-lost' })
    store.opening()
    arrives(104)
    store.recalled([100, 101, 102, 103].map((second) => sampleAt(second)))
    expect(times()).toEqual([100, 101, 102, 103, 104].map((second) => second * 1000))
    expect(store.frame().lost).toBeUndefined()
  })

  it('marks the time without a link until samples come again, and says why', () => {
    arrives(100)
    store.item({ link: 'lost', sinceMs: 101_000, failure: cut })
    expect(store.frame().lost).toEqual({ sinceMs: 101_000, failure: cut })
    nowMs = 108_040
    store.tick()
    expect(store.view(60_000).bands).toEqual([{ fromMs: 101_000, toMs: 108_000 }])
    arrives(110)
    expect(store.frame().lost).toBeUndefined()
    expect(store.view(60_000).bands).toEqual([{ fromMs: 101_000, toMs: 110_000 }])
    expect(store.view(60_000).line(hostLine('cpu'))).toEqual([100, null, 110])
  })

  it('lets time go on by the clock of the console when no sample comes', () => {
    nowMs = 5_000_000
    store.item({ link: 'up', sample: sampleAt(100) })
    expect(store.frame().nowMs).toBe(100_000)
    nowMs += 7000
    store.tick()
    expect(store.frame().nowMs).toBe(107_000)
    expect(store.view(60_000)).toMatchObject({ fromMs: 47_000, toMs: 107_000 })
  })

  it('keeps what cannot be read a gap, never a zero', () => {
    arrives(100)
    arrives(101, [{ ...npu, utilizationPercent: unreadable('the tool hangs') }])
    arrives(102)
    expect(store.view(60_000).line(utilizationLine('ascend 0'))).toEqual([40, null, 40])
  })

  it('keeps the place of an accelerator that vanishes, and says why it has no values', () => {
    arrives(100, [{ ...npu, index: 1 }, npu])
    arrives(101, [npu])
    expect(store.frame().accelerators.map(({ index }) => index)).toEqual([0, 1])
    const { newest } = store.frame()
    const whyMissing = (sample: Sample, vendor: string) => `no ${vendor} in ${sample.sequence}`
    expect(newest && readingsOf(newest, { ...npu, index: 1 }, whyMissing).utilizationPercent).toEqual(
      unreadable('no ascend in 101'),
    )
  })

  it('tells its listeners at most once a second, however fast samples come', () => {
    let told = 0
    store.subscribe(() => {
      told += 1
    })
    for (let tick = 0; tick < 20; tick += 1) {
      nowMs = 200_000 + tick * 100
      store.item({ link: 'up', sample: { ...sampleAt(200), sequence: 200 + tick, atMs: nowMs } })
    }
    expect(told).toBe(3)
    expect(times()).toHaveLength(20)
  })
})
