// What stands in the way of applying a plan is told before anything is dialled or changed; a link that was lost
// is dialled again.
import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { received } from '../../../../main/core/refusal.ts'
import type { Connection } from '../../../../shared/domain/connection.ts'
import { type Failure, fail, ok } from '../../../../shared/domain/failure.ts'
import type { Plan } from '../../../../shared/domain/plan.ts'
import { bareFacts, planCase, planFor } from '../../../support/plan-cases.ts'
import { type PretendCore, pretendCore } from '../../../support/pretend-core.ts'
import { wholeBundle } from '../../../support/whole-bundle.ts'

const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const target = { by: 'address', address, credentialId: 'key-1' } as const
const lost: Failure = { kind: 'link-lost', host: address.host, port: 22, during: 'facts' }

async function withBundle(start: PretendCore): Promise<{ folder: string; bundleId: string }> {
  const folder = wholeBundle()
  const opened = await start.clientAs('admin').desk.openBundle({ folder })
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  return { folder, bundleId: opened.value.bundleId }
}

/** The refusal of an apply, or undefined when it got under way. */
async function refusalOf({ clientAs }: PretendCore, planId: string): Promise<Failure | undefined> {
  const read = async () => {
    for await (const _ of await clientAs('operator').product.setup.apply({ planId, target }));
  }
  const got = await received('setup.apply', read())
  return got.ok ? undefined : got.failure
}

describe('applying', () => {
  it('a plan that nobody saved is refused', async () => {
    const start = pretendCore()
    expect(await refusalOf(start, planFor(bareFacts()).id)).toMatchObject({ kind: 'plan-unknown' })
    expect(start.dialled).toEqual([])
  })

  it.each(['no-docker', 'full-disk', 'port-held-by-nginx', 'sudo-refused'])(
    'a plan with something in the way (%s) is refused for it',
    async (name) => {
      const start = pretendCore()
      const plan = planFor(planCase(name).facts)
      start.core.state.savePlan(plan)
      expect(await refusalOf(start, plan.id)).toEqual(plan.blockers[0])
      expect(start.dialled).toEqual([])
    },
  )

  it('a plan whose bundle is gone is refused', async () => {
    const start = pretendCore()
    const { folder, bundleId } = await withBundle(start)
    const plan: Plan = { ...planFor(bareFacts()), bundleId }
    start.core.state.savePlan(plan)
    rmSync(folder, { recursive: true })
    expect(await refusalOf(start, plan.id)).toMatchObject({ kind: 'bundle-unusable', folder })
    const other: Plan = { ...plan, id: 'plan-00000000000000ff', bundleId: 'bundle-of-another-console' }
    start.core.state.savePlan(other)
    expect(await refusalOf(start, other.id)).toEqual({ kind: 'bundle-unknown', bundleId: other.bundleId })
    expect(start.dialled).toEqual([])
  })

  it('over a link that was lost fails once, and dials again the next time', async () => {
    let dials = 0
    const connection = { run: async () => fail(lost), close: async () => undefined } as unknown as Connection
    const start = pretendCore(async () => {
      dials += 1
      return ok(connection)
    })
    const { bundleId } = await withBundle(start)
    const plan: Plan = { ...planFor(bareFacts()), bundleId }
    start.core.state.savePlan(plan)
    expect(await refusalOf(start, plan.id)).toEqual(lost)
    expect(await refusalOf(start, plan.id)).toEqual(lost)
    expect(dials).toBe(2)
  })
})
