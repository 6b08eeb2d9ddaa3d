// The first line of an appliance's page: green only by a young look of its own.
import { describe, expect, it } from 'vitest'
import { conditionOf, oldAfterMs, whyOf } from '../../../../renderer/console/condition.ts'
import type { Failure } from '../../../../shared/domain/failure.ts'
import type { ConsoleRun } from '../../../../shared/domain/run.ts'
import type { ApplianceVerdict } from '../../../../shared/domain/verdict.ts'
import { settingUp } from '../../../support/set-up-purpose.ts'

const verdict: ApplianceVerdict = { state: 'healthy', reason: 'answers', deployments: [] }
const worse: ApplianceVerdict = { state: 'down', reason: 'a-deployment-is-not-healthy', deployments: [] }
const failure: Failure = { kind: 'host-unreachable', host: 'a', port: 22, reason: 'timeout' }
const run: ConsoleRun = {
  planId: 'plan-1',
  address: { host: 'a', port: 22, user: 'ops' },
  purpose: settingUp('records'),
  startedAt: '2026-11-22T09:00:00.000Z',
  state: 'running',
}
const around = { runs: [], nowMs: 1_000_000, linked: true }
const answered = { state: 'answered', value: verdict, atMs: 990_000 } as const

describe('the condition of an appliance', () => {
  it('is what was seen while the look is young, and old after that', () => {
    expect(conditionOf(answered, around)).toEqual({ is: 'seen', verdict, atMs: 990_000 })
    expect(conditionOf(answered, { ...around, nowMs: 990_000 + oldAfterMs }).is).toBe('seen')
    expect(conditionOf(answered, { ...around, nowMs: 990_001 + oldAfterMs }).is).toBe('old')
  })

  it('is old at once when looking again fails or the window hears nothing, with what was last known', () => {
    expect(conditionOf({ ...answered, problem: failure }, around)).toEqual({
      is: 'old',
      verdict,
      atMs: 990_000,
      failure,
    })
    expect(conditionOf(answered, { ...around, linked: false }).is).toBe('old')
  })

  it('is unreachable when it was never seen', () => {
    expect(conditionOf({ state: 'failed', failure }, around)).toEqual({ is: 'unreachable', failure })
    expect(conditionOf({ state: 'waiting' }, around)).toEqual({ is: 'looking' })
  })

  it('is being set up while a run goes on, whatever was seen before', () => {
    expect(conditionOf(answered, { ...around, runs: [run] })).toEqual({ is: 'setting-up', run })
    expect(conditionOf(answered, { ...around, runs: [{ ...run, state: 'done' }] }).is).toBe('seen')
  })

  it('is not being set up for a window that hears nothing: nobody can say that the run still goes on', () => {
    expect(conditionOf(answered, { ...around, linked: false, runs: [run] }).is).toBe('old')
  })

  it('takes the newer of the last look and a proof that was asked for', () => {
    const proven = { verdict: worse, atMs: 995_000 }
    expect(conditionOf(answered, { ...around, proven })).toEqual({ is: 'seen', ...proven })
    const older = { verdict: worse, atMs: 980_000 }
    expect(conditionOf(answered, { ...around, proven: older })).toMatchObject({ verdict })
  })

  it('is not green by a proof while the look that came after it fails', () => {
    const proven = { verdict, atMs: 995_000 }
    expect(conditionOf({ ...answered, problem: failure }, { ...around, proven })).toMatchObject({ is: 'old', failure })
    expect(conditionOf({ state: 'failed', failure }, { ...around, proven })).toMatchObject({ is: 'old', failure })
  })
})

describe('why an appliance is as it is', () => {
  const one = { entry: 'llama-cpp', version: '1', rungs: [] }
  const well = { ...one, deployment: 'a', state: 'healthy', reason: 'answers' } as const
  const weak = { ...one, deployment: 'b', state: 'degraded', reason: 'metrics-unreadable' } as const
  const dead = { ...one, deployment: 'c', state: 'down', reason: 'missing' } as const

  it('names the deployment that is as unwell as the whole, and counts the others', () => {
    const reason = 'a-deployment-is-not-healthy' as const
    const whole = { state: 'down' as const, reason, deployments: [well, weak, dead] }
    expect(whyOf(whole)).toEqual({ deployment: 'c', reason: 'missing', others: 1 })
    expect(whyOf({ ...whole, state: 'degraded', deployments: [well, weak] })).toEqual({
      deployment: 'b',
      reason: 'metrics-unreadable',
      others: 0,
    })
  })

  it('blames none where the reason is of the whole', () => {
    expect(whyOf({ state: 'healthy', reason: 'answers', deployments: [well] })).toBeUndefined()
  })
})
