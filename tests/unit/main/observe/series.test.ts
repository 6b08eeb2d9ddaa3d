// The samples of the last minutes come back as they were, and no more of them than that.
import { describe, expect, it } from 'vitest'
import { emptySeries } from '../../../../main/observe/series.ts'
import { absent, known } from '../../../../shared/domain/reading.ts'
import type { Sample } from '../../../../shared/domain/sample.ts'

const begin = Date.parse('2026-11-28T03:00:00Z')
const sampleAt = (sequence: number, atMs = begin + sequence * 1000): Sample => ({
  ...{ sequence, atMs, silent: [], accelerators: [] },
  host: { cpuPercent: known(sequence % 100), memoryUsedBytes: absent, memoryTotalBytes: known(1024) },
})

describe('the samples of the last minutes', () => {
  it('come back in order, the packed ones and the newest', () => {
    const series = emptySeries()
    const all = Array.from({ length: 100 }, (_, at) => sampleAt(at))
    for (const one of all) series.add(structuredClone(one))
    expect(series.recent(begin + 100_000)).toEqual(all)
  })

  it('are those of ten minutes, however long it was watched', () => {
    const series = emptySeries()
    for (let at = 0; at < 2000; at += 1) series.add(sampleAt(at))
    const nowMs = begin + 2_000_000
    const recent = series.recent(nowMs)
    expect([recent[0]?.sequence, recent.at(-1)?.sequence]).toEqual([1401, 1999])
    expect([series.isRecent(nowMs), series.isRecent(nowMs + 600_000)]).toEqual([true, false])
    expect(series.recent(nowMs + 600_000)).toEqual([])
  })

  it('are six hundred where a clock stands still', () => {
    const series = emptySeries()
    for (let at = 0; at < 2000; at += 1) series.add(sampleAt(at, begin))
    expect(series.recent(begin)).toHaveLength(600)
    expect(series.recent(begin).at(-1)?.sequence).toBe(1999)
  })
})
