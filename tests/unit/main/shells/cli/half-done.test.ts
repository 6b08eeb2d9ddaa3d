// What a stopped run leaves: how much is done, what comes next, and a command that can be copied as it stands.
import { describe, expect, it } from 'vitest'
import { halfDoneLines } from '../../../../../main/shells/cli/half-done.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { planCase, planFor } from '../../../../support/plan-cases.ts'

describe('a run that was stopped', () => {
  const { facts, catalog } = planCase('bare-cpu-server')
  const plan = planFor(facts, catalog)
  const changes = plan.steps.filter(({ change }) => change).map(({ id }) => id)
  const typed = ['setup', 'ssh://ops@h', '--from', "/my bundles/it's"]
  const linesAfter = (done: number) =>
    halfDoneLines(plan, { ended: new Set(changes.slice(0, done)), typed }, wordsOf('en'))

  it('names three of the changes that are left, counts the others, and quotes what was typed', () => {
    const [half, goOn] = linesAfter(2)
    const rest = changes.length - 2 - 3
    expect(half).toMatch(
      new RegExp(`^Half done: 2 of ${changes.length} changes\\. Not yet: .*, and ${rest} more\\. What`),
    )
    expect(goOn).toBe(`Go on with: rackside setup ssh://ops@h --from '/my bundles/it'\\''s'`)
  })

  it('counts none where three are left, and names nothing where all is done', () => {
    expect(linesAfter(changes.length - 3)[0]).not.toContain('more')
    expect(linesAfter(changes.length)).toEqual([expect.stringMatching(/^Go on with: /)])
  })
})
