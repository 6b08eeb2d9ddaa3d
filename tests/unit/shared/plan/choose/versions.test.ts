// Versions as vendors write them, and the ranges of entries.
import { describe, expect, it } from 'vitest'
import { compareVersions, isInRange } from '../../../../../shared/plan/choose/versions.ts'

describe('versions in order', () => {
  it.each([
    ['25.2.0', '25.5.1'],
    ['25.5.1', '26.0.RC1'],
    ['26.0.RC1', '26.0.RC2'],
    ['26.0.RC2', '26.0'],
    ['24.1.rc2', '24.1.0'],
    ['8.2.RC1.alpha002', '8.2.RC1'],
    ['2.10.0', '2.10.0.post4'],
    ['3.0.0b2', '3.0.0'],
    ['5.10.0-136.12.0.86.oe2203sp1.aarch64', '5.10.0-216.0.0.115.oe2203sp4.aarch64'],
    ['12.8', '13.0'],
    ['unknown', '0.1'],
    ['', '0'],
  ])('%s comes before %s', (earlier, later) => {
    expect(compareVersions(earlier, later)).toBeLessThan(0)
    expect(compareVersions(later, earlier)).toBeGreaterThan(0)
  })
})

describe('a range of versions', () => {
  it.each([
    ['580.65.06', { atLeast: '580' }, true],
    ['579.99', { atLeast: '580' }, false],
    ['25.5.1', { atLeast: '25.5', below: '26' }, true],
    ['26.0.RC1', { atLeast: '25.5', below: '26.0' }, true],
    ['26.0.0', { atLeast: '25.5', below: '26.0' }, false],
    ['7.0.0', { below: '7.9.9' }, true],
    // What cannot be read is in no range.
    ['', { below: '99' }, false],
    ['unknown', { atLeast: '0' }, false],
  ])('holds %s in %o: %s', (version, range, inside) => {
    expect(isInRange(version, range)).toBe(inside)
  })
})
