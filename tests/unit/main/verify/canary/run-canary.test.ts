// A whole canary over real sockets, of a model that answers as it is told, well and badly, and of one that is hostile.
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectLocal } from '../../../../../main/connect/local.ts'
import type { CanaryService } from '../../../../../main/verify/canary/canary-service.ts'
import { runCanary } from '../../../../../main/verify/canary/run-canary.ts'
import { type CanaryEvent, canaryEvent, canaryQuestion } from '../../../../../shared/domain/canary.ts'
import { type Behaviour, fakeCompletions, textEvent } from '../../../../support/fake-completions.ts'
import { type Manner, toldModel } from '../../../../support/told-model.ts'

const clock = () => performance.now()

type Wish = { readonly set?: 'basic' | 'clinical'; readonly keepsAnswers?: boolean; readonly stop?: AbortController }

async function asked(
  port: number,
  { set = 'clinical', keepsAnswers = false, stop = new AbortController() }: Wish = {},
) {
  const connection = connectLocal('root')
  onTestFinished(() => connection.close())
  const service: CanaryService = {
    ...{ set, callsTools: true },
    proof: { serves: 'openai-chat', deployment: 'ward-model', hostPort: port, readyPath: '/health', modelName: 'ward' },
  }
  const events: CanaryEvent[] = []
  const outcome = await runCanary(connection, service, {
    ...{ clock, signal: stop.signal, keepsAnswers, held: () => true },
    hear: (event) => void events.push(canaryEvent.parse(event)),
  })
  for (const one of outcome.questions) canaryQuestion.parse(one)
  const failed = Object.fromEntries(
    outcome.questions.flatMap(({ question, problems }) => (problems.length > 0 ? [[question, problems]] : [])),
  )
  return { outcome, events, failed }
}

async function told(manner: Manner, wish: Wish = {}) {
  const model = await toldModel()
  model.tell(manner)
  return asked(model.port, wish)
}

describe('a canary of a model', () => {
  it('passes where it answers well, keeps no word of it, and the same digests come again', async () => {
    const model = await toldModel()
    const { outcome, failed, events } = await asked(model.port)
    expect([failed, outcome.end]).toEqual([{}, 'done'])
    expect(outcome.questions).toHaveLength(16)
    expect(JSON.stringify([outcome, events])).not.toMatch(/Linden|小杉|degrees|4471/)
    const digests = outcome.questions.map(({ answerDigest }) => answerDigest)
    expect(digests.every((one) => /^[0-9a-f]{64}$/.test(one ?? ''))).toBe(true)
    const again = await asked(model.port)
    expect(again.outcome.questions.map(({ answerDigest }) => answerDigest)).toEqual(digests)
    expect(again.outcome.questions.every(({ sketch = [] }) => sketch.length <= 64)).toBe(true)
  })

  it('keeps what it says where a person asks for it', async () => {
    const { outcome } = await told('well', { keepsAnswers: true })
    expect(outcome.questions.find(({ question }) => question === 'role-en')?.says).toBe('My name is Linden.')
  })

  it('gives one that thinks the room for it', async () => {
    expect((await told('thinking')).failed).toEqual({})
  })

  it('says slow answers apart, and passes them', async () => {
    const { outcome, failed } = await told('slow', { set: 'basic' })
    expect(failed).toEqual({})
    expect(outcome.questions[0]?.tokensPerSecond).toBeLessThan(10)
  })

  it.each([
    ['garbled', 'fever-zh', 'garbled'],
    ['cut-off', 'fever-en', 'cut-off'],
    ['broken-off', 'fever-en', 'cut-off'],
    ['other-language', 'fever-en', 'wrong-language'],
    ['other-language', 'fever-zh', 'wrong-language'],
    ['looping', 'fever-en', 'repeats'],
    ['no-system-prompt', 'role-en', 'system-prompt-lost'],
    ['no-system-prompt', 'role-zh', 'system-prompt-lost'],
    ['empty', 'fever-zh', 'empty'],
    ['empty', 'structured', 'empty'],
    ['refusing', 'fever-en', 'failed-request'],
  ] as const)('notices one that answers %s: %s', async (manner, question, problem) => {
    const { failed, outcome } = await told(manner)
    expect(failed[question], JSON.stringify(failed)).toContain(problem)
    expect(outcome.end).toBe('done')
  })

  it.each(['garbled', 'cut-off', 'broken-off', 'empty', 'refusing'] as const)(
    'notices one that answers %s by the basic questions too',
    async (manner) => {
      const { failed } = await told(manner, { set: 'basic' })
      expect(Object.keys(failed)).toContain('answers-en')
    },
  )

  it('takes hostile answers for failed ones', async () => {
    const behaviours: Behaviour[] = [
      ({ write }) => write('<html>'),
      ({ write }) => write(`data: ${'x'.repeat(300_000)}\n\n`),
      ({ write }) => write(`${textEvent('a')}data: {"choices":[{"delta":{"content":7,"tool_calls":"x"}}]}\n\n`),
      ({ cut }) => cut(),
      ({ write }) => write('data: {"error":{"message":"no\\u001b[31m memory"}}\n\n'),
      async ({ write, response }) => {
        for (let at = 0; at < 400 && !response.destroyed; at++) {
          write(textEvent('y'.repeat(10_000)))
          await new Promise(setImmediate)
        }
      },
    ]
    for (const behave of behaviours) {
      const server = await fakeCompletions(behave)
      const { outcome } = await asked(server.port, { set: 'basic' })
      expect(outcome.questions.slice(0, 2).map(({ verdict }) => verdict)).toEqual(['failed', 'failed'])
      expect(JSON.stringify(outcome)).not.toContain('\\u001b')
    }
  })

  it('is stopped in the middle of an answer, and skips the rest', async () => {
    const stop = new AbortController()
    const server = await fakeCompletions(async ({ write, response }) => {
      write(textEvent('a'))
      setTimeout(() => stop.abort(), 50)
      await new Promise((resolve) => response.once('close', resolve))
    })
    const { outcome } = await asked(server.port, { stop })
    expect(outcome.end).toBe('stopped')
    expect(outcome.questions.every(({ verdict }) => verdict === 'skipped')).toBe(true)
  })
})
