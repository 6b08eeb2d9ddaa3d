// Licence terms of what a plan installs or replaces: told with the plan, part of what is approved, and of nothing else.
import { describe, expect, it } from 'vitest'
import type { Entry } from '../../../../shared/domain/entry.ts'
import { isAsMade } from '../../../../shared/plan/assemble-plan.ts'
import { bareFacts, planCase, planFor, tools, wardCatalog } from '../../../support/plan-cases.ts'

const terms = { en: 'No clinical use.', 'zh-CN': '不得用于临床。' }
const withTerms = (id: string) => {
  const { entries, artifacts } = wardCatalog()
  const licensed = (one: Entry): Entry => (one.id === id ? { ...one, licence: { spdx: 'LicenseRef-X', terms } } : one)
  return { entries: entries.map(licensed), artifacts }
}

describe('the licence terms of a plan', () => {
  it.each([
    ['qwen3-8b', '1'],
    ['llama-cpp', '7'],
    ['note-helper', '3'],
    ['ward', '2'],
  ])('are those of %s, by its version', (entry, version) => {
    expect(planFor(bareFacts(), withTerms(entry)).licences).toEqual([{ entry, version, spdx: 'LicenseRef-X', terms }])
  })

  it('are missing where nothing asks more than a common licence', () => {
    expect(planFor(bareFacts())).not.toHaveProperty('licences')
  })

  it('were accepted before where the service runs as it should', () => {
    expect(planFor(planCase('installed').facts, withTerms('qwen3-8b')).licences).toBeUndefined()
  })

  it('cannot be taken out of a plan that is kept', () => {
    const plan = planFor(bareFacts(), withTerms('qwen3-8b'))
    const { licences: _, ...without } = plan
    expect([isAsMade(plan, tools.sha256), isAsMade(without, tools.sha256)]).toEqual([true, false])
  })
})
