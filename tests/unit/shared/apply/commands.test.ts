// What a run would tell the engine, word for word, for the plan cases that ask for it.
import { describe, expect, it } from 'vitest'
import { expectGolden } from '../../../support/golden.ts'
import { planCases, planFor } from '../../../support/plan-cases.ts'
import { commandsText } from '../../../support/plan-text.ts'

const cases = planCases().filter((one) => one.commands)

describe('the commands of a plan', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', (_name, { facts, catalog, folder }) => {
    expectGolden(`${folder}/commands.txt`, commandsText(planFor(facts, catalog), facts))
  })

  it('are none where nothing is to change', () => {
    const installed = cases.find((one) => one.name === 'installed')
    expect(installed && commandsText(planFor(installed.facts), installed.facts)).toBe('\n')
  })
})
