// Recorded traces of one value, and what an alert made of them: when it fired and when it was over.
import { describe, expect, it } from 'vitest'
import { rulesWith, usualRules } from '../../../../../shared/observe/alerts/rules.ts'
import { afterObservation, newWatch } from '../../../../../shared/observe/alerts/watch-appliance.ts'
import { alertTraces } from '../../../../support/alert-traces.ts'

describe('a trace', () => {
  it.each(alertTraces())('$file: $about', ({ rule, series, everySeconds, values, says }) => {
    let watch = newWatch
    const said: [number, string][] = []
    for (const [at, value] of values.entries()) {
      if (value === null) continue
      const everyMs = everySeconds * 1000
      const seen = { appliance: 'a', atMs: (at + 1) * everyMs, everyMs, values: [{ name: series, value }] }
      const outcome = afterObservation(watch, seen, usualRules)
      watch = outcome.watch
      for (const change of outcome.changes) {
        if (change.is !== 'still' && change.rule.id === rule) said.push([at, change.is])
      }
    }
    expect(said).toEqual(says)
  })

  it('that comes late or twice changes nothing', () => {
    const at = (atMs: number, value: number) => ({
      ...{ appliance: 'a', atMs, everyMs: 10_000 },
      values: [{ name: 'accelerator/nvidia 3/temperature', value }],
    })
    const { watch } = afterObservation(newWatch, at(100_000, 90), usualRules)
    expect(afterObservation(watch, at(100_000, 70), usualRules).watch).toBe(watch)
    expect(afterObservation(watch, at(90_000, 70), usualRules).watch).toBe(watch)
  })

  it('goes on after the clock was set back by hours', () => {
    let watch = newWatch
    const changes: string[] = []
    for (const atMs of [1e9, 1e9 + 10_000, ...Array.from({ length: 10 }, (_, at) => 1e8 + at * 10_000)]) {
      const values = [
        { name: 'host/memory-used', value: 99 },
        { name: 'host/memory-total', value: 100 },
      ]
      const outcome = afterObservation(watch, { appliance: 'a', atMs, everyMs: 10_000, values }, usualRules)
      watch = outcome.watch
      changes.push(...outcome.changes.map(({ is }) => is))
    }
    expect(changes.filter((is) => is !== 'still')).toEqual(['firing'])
  })
})

describe('the rules', () => {
  it('have an all-clear that is no fault, whatever a site sets', () => {
    for (const rule of [...usualRules, ...rulesWith(usualRules.map(({ id }) => ({ rule: id, limit: 0.5 })))]) {
      const isApart = rule.side === 'above' ? rule.clears <= rule.fires : rule.clears >= rule.fires
      expect([rule.id, isApart]).toEqual([rule.id, true])
    }
  })

  it('are what a site makes of them', () => {
    const [, ...others] = rulesWith([
      { rule: 'device-lost', on: false },
      { rule: 'temperature', limit: 95, severity: 'critical', forSeconds: 120 },
    ])
    expect(others.some(({ id }) => id === 'device-lost')).toBe(false)
    const temperature = others.find(({ id }) => id === 'temperature')
    expect(temperature).toMatchObject({ fires: 95, clears: 90, severity: 'critical', forMs: 120_000 })
  })
})
