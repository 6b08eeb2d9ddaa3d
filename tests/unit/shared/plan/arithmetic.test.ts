// Figures that can be checked by hand: cache per token, driver versions, disk and memory that add up.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { known } from '../../../../shared/domain/reading.ts'
import { compareVersions } from '../../../../shared/plan/choose/versions.ts'
import { knownValue } from '../../../support/known-value.ts'
import { bareFacts, planFor } from '../../../support/plan-cases.ts'

const KiB = 1024

describe('the cache of a model service', () => {
  it('is multiplied by the context and the requests that the entry asks for, not by what the model could', () => {
    const fit = planFor(bareFacts()).fits.find((one) => one.service === 'ward-model')
    expect(fit).toMatchObject({
      weightsBytes: 5_027_783_488,
      kvCacheBytes: 2 * 8192 * 144 * KiB,
      overheadBytes: 268_435_456,
    })
    expect(fit?.needBytes).toBe(5_027_783_488 + 2 * 1_207_959_552 + 268_435_456)
  })
})

describe('files on a disk', () => {
  const blockersWith = (freeInodes: number | undefined) => {
    const facts = bareFacts()
    const spaces = Object.entries(knownValue(facts.spaces)).map(([purpose, one]) => [
      purpose,
      { ...one, ...(freeInodes !== undefined && { freeInodes }) },
    ])
    return planFor({ ...facts, spaces: known(Object.fromEntries(spaces)) }).blockers
  }

  it('stand in the way where there is room for bytes, and not for so many of them', () => {
    const [blocker] = blockersWith(2000)
    expect(blocker).toMatchObject({ kind: 'too-few-inodes', freeFiles: 2000 })
    const needed = blocker?.kind === 'too-few-inodes' ? blocker.neededFiles : 0
    // An image of a few hundred MB among the steps.
    expect(needed).toBeGreaterThan(2000)
    expect(blockersWith(needed - 1)).toHaveLength(1)
    expect(blockersWith(needed)).toEqual([])
  })

  it('are one for an artifact, however large it is', () => {
    const [blocker] = blockersWith(1)
    const files = planFor(bareFacts()).steps.map(({ spec, diskBytes }) =>
      spec.kind === 'artifact' ? 1 : Math.ceil(diskBytes / 200_000),
    )
    expect(blocker).toMatchObject({ neededFiles: files.reduce((sum, one) => sum + one, 1000) })
  })

  it('do not where nobody counts them', () => {
    expect(blockersWith(undefined)).toEqual([])
  })
})

describe('versions', () => {
  it.each([
    ['525.60.13', '525.60.13', 0],
    ['525.60.13', '525.60', 1],
    ['525.60', '525.60.0', 0],
    ['525.105.17', '525.60.13', 1],
    ['470.256.02', '525.60.13', -1],
    ['525.060.13', '525.60.13', 0],
    ['24.1.rc3', '24.1', -1],
    ['25.2.0', '24.1', 1],
    ['9.0', '10.0', -1],
    ['', '1', -1],
    ['', '', 0],
    ['unknown', '0', -1],
    ['N/A', '525', -1],
  ])('%j against %j', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign)
    expect(Math.sign(compareVersions(b, a))).toBe(sign === 0 ? 0 : -sign)
  })

  it('compare as numbers compare, part by part', () => {
    const version = fc.array(fc.nat(999), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(version, version, (a, b) => {
        const width = Math.max(a.length, b.length)
        const first = Array.from({ length: width }, (_, i) => (a[i] ?? 0) - (b[i] ?? 0)).find((d) => d !== 0) ?? 0
        expect(Math.sign(compareVersions(a.join('.'), b.join('.')))).toBe(Math.sign(first))
      }),
    )
  })

  it('never throw, whatever a tool printed', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(compareVersions(a, b)).not.toBeNaN()
        expect(compareVersions(a, a)).toBe(0)
      }),
    )
  })
})
