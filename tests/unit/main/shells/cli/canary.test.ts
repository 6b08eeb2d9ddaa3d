// `rackside canary` against a console that is played: what it asks for, what it says in both languages, and how it ends.
import { describe, expect, it } from 'vitest'
import type { ConsoleClient } from '../../../../../main/core/link/console-client.ts'
import { readCommandLine } from '../../../../../main/shells/cli/arguments.ts'
import type { Invocation } from '../../../../../main/shells/cli/verb-arguments.ts'
import { runVerb } from '../../../../../main/shells/cli/verbs.ts'
import {
  type CanaryEvent,
  type CanaryResult,
  canaryHeadOf,
  canaryProblem,
  canaryQuestionId,
} from '../../../../../shared/domain/canary.ts'
import { ok } from '../../../../../shared/domain/failure.ts'
import type { Language } from '../../../../../shared/words/words.ts'
import { wordsOf } from '../../../../../shared/words/words-of.ts'
import { canaryResultAt } from '../../../../support/canary-results.ts'

const ward = { name: 'ward', address: { host: 'h', port: 22, user: 'ops' }, credentialId: 'key-1', demo: false }
const failed = canaryResultAt(2, {
  verdict: 'failed',
  questions: [
    { question: 'role-zh', verdict: 'failed', problems: ['system-prompt-lost'], holds: [], detail: 'seen\u0007' },
  ],
})

type Played = { readonly language?: Language; readonly result?: CanaryResult; readonly kept?: CanaryResult[] }

async function play(line: string, { language = 'en', result = canaryResultAt(1), kept = [] }: Played = {}) {
  const [said, results]: [string[], unknown[]] = [[], []]
  const calls: [name: string, input: unknown][] = []
  const answering = (name: string, value: (input: never) => unknown) => async (input: unknown) => {
    calls.push([name, input])
    return ok(value(input as never))
  }
  async function* events(): AsyncGenerator<CanaryEvent> {
    const { canaryId, subject, set, questions } = result
    yield { event: 'begin', canaryId, subject, set, questions: questions.map(({ question }) => question) }
    for (const question of questions) yield { event: 'question-end', question }
    yield { event: 'result', result }
  }
  const find = ({ canaryId: id }: { canaryId: string }) => kept.find(({ canaryId }) => canaryId === id) ?? null
  const client = {
    product: {
      appliances: { list: answering('list', () => [ward]) },
      canary: {
        candidates: answering('candidates', () => [
          { deployment: 'ward-model', model: 'qwen', set: 'clinical' },
          { deployment: 'ward-search', model: 'bge', set: 'embeddings' },
        ]),
        run: async (input: unknown) => {
          calls.push(['run', input])
          return events()
        },
        list: answering('canaries', () => kept.map(canaryHeadOf)),
        read: answering('read', find),
        accept: answering('accept', (input: { canaryId: string }) => {
          const found = find(input)
          return found === null ? null : { ...canaryHeadOf(found), accepted: true }
        }),
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
  const outcome = await runVerb(client, read.value as Invocation, terminal, wordsOf(language))
  return { outcome, said, results, calls }
}

describe('rackside canary', () => {
  it('asks every model, or the one that is named, and says what each answer was like', async () => {
    const all = await play('canary run ward')
    expect(all.calls.filter(([name]) => name === 'run').map(([, input]) => input)).toMatchObject([
      { deployment: 'ward-model' },
      { deployment: 'ward-search' },
    ])
    expect(all.outcome).toEqual(ok(0))
    const one = await play('canary run ward ward-model --with-answers')
    expect(one.calls.at(-1)).toMatchObject(['run', { deployment: 'ward-model', keepsText: true }])
    expect(one.said).toContain('ok  normal temperature (English) (TTFT 120 ms, 41.5 tokens/s)')
    expect(one.said).toContain('skipped  the call of a tool')
    expect(one.said.at(-2)).toBe('Passed: 1 of 1 questions.')
    expect(one.results).toMatchObject([{ canaries: [{ canaryId: 'canary-00000001' }] }])
  })

  it('ends as a verdict that is not healthy where questions failed', async () => {
    const { outcome, said } = await play('canary run ward ward-model', { result: failed, language: 'zh-CN' })
    expect(outcome).toEqual(ok(70))
    expect(said).toContain('不合格  记住指令中的名字（中文）：系统提示词未生效')
    expect(said.join('\n')).toContain('不合格：1 题中有 1 题未通过。')
  })

  it('lists, shows and accepts what is kept, by its whole id or its digits', async () => {
    const kept = [failed, canaryResultAt(1)]
    const listed = await play('canary list ward', { kept })
    expect(listed.said.map((line) => line.slice(0, 15))).toEqual(['canary-00000001', 'canary-00000002'])
    const shown = await play('canary show ward 00000002', { kept })
    expect(shown.said).toContain(
      'FAILED  the name from its instructions (Chinese): its instructions (system prompt) did not reach it',
    )
    const accepted = await play('canary accept ward canary-00000001', { kept })
    expect(accepted.results).toMatchObject([{ canary: { accepted: true } }])
    for (const line of ['canary show ward 000000ff', 'canary accept ward nothing', 'canary show ward']) {
      expect((await play(line, { kept })).outcome).toMatchObject({ failure: { problem: 'not-a-canary' } })
    }
  })

  it('has words of its own for every question and problem, in both languages', () => {
    for (const names of [canaryQuestionId.options, canaryProblem.options]) {
      for (const language of ['en', 'zh-CN'] as const) {
        const { questions, problems } = wordsOf(language).canary
        const texts = names.map((one) => ({ ...questions, ...problems })[one])
        expect(new Set(texts).size).toBe(names.length)
        if (language === 'zh-CN') expect(texts.every((text) => /\p{Script=Han}/u.test(text))).toBe(true)
      }
    }
  })
})
