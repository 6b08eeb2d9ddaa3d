// A rollout is carried out ring by ring over runs that are played: who is touched, who is not, who waits for whom.

import { setImmediate as settled } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ownContext } from '../../../../../main/core/context.ts'
import { closeCore } from '../../../../../main/core/open-core.ts'
import { received } from '../../../../../main/core/refusal.ts'
import { applyRollout, cancelRollout, followRollout } from '../../../../../main/core/rollout/rollout-run.ts'
import type { Failure } from '../../../../../shared/domain/failure.ts'
import { slowPatienceMs } from '../../../../../shared/plan/rings.ts'
import { pretendStart } from '../../../../support/pretend-clock.ts'
import { type PretendFleet, pretendFleet } from '../../../../support/pretend-fleet.ts'

const context = ({ core }: PretendFleet) => ownContext(core, 'li')
const failed: Failure = { kind: 'step-failed', step: 'image.x', detail: 'no' }
/** How many there are of each. */
function stands({ now }: PretendFleet): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { stand } of now().members) counts[stand.state] = (counts[stand.state] ?? 0) + 1
  return counts
}

/** The same appliances, planned once more. */
function anotherOne({ core }: PretendFleet): string {
  const [kept] = core.rollouts.all()
  if (kept === undefined) throw new Error('nothing was kept')
  const id = 'rollout-0badbeef'
  const members = kept.rollout.members.map((one) => ({ ...one, stand: { state: 'planned' as const } }))
  core.rollouts.keep({ ...kept.rollout, id, members, state: 'planned' }, kept.plans)
  return id
}

async function refusalOf(fleet: PretendFleet, rolloutId: string): Promise<Failure | undefined> {
  const got = await received('rollouts.apply', applyRollout(context(fleet), { rolloutId }).next())
  return got.ok ? undefined : got.failure
}

async function playedOut(fleet: PretendFleet, seconds = 3600): Promise<PretendFleet> {
  fleet.begin()
  await fleet.clock.advance(seconds * 1000)
  return fleet
}

describe('a rollout over twenty appliances (P56)', () => {
  it('does the canary alone, then never more than five at the same time, and all of them', async () => {
    const fleet = pretendFleet(20, {}, { canary: 'w7' })
    fleet.begin()
    await fleet.clock.advance(500)
    expect(fleet.begun).toEqual(['w7'])
    await fleet.clock.advance(60_000)
    expect([fleet.begun.length, fleet.most(), stands(fleet), fleet.now().state]).toEqual([20, 5, { done: 20 }, 'done'])
  })

  it('touches one where the canary fails, and nobody else', async () => {
    const fleet = await playedOut(pretendFleet(20, { w1: failed }))
    expect([fleet.begun, stands(fleet), fleet.now().state]).toEqual([['w1'], { failed: 1, 'not-begun': 19 }, 'stopped'])
  })

  it('touches the ring of the fifth one where that fails, and nobody after it', async () => {
    const fleet = await playedOut(pretendFleet(20, { w5: failed }))
    expect(fleet.begun).toEqual(['w1', 'w2', 'w3', 'w4', 'w5', 'w6'])
    expect(stands(fleet)).toEqual({ done: 5, failed: 1, 'not-begun': 14 })
    expect(fleet.now().members[4]?.stand).toEqual({ state: 'failed', failure: failed })
  })

  it.each(['degraded', 'down', 'unknown', 'stale'] as const)('stops at a verdict that is %s', async (verdict) => {
    const fleet = await playedOut(pretendFleet(8, { w3: verdict }))
    expect([fleet.begun, fleet.now().state]).toEqual([['w1', 'w2', 'w3'], 'stopped'])
  })

  it('lets those of the ring end by themselves when one of them fails', async () => {
    const fleet = pretendFleet(20, { w2: failed, w3: { seconds: 900, verdict: 'healthy' } })
    fleet.begin()
    await fleet.clock.advance(60_000)
    expect(stands(fleet)).toEqual({ done: 4, failed: 1, running: 1, 'not-begun': 14 })
    expect(fleet.now().state).toBe('running')
    await fleet.clock.advance(900_000)
    expect([stands(fleet), fleet.now().state]).toEqual([{ done: 5, failed: 1, 'not-begun': 14 }, 'stopped'])
  })
})

describe('a slow appliance', () => {
  it('delays nobody of its ring, and the next ring no longer than patience', async () => {
    const fleet = pretendFleet(20, { w2: { seconds: 7200, verdict: 'healthy' } })
    fleet.begin()
    await fleet.clock.advance(10_000)
    expect(stands(fleet)).toEqual({ done: 5, running: 1, waiting: 14 })
    await fleet.clock.advance(slowPatienceMs + 60_000)
    expect([stands(fleet), fleet.most()]).toEqual([{ done: 19, running: 1 }, 5])
    expect(fleet.events().filter((one) => one.event === 'going-on-without')).toEqual([
      { event: 'going-on-without', name: 'w2' },
    ])
    await fleet.clock.advance(7_200_000)
    expect(fleet.now().state).toBe('done')
  })

  it('that is the canary holds up everybody', async () => {
    const fleet = pretendFleet(20, { w1: { seconds: 7200, verdict: 'healthy' } })
    fleet.begin()
    await fleet.clock.advance(7_000_000)
    expect(fleet.begun).toEqual(['w1'])
  })
})

/** So many minutes after a fleet is made, on the clock of the wall. */
const wallTime = (minutes: number) => new Date(Date.parse(pretendStart) + minutes * 60_000).toTimeString().slice(0, 5)

describe('a maintenance window', () => {
  it('is waited for before the first ring, and said with its time', async () => {
    const fleet = pretendFleet(8, {}, { rules: { window: { from: wallTime(10), to: wallTime(11) } } })
    fleet.begin()
    await fleet.clock.advance(9 * 60_000)
    const until = new Date(Date.parse(pretendStart) + 600_000).toISOString()
    expect([fleet.begun, fleet.now().opensAt, fleet.events().at(-1)]).toEqual([
      ...[[], until, { event: 'waiting-for-window', until }],
    ])
    await fleet.clock.advance(70_000)
    expect([fleet.begun.length, fleet.now().state, fleet.now().opensAt]).toEqual([8, 'done', undefined])
  })

  it('that closes keeps the next ring waiting, and whoever is at work ends', async () => {
    const rules = { window: { from: wallTime(0), to: wallTime(1) } }
    const fleet = pretendFleet(8, { w1: { seconds: 120, verdict: 'healthy' } }, { rules })
    fleet.begin()
    await fleet.clock.advance(600_000)
    expect([fleet.begun, stands(fleet)]).toEqual([['w1'], { done: 1, waiting: 7 }])
    cancelRollout(fleet.core, fleet)
    await settled()
    expect([fleet.now().state, stands(fleet)]).toEqual(['cancelled', { done: 1, 'not-begun': 7 }])
  })
})

describe('a rollout that goes on', () => {
  it('is joined and followed from its first event on, and goes on without readers', async () => {
    const fleet = pretendFleet(4)
    const seen: string[][] = []
    const read = async (events: AsyncIterable<{ event: string }>) => {
      const mine: string[] = []
      seen.push(mine)
      for await (const { event } of events) mine.push(event)
    }
    const early = read(followRollout(fleet.core, fleet))
    for await (const _ of applyRollout(context(fleet), fleet)) break
    await fleet.clock.advance(1500)
    const late = read(applyRollout(context(fleet), fleet))
    await fleet.clock.advance(60_000)
    await Promise.all([early, late, read(followRollout(fleet.core, fleet))])
    expect(fleet.begun).toEqual(['w1', 'w2', 'w3', 'w4'])
    expect(seen[0]).toEqual(seen[1])
    expect(seen[1]).toEqual(seen[2])
    expect([seen[0]?.[0], seen[0]?.at(-1)]).toEqual(['rollout-begin', 'rollout-end'])
  })

  it('with licence terms that nobody accepted begins nobody; accepted ones stand in the audit of each run', async () => {
    const terms = { en: 'No clinical use.', 'zh-CN': '不得用于临床。' }
    const licences = [{ entry: 'medgemma', version: '1.5', spdx: 'LicenseRef-X', terms }]
    const fleet = pretendFleet(2)
    const found = fleet.core.rollouts.find(fleet.rolloutId)
    if (!found.ok) throw new Error('it is there')
    for (const plan of found.value.plans.values()) Object.assign(plan, { licences })
    const refusal = { kind: 'licence-not-accepted', licences: ['medgemma@1.5'] }
    expect(await refusalOf(fleet, fleet.rolloutId)).toEqual(refusal)
    expect(fleet.begun).toEqual([])
    const accepts = ['medgemma@1.5']
    for await (const _ of applyRollout(context(fleet), { ...fleet, accepts })) break
    await fleet.clock.advance(3_600_000)
    expect(fleet.begun).toEqual(['w1', 'w2'])
    expect(fleet.auditLines()).toMatchObject([{ input: { accepts } }, { input: { accepts } }])
  })

  it('that would open something anew to the local network begins nobody: that is agreed to appliance by appliance', async () => {
    const fleet = pretendFleet(2)
    const found = fleet.core.rollouts.find(fleet.rolloutId)
    if (!found.ok) throw new Error('it is there')
    const [plan] = found.value.plans.values()
    Object.assign(plan ?? {}, { openings: [{ address: '10.78.0.11', port: 443, services: ['notes'] }] })
    const refusal = { kind: 'opening-not-agreed', openings: ['10.78.0.11:443'] }
    expect(await refusalOf(fleet, fleet.rolloutId)).toEqual(refusal)
    expect(fleet.begun).toEqual([])
  })

  it('whose containers would get something anew beyond their limits begins nobody', async () => {
    const fleet = pretendFleet(2)
    const found = fleet.core.rollouts.find(fleet.rolloutId)
    if (!found.ok) throw new Error('it is there')
    const why = { en: 'It needs it.', 'zh-CN': '需要。' }
    const wants = [{ privilege: { kind: 'host-ipc' }, why, isNew: false }]
    const had = [{ service: 'notes', entry: 'notes', wants, noMore: [] }]
    const wider = [{ ...had[0], wants: [...wants, { privilege: { kind: 'privileged' }, why, isNew: true }] }]
    const [first, second] = found.value.plans.values()
    Object.assign(first ?? {}, { privileges: wider })
    Object.assign(second ?? {}, { privileges: wider })
    const refusal = { kind: 'privilege-not-agreed', privileges: ['notes/privileged'] }
    expect(await refusalOf(fleet, fleet.rolloutId)).toEqual(refusal)
    expect(fleet.begun).toEqual([])
    Object.assign(first ?? {}, { privileges: had })
    Object.assign(second ?? {}, { privileges: had })
    for await (const _ of applyRollout(context(fleet), fleet)) break
    await fleet.clock.advance(3_600_000)
    expect(fleet.begun).toEqual(['w1', 'w2'])
  })

  it('has each run in the audit before it begins, and begins none that cannot be written there', async () => {
    const fleet = await playedOut(pretendFleet(2, {}, { rules: { evenIfBusy: true }, limitMbit: 40 }))
    const { rolloutId, now } = fleet
    const inputs = now().members.map(({ name, plan }) => ({
      ...{ planId: plan?.id, target: { by: 'name', name }, evenIfBusy: true, limitMbit: 40, rolloutId },
    }))
    expect(fleet.auditLines()).toMatchObject(inputs.map((input) => ({ who: 'li', act: 'plan-apply', input })))
    const deaf = pretendFleet(2)
    const refusal: Failure = { kind: 'audit-unwritable', detail: 'full' }
    Object.assign(deaf.core.audit, { append: () => ({ ok: false, failure: refusal }) })
    await playedOut(deaf)
    expect([deaf.begun, deaf.now().members[0]?.stand]).toEqual([[], { state: 'failed', failure: refusal }])
  })

  it('and is cancelled begins nobody else and stops those at work', async () => {
    const fleet = pretendFleet(20, { w3: { seconds: 900, verdict: 'healthy' } })
    fleet.begin()
    await fleet.clock.advance(5000)
    expect(cancelRollout(fleet.core, fleet)).toEqual({ ok: true, value: { running: true } })
    await fleet.clock.advance(100)
    expect([stands(fleet), fleet.now().state]).toEqual([{ done: 5, failed: 1, 'not-begun': 14 }, 'cancelled'])
    expect(fleet.now().members[2]?.stand).toMatchObject({ failure: { kind: 'cancelled' } })
    expect(cancelRollout(fleet.core, fleet)).toEqual({ ok: true, value: { running: false } })
  })

  it('ends with its console, which begins nobody any more', async () => {
    const fleet = pretendFleet(20)
    fleet.begin()
    await fleet.clock.advance(1500)
    await Promise.all([closeCore(fleet.core), fleet.clock.advance(10_000)])
    expect([fleet.begun.length, fleet.now().state]).toEqual([6, 'cancelled'])
    expect(await refusalOf(fleet, anotherOne(fleet))).toMatchObject({ kind: 'cancelled' })
  })

  it('keeps another one away from its appliances', async () => {
    const fleet = pretendFleet(4)
    fleet.begin()
    const since = fleet.now().startedAt
    expect(await refusalOf(fleet, anotherOne(fleet))).toEqual({ kind: 'console-busy', what: 'rollout', since })
    expect(await refusalOf(fleet, 'rollout-00000000')).toMatchObject({ kind: 'rollout-unknown' })
  })

  it('and meets a bug begins nobody else, and tells every reader', async () => {
    const fleet = pretendFleet(8)
    const { consoleRuns } = fleet.core
    Object.assign(consoleRuns, { join: () => Promise.reject(new Error('a bug')) })
    const read = async (events: AsyncIterable<unknown>) => {
      for await (const _ of events);
    }
    const readers = [read(applyRollout(context(fleet), fleet)), read(followRollout(fleet.core, fleet))]
    for (const reader of readers) await expect(reader).rejects.toThrow('a bug')
    expect(stands(fleet)).toEqual({ failed: 1, 'not-begun': 7 })
  })
})
