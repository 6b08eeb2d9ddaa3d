// What the end of this process would stop.
import { describe, expect, it, vi } from 'vitest'
import { pause } from '../../../../../main/console-host/this-computer.ts'
import { clientInProcess } from '../../../../../main/core/link/console-client.ts'
import { endsHere, readWork, stoppedByEnd } from '../../../../../main/core/link/own-runs.ts'
import type { ConsoleRun } from '../../../../../shared/domain/run.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { pretendFleet } from '../../../../support/pretend-fleet.ts'
import { settingUp } from '../../../../support/set-up-purpose.ts'

function consoleWith(...states: ConsoleRun['state'][]) {
  const pretend = pretendCore()
  const runs = states.map((state) => ({
    planId: 'plan-1',
    address: { host: 'ward-3', port: 22, user: 'ops' },
    purpose: settingUp('chat'),
    startedAt: '2026-11-20T08:00:00.000Z',
    state,
  }))
  vi.spyOn(pretend.core.consoleRuns, 'list').mockReturnValue(runs)
  return async () => pretend.clientAs('admin')
}

describe('what the end of this process would stop', () => {
  it.each<[ConsoleRun['state'][], string]>([
    [[], 'nothing'],
    [['done', 'failed', 'cancelled'], 'nothing'],
    [['done', 'running'], 'run'],
  ])('of runs %j: %s', async (states, stopped) => {
    expect(await stoppedByEnd({ client: consoleWith(...states), owner: () => true }, pause)).toBe(stopped)
  })

  it('is not a run of another process', async () => {
    expect(await stoppedByEnd({ client: consoleWith('running'), owner: () => false }, pause)).toBe('nothing')
  })

  it('is not waited for where the console does not answer', async () => {
    expect(
      await stoppedByEnd({ client: () => new Promise(() => undefined), owner: () => true }, async () => undefined),
    ).toBe('nothing')
  })

  it('is a rollout, also between its rings, until it has ended', async () => {
    const fleet = pretendFleet(6, {}, { rules: { window: { from: '22:00', to: '23:00' } } })
    const client = async () => clientInProcess({ core: fleet.core, caller: { by: 'console', operator: 'li' } })
    const here = { client, owner: () => true }
    expect(await stoppedByEnd(here, pause)).toBe('nothing')
    fleet.begin()
    await fleet.clock.advance(1000)
    const work = await readWork(here, pause)
    expect([work?.runs, work && endsHere(here, work)]).toEqual([[], { runs: 0, rollouts: 1, waiting: 6 }])
    expect(work && endsHere({ owner: () => false }, work)).toEqual({ runs: 0, rollouts: 0, waiting: 0 })
    expect(await stoppedByEnd(here, pause)).toBe('rollout')
    await fleet.clock.advance(24 * 3_600_000)
    expect([fleet.now().state, await stoppedByEnd(here, pause)]).toEqual(['done', 'nothing'])
  })
})
