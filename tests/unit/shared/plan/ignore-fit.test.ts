// Who knows better installs a model although the sum of its memory says no: that refusal becomes a warning, no other does.
import { describe, expect, it } from 'vitest'
import { isSetUp, wishOf } from '../../../../shared/domain/plan.ts'
import { known } from '../../../../shared/domain/reading.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'

const all = ['ward-model', 'note-helper']

describe('ignoring the sum of memory', () => {
  it('is kept in the purpose, so that whoever plans again says it again', () => {
    const { facts, catalog } = planCase('no-room-at-all')
    const plan = planFor(facts, catalog, { ignoreFit: all })
    expect(plan.blockers).toEqual([])
    expect(isSetUp(plan) && wishOf(plan).ignoreFit).toEqual(all)
    expect(planFor(facts, catalog, wishOf(plan))).toEqual(plan)
    expect(plan.digest).not.toBe(planFor(facts, catalog).digest)
  })

  it.each(planCaseNames())('changes nothing of what else stands in the way: %s', (name) => {
    const { facts, catalog } = planCase(name)
    const before = planFor(facts, catalog)
    const plan = planFor(facts, catalog, { ignoreFit: all })
    expect(plan.blockers).toEqual(before.blockers)
    expect(before.blockers).not.toEqual([])
    expect([plan.ignoredFits, plan.mayIgnoreFit]).toEqual([undefined, undefined])
  })

  it('warns of nothing where there is memory enough', () => {
    const { facts, catalog } = planCase('bare-cpu-server')
    expect(planFor(facts, catalog, { ignoreFit: all }).ignoredFits).toBeUndefined()
    expect(planFor(facts, catalog).purpose).not.toHaveProperty('ignoreFit')
  })

  it('takes nothing that is refused for its driver', () => {
    const { facts, catalog } = planCase('h20-with-an-old-driver')
    const memory = known({ totalBytes: 4 * 1024 ** 3, availableBytes: 4_000_000_000, swapTotalBytes: 0 })
    const { choices, ignoredFits } = planFor({ ...facts, memory }, catalog, { ignoreFit: all })
    expect(choices.map(({ variant }) => variant)).toEqual(['cpu-amd64', 'amd64'])
    expect(ignoredFits?.map(({ service }) => service)).toEqual(all)
  })

  it('of another service is of no use to this one', () => {
    const { facts, catalog } = planCase('no-room-at-all')
    const plan = planFor(facts, catalog, { ignoreFit: ['note-helper', 'constructor'] })
    expect(plan.blockers).toMatchObject([{ kind: 'no-variant-fits' }])
    expect(plan.mayIgnoreFit).toEqual(['ward-model'])
  })
})

/** An architecture, bytes, an engine, a port, a disk, rights. */
function planCaseNames(): string[] {
  return [
    ...['riscv64', 'weights-not-in-the-bundle', 'docker-dead', 'port-held-by-nginx'],
    ...['full-disk', 'sudo-refused', 'architecture-unreadable', 'app-not-in-the-catalog', 'memory-unreadable'],
  ]
}
