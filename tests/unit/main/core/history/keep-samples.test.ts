// What a watch sees is in the history, also of the engines there: asked by the link of the watch, now and then.

import { describe, expect, it, onTestFinished } from 'vitest'
import type { Core } from '../../../../../main/core/context.ts'
import { watchAppliance } from '../../../../../main/core/observe.ts'
import { closeCore } from '../../../../../main/core/open-core.ts'
import { stopWatches } from '../../../../../main/core/watches.ts'
import type { Target } from '../../../../../shared/contract/contract.ts'
import type { Connection, HttpRequest } from '../../../../../shared/domain/connection.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import { readScriptHead } from '../../../../../shared/domain/script-head.ts'
import { frameText } from '../../../../../shared/facts/frames.ts'
import { pretendClock } from '../../../../support/pretend-clock.ts'
import { pretendCore } from '../../../../support/pretend-core.ts'
import { nvidiaAnswer, pretendSampler } from '../../../../support/pretend-sampler.ts'
import { bodyIn } from '../../../../support/pushed-body.ts'

const ward = { host: 'ward', port: 22, user: 'ops' }
const target: Target = { by: 'address', address: ward, credentialId: 'key' }
const hour = 3_600_000

async function watched(more: Partial<Connection> = {}, randomId = () => 'ffffffff') {
  const time = pretendClock()
  const appliance = pretendSampler()
  Object.assign(appliance.connection, more)
  const made = pretendCore(async () => ok(appliance.connection), undefined, { ...time, randomId })
  onTestFinished(() => stopWatches(made.core))
  const stop = new AbortController()
  const reading = (async () => {
    for await (const _ of watchAppliance(made.core, target, stop.signal)) if (stop.signal.aborted) break
  })()
  await time.advance(0)
  const tick = async (percent: number, milliseconds = 1000) => {
    const stream = appliance.newest()
    stream.tick({ answers: nvidiaAnswer(stream.nonce, percent) })
    await time.advance(milliseconds)
  }
  return { ...made, time, appliance, tick, leave: () => stop.abort(), reading }
}

async function history(
  { clientAs }: { clientAs: ReturnType<typeof pretendCore>['clientAs'] },
  nowMs: number,
  name: string,
) {
  const question = { target, series: [name], fromMs: nowMs + 1000 - hour, toMs: nowMs + 1000, width: 3600 }
  const answer = await clientAs('viewer').product.observe.history(question)
  return answer.ok ? answer.value.series[0] : undefined
}

describe('a watch', () => {
  it('leaves what it saw in the history, for whoever comes later', async () => {
    const seen = await watched()
    for (const percent of [5, 6, 7]) await seen.tick(percent)
    const names = await seen.clientAs('viewer').product.observe.historySeries({ target })
    expect(names).toMatchObject({
      ok: true,
      value: expect.arrayContaining(['host/cpu', 'accelerator/nvidia 0/utilization']),
    })
    const utilization = await history(seen, seen.time.nowMs(), 'accelerator/nvidia 0/utilization')
    expect(utilization).toMatchObject({ unit: 'percent', last: [5, 6, 7] })
    seen.leave()
    await seen.time.advance(10_000)
    await closeCore(seen.core as Core)
    expect(await history(seen, seen.time.nowMs(), 'accelerator/nvidia 0/utilization')).toMatchObject({
      last: [5, 6, 7],
    })
  })

  it('has a gap where its link was lost, and what came before is on the disk', async () => {
    const seen = await watched()
    await seen.tick(5)
    seen.appliance.newest().end(undefined)
    await seen.time.advance(60_000)
    await seen.tick(9)
    const { last, gaps = [] } = (await history(seen, seen.time.nowMs(), 'accelerator/nvidia 0/utilization')) ?? {}
    expect(last).toEqual([5, 9])
    expect(gaps.some(([from, to]) => to - from > 50_000 && to - from < 70_000)).toBe(true)
    const state = await seen.clientAs('viewer').product.observe.historyState({})
    expect(state).toMatchObject({ ok: true, value: { appliances: [{ appliance: 'ward:22' }], lost: 0 } })
  })

  it('asks the engines there by its own link, each ten seconds, and keeps what was added', async () => {
    const asked: HttpRequest[] = []
    let [questions, tokens] = [0, 0]
    const seen = await watched({
      run: async (what, options) => {
        questions += 1
        return deployed(what, options)
      },
      http: async (request) => {
        asked.push(request)
        tokens += 100
        const page = `vllm:num_requests_running 2\nvllm:generation_tokens_total{model_name="m"} ${tokens}\n`
        return ok({ status: 200, headers: {}, ...bodyIn(bodyOf(page)) })
      },
    })
    for (let second = 0; second < 45; second++) await seen.tick(5)
    expect(asked.map(({ port, path }) => [port, path])).toEqual([1, 2, 3, 4].map(() => [8400, '/metrics']))
    expect(questions).toBe(1)
    expect(await history(seen, seen.time.nowMs(), 'inference/ward-model/running')).toMatchObject({ last: [2, 2, 2, 2] })
    const added = await history(seen, seen.time.nowMs(), 'inference/ward-model/generated-tokens')
    expect(added).toMatchObject({ kind: 'increase', sum: [100, 100, 100] })
  })

  it.each([
    ['is', "is nobody's trouble, and serves no user", true, { queues: 0, served: [], after: 1 }],
    ['is not', 'is a queue of users', false, { queues: 1, served: ['ward-model'], after: 1 }],
  ])('whose queue %s of a benchmark: it %s', async (_, __, isBench, expected) => {
    const seen = await watched({ ...engineWith('vllm:num_requests_waiting 40'), run: deployed }, differentIds())
    const queues = () => seen.core.alerts.keeper.book().active.filter(({ rule }) => rule === 'queue-growing').length
    const bench = seen.core.benches.begin('bench-00000001', ward, new AbortController())
    // What another service is measured with says nothing of this one.
    bench.loads([isBench ? 'ward-model' : 'other-model'])
    for (let times = 0; times < 60; times++) await seen.tick(5, 2000)
    const during = queues()
    const served = [...seen.core.watches.values()].flatMap((one) => [...one.served.keys()])
    bench.over()
    for (let times = 0; times < 60; times++) await seen.tick(5, 2000)
    expect({ queues: during, served, after: queues() }).toEqual(expected)
  })
})

const proof = {
  ...{ serves: 'openai-chat', deployment: 'ward-model', hostPort: 8400, readyPath: '/health', modelName: 'm' },
  ...{ metricsPath: '/metrics', metricsReader: 'vllm' },
}

const deployed: Connection['run'] = async (what) => {
  const record = { deployment: 'ward-model', entry: 'vllm', version: '1', proof }
  const head = 'text' in what ? readScriptHead(what.text) : undefined
  const nonce = head?.block === 'facts' ? head.nonce : ''
  const stdout = `\n${frameText(nonce, 'deployments', `${JSON.stringify(record)}\nend\n`)}`
  return ok({ exitCode: 0, stdout, stderr: '', truncated: false })
}

/** Alerts are told apart by them. */
function differentIds(): () => string {
  let id = 0
  return () => (id++).toString(16).padStart(8, '0')
}

/** Its users get tokens all the time. */
function engineWith(line: string): Pick<Connection, 'http'> {
  let tokens = 0
  return {
    http: async () => {
      tokens += 100
      const page = `${line}\nvllm:generation_tokens_total{model_name="m"} ${tokens}\n`
      return ok({ status: 200, headers: {}, ...bodyIn(bodyOf(page)) })
    },
  }
}

async function* bodyOf(text: string) {
  yield Buffer.from(text)
}
