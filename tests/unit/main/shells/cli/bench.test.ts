// `rackside bench` against a console that is played: what it asks for, what it says in both languages, and how it ends.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import type { BenchCandidate, BenchEvent, BenchResult } from '../../../../../shared/domain/bench.ts'
import { headOf } from '../../../../../shared/domain/bench.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import { compareBenches } from '../../../../../shared/verify/load/compare.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { benchLevelAt, benchResultAt } from '../../../../support/bench-results.ts'

const ward = { name: 'ward', address: { host: 'h', port: 22, user: 'ops' }, credentialId: 'key-1', demo: false }
const model: BenchCandidate = { deployment: 'ward-model', models: ['qwen'] }
const gateway: BenchCandidate = { deployment: 'ward-gateway', models: ['qwen'], throughGateway: true }

type Played = {
  readonly language?: Language
  readonly candidates?: BenchCandidate[]
  readonly result?: BenchResult
  readonly kept?: BenchResult[]
  /** Ctrl-C is pressed after the first level began. */
  readonly interrupted?: true
}

async function play(line: string, played: Played = {}) {
  const { candidates = [model, gateway], result = benchResultAt(1), kept = [] } = played
  const [said, ticks, results]: [string[], string[], unknown[]] = [[], [], []]
  const calls: [name: string, input: unknown][] = []
  const answering = (name: string, value: (input: never) => unknown) => async (input: unknown) => {
    calls.push([name, input])
    return ok(value(input as never))
  }
  async function* events(): AsyncGenerator<BenchEvent> {
    const { benchId, subject, settings, levels, outputIs } = result
    yield { event: 'begin', benchId, subject, settings }
    yield { event: 'warm', promptTokens: 511, wayMs: 3.21, outputIs }
    for (const level of levels) {
      yield { event: 'level-begin', users: level.users }
      if (played.interrupted) process.emit('SIGINT')
      yield {
        ...{ event: 'progress', users: level.users, phase: 'measuring', seconds: 3.4, ended: 12, failed: 1 },
        piecesPerSecond: 45.2,
      }
      yield { event: 'level-end', level }
    }
    yield { event: 'result', result }
  }
  const find = (id: string) => kept.find(({ benchId }) => benchId === id)
  const client = {
    product: {
      appliances: { list: answering('list', () => [ward]) },
      bench: {
        candidates: answering('candidates', () => candidates),
        run: async (input: unknown) => {
          calls.push(['run', input])
          return events()
        },
        stop: answering('stop', () => ({ running: true })),
        list: answering('benches', () => kept.map(headOf)),
        read: answering('read', ({ benchId }: { benchId: string }) => find(benchId) ?? null),
        compare: answering('compare', ({ before, after }: { before: string; after: string }) => {
          const [one, other] = [find(before), find(after)]
          return one === undefined || other === undefined ? null : compareBenches(one, other)
        }),
      },
    },
  } as unknown as ConsoleClient
  const terminal = {
    ...{ say: (text: string) => void said.push(text), complain: (text: string) => void said.push(text) },
    ...{ tick: (text: string) => void ticks.push(text), prompt: () => undefined, echo: () => undefined },
    ...{ leave: () => undefined, result: (value: unknown) => void results.push(value), confirm: async () => undefined },
  }
  const read = readCommandLine(line.split(' '))
  if (!read.ok) return { outcome: read, said, ticks, results, calls }
  const words = wordsOf(played.language ?? 'en')
  const outcome = await runVerb(client, read.value as Invocation, terminal, words)
  return { outcome, said, ticks, results, calls }
}

describe('rackside bench', () => {
  it('measures the only model there is, and says the figures as they come', async () => {
    const { outcome, said, ticks, results, calls } = await play('bench ward')
    expect(outcome).toEqual(ok(0))
    expect(calls.at(-1)).toEqual(['run', { target: { by: 'name', name: 'ward' }, deployment: 'ward-model', wish: {} }])
    expect(said).toEqual([
      'bench-00000001: ward-model (qwen, version 1) on 8 × Ascend 910B',
      'Prompts of about 512 tokens, answers of 128, 20 s or more for each number of users. Limits: TTFT p95 2 s, TPOT p95 100 ms.',
      'A prompt has 511 tokens; a small request takes 3.21 ms there and back.',
      '1 user: TTFT 100 / 100 ms, TPOT 20 / 20 ms, ITL p99 21 ms, E2E 2.1 / 2.1 s, 45 tokens/s, 0.25 requests/s, 100 % within the limits',
      '2 users: TTFT 200 / 200 ms, TPOT 20 / 20 ms, ITL p99 21 ms, E2E 2.2 / 2.2 s, 90 tokens/s, 0.5 requests/s, 100 % within the limits',
      'Supports at least 2 concurrent users at TTFT <= 2 s and TPOT <= 100 ms (p95).',
      'Kept as bench-00000001. "--list" shows all, "--compare" two of them.',
    ])
    expect(ticks[0]).toBe('1 user, measuring, 3 s: 12 answers, 1 failed, 45.2 pieces/s')
    expect(results).toEqual([{ bench: benchResultAt(1) }])
  })

  it('says the same in Chinese', async () => {
    const supports = { users: 12, atLeast: false }
    const { said } = await play('bench ward', { language: 'zh-CN', result: benchResultAt(1, { supports }) })
    expect(said).toContain('在 TTFT ≤ 2 s、TPOT ≤ 100 ms（p95） 下，约支持 12 个并发用户。')
    expect(said.join('\n')).not.toMatch(/\b(users|limits|answers|Supports)\b/)
  })

  it('passes on what is wished for', async () => {
    const line =
      'bench ward ward-gateway --concurrency 1,4,16 --slo-ttft 1500 --slo-tpot 80 --input 2048 --output 64 --seconds 30 --seed 7 --same-prompt'
    const { calls } = await play(line)
    const wish = {
      ...{ levels: [1, 4, 16], ttftLimitMs: 1500, tpotLimitMs: 80, inputTokens: 2048, outputTokens: 64, seconds: 30 },
      ...{ seed: 7, repeatsPrompts: true },
    }
    expect(calls.at(-1)).toEqual(['run', { target: { by: 'name', name: 'ward' }, deployment: 'ward-gateway', wish }])
    expect(calls.map(([name]) => name)).not.toContain('candidates')
  })

  it.each([
    ['--input 0', 'bench-number', '--input 0', '1-131072'],
    ['--output many', 'bench-number', '--output many', '2-8192'],
    ['--seconds 601', 'bench-number', '--seconds 601', '2-600'],
    ['--concurrency 1,x', 'bench-levels', '1,x', '1-1024'],
    ['--concurrency 4,4', 'bench-levels', '4,4', '1-1024'],
    ['--compare bench-1 bench-00000002', 'not-a-bench', 'bench-1', undefined],
    ['--compare 00000001', 'not-a-bench', '', undefined],
    ['ward-model --list', 'one-word-too-many', 'ward-model', undefined],
  ])('is refused with %s', async (words, problem, word, other) => {
    const { outcome } = await play(`bench ward ${words}`)
    const failure = { kind: 'usage', problem, word, ...(other !== undefined && { other }) }
    expect(outcome).toMatchObject({ ok: false, failure })
  })

  it('asks which one where there are several models, and says where there is none', async () => {
    const other = { ...model, deployment: 'ward-other' }
    const several = await play('bench ward', { candidates: [model, other, gateway] })
    expect(several.outcome).toMatchObject({
      failure: { problem: 'bench-which', other: 'ward-model, ward-other, ward-gateway' },
    })
    expect((await play('bench ward', { candidates: [] })).outcome).toMatchObject({
      failure: { problem: 'bench-which' },
    })
    expect((await play('bench ward', { candidates: [gateway] })).outcome).toEqual(ok(0))
  })

  it('says what broke, what failed, and that figures are rough', async () => {
    const level = benchLevelAt(4, 3000, {
      ...{ failed: { 'too-many-requests': 3, 'broken-off': 1 }, said: 'HTTP 429: full', breaks: ['ttft', 'errors'] },
      ...{ isShort: true, countedBy: 'pieces', goodShare: 0.419 },
    })
    const result = benchResultAt(1, { levels: [level], outputIs: 'up-to', supports: { users: 0, atLeast: false } })
    const { said } = await play('bench ward', { result })
    expect(said.join('\n')).toContain('41.9 % within the limits')
    expect(said).toEqual(
      expect.arrayContaining([
        '  Failed: 3 refused because there are too many (429), 1 broken off in the middle ("HTTP 429: full")',
        '  the first token comes too late; too many requests fail',
        '  Few answers came in the time there was: these figures are rough.',
        '  The server does not count its tokens: each piece of text counts as one.',
        'This service cannot be told how long an answer has to be: answers may be shorter than wanted.',
        'Does not support even the fewest users that were tried at TTFT <= 2 s and TPOT <= 100 ms (p95).',
      ]),
    )
  })

  it('ends with the first Ctrl-C, with what was measured', async () => {
    const result = benchResultAt(1, { end: 'stopped', levels: [benchLevelAt(1, 100)] })
    const { outcome, said, calls, results } = await play('bench ward', { result, interrupted: true })
    expect(outcome).toEqual(ok(3))
    expect(calls).toContainEqual(['stop', { benchId: 'bench-00000001' }])
    expect(said).toContain('Stopping. What was measured is kept.')
    expect(said).toContain('Stopped before its end: what was measured until then counts.')
    expect(results).toEqual([{ bench: result }])
    expect(process.listenerCount('SIGINT')).toBe(0)
  })

  it('ends with the failure of one that could not go on, and says what is kept of it', async () => {
    const failure = { kind: 'lock-lost', at: '4' } as const
    const { outcome, said } = await play('bench ward', { result: benchResultAt(1, { end: 'failed', failure }) })
    expect(outcome).toEqual({ ok: false, failure })
    expect(said.join('\n')).toContain('bench-00000001')
  })

  it('lists what was measured of this appliance, the newest last', async () => {
    const elsewhere = benchResultAt(3, { subject: { ...benchResultAt(3).subject, host: 'other' } })
    const { said, results } = await play('bench ward --list', { kept: [elsewhere, benchResultAt(2), benchResultAt(1)] })
    expect(said).toEqual([
      'bench-00000001  2026-11-28T08:01Z  ward-model 1 (qwen)  512 + 128 tokens  >= 2 users',
      'bench-00000002  2026-11-28T08:02Z  ward-model 1 (qwen)  512 + 128 tokens  >= 2 users',
    ])
    expect(results).toMatchObject([{ benches: [{ benchId: 'bench-00000002' }, { benchId: 'bench-00000001' }] }])
    expect((await play('bench ward --list')).said).toEqual([
      'Nothing was measured of this appliance yet: rackside bench APPLIANCE.',
    ])
  })

  it('compares two of them, by their ids or their eight digits, in percent', async () => {
    const slower = benchResultAt(2, { levels: [benchLevelAt(1, 140)], supports: { users: 1, atLeast: false } })
    const { said, results } = await play('bench ward --compare 00000001 bench-00000002', {
      kept: [benchResultAt(1), slower],
    })
    expect(said).toContain('supported users: 2 -> 1 (-50 %); worse')
    expect(said).toContain('  1 user: TTFT, p95: 100 ms -> 140 ms (+40 %); worse')
    expect(said).toContain('  1 user: TPOT, p95: 20 ms -> 20 ms (0 %)')
    expect(results).toMatchObject([{ before: { benchId: 'bench-00000001' }, after: { benchId: 'bench-00000002' } }])
    const unknown = await play('bench ward --compare 00000001 00000009', { kept: [benchResultAt(1)] })
    expect(unknown.outcome).toMatchObject({ failure: { problem: 'not-a-bench', word: 'bench-00000009' } })
  })

  it('says so where two results were not measured alike, or of different services', async () => {
    const other = benchResultAt(2, {
      subject: { ...benchResultAt(2).subject, model: 'other' },
      settings: { ...benchResultAt(2).settings, inputTokens: 1024 },
    })
    const { said } = await play('bench ward --compare 00000001 00000002', { kept: [benchResultAt(1), other] })
    expect(said).toContain('These are measurements of different services or appliances.')
    expect(said.join('\n')).toContain('the length of prompts')
  })
})
