// What is equal is held once, and nothing else changes.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareWith } from '../../../../main/observe/share-with.ts'

describe('data that is much like the data before', () => {
  it('takes its equal parts from there, and is that itself where all of it is equal', () => {
    const before = { host: { cpu: 3 }, cards: [{ busy: 1, health: { state: 'known', value: 'ok' } }] }
    expect(shareWith(structuredClone(before), before)).toBe(before)
    const next = shareWith({ host: { cpu: 4 }, cards: [{ busy: 2, health: { state: 'known', value: 'ok' } }] }, before)
    expect(next).toEqual({ host: { cpu: 4 }, cards: [{ busy: 2, health: { state: 'known', value: 'ok' } }] })
    expect(next.cards[0]?.health).toBe(before.cards[0]?.health)
  })

  it('is never other data', () => {
    const data = fc.jsonValue({ maxDepth: 4 })
    fc.assert(
      fc.property(data, data, (next, before) => {
        const expected = structuredClone(next)
        const kept = structuredClone(before)
        expect(shareWith(next, before)).toEqual(expected)
        expect(before).toEqual(kept)
      }),
    )
  })
})
