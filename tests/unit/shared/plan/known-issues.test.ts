// Which known issues a plan tells: those that may show on this appliance, and those of which nobody knows.
import { describe, expect, it } from 'vitest'
import { type AppEntry, appEntry } from '../../../../shared/domain/entry/app-entry.ts'
import type { HardwareMatch } from '../../../../shared/domain/entry/hardware-match.ts'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { absent, known, unreadable } from '../../../../shared/domain/reading.ts'
import { concerns } from '../../../../shared/plan/known-issues.ts'
import { makePlan } from '../../../../shared/plan/make-plan.ts'
import { healthyFacts } from '../../../support/doctor-cases.ts'
import { bareFacts, planCase, tools, wardCatalog, wish } from '../../../support/plan-cases.ts'

const text = { en: 'It stalls.', 'zh-CN': '会停顿。' }
const issue = (match?: object) => ({ text, ...(match && { match: match as HardwareMatch }) })

describe('a known issue', () => {
  const base = healthyFacts('nvidia')
  const facts: Facts = {
    ...base,
    os: known({ id: 'ubuntu', versionId: '24.04', prettyName: 'Ubuntu 24.04' }),
    kernel: known('6.8.0-41-generic'),
    accelerators: base.accelerators.map((one) =>
      one.vendor === 'nvidia' ? { ...one, driverVersion: known('580.65.06') } : one,
    ),
  }
  const nvidia = (more: object = {}) => ({ accelerator: { vendor: 'nvidia', countAtLeast: 1, ...more } })
  const withNvidia = (change: object): Facts => ({
    ...facts,
    accelerators: facts.accelerators.map((one) => (one.vendor === 'nvidia' ? { ...one, ...change } : one)),
  })

  it.each<[string, object | undefined, Facts, boolean]>([
    ['without a match', undefined, facts, true],
    ['of this system', { systems: [{ id: 'ubuntu', versions: ['24.04'] }] }, facts, true],
    ['of another system', { systems: [{ id: 'openEuler' }] }, facts, false],
    ['of another system, where it is unknown', { systems: [{ id: 'openEuler' }] }, { ...facts, os: absent }, true],
    ['of an older kernel', { kernel: { below: '5' } }, facts, false],
    [
      'of an older kernel, where it is unreadable',
      { kernel: { below: '5' } },
      { ...facts, kernel: unreadable('x') },
      true,
    ],
    ['of these accelerators', nvidia(), facts, true],
    ['of other accelerators', { accelerator: { vendor: 'ascend', countAtLeast: 1 } }, facts, false],
    ['of an older driver', nvidia({ driver: { below: '570' } }), facts, false],
    ['of this driver', nvidia({ driver: { atLeast: '570' } }), facts, true],
    [
      'of an older driver, where it is unknown',
      nvidia({ driver: { below: '570' } }),
      withNvidia({ driverVersion: absent }),
      true,
    ],
    ['of accelerators that cannot be read', nvidia(), withNvidia({ devices: unreadable('hung') }), true],
    ['of several, one of which is another', { ...nvidia(), systems: [{ id: 'openEuler' }] }, facts, false],
    ['of more cards than there are', nvidia({ countAtLeast: 99 }), facts, false],
    ['of a part of facts', { systems: [{ id: 'openEuler' }] }, { ...facts, partial: { platform: 'darwin' } }, true],
  ])('%s', (_name, match, seen, tells) => {
    expect(concerns(issue(match), seen)).toBe(tells)
  })

  const planned = (seen: Facts) => {
    const { entries, artifacts } = wardCatalog()
    const workaround = { en: 'Wait.', 'zh-CN': '请等待。' }
    const issues = [{ ...issue(), workaround }, issue({ systems: [{ id: 'nowhere' }] })]
    const add = (one: AppEntry) =>
      appEntry.parse({ ...one, variants: one.variants.map((variant) => ({ ...variant, knownIssues: issues })) })
    const catalog = { artifacts, entries: entries.map((one) => (one.kind === 'app' ? add(one) : one)) }
    const made = makePlan(seen, catalog, wish, tools)
    if (!made.ok) throw new Error(JSON.stringify(made.failure))
    return made.value.issues
  }

  it('is told of what is installed or replaced, and of nothing that stays', () => {
    const workaround = { en: 'Wait.', 'zh-CN': '请等待。' }
    expect(planned(bareFacts())).toMatchObject([{ service: 'note-helper', entry: 'note-helper', text, workaround }])
    expect(planned(planCase('installed').facts)).toBeUndefined()
  })
})
