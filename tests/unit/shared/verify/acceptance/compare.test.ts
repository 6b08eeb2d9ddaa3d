// Two acceptances beside each other, and the figures of a soak that they compare.
import { describe, expect, it } from 'vitest'
import type { Acceptance, KeptAcceptance } from '../../../../../shared/domain/acceptance.ts'
import { absent, known, unreadable } from '../../../../../shared/domain/reading.ts'
import type { Sample } from '../../../../../shared/domain/sample.ts'
import { compareAcceptances } from '../../../../../shared/verify/acceptance/compare.ts'
import { soakFigures } from '../../../../../shared/verify/acceptance/soak-figures.ts'
import { acceptanceOf, soundLoad, soundParts, soundSoak } from '../../../../support/acceptance-cases.ts'

const kept = (parts: Partial<Acceptance> = {}): KeptAcceptance => ({ document: acceptanceOf(parts) })

describe('two acceptances', () => {
  it('that are the same differ in nothing', () => {
    const { rows, changes, points, otherMachine, otherSettings } = compareAcceptances(kept(), kept())
    expect(rows.map(({ change }) => change)).toEqual(rows.map(() => 'same'))
    expect(rows.length).toBeGreaterThan(5)
    expect({ changes, points, otherMachine, otherSettings }).toEqual({
      ...{ changes: [], points: { gone: [], came: [] }, otherMachine: false, otherSettings: [] },
    })
  })

  it('say after a patch what became slower, what was exchanged, and what came of it', () => {
    const [level] = soundLoad.levels
    const ttftMs = level?.ttftMs
    if (level === undefined || ttftMs === undefined) throw new Error('no level')
    const slower = { ...level, ttftMs: { ...ttftMs, p50: 280 }, outputTokensPerSecond: 300 }
    const [driver] = soundParts.inventory.drivers
    const after = kept({
      loads: [{ ...soundLoad, levels: [slower] }],
      soak: { ...soundSoak, seconds: 60 },
      inventory: {
        ...soundParts.inventory,
        drivers: driver === undefined ? [] : [{ ...driver, driver: known('25.3.0') }],
      },
    })
    const { rows, changes, points } = compareAcceptances(kept(), after)
    expect(rows).toContainEqual({
      ...{ figure: 'ttft-p50', about: 'ward-model', before: 200, after: 280, percent: 40, change: 'worse' },
    })
    expect(rows).toContainEqual(expect.objectContaining({ figure: 'output-rate', percent: 25, change: 'better' }))
    expect(changes).toEqual([{ what: 'ascend driver', before: '25.2.0', after: '25.3.0' }])
    expect(points.came.map(({ point }) => point)).toEqual(['short-soak'])
  })

  it('of two machines, or measured in another way, say so', () => {
    const settings = { ...soundParts.settings, users: 16 }
    const inventory = { ...soundParts.inventory, machineId: known('other') }
    const compared = compareAcceptances(kept(), kept({ settings, inventory }))
    expect([compared.otherMachine, compared.otherSettings]).toEqual([true, ['users']])
  })
})

describe('the figures of a soak', () => {
  const sampleAt = (atMs: number, celsius: Sample['accelerators'][number]['temperatureCelsius']): Sample => ({
    ...{ sequence: atMs, atMs, silent: [] },
    host: { cpuPercent: known(1), memoryUsedBytes: known(1), memoryTotalBytes: known(2) },
    accelerators: [
      {
        ...{ vendor: 'nvidia', kind: 'gpu', index: 0, chip: 0, memoryUsedBytes: known(1), memoryTotalBytes: known(2) },
        ...{ utilizationPercent: known(50), temperatureCelsius: celsius, powerWatts: absent, health: known('ok') },
      },
    ],
  })
  const load = {
    seconds: 10,
    requests: 5,
    failed: 0,
    outputTokensPerSecond: 20,
    services: [],
    rates: [40, 20, 20, 10].flatMap((rate) => Array.from({ length: 10 }, () => rate)),
  }

  it('are the highest of all samples, and the first and last quarter of the speed', () => {
    const samples = [sampleAt(1000, known(60)), sampleAt(2000, known(71)), sampleAt(3000, unreadable('N/A'))]
    const figures = soakFigures(load, { samples, fromMs: 0, untilMs: 4000 })
    expect(figures).toMatchObject({ firstTokensPerSecond: 40, lastTokensPerSecond: 10, unseenSeconds: 0, samples: 3 })
    expect(figures.devices).toEqual([
      {
        ...{ vendor: 'nvidia', index: 0, chip: 0, samples: 3, highestCelsius: known(71) },
        ...{ highestWatts: absent, meanUtilization: known(50) },
      },
    ])
    expect(figures.processorCelsius).toEqual(absent)
  })

  it('say what was not seen, and never that it was cool', () => {
    const figures = soakFigures(load, { samples: [sampleAt(1000, unreadable('N/A'))], fromMs: 0, untilMs: 60_000 })
    expect(figures.unseenSeconds).toBe(59)
    expect(figures.devices[0]?.highestCelsius).toEqual(unreadable('N/A'))
    const none = soakFigures(load, { samples: [], fromMs: 0, untilMs: 10_000 })
    expect([none.devices, none.unseenSeconds, none.processorCelsius]).toEqual([[], 10, unreadable('no sample')])
  })
})
