// Whether the end of this process would stop a run.
import { describe, expect, it, vi } from 'vitest'
import { pause } from '../../../../../main/console-host.ts'
import { runGoesOn } from '../../../../../main/core/link/own-runs.ts'
import type { ConsoleRun } from '../../../../../shared/domain/run.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
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

describe('a run that the end of this process would stop', () => {
  it.each<[ConsoleRun['state'][], boolean]>([
    [[], false],
    [['done', 'failed', 'cancelled'], false],
    [['done', 'running'], true],
  ])('of runs %j: %s', async (states, goesOn) => {
    expect(await runGoesOn({ client: consoleWith(...states), owner: () => true }, pause)).toBe(goesOn)
  })

  it('is not one of another process', async () => {
    expect(await runGoesOn({ client: consoleWith('running'), owner: () => false }, pause)).toBe(false)
  })

  it('is not waited for where the console does not answer', async () => {
    expect(
      await runGoesOn({ client: () => new Promise(() => undefined), owner: () => true }, async () => undefined),
    ).toBe(false)
  })
})
