// A whole benchmark in pretend time, of models whose figures can be calculated.
import { describe, expect, it } from 'vitest'
import { type BenchOutcome, runBench, type Service } from '../../../../../main/verify/load/run-bench.ts'
import { type BenchEvent, type BenchSettings, benchEvent, benchLevel } from '../../../../../shared/domain/bench.ts'
import { pretendClock } from '../../../../support/pretend-clock.ts'
import { pretendModel } from '../../../../support/pretend-model.ts'

const service: Service = { port: 8400, readyPath: '/health', model: 'ward', engine: 'vllm', throughGateway: false }
const usual: BenchSettings = {
  ...{ ttftLimitMs: 500, tpotLimitMs: 100, inputTokens: 160, outputTokens: 5, seconds: 2, seed: 3 },
}

type Ways = Parameters<typeof pretendModel>[1]
type Wish = {
  readonly ways?: Partial<Ways>
  readonly settings?: Partial<BenchSettings>
  readonly service?: Partial<Service>
  /** Milliseconds after which it is stopped, or its lock is lost. */
  readonly stopMs?: number
  readonly lostMs?: number
}

async function measured(wish: Wish) {
  const clock = pretendClock()
  const model = pretendModel(clock, { ttftMs: () => 100, gapMs: () => 20, ...wish.ways })
  const events: BenchEvent[] = []
  const stop = new AbortController()
  const { stopMs, lostMs = Number.POSITIVE_INFINITY } = wish
  const tools = {
    ...{ clock: clock.clock, pause: clock.pause, signal: stop.signal },
    hear: (event: BenchEvent) => void events.push(benchEvent.parse(event)),
    held: () => clock.clock() < lostMs,
  }
  let outcome: BenchOutcome | undefined
  const running = runBench(
    model.connection,
    { ...service, ...wish.service },
    { settings: { ...usual, ...wish.settings }, tools },
  ).then((ended) => {
    outcome = ended
  })
  if (stopMs !== undefined) {
    await clock.advance(stopMs)
    stop.abort()
  }
  for (let second = 0; outcome === undefined && second < 4000; second++) await clock.advance(1000)
  await running
  if (outcome === undefined) throw new Error('it has no end')
  return { outcome, events, model, seconds: clock.clock() / 1000, waiting: clock.waiting() }
}

describe('a benchmark', () => {
  it('measures what the model does: first token, time per token, rates', async () => {
    const { outcome, model, waiting } = await measured({ settings: { levels: [4] } })
    expect(outcome).toMatchObject({
      end: 'done',
      outputIs: 'enforced',
      wayMs: 2,
      supports: { users: 4, atLeast: true },
    })
    const [level] = outcome.levels
    expect(benchLevel.parse(level)).toMatchObject({
      users: 4,
      failed: {},
      goodShare: 1,
      countedBy: 'usage',
      breaks: [],
    })
    expect(level?.ttftMs).toMatchObject({ p50: 100, p99: 100 })
    expect(level?.tpotMs).toMatchObject({ p50: 20 })
    expect(level?.itlMs).toMatchObject({ p50: 20, most: 20 })
    expect(level?.e2eMs).toMatchObject({ p50: 180 })
    // Four at a time, each of 5 tokens in 180 ms.
    expect(level?.outputTokensPerSecond).toBeGreaterThan(105)
    expect(level?.outputTokensPerSecond).toBeLessThan(117)
    expect(level?.requestsPerSecond).toBeCloseTo(22.2, -0.5)
    expect([model.mostAtOnce(), waiting]).toEqual([4, 0])
  })

  it('says about how many users are supported: doubled until a limit breaks, then between', async () => {
    const { outcome, events } = await measured({ ways: { ttftMs: (atOnce) => 50 * atOnce } })
    // 10 at once have to wait 500 ms, and 11 longer.
    expect(outcome.levels.map(({ users }) => users)).toEqual([1, 2, 4, 8, 16, 12, 10, 11])
    expect(outcome.supports).toEqual({ users: 10, atLeast: false })
    expect(outcome.levels.find(({ users }) => users === 12)?.breaks).toEqual(['ttft'])
    const kinds = events.map(({ event }) => event)
    expect(kinds.slice(0, 2)).toEqual(['warm', 'level-begin'])
    expect(kinds.filter((kind) => kind === 'level-end')).toHaveLength(8)
    expect(events.some((one) => one.event === 'progress' && one.phase === 'measuring' && one.piecesPerSecond > 0)).toBe(
      true,
    )
  })

  it('breaks the limit of the time per token as well', async () => {
    const { outcome } = await measured({ ways: { gapMs: (atOnce) => 30 * atOnce } })
    expect(outcome.supports).toEqual({ users: 3, atLeast: false })
    expect(outcome.levels.find(({ users }) => users === 4)?.breaks).toEqual(['tpot'])
  })

  it('makes prompts as long as they should be, by what the server counts, no two alike', async () => {
    const { events, model, outcome } = await measured({ settings: { levels: [2], inputTokens: 400 } })
    const warm = events.find((one) => one.event === 'warm')
    expect(warm?.event === 'warm' && Math.abs((warm.promptTokens ?? 0) - 400)).toBeLessThanOrEqual(2)
    expect(outcome.levels[0]?.promptTokens).toBeCloseTo(400, -1)
    expect(new Set(model.prompts).size).toBe(model.prompts.length)
    expect(new Set(model.prompts.map((prompt) => prompt.split(' ')[0])).size).toBe(model.prompts.length)
  })

  it('has the same prompt each time where somebody wants that, but for the warm-up', async () => {
    const { model } = await measured({ settings: { levels: [2], repeatsPrompts: true } })
    expect(new Set(model.prompts.slice(3)).size).toBe(1)
  })

  it('says where answers cannot be made as long as wanted, and where nothing is counted', async () => {
    const wish = { service: { throughGateway: true }, ways: { isUncounted: true as const }, settings: { levels: [1] } }
    const { outcome } = await measured(wish)
    expect(outcome.outputIs).toBe('up-to')
    expect(outcome.levels[0]).toMatchObject({ countedBy: 'pieces', outputTokens: 5 })
  })

  it('leaves the warm-up out: requests that find a cold server change no figure', async () => {
    let asked = 0
    const ways = { ttftMs: () => (asked++ < 3 + 4 ? 5000 : 100) }
    const { outcome } = await measured({ ways, settings: { levels: [4] } })
    expect(outcome.levels[0]?.ttftMs).toMatchObject({ most: 100 })
  })

  it('measures longer where answers take longer, so that figures rest on enough of them, and says where they do not', async () => {
    const slow = { ttftMs: () => 400, gapMs: () => 50 }
    const { outcome } = await measured({ ways: slow, settings: { levels: [1], seconds: 3 } })
    expect(outcome.levels[0]?.seconds).toBeGreaterThan(5.5)
    expect(outcome.levels[0]).not.toHaveProperty('isShort')
    const slower = { ttftMs: () => 400, gapMs: () => 500 }
    const rough = await measured({ ways: slower, settings: { levels: [1], seconds: 3 } })
    expect(rough.outcome.levels[0]).toMatchObject({ isShort: true })
    expect(rough.outcome.levels[0]?.seconds).toBeLessThan(10)
  })

  it('counts failures by their kind, and does not hammer who refuses', async () => {
    const ways = { statusOf: (at: number) => (at > 3 && at % 3 === 0 ? 429 : undefined) }
    const { outcome } = await measured({ ways, settings: { levels: [2] } })
    const [level] = outcome.levels
    expect(level?.failed['too-many-requests']).toBeGreaterThan(2)
    expect(level).toMatchObject({ breaks: ['errors'], said: 'HTTP 429: full' })
    expect(outcome.supports).toEqual({ users: 0, atLeast: false })
  })

  it('gives a level up soon where nothing but failures comes', async () => {
    const ways = { statusOf: (at: number) => (at < 3 ? undefined : 0) }
    const { outcome, model, seconds } = await measured({ ways, settings: { levels: [2, 4] } })
    expect(outcome.levels.map(({ breaks }) => breaks)).toEqual([['no-figures'], ['no-figures']])
    expect(model.prompts.length).toBeLessThan(60)
    expect(seconds).toBeLessThan(30)
  })

  it('does not begin where even one request is refused, and says what the server said', async () => {
    const { outcome } = await measured({ ways: { statusOf: (at) => (at === 2 ? 400 : undefined) } })
    expect(outcome).toMatchObject({ end: 'failed', levels: [], failure: { kind: 'http-failed' } })
    expect(JSON.stringify(outcome.failure)).toContain('HTTP 400: full')
  })

  it('is stopped at any time, with what was measured until then, and leaves nothing behind', async () => {
    // 0: before it began.
    for (const stopMs of [0, 1, 50, 300, 800, 2500, 4000, 9000]) {
      const { outcome, model, waiting } = await measured({ stopMs })
      expect(outcome.end).toBe('stopped')
      const whole = outcome.levels.filter(({ seconds }) => seconds >= 2)
      expect(outcome.supports?.users ?? 0).toBe(whole.at(-1)?.users ?? 0)
      const asked = model.prompts.length
      expect(waiting).toBe(0)
      expect(model.prompts).toHaveLength(asked)
    }
  })

  it('ends when the appliance is not its own any more', async () => {
    const { outcome } = await measured({ lostMs: 3000 })
    expect(outcome).toMatchObject({ end: 'failed', failure: { kind: 'lock-lost' } })
  })

  it('takes no longer than its bound altogether', async () => {
    const { outcome, seconds } = await measured({
      settings: { seconds: 300 },
      ways: { ttftMs: () => 3000, gapMs: () => 2000 },
    })
    expect(outcome.end === 'done' || outcome.end === 'out-of-time').toBe(true)
    expect(seconds).toBeLessThan(25 * 60)
  })
})
