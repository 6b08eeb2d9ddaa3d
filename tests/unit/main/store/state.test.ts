// The documents of a console: saved plans are found again, old ones are let go, what is damaged is not
// thrown away.
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openState } from '../../../../main/store/state.ts'
import { bareFacts, planCases, planFor } from '../../../support/plan-cases.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const plan = planFor(bareFacts())
const numbered = (at: number) => ({ ...plan, id: `plan-${at.toString(16).padStart(16, '0')}` })

describe('a saved plan', () => {
  it('comes back as it was, whatever is in it', () => {
    const state = openState(temporaryFolder())
    for (const { facts, catalog } of planCases().filter((_, at) => at % 6 === 0)) {
      const made = planFor(facts, catalog)
      expect(state.savePlan(made)).toMatchObject({ ok: true })
      expect(state.readPlan(made.id)).toEqual({ ok: true, value: made })
    }
  })

  it('that nobody saved is unknown', () => {
    const state = openState(temporaryFolder())
    expect(state.readPlan(plan.id)).toEqual({ ok: false, failure: { kind: 'plan-unknown', planId: plan.id } })
  })

  it('that is damaged is a failure and stays', () => {
    const folder = temporaryFolder()
    const state = openState(folder)
    state.savePlan(plan)
    const file = join(folder, 'plans', `${plan.id}.json`)
    writeFileSync(file, '{"format":1')
    expect(state.readPlan(plan.id)).toMatchObject({ ok: false, failure: { kind: 'state-unwritable' } })
    expect(readFileSync(file, 'utf8')).toBe('{"format":1')
  })

  it('is let go when a hundred and fifty newer ones are there, the oldest first', () => {
    const folder = temporaryFolder()
    const state = openState(folder)
    state.savePlan(numbered(0))
    const fileOf = (at: number) => join(folder, 'plans', `${numbered(at).id}.json`)
    for (let at = 0; at < 150; at++) {
      if (at > 0) writeFileSync(fileOf(at), JSON.stringify(numbered(at)))
      utimesSync(fileOf(at), at + 1, at + 1)
    }
    state.savePlan(numbered(150))
    expect(readdirSync(join(folder, 'plans'))).toHaveLength(150)
    expect(state.readPlan(numbered(0).id)).toMatchObject({ ok: false })
    expect(state.readPlan(numbered(1).id)).toMatchObject({ ok: true })
    expect(state.readPlan(numbered(150).id)).toMatchObject({ ok: true })
  })
})

describe('the state', () => {
  it('begins empty and has no field for a secret', () => {
    const state = openState(temporaryFolder())
    for (const document of [state.appliances, state.pins, state.knownHosts, state.keyFiles, state.bundles]) {
      expect(document.read()).toEqual({ ok: true, value: [] })
    }
    const key = { credentialId: 'key-1', file: '/k', privateKey: 'x' }
    expect(state.keyFiles.write([key])).toMatchObject({ ok: false })
  })
})
