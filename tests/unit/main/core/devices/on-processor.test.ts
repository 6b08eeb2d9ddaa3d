// A verdict of a model that took the processor: degraded as long as that container runs as it was started, also for who only
// looks; no other deployment's verdict changes.
import { describe, expect, it } from 'vitest'
import { knownPlaces } from '../../../../../main/core/devices/on-processor.ts'
import type { Container } from '../../../../../shared/domain/facts.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { ProofEvent } from '../../../../../shared/domain/proof-event.ts'
import { known } from '../../../../../shared/domain/reading.ts'
import type { DeploymentVerdict } from '../../../../../shared/domain/verdict.ts'
import { judgeAppliance } from '../../../../../shared/verify/ladder.ts'

const proof = { ttftMs: 1, tokensPerSecond: known(1), outputTokens: 8, finishReason: 'stop', answer: 'ready' }
const model: DeploymentVerdict = {
  ...{ deployment: 'ward-model', entry: 'llama-cpp', version: '1', rungs: [], proof },
  ...{ state: 'healthy', reason: 'answers' },
}
const page: DeploymentVerdict = { ...model, deployment: 'ward-page', reason: 'page-answers' }
const startedAt = '2026-11-28T08:00:00Z'
const container = (id: string, since = startedAt): Container => {
  const about = { imageId: 'x', startedAt: since, restartCount: 0, labels: {} }
  return { ...about, id, name: 'rackside-ward-model', state: 'running', health: 'healthy' }
}
const core = { tookProcessor: new Set([`a1 ${startedAt}`]) }

function verdictWith(one: Container, deployments = [model, page]) {
  const events: ProofEvent[] = []
  const facts = { containers: known([one]) }
  const verdict = knownPlaces(
    core,
    { facts, hear: (event) => void events.push(event) },
    ok(judgeAppliance(deployments)),
  )
  return { verdict: verdict.ok ? verdict.value : undefined, events }
}

describe('a model that took the processor', () => {
  it('is degraded with that reason, and its appliance with it', () => {
    const { verdict, events } = verdictWith(container('a1'))
    expect(verdict).toMatchObject({ state: 'degraded', reason: 'a-deployment-is-not-healthy' })
    expect(verdict?.deployments).toEqual([{ ...model, state: 'degraded', reason: 'on-processor' }, page])
    expect(events.map(({ event }) => event)).toEqual(['deployment-end'])
  })

  it.each([
    ['another container', container('b2')],
    ['the same one, started again', container('a1', '2026-11-28T09:00:00Z')],
  ])('says nothing of %s', (_, one) => {
    expect(verdictWith(one).verdict).toEqual(judgeAppliance([model, page]))
  })

  it('is no better for it where it is down', () => {
    const down = { ...model, state: 'down', reason: 'no-tokens' } as const
    expect(verdictWith(container('a1'), [down, page]).verdict).toEqual(judgeAppliance([down, page]))
  })
})
