// What stands in the way of applying a plan is told before anything is dialled or changed; a link that was lost
// is dialled again.
import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { closeCore } from '../../../../../main/core/open-core.ts'
import { received } from '../../../../../main/core/refusal.ts'
import type { RunTicker } from '../../../../../main/core/runs/console-runs.ts'
import { rankPlans } from '../../../../../main/core/runs/rank-plans.ts'
import type { Connection } from '../../../../../shared/domain/connection.ts'
import { type Failure, fail, ok } from '../../../../../shared/domain/failure.ts'
import type { Plan } from '../../../../../shared/domain/plan.ts'
import type { RunEvent } from '../../../../../shared/domain/run.ts'
import { named } from '../../../../../shared/plan/assemble-plan.ts'
import { bareFacts, madeFor, planCase, planFor, tools } from '../../../../support/plan-cases.ts'
import { type PretendCore, pretendCore } from '../../../../support/pretend-core.ts'
import { settingUp } from '../../../../support/set-up-purpose.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

const address = { host: '10.78.0.11', port: 22, user: 'ops' }
const target = { by: 'address', address, credentialId: 'key-1' } as const
const run = 'run-20261120T080000Z-0badcafe'
const lost: Failure = { kind: 'link-lost', host: address.host, port: 22, during: 'facts' }

async function withBundle(start: PretendCore): Promise<{ folder: string; bundleId: string }> {
  const folder = wholeBundle()
  const opened = await start.clientAs('admin').desk.openBundle({ folder })
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure))
  return { folder, bundleId: opened.value.bundleId }
}

/** The refusal of an apply, or undefined when it got under way. */
async function refusalOf(
  { clientAs }: PretendCore,
  planId: string,
  accepts?: string[],
  opens?: string[],
  privileges?: string[],
): Promise<Failure | undefined> {
  const read = async () => {
    const wish = { planId, target, accepts, opens, privileges }
    for await (const _ of await clientAs('admin').product.setup.apply(wish));
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

  it('a plan with licence terms that nobody accepted is refused, whoever asks for it', async () => {
    const start = pretendCore()
    const terms = { en: 'No clinical use.', 'zh-CN': '不得用于临床。' }
    const licences = [{ entry: 'medgemma', version: '1.5', spdx: 'LicenseRef-X', terms }]
    const plan = named({ ...planFor(bareFacts()), licences }, tools.sha256)
    start.core.state.savePlan(plan)
    expect(await refusalOf(start, plan.id)).toEqual({ kind: 'licence-not-accepted', licences: ['medgemma@1.5'] })
    expect(await refusalOf(start, plan.id, ['medgemma@1.4'])).toMatchObject({ kind: 'licence-not-accepted' })
    // What is refused then is that nobody has its bundle.
    expect(await refusalOf(start, plan.id, ['medgemma@1.5'])).toMatchObject({ kind: 'bundle-unknown' })
    expect(start.dialled).toEqual([])
  })

  it('a plan that opens something to the local network is refused until somebody agrees to exactly that', async () => {
    const start = pretendCore()
    const openings = [{ address: '10.78.0.11', port: 443, services: ['note-helper'] }]
    const plan = named({ ...planFor(bareFacts()), openings }, tools.sha256)
    start.core.state.savePlan(plan)
    const refused = { kind: 'opening-not-agreed', openings: ['10.78.0.11:443'] }
    expect(await refusalOf(start, plan.id)).toEqual(refused)
    expect(await refusalOf(start, plan.id, [], ['10.78.0.11:8443'])).toEqual(refused)
    expect(await refusalOf(start, plan.id, [], ['10.78.0.11:443'])).toMatchObject({ kind: 'bundle-unknown' })
    // Agreed to or not: a saved plan that somebody added an opening to is not the one that was made.
    start.core.state.savePlan({ ...planFor(bareFacts()), openings })
    expect(await refusalOf(start, planFor(bareFacts()).id, [], ['10.78.0.11:443'])).toMatchObject({
      kind: 'plan-unknown',
    })
    expect(start.dialled).toEqual([])
  })

  it('a plan that gives containers something new beyond their limits is refused until somebody agrees to exactly that', async () => {
    const start = pretendCore()
    const why = { en: 'It needs it.', 'zh-CN': '需要。' }
    const grants = [{ kind: 'capability', name: 'NET_RAW' }, { kind: 'host-ipc' }] as const
    const wants = grants.map((privilege, at) => ({ privilege, why, isNew: at === 0 }))
    const privileges = [{ service: 'notes', entry: 'notes', wants, noMore: [] }]
    const plan = named({ ...planFor(bareFacts()), privileges }, tools.sha256)
    start.core.state.savePlan(plan)
    const name = 'notes/capability=NET_RAW'
    const refused = { kind: 'privilege-not-agreed', privileges: [name] }
    expect(await refusalOf(start, plan.id)).toEqual(refused)
    expect(await refusalOf(start, plan.id, [], [], ['notes/host-ipc', 'other/capability=NET_RAW'])).toEqual(refused)
    expect(await refusalOf(start, plan.id, [], [], [name])).toMatchObject({ kind: 'bundle-unknown' })
    // A saved plan of which somebody took that away is not the one that was made.
    start.core.state.savePlan({ ...plan, privileges: [] })
    expect(await refusalOf(start, plan.id, [], [], [name])).toMatchObject({ kind: 'plan-unknown' })
    expect(start.dialled).toEqual([])
  })

  it('a plan whose bundle is gone is refused', async () => {
    const start = pretendCore()
    const { folder, bundleId } = await withBundle(start)
    const plan: Plan = madeFor(planFor(bareFacts()), settingUp('ward', bundleId))
    start.core.state.savePlan(plan)
    rmSync(folder, { recursive: true })
    expect(await refusalOf(start, plan.id)).toMatchObject({ kind: 'bundle-unusable', folder })
    const gone = 'bundle-of-another-console'
    const other: Plan = madeFor(plan, settingUp('ward', gone))
    start.core.state.savePlan(other)
    expect(await refusalOf(start, other.id)).toEqual({ kind: 'bundle-unknown', bundleId: gone })
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
    const plan: Plan = madeFor(planFor(bareFacts()), settingUp('ward', bundleId))
    start.core.state.savePlan(plan)
    expect(await refusalOf(start, plan.id)).toEqual(lost)
    expect(await refusalOf(start, plan.id)).toEqual(lost)
    expect(dials).toBe(2)
  })
})

/** A run of this plan that is going on, until its core is told to stop. */
async function running({ core }: PretendCore, plan: Plan) {
  const { id: planId, address: place, purpose } = plan
  async function* events({ signal }: RunTicker): AsyncGenerator<RunEvent> {
    yield { event: 'run-begin', run, steps: 1 }
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    const failure: Failure = { kind: 'cancelled', at: 'image.x' }
    yield { event: 'run-end', run, changed: 0, unchanged: 0, sentBytes: 0, failure }
  }
  const head = { planId, address: place, purpose, startedAt: core.tools.now() }
  await core.consoleRuns.join(head, async (ticker) => ok(events(ticker)))
}

describe('a plan that is being applied', () => {
  it('is joined by whoever applies it again, and goes on when they leave', async () => {
    const start = pretendCore()
    const plan = planFor(bareFacts())
    start.core.state.savePlan(plan)
    await running(start, plan)
    const { setup } = start.clientAs('admin').product
    for await (const event of await setup.apply({ planId: plan.id, target })) {
      expect(event).toEqual({ event: 'run-begin', run, steps: 1 })
      break
    }
    expect(await setup.runs({})).toMatchObject({
      value: [{ planId: plan.id, purpose: { solution: 'ward' }, state: 'running' }],
    })
    expect(start.dialled).toEqual([])
    expect(await setup.cancel({ planId: plan.id })).toEqual(ok({ running: true }))
    const seen: string[] = []
    for await (const { event } of await setup.follow({ planId: plan.id })) seen.push(event)
    expect(seen).toEqual(['run-begin', 'run-end'])
    expect(await setup.runs({})).toMatchObject({ value: [{ state: 'cancelled' }] })
  })

  it('is not joined for another appliance than its own', async () => {
    const start = pretendCore()
    const plan = planFor(bareFacts())
    start.core.state.savePlan(plan)
    await running(start, plan)
    const elsewhere = { ...target, address: { ...address, host: '10.78.0.12' } }
    const read = async () => {
      for await (const _ of await start.clientAs('admin').product.setup.apply({ planId: plan.id, target: elsewhere }));
    }
    expect(await received('setup.apply', read())).toMatchObject({ failure: { kind: 'plan-outdated' } })
    start.core.consoleRuns.cancel(plan.id)
    await start.core.consoleRuns.idle()
  })

  it('is asked to stop when the console ends, and waited for', async () => {
    const start = pretendCore()
    const plan = planFor(bareFacts())
    await running(start, plan)
    await closeCore(start.core)
    expect(start.core.consoleRuns.list()).toMatchObject([{ state: 'cancelled' }])
    start.core.state.savePlan(plan)
    expect(await refusalOf(start, plan.id)).toMatchObject({ kind: 'cancelled' })
  })

  it('that cannot stop does not keep the console from ending', async () => {
    const start = pretendCore()
    const head = { planId: 'plan-1', address, purpose: settingUp('ward'), startedAt: start.core.tools.now() }
    async function* stuck(): AsyncGenerator<RunEvent> {
      await new Promise(() => undefined)
    }
    await start.core.consoleRuns.join(head, async () => ok(stuck()))
    await closeCore(start.core)
    expect(start.core.consoleRuns.going()).toEqual(['plan-1'])
  })
})

describe('a saved plan', () => {
  it('is read as it was shown, and not at all when somebody edited it', async () => {
    const start = pretendCore()
    const plan = planFor(bareFacts())
    start.core.state.savePlan(plan)
    const { setup } = start.clientAs('viewer').product
    expect(await setup.readPlan({ planId: plan.id })).toEqual(ok(plan))
    start.core.state.savePlan({ ...plan, steps: plan.steps.slice(1) })
    expect(await setup.readPlan({ planId: plan.id })).toEqual(fail({ kind: 'plan-unknown', planId: plan.id }))
  })
})

describe('proposals', () => {
  const plan = planFor(bareFacts())
  const named = (solution: string, other: Partial<Plan> = {}) => ({ ...plan, ...other, purpose: settingUp(solution) })
  const smaller = plan.steps.filter((step) => step.spec.kind !== 'artifact')

  it('begin with what fits, the larger before the smaller', () => {
    const blockers: Failure[] = [{ kind: 'engine-missing' }]
    const noContainers = smaller.filter((step) => step.spec.kind !== 'container')
    const ranked = rankPlans([
      named('no-services', { steps: noContainers }),
      named('blocked', { blockers }),
      named('small', { steps: smaller }),
      named('large-b'),
      named('large-a'),
      named('blocked-small', { blockers, steps: smaller }),
    ])
    expect(ranked.map((one) => one.purpose.solution)).toEqual([
      'large-a',
      'large-b',
      'small',
      'no-services',
      'blocked',
      'blocked-small',
    ])
  })

  it('of a bundle that nobody opened are refused before anything is dialled', async () => {
    const start = pretendCore()
    const asked = start.clientAs('admin').product.setup.propose({ target, bundleId: 'bundle-none' })
    expect(await asked).toEqual(fail({ kind: 'bundle-unknown', bundleId: 'bundle-none' }))
    expect(start.dialled).toEqual([])
  })
})
