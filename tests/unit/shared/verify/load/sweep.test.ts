// Which numbers of users are measured, against services that hold out to a known one; prompts; and two results compared.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BenchLevel, type BenchResult, benchComparison } from '../../../../../shared/domain/bench.ts'
import { compareBenches } from '../../../../../shared/verify/load/compare.ts'
import { promptAt, wordsFor } from '../../../../../shared/verify/load/prompts.ts'
import { enforcesOutput, requestBody } from '../../../../../shared/verify/load/request-body.ts'
import { nextUsers, supportedBy } from '../../../../../shared/verify/load/sweep.ts'

/** What is measured of a service that keeps its limits for so many, in order, and what it is said to support. */
function swept(capacity: number, levels?: number[]) {
  const done: { users: number; breaks: BenchLevel['breaks'] }[] = []
  for (;;) {
    const users = nextUsers(done, { ...(levels && { levels }) })
    if (users === undefined || done.length > 100) break
    done.push({ users, breaks: users <= capacity ? [] : ['ttft'] })
  }
  return { users: done.map((one) => one.users), supports: supportedBy(done) }
}

describe('a sweep', () => {
  it('doubles until a limit is broken, then narrows it down', () => {
    expect(swept(11)).toEqual({ users: [1, 2, 4, 8, 16, 12, 10, 11], supports: { users: 11, atLeast: false } })
  })

  it('ends at once where one user is too many, and where nothing breaks', () => {
    expect(swept(0)).toEqual({ users: [1], supports: { users: 0, atLeast: false } })
    expect(swept(5000)).toEqual({
      ...{ users: [1, 2, 4, 8, 16, 32, 64, 128, 256], supports: { users: 256, atLeast: true } },
    })
  })

  it('measures a list as it is, each of it', () => {
    expect(swept(5, [1, 8, 4])).toEqual({ users: [1, 8, 4], supports: { users: 4, atLeast: false } })
    expect(swept(50, [1, 8])).toEqual({ users: [1, 8], supports: { users: 8, atLeast: true } })
    expect(supportedBy([])).toBeUndefined()
  })

  it('says no more than a service holds, and no less than an eighth below it, in few levels', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 255 }), (capacity) => {
        const { users, supports } = swept(capacity)
        expect(supports?.users).toBeLessThanOrEqual(capacity)
        expect(supports?.users).toBeGreaterThan(capacity - Math.max(1, (supports?.users ?? 0) / 8) - 1)
        expect(users.length).toBeLessThanOrEqual(13)
        expect(new Set(users).size).toBe(users.length)
      }),
    )
  })
})

describe('the prompts', () => {
  const plan = { seed: 7, words: 40, repeats: false }

  it('are alike for a seed, and no two of a seed begin alike', () => {
    expect(promptAt(plan, 3)).toBe(promptAt(plan, 3))
    expect(promptAt(plan, 3)).not.toBe(promptAt({ ...plan, seed: 8 }, 3))
    const beginnings = Array.from({ length: 2000 }, (_, at) => promptAt(plan, at).split(' ')[0])
    expect(new Set(beginnings).size).toBeGreaterThan(1990)
  })

  it('are one and the same where they are to repeat', () => {
    expect(promptAt({ ...plan, repeats: true }, 1)).toBe(promptAt({ ...plan, repeats: true }, 900))
  })

  it('have as many words as make the wanted tokens, by what the server counted', () => {
    const counted = [100, 200].map((words) => ({ words, tokens: 30 + words * 1.5 }))
    expect(wordsFor(1530, counted)).toBe(1000)
    expect(wordsFor(10, counted)).toBe(1)
    expect(wordsFor(600, [{ words: 100, tokens: 150 }])).toBe(400)
    expect(wordsFor(1400, [])).toBe(1000)
  })

  it('are of a bounded length whatever a server says that it counted', () => {
    const two = (short: number, long: number) => [
      { words: 8, tokens: short },
      { words: 32, tokens: long },
    ]
    expect(wordsFor(1400, two(0, 0))).toBe(1000)
    expect(wordsFor(131_072, two(1, 2))).toBeLessThanOrEqual(2 * 131_072)
    expect(wordsFor(1024, two(1, 1e9))).toBeGreaterThan(0)
  })

  it('go to an engine with the wish to go on to the end only where it is known to take it', () => {
    expect([enforcesOutput('vllm', false), enforcesOutput('vllm', true), enforcesOutput(undefined, false)]).toEqual([
      ...[true, false, false],
    ])
    const asking = { model: 'm', prompt: 'p', outputTokens: 64, enforces: true }
    expect(JSON.parse(requestBody(asking))).toMatchObject({ max_tokens: 64, stream: true, ignore_eos: true })
    expect(JSON.parse(requestBody({ ...asking, enforces: false }))).not.toHaveProperty('ignore_eos')
  })
})

describe('two results compared', () => {
  const distribution = (p: number) => ({ count: 9, mean: p, least: p, most: p, p50: p, p90: p, p95: p, p99: p })
  const level = (users: number, ttft: number, rate: number): BenchLevel => ({
    ...{ users, seconds: 20, requests: 9, failed: {}, gaps: [], countedBy: 'usage', breaks: [] },
    ...{ ttftMs: distribution(ttft), outputTokensPerSecond: rate, requestsPerSecond: 1 },
    ...{ goodShare: 1, goodRequestsPerSecond: 1 },
  })
  const result = (levels: BenchLevel[], more: Partial<BenchResult> = {}): BenchResult => ({
    ...{ format: 1, benchId: 'bench-00000001', startedAt: '2026-11-28T08:00:00.000Z', seconds: 60, who: 'ops' },
    subject: {
      ...{ host: '10.78.0.11', port: 22, deployment: 'chat', entry: 'llama', version: '1' },
      ...{ model: 'm', accelerators: [] },
    },
    settings: { ttftLimitMs: 2000, tpotLimitMs: 100, inputTokens: 512, outputTokens: 128, seconds: 20, seed: 1 },
    ...{ outputIs: 'enforced', levels, end: 'done', supports: { users: 8, atLeast: false } },
    ...more,
  })

  it('say for each number of users that both have what changed, by how many percent, and which way', () => {
    const before = result([level(1, 100, 50), level(2, 200, 80)])
    const after = result([level(1, 140, 50), level(4, 500, 90)], { supports: { users: 6, atLeast: false } })
    const comparison = benchComparison.parse(compareBenches(before, after))
    expect(comparison.rows).toContainEqual({
      ...{ figure: 'supported-users', before: 8, after: 6, percent: -25, change: 'worse' },
    })
    expect(comparison.rows).toContainEqual({
      ...{ figure: 'ttft-p95', users: 1, before: 100, after: 140, percent: 40, change: 'worse' },
    })
    expect(comparison.rows).toContainEqual(expect.objectContaining({ figure: 'output-rate', change: 'same' }))
    expect(comparison.rows.some(({ users }) => users === 2 || users === 4)).toBe(false)
    expect(comparison.otherSettings).toEqual([])
  })

  it('take small differences for none, more tokens for better, and name settings that differ', () => {
    const before = result([level(1, 100, 50)])
    const settings = { ...before.settings, inputTokens: 1024, repeatsPrompts: true as const }
    const { rows, otherSettings } = compareBenches(before, result([level(1, 102, 75)], { settings }))
    expect(rows.find(({ figure }) => figure === 'ttft-p95')?.change).toBe('same')
    expect(rows.find(({ figure }) => figure === 'output-rate')).toMatchObject({ change: 'better', percent: 50 })
    expect(otherSettings).toEqual(['inputTokens', 'repeatsPrompts'])
  })

  it('say nothing of how many users are supported where only so many were asked for', () => {
    const asked = result([], { supports: { users: 4, atLeast: true } })
    expect(compareBenches(asked, result([])).rows).toEqual([])
  })

  it('have no percent of nothing', () => {
    const none = result([], { supports: { users: 0, atLeast: false } })
    expect(compareBenches(none, result([])).rows[0]).toEqual({
      ...{ figure: 'supported-users', before: 0, after: 8, change: 'better' },
    })
  })
})
