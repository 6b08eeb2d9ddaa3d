// Before a service is interrupted its window is waited for, then a moment in which nobody waits for its answer.

import { describe, expect, it } from 'vitest'
import type { Stop } from '../../../../../main/apply/run-tools.ts'
import { beforeInterruption } from '../../../../../main/core/runs/before-interruption.ts'
import type { Connection, HttpRequest } from '../../../../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../../../../shared/domain/deployment.ts'
import { type Failure, fail, ok } from '../../../../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../../../../shared/domain/interruption.ts'
import type { PlanStep } from '../../../../../shared/domain/plan.ts'
import { proofLabel } from '../../../../../shared/domain/remote-layout.ts'
import { type RunEvent, runEvent } from '../../../../../shared/domain/run.ts'
import { planStepOf } from '../../../../../shared/plan/plan-step.ts'
import { knownValue } from '../../../../support/known-value.ts'
import { planCase, planFor } from '../../../../support/plan-cases.ts'
import { pretendClock, pretendStart } from '../../../../support/pretend-clock.ts'
import { bodyIn } from '../../../../support/pushed-body.ts'

const { facts, catalog } = planCase('installed-with-another-spec')
const plan = planFor(facts, catalog)
const stepOf = (deployment: string) => {
  const step = plan.steps.find((one) => one.id === `container.${deployment}`)
  if (step?.spec.kind !== 'container') throw new Error(`no step for ${deployment}`)
  return { ...step, spec: step.spec }
}
/** As the run before labelled it: its proof says where it counts its requests. */
const containers = knownValue(facts.containers).map((one) => {
  const { proof } = stepOf(one.name.replace('rackside-', '')).spec
  return { ...one, labels: { ...one.labels, [proofLabel]: JSON.stringify(proof) } }
})
const wallTime = (minutes: number) => new Date(Date.parse(pretendStart) + minutes * 60_000).toTimeString().slice(0, 5)
const metrics = (processing: number, deferred = 0) =>
  `llamacpp:requests_processing ${processing}\nllamacpp:requests_deferred ${deferred}\n`

type Played = {
  rules?: InterruptionRules
  /** The metrics at each look, the last one again and again. */
  scrapes?: (string | Failure)[]
  status?: number
  /** Of the model that runs there. */
  proof?: object
}

function playing({ rules = {}, scrapes = [metrics(0)], status = 200, proof }: Played) {
  const clock = pretendClock()
  const asked: HttpRequest[] = []
  const stop = new AbortController()
  const http: Connection['http'] = async (request) => {
    const scrape = scrapes[Math.min(asked.length, scrapes.length - 1)] ?? ''
    asked.push(request)
    if (typeof scrape !== 'string') return fail(scrape)
    const body = (async function* () {
      yield new TextEncoder().encode(scrape)
    })()
    return ok({ status, headers: {}, ...bodyIn(body) })
  }
  const there = containers.map((one) =>
    proof === undefined || one.name !== 'rackside-ward-model'
      ? one
      : { ...one, labels: { ...one.labels, [proofLabel]: JSON.stringify(proof) } },
  )
  const ask = async () => ok({ ...facts, containers: { state: 'known' as const, value: there } })
  const before = beforeInterruption({
    ...{ connection: { http } as Connection, ask, rules, tools: clock, signal: stop.signal },
  })
  const events: RunEvent[] = []
  const stopped: Stop = () => (stop.signal.aborted ? { kind: 'cancelled', at: 'container.ward-model' } : undefined)
  /** Until its end, or until so much time has passed. */
  async function step(what: string | PlanStep = 'ward-model', minutes = 60): Promise<Failure | 'goes on' | 'waits'> {
    let outcome: Failure | 'goes on' | 'waits' = 'waits'
    const read = async () => {
      const waiting = before(typeof what === 'string' ? stepOf(what) : what, stopped)
      let next = await waiting.next()
      for (; next.done !== true; next = await waiting.next()) events.push(runEvent.parse(next.value))
      outcome = next.value ?? 'goes on'
    }
    const reading = read()
    await clock.advance(minutes * 60_000)
    if (outcome !== 'waits') await reading
    return outcome
  }
  return { step, events, asked, clock, stop }
}

describe('a service that is idle', () => {
  it('is interrupted at once; its requests are read where it serves now', async () => {
    const { step, events, asked } = playing({})
    expect([await step('ward-model', 0), events]).toEqual(['goes on', []])
    expect(asked).toMatchObject([{ port: 8400, method: 'GET', path: '/metrics' }])
  })

  it('is not asked about where it does not count requests', async () => {
    const { step, asked } = playing({ scrapes: [metrics(3)] })
    expect([await step('note-helper', 0), asked]).toEqual(['goes on', []])
  })
})

describe('a service that is busy', () => {
  it('is waited for, with the number of requests in work and in the queue each time it changes', async () => {
    const { step, events } = playing({ scrapes: [metrics(2, 1), metrics(2, 1), metrics(1), metrics(0)] })
    expect(await step()).toBe('goes on')
    const deployment = 'ward-model'
    expect(events).toEqual([
      { event: 'waiting-while-busy', deployment, requests: 3 },
      { event: 'waiting-while-busy', deployment, requests: 1 },
    ])
  })

  it('for five minutes is not interrupted: the run ends and says so', async () => {
    const { step } = playing({ scrapes: [metrics(4)] })
    expect(await step('ward-model', 4.9)).toBe('waits')
    const { step: longer } = playing({ scrapes: [metrics(4)] })
    expect(await longer('ward-model', 5.1)).toEqual({
      ...{ kind: 'service-busy', deployment: 'ward-model', requests: 4, seconds: 300 },
    })
  })

  it('is not waited for where it is taken away: it does not come back', async () => {
    const { step, asked } = playing({ scrapes: [metrics(4)] })
    const name = 'rackside-ward-model'
    const spec = { kind: 'absent-container', name, deployment: 'ward-model', deletesData: false } as const
    expect([await step(planStepOf(`absent-container.${name}`, spec, facts), 0), asked]).toEqual(['goes on', []])
  })

  it('is interrupted where a person said so, without a look at it', async () => {
    const { step, asked } = playing({ rules: { evenIfBusy: true }, scrapes: [metrics(4)] })
    expect([await step('ward-model', 0), asked]).toEqual(['goes on', []])
  })

  it('holds a run that is cancelled no longer', async () => {
    const { step, stop, clock } = playing({ scrapes: [metrics(4)] })
    const waiting = step('ward-model', 1)
    await clock.advance(1000)
    stop.abort()
    expect(await waiting).toEqual({ kind: 'cancelled', at: 'container.ward-model' })
  })
})

describe('a service of which nobody knows whether it is busy', () => {
  it.each([
    ['no answer', { scrapes: [{ kind: 'http-failed', port: 8400, detail: 'refused' } as Failure] }],
    ['other metrics', { scrapes: ['vllm:num_requests_running 3\n'] }],
    ['an error', { scrapes: [metrics(3)], status: 501 }],
  ])('(%s) is not busy, and that is said', async (_, played) => {
    const { step, events } = playing(played)
    expect(await step('ward-model', 0)).toBe('goes on')
    expect(events).toMatchObject([{ event: 'requests-unknown', deployment: 'ward-model' }])
  })

  it('because its engine publishes no metrics is not asked, and that is said', async () => {
    const { proof } = stepOf('ward-model').spec
    const { metricsPath: _, metricsReader: __, ...bare } = proof as Extract<DeploymentProof, { serves: 'openai-chat' }>
    for (const label of [bare, { ...bare, serves: 'openai-embeddings' }]) {
      const { step, events, asked } = playing({ scrapes: [metrics(3)], proof: label })
      expect(await step('ward-model', 0)).toBe('goes on')
      expect(asked).toEqual([])
      const why = 'this engine publishes no metrics that say it'
      expect(events).toEqual([{ event: 'requests-unknown', deployment: 'ward-model', why }])
    }
  })

  it('is asked for its vectors too: whoever searches waits for an answer as well', async () => {
    const { proof } = stepOf('ward-model').spec
    const { step, events } = playing({
      ...{ scrapes: [metrics(2), metrics(0)], proof: { ...proof, serves: 'openai-embeddings' } },
    })
    expect(await step()).toBe('goes on')
    expect(events).toMatchObject([{ event: 'waiting-while-busy', requests: 2 }])
  })

  it('because it counts without end has a number that is one', async () => {
    const { step, events } = playing({ scrapes: [metrics(1e300), metrics(0)] })
    expect(await step()).toBe('goes on')
    expect(events).toMatchObject([{ requests: 1_000_000 }])
  })
})

describe('a maintenance window', () => {
  const rules = { window: { from: wallTime(10), to: wallTime(20) } }
  const until = new Date(Date.parse(pretendStart) + 600_000).toISOString()

  it('is waited for, said once, and only then is it looked at requests', async () => {
    const { step, events, asked } = playing({ rules })
    expect([await step('ward-model', 9.9), events, asked]).toEqual([
      ...['waits', [{ event: 'waiting-for-window', until }], []],
    ])
  })

  it('counts before the first service of a run: what was begun goes through', async () => {
    const { step, events, clock } = playing({ rules })
    expect(await step('ward-model', 11)).toBe('goes on')
    await clock.advance(20 * 60_000)
    expect([await step('note-helper', 0), events.length]).toEqual(['goes on', 1])
  })

  it('that closes while a busy service is waited for is waited for again', async () => {
    const open = { window: { from: wallTime(0), to: wallTime(2) } }
    const { step, events } = playing({ rules: open, scrapes: [metrics(1)] })
    expect(await step('ward-model', 60)).toBe('waits')
    expect(events.map((one) => one.event)).toEqual(['waiting-while-busy', 'waiting-for-window'])
  })
})
