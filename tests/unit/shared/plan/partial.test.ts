// A plan over a part of the facts: one thing stands in its way, and nothing is called missing that nobody looked for.
import { describe, expect, it } from 'vitest'
import { factsOf, partialCases } from '../../../support/partial-cases.ts'
import { planFor } from '../../../support/plan-cases.ts'

describe('a plan for a computer without Linux', () => {
  it.each(partialCases().map((one) => [one.name, one] as const))('%s: is blocked by that first', (_name, one) => {
    const { blockers } = planFor(factsOf(one))
    expect(blockers[0]).toEqual({ kind: 'linux-needed', platform: one.platform })
    const kinds = blockers.map(({ kind }) => kind)
    for (const claimed of ['systemd-missing', 'engine-missing', 'sudo-refused']) expect(kinds).not.toContain(claimed)
  })
})
