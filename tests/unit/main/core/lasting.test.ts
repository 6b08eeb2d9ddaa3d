// Since when a verdict is so: as long as it was seen so without a gap, and never across what nobody saw.
import { describe, expect, it } from 'vitest'
import { lastingVerdicts } from '../../../../main/core/lasting.ts'
import type { ApplianceVerdict, VerdictState } from '../../../../shared/domain/verdict.ts'

const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const verdictOf = (state: VerdictState): ApplianceVerdict => ({ state, reason: 'answers', deployments: [] })

function looks() {
  const lasting = lastingVerdicts()
  const look = (minute: number, state: VerdictState, at = address) => {
    const now = new Date(Date.UTC(2026, 10, 22, 9, minute)).toISOString()
    return lasting.seen(at, verdictOf(state), { now, clockMs: minute * 60_000 }).since?.slice(11, 16)
  }
  return { lasting, look }
}

describe('since when a verdict is so', () => {
  it('is the first look of an unbroken line with the same state', () => {
    const { look } = looks()
    expect([look(0, 'healthy'), look(1, 'healthy'), look(4, 'healthy')]).toEqual(['09:00', '09:00', '09:00'])
    expect([look(5, 'down'), look(6, 'down'), look(7, 'healthy')]).toEqual(['09:05', '09:05', '09:07'])
  })

  it('begins anew after a failed look, and after a time when nobody looked', () => {
    const { look, lasting } = looks()
    look(0, 'healthy')
    lasting.lost(address)
    expect(look(1, 'healthy')).toBe('09:01')
    expect(look(30, 'healthy')).toBe('09:30')
  })

  it('is kept for each appliance by its address, whoever logs in', () => {
    const { look } = looks()
    look(0, 'healthy')
    expect(look(1, 'healthy', { ...address, host: '10.78.0.12' })).toBe('09:01')
    expect(look(2, 'healthy', { ...address, user: 'li' })).toBe('09:00')
  })
})
