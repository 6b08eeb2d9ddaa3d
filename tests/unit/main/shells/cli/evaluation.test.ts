// `rackside evaluate` against a console that is played: what it asks for, what it says in both languages, and how it ends.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import { runEvaluations } from '../../../../../main/shells/cli/evaluation-verbs.ts'
import type { EvaluationInvocation } from '../../../../../main/shells/cli/evaluation-words.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import {
  type EvaluationEvent,
  type EvaluationResult,
  evaluationHeadOf,
} from '../../../../../shared/domain/evaluation.ts'
import { fail, ok } from '../../../../../shared/domain/failure.ts'
import { differenceOf } from '../../../../../shared/verify/evaluation/compare.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { evaluationResultOf, scoreWith, smokeHead } from '../../../../support/evaluation-results.ts'

const ward = { name: 'ward', address: { host: 'h', port: 22, user: 'ops' }, credentialId: 'key-1', demo: false }
const cmb = { ...smokeHead, digest: 'c'.repeat(64), name: 'cmb.json', refused: 12 }
const { builtIn: _, ...brought } = cmb

type Played = { readonly language?: Language; readonly result?: EvaluationResult; readonly difference?: object }

async function play(line: string, { language = 'en', result = evaluationResultOf(), difference }: Played = {}) {
  const [said, results]: [string[], unknown[]] = [[], []]
  const calls: [name: string, input: unknown][] = []
  const answering = (name: string, value: unknown) => async (input: unknown) => {
    calls.push([name, input])
    return ok(value)
  }
  async function* events(): AsyncGenerator<EvaluationEvent> {
    const { evaluationId, subject, set, settings, planned } = result
    yield { event: 'begin', evaluationId, subject, set, settings, planned, asked: result.resumed > 0 ? 7 : 0 }
    yield { event: 'result', result }
  }
  const streaming = (name: string) => async (input: unknown) => {
    calls.push([name, input])
    return events()
  }
  const heads = { before: evaluationHeadOf(result), after: evaluationHeadOf(result), unlike: ['seed', 'thinks'] }
  const client = {
    desk: { openEvaluationSet: answering('open', { set: brought, refusals: [{ line: 4, fault: 'no-options' }] }) },
    product: {
      appliances: { list: answering('list', [ward]) },
      evaluation: {
        sets: answering('sets', { sets: [smokeHead, { ...brought, refused: 0 }], found: [] }),
        candidates: answering('candidates', [{ deployment: 'ward-model', model: 'qwen' }]),
        ...{ run: streaming('run'), resume: streaming('resume') },
        list: answering('evaluations', [evaluationHeadOf(result)]),
        read: answering('read', result),
        records: answering('records', [{ item: 0, verdict: 'right', chosen: 'B', milliseconds: 12 }]),
        compare: answering('compare', { ...heads, ...(difference !== undefined && { difference }) }),
      },
    },
  } as unknown as ConsoleClient
  const terminal = {
    ...{ say: (text: string) => void said.push(text), complain: (text: string) => void said.push(text) },
    ...{ tick: () => undefined, prompt: () => undefined, echo: () => undefined, leave: () => undefined },
    ...{ result: (value: unknown) => void results.push(value), confirm: async () => undefined },
  }
  const read = readCommandLine(line.split(' '))
  if (!read.ok) return { outcome: read, said, results, calls }
  const words = wordsOf(language)
  const outcome =
    'act' in read.value
      ? await runEvaluations({ client, terminal: terminal as never, words }, read.value as EvaluationInvocation)
      : await runVerb(client, read.value as Invocation, terminal as never, words)
  return { outcome, said, results, calls }
}

const ran = (calls: readonly [string, unknown][]) => calls.find(([name]) => name === 'run' || name === 'resume')?.[1]

describe('rackside evaluate', () => {
  it('asks the built-in set where no other is said, and says what it is not', async () => {
    const { outcome, said, results, calls } = await play('evaluate ward')
    expect(outcome).toEqual(ok(0))
    expect(ran(calls)).toMatchObject({ deployment: 'ward-model', setDigest: smokeHead.digest, wish: {} })
    expect(said.join('\n')).toContain('41 of 50 right: 82.0 % (95 % interval 69.2–90.2 %).')
    expect(said.join('\n')).toContain('no measure of clinical quality')
    expect(results).toMatchObject([{ evaluation: { evaluationId: 'evaluation-0badcafe' }, records: [{ chosen: 'B' }] }])
  })

  it('says the same in Chinese', async () => {
    const { said } = await play('evaluate ward', { language: 'zh-CN' })
    expect(said.join('\n')).toContain('50 题答对 41 题：正确率 82.0 %（95% 置信区间 69.2–90.2 %）。')
    expect(said.join('\n')).toContain('不能衡量临床质量')
  })

  it('takes a set by its name, by the first digits of its digest, and from a file, whose refused lines it names', async () => {
    for (const set of ['cmb.json', 'cccccccc']) {
      expect(ran((await play(`evaluate ward --set ${set}`)).calls)).toMatchObject({ setDigest: brought.digest })
    }
    const { calls, said } = await play('evaluate ward --set package.json')
    expect(calls.find(([name]) => name === 'open')?.[1]).toMatchObject({
      file: expect.stringMatching(/^\/.*package\.json$/),
    })
    expect(said.join('\n')).toContain('line 4: it has fewer than two options')
    expect(said.join('\n')).toContain('and 11 more')
    expect((await play('evaluate ward --set nosuch')).outcome).toMatchObject({ failure: { problem: 'no-such-set' } })
  })

  it('hands on what is wished', async () => {
    const line = 'evaluate ward other --concurrency 16 --limit 100 --seed 3 --output 32 --with-answers'
    const { calls } = await play(line)
    const wish = { concurrency: 16, limit: 100, seed: 3, outputTokens: 32 }
    expect(ran(calls)).toMatchObject({ deployment: 'other', wish, keepsText: true })
    expect(ran((await play('evaluate ward --deployment other')).calls)).toMatchObject({ deployment: 'other' })
  })

  it.each([
    ['evaluate ward --concurrency 17', 'evaluation-number'],
    ['evaluate ward --limit 0', 'evaluation-number'],
    ['evaluate ward --set a --set b', 'one-word-too-many'],
    ['evaluate ward one --deployment other', 'one-word-too-many'],
    ['evaluate ward --resume 0badcafe --limit 5', 'option-elsewhere'],
    ['evaluate ward --resume nothing', 'not-an-evaluation'],
    ['evaluate show', 'not-an-evaluation'],
    ['evaluate compare 0badcafe', 'not-an-evaluation'],
  ])('%s is refused', async (line, problem) => {
    expect((await play(line)).outcome).toMatchObject({ failure: { kind: 'usage', problem } })
  })

  it('goes on with one that ended early, and says so', async () => {
    const result = evaluationResultOf({ resumed: 1 })
    const { calls, said } = await play('evaluate ward --resume 0badcafe', { result })
    expect(ran(calls)).toMatchObject({ evaluationId: 'evaluation-0badcafe' })
    expect(said.join('\n')).toContain('7 of 50 are answered already')
  })

  it('is no green where requests failed or somebody stopped it, and says how to go on', async () => {
    const failed = await play('evaluate ward', {
      result: evaluationResultOf({ score: scoreWith({ right: 40, failed: 10 }) }),
    })
    expect(failed.outcome).toEqual(ok(70))
    expect(failed.said.join('\n')).toContain('10 requests failed')
    expect(failed.said.join('\n')).toContain('--resume evaluation-0badcafe')
    const stopped = await play('evaluate ward', { result: evaluationResultOf({ end: 'stopped' }) })
    expect(stopped.outcome).not.toEqual(ok(0))
    const failure = { kind: 'lock-lost' as const, at: '3' }
    expect((await play('evaluate ward', { result: evaluationResultOf({ end: 'failed', failure }) })).outcome).toEqual(
      fail(failure),
    )
  })

  it('says of every set and every comparison that it is no measure of clinical quality', async () => {
    const result = evaluationResultOf({ set: brought })
    const difference = differenceOf({ items: 100, both: 60, onlyBefore: 1, onlyAfter: 11 })
    for (const line of ['evaluate ward', 'evaluate show 0badcafe', 'evaluate sets']) {
      expect((await play(line, { result })).said.join('\n')).toContain('no measure of clinical quality')
    }
    const { said } = await play('evaluate compare 0badcafe 0badcaff', { result, difference })
    expect(said.join('\n')).toContain('The second has more right answers of this set.')
    expect(said.join('\n')).toContain('no measure of clinical quality')
  })

  it('lists, shows and compares what is kept', async () => {
    expect((await play('evaluate list')).said.join('\n')).toContain('50/50  82.0 % (69.2–90.2 %)')
    expect((await play('evaluate show 0badcafe')).results).toMatchObject([{ records: [{ item: 0 }] }])
    expect((await play('evaluate sets')).said.join('\n')).toContain('cmb.json: 50 questions')
    const difference = differenceOf({ items: 50, both: 34, onlyBefore: 2, onlyAfter: 7 })
    const told = await play('evaluate compare 0badcafe 0badcaff', { difference, language: 'zh-CN' })
    expect(told.said.join('\n')).toContain('看不出差别。')
    expect(told.said.join('\n')).toContain('随机种子、其中一次的模型先思考再作答。')
    expect((await play('evaluate compare 0badcafe 0badcaff')).said.join('\n')).toContain('cannot be compared')
  })
})
