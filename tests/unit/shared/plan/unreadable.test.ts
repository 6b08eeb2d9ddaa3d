// What could not be read is never planned as if it were absent: "do not know" stands in the way, with the
// reason why it could not be read.
import { describe, expect, it } from 'vitest'
import type { Facts } from '../../../../shared/domain/facts.ts'
import { unreadable } from '../../../../shared/domain/reading.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'

const why = 'the tool hung since 07:58'
const needed: [name: keyof Facts, where: string][] = [
  ['architecture', 'installed-with-another-spec'],
  ['spaces', 'bare-cpu-server'],
  ['engine', 'installed-with-another-spec'],
  ['containers', 'installed-with-another-spec'],
  ['images', 'installed-with-another-spec'],
  ['networks', 'installed-with-another-spec'],
  ['listeningPorts', 'bare-cpu-server'],
]

describe('where one thing cannot be read', () => {
  it.each(needed)('%s: nothing is planned on a guess', (name, where) => {
    const plan = planFor({ ...planCase(where).facts, [name]: unreadable(why) })
    const reasons = plan.blockers.filter((b) => ['fact-missing', 'engine-unreadable'].includes(b.kind))
    expect(JSON.stringify(reasons)).toContain(why)
    if (name === 'listeningPorts') expect(plan.blockers.map((b) => b.kind)).not.toContain('port-taken')
  })

  it('ports that are ours anyway need no look', () => {
    const { facts } = planCase('installed')
    expect(planFor({ ...facts, listeningPorts: unreadable(why) }).blockers).toEqual([])
  })
})
