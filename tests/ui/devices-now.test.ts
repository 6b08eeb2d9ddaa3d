// Which accelerators a strip of cells shows, and that an old value is never shown as that of now.
import { describe, expect, it } from 'vitest'
import { devicesNow } from '../../renderer/console/devices-now.ts'
import type { WhyMissing } from '../../renderer/console/silence-text.ts'
import { valueOr } from '../../shared/domain/reading.ts'
import { factsWith, gibibyte, reportOf, sampleOf } from './gallery/scripted-facts.ts'

const report = reportOf({ vendor: 'ascend', product: '910B4', count: 2, memoryBytes: 32 * gibibyte })
const found = valueOr(report.devices, [])
const facts = factsWith([report])
const none = sampleOf([], 0)
const why: WhyMissing = (sample, vendor) => `${vendor} is silent in ${sample.sequence}`

describe('the accelerators of now', () => {
  it('are those of the newest sample', () => {
    const sample = sampleOf(found.slice(0, 1), 0)
    expect(devicesNow(sample, facts, why)).toEqual(sample.accelerators)
  })

  it('are as they were found until the first sample is there', () => {
    expect(devicesNow(undefined, facts, why)).toEqual(found)
    expect(devicesNow(undefined, undefined, why)).toEqual([])
  })

  it('are there without a value where the sample has none of them, with the reason', () => {
    const shown = devicesNow(none, facts, why)
    expect(shown.map(({ index }) => index)).toEqual([0, 1])
    for (const { utilizationPercent, memoryUsedBytes, memoryTotalBytes } of shown) {
      expect(utilizationPercent).toEqual({ state: 'unreadable', why: 'ascend is silent in 0' })
      expect(memoryUsedBytes.state).toBe('unreadable')
      expect(memoryTotalBytes.state).toBe('known')
    }
  })

  it('are none where none were found', () => {
    expect(devicesNow(sampleOf([], 0), factsWith([]), why)).toEqual([])
  })
})
