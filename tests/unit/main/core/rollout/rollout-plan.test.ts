// Planning for many appliances: what is wrong with the wish is told at once, what is wrong with an appliance leaves
// out that one and delays nobody.
import { describe, expect, it } from 'vitest'
import { planRollout } from '../../../../../main/core/rollout/rollout-plan.ts'
import { type Failure, fail } from '../../../../../shared/domain/failure.ts'
import { pretendClock } from '../../../../support/pretend-clock.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { wholeBundle } from '../../../../support/whole-bundle.ts'

/** `silent` never answers; every other one refuses. */
async function fleetOf(names: string[]) {
  const clock = pretendClock()
  const hangs = new Promise<never>(() => undefined)
  const start = pretendCore(
    async ({ address: { host, port } }) =>
      host === 'silent' ? hangs : fail({ kind: 'host-unreachable', host, port, reason: 'refused' }),
    undefined,
    clock,
  )
  const appliances = names.map((name) => ({ name, address: { host: name, port: 22, user: 'ops' }, credentialId: 'k' }))
  start.core.state.appliances.write(appliances)
  const opened = await start.clientAs('admin').desk.openBundle({ folder: wholeBundle() })
  if (!opened.ok) throw new Error(opened.failure.kind)
  return { ...start, clock, wish: { bundleId: opened.value.bundleId, solution: 'ward', appliances: names } }
}

describe('a wish that cannot be', () => {
  it.each([
    [{ appliances: ['a', 'nobody'] }, { kind: 'appliance-unknown', name: 'nobody', known: ['a', 'b'] }],
    [{ canary: 'c' }, { kind: 'appliance-unknown', name: 'c', known: ['a', 'b'] }],
    [{ bundleId: 'bundle-x' }, { kind: 'bundle-unknown', bundleId: 'bundle-x' }],
    [{ solution: 'no-such' }, { kind: 'solution-unknown', solution: 'no-such' }],
  ])('(%j) is refused before anybody is dialled', async (change, failure) => {
    const { core, wish, dialled } = await fleetOf(['a', 'b'])
    expect(await planRollout(core, { ...wish, ...change })).toMatchObject({ ok: false, failure })
    expect([dialled, core.rollouts.all()]).toEqual([[], []])
  })
})

it('who does not answer is left out when its time is over, and everybody is asked once', async () => {
  const names = ['silent', ...Array.from({ length: 20 }, (_, at) => `w${at}`), 'w0']
  const { core, clock, wish, dialled } = await fleetOf(names.slice(0, -1))
  const planning = planRollout(core, { ...wish, appliances: names, evenIfBusy: true })
  await clock.advance(1000)
  expect(dialled.length).toBe(21)
  await clock.advance(60_000)
  const planned = await planning
  if (!planned.ok) throw new Error(planned.failure.kind)
  const kinds = planned.value.members.map(({ stand }) =>
    stand.state === 'left-out' ? stand.failure.kind : stand.state,
  )
  const expected: Failure['kind'][] = [
    'deadline-passed',
    ...Array.from({ length: 20 }, () => 'host-unreachable' as const),
  ]
  expect(kinds).toEqual(expected)
  expect(planned.value).toMatchObject({ state: 'planned', rules: { evenIfBusy: true }, soakSeconds: 60 })
})
