// A benchmark of a demo appliance over its real link: it measures what the demo writes, holds the lock of runs, is kept, and
// the background takes its load for nobody's trouble.
import { describe, expect, it } from 'vitest'
import { benchCandidates } from '../../../main/core/bench/candidates.ts'
import { benchAppliance } from '../../../main/core/bench/run.ts'
import { applySetup, planSetup } from '../../../main/core/runs/setup.ts'
import { type BenchEvent, type BenchResult, benchEvent } from '../../../shared/domain/bench.ts'
import { demoCore, makeDemo, must, setUpDemo } from '../../support/demo-core.ts'

const deployment = 'demo-clinic-model'

describe('a benchmark of a demo appliance', () => {
  it('measures, is kept, and keeps runs away while it goes on', async () => {
    const one = demoCore()
    const made = await makeDemo(one.core)
    const { target, demo, bundleId } = made
    const bench = one.client.product.bench
    // Nothing is there that could be measured.
    await expect(read(benchAppliance(one.context, { target, deployment, wish: {} }))).rejects.toMatchObject({
      data: { kind: 'usage', problem: 'bench-deployment' },
    })
    expect(await setUpDemo(one, made)).toBe('healthy')
    const candidates = must(await benchCandidates(one.core, target))
    expect(candidates.map((each) => each.deployment)).toContain(deployment)

    const events: BenchEvent[] = []
    let refused: unknown
    const wish = { levels: [1, 2], seconds: 2, inputTokens: 100, outputTokens: 8, tpotLimitMs: 1000 }
    for await (const event of benchAppliance(one.context, { target, deployment, wish })) {
      events.push(benchEvent.parse(event))
      if (event.event !== 'level-begin' || event.users !== 2) continue
      expect(one.core.benches.isLoaded(demo.address, deployment)).toBe(true)
      refused = await read(benchAppliance(one.context, { target, deployment, wish })).catch((error) => error.data)
    }
    expect(refused).toMatchObject({ kind: 'run-in-progress', holder: 'li' })
    expect(one.core.benches.isLoaded(demo.address, deployment)).toBe(false)
    const result = resultIn(events)
    expect(result).toMatchObject({ end: 'done', subject: { deployment, demo: true, engine: 'llama-cpp' } })
    expect(result.levels.map(({ users }) => users)).toEqual([1, 2])
    for (const level of result.levels) {
      expect(level).toMatchObject({ failed: {}, countedBy: 'usage' })
      expect(level.requests).toBeGreaterThan(0)
      expect(level.outputTokens).toBe(8)
    }
    expect(must(await bench.list({}))[0]).toMatchObject({ benchId: result.benchId })
    expect(must(await bench.read({ benchId: result.benchId }))).toEqual(result)
    const compared = must(await bench.compare({ before: result.benchId, after: result.benchId }))
    expect(compared?.rows.every(({ change }) => change === 'same')).toBe(true)
    // A run begins as if nothing had been.
    const plan = must(await planSetup(one.core, { target, bundleId, solution: 'demo-clinic' }))
    const kinds: string[] = []
    for await (const event of applySetup(one.context, { planId: plan.id, target })) kinds.push(event.event)
    expect(kinds).not.toContain('waiting-for-lock')
    expect(kinds.at(-1)).toBe('verified')
  })

  it('is stopped by whoever asks, and ends when nobody reads it, with what there is of it', async () => {
    const one = demoCore()
    const made = await makeDemo(one.core)
    expect(await setUpDemo(one, made)).toBe('healthy')
    const input = { target: made.target, deployment, wish: { levels: [1], seconds: 60, outputTokens: 8 } }
    const events: BenchEvent[] = []
    let benchId = ''
    for await (const event of benchAppliance(one.context, input)) {
      events.push(event)
      if (event.event === 'begin') benchId = event.benchId
      // The first ones began before what counts.
      if (event.event !== 'progress' || event.phase !== 'measuring' || event.ended < 4) continue
      expect(must(await one.client.product.bench.stop({ benchId }))).toEqual({ running: true })
    }
    expect(resultIn(events)).toMatchObject({ benchId, end: 'stopped' })
    expect(resultIn(events).levels[0]?.requests).toBeGreaterThan(0)
    expect(resultIn(events)).not.toHaveProperty('supports')
    expect(must(await one.client.product.bench.stop({ benchId }))).toEqual({ running: false })

    const left = new AbortController()
    for await (const event of benchAppliance(one.context, input, left.signal)) {
      if (event.event === 'level-begin') left.abort()
    }
    await one.core.benches.idle()
    expect(must(await one.client.product.bench.list({}))).toHaveLength(2)
    const acts = one.core.state.benches.list().map(({ end }) => end)
    expect(acts).toEqual(['stopped', 'stopped'])
  })
})

async function read(events: AsyncIterable<BenchEvent>): Promise<BenchEvent[]> {
  const all: BenchEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

function resultIn(events: readonly BenchEvent[]): BenchResult {
  const last = events.at(-1)
  if (last?.event !== 'result') throw new Error(`it ended with ${last?.event}`)
  return last.result
}
