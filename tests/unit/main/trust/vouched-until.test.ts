// Until when a publisher vouches for what this console has of it, before somebody stands there with an expired bundle.
import { beforeEach, describe, expect, it } from 'vitest'
import { vouchedUntil } from '../../../../main/trust/vouched-until.ts'
import type { PinnedPublisher, TrustState } from '../../../../shared/domain/publisher.ts'
import { knownAfter, pinnedBy } from '../../../support/bundle-attacks.ts'
import { newPublisher, signedBundle } from '../../../support/signed-bundle.ts'

const until = ({ publishers: [publisher] }: TrustState) => {
  if (publisher === undefined) throw new Error('nobody is pinned')
  return vouchedUntil(publisher)
}

describe('a publisher vouches', () => {
  const by = newPublisher()
  let state: TrustState
  beforeEach(() => {
    const soon = signedBundle(by, { version: 1, expires: '2026-12-01T00:00:00Z' })
    state = knownAfter(pinnedBy(soon), soon)
  })

  it('until its bundle ends', () => {
    expect(until(state)).toBe('2026-12-01T00:00:00Z')
  })

  it('until the one of its bundles that lasts longest ends', () => {
    const other = signedBundle(by, { name: 'clinic', version: 1, expires: '2027-02-01T00:00:00Z' })
    expect(until(knownAfter(state, other))).toBe('2027-02-01T00:00:00Z')
  })

  it('for nothing any more once its keys end, however long its bundles say', () => {
    const brief = newPublisher({ expires: '2026-12-24T00:00:00Z' })
    const long = signedBundle(brief, { version: 1, expires: '2027-02-01T00:00:00Z' })
    expect(until(knownAfter(pinnedBy(long), long))).toBe('2026-12-24T00:00:00Z')
  })

  it.each<[string, Partial<PinnedPublisher>]>([
    ['no bundle was opened yet', { lines: [] }],
    ['its keys are unreadable', { root: '{' }],
    ['what it signed is unreadable', { lines: [{ name: 'ward', timestamp: '{}', snapshot: 'null' }] }],
  ])('until nobody knows when, where %s', (_where, change) => {
    expect(until({ ...state, publishers: state.publishers.map((one) => ({ ...one, ...change })) })).toBeUndefined()
  })
})
