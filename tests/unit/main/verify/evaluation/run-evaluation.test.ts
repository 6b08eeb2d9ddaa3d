// Asking the questions of a set over real sockets: what is sent, what is kept of each answer, and every way in which it ends.
import { describe, expect, it, onTestFinished } from 'vitest'
import { connectLocal } from '../../../../../main/connect/local.ts'
import type { AskWish } from '../../../../../main/verify/evaluation/ask-item.ts'
import { runEvaluation } from '../../../../../main/verify/evaluation/run-evaluation.ts'
import { type EvaluationRecord, evaluationRecord } from '../../../../../shared/domain/evaluation.ts'
import type { EvaluationItem } from '../../../../../shared/domain/evaluation-set.ts'
import { fail, ok } from '../../../../../shared/domain/failure.ts'
import { type Behaviour, doneEvent, fakeCompletions, textEvent } from '../../../../support/fake-completions.ts'

const stopEvent = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }] })}\n\n`
const lengthEvent = `data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'length' }] })}\n\n`
const says =
  (text: string): Behaviour =>
  ({ write }) =>
    write(`${textEvent(text)}${stopEvent}${doneEvent}`)

const item = (line: number): EvaluationItem => ({
  line,
  question: `Question ${line}`,
  options: ['one', 'two'],
  right: 'B',
})

type More = {
  readonly concurrency?: number
  readonly items?: number
  readonly stop?: AbortController
  readonly held?: () => boolean
  readonly keeps?: (record: EvaluationRecord) => boolean
  readonly wish?: Partial<AskWish>
}

async function asked(behave: Behaviour, more: More = {}) {
  const { concurrency = 1, items = 6, stop = new AbortController(), held = () => true, keeps = () => true } = more
  const server = await fakeCompletions(behave)
  const connection = connectLocal('root')
  onTestFinished(() => connection.close())
  const records: EvaluationRecord[] = []
  const outcome = await runEvaluation(
    connection,
    {
      service: { port: server.port, readyPath: '/health', model: 'ward', engine: 'llama-cpp' },
      wish: { concurrency, outputTokens: 64, seed: 7, keepsText: false, ...more.wish },
      left: Array.from({ length: items }, (_, at) => at),
      itemAt: item,
    },
    {
      ...{ clock: () => performance.now(), signal: stop.signal, held },
      keep(record) {
        if (!keeps(record)) return fail({ kind: 'state-unwritable', folder: 'state', detail: 'no space left' })
        records.push(evaluationRecord.parse(record))
        return ok(undefined)
      },
    },
  )
  return { outcome, records, server }
}

describe('an evaluation', () => {
  it('asks each question once, at temperature 0 and with the seed, and keeps no word of the answers', async () => {
    const { outcome, records, server } = await asked(says('B. two'), { concurrency: 3 })
    expect(outcome).toEqual({ end: 'done', thinks: false })
    expect(records.map((one) => one.item).sort()).toEqual([0, 1, 2, 3, 4, 5])
    expect(records.every(({ verdict, chosen }) => verdict === 'right' && chosen === 'B')).toBe(true)
    expect(JSON.stringify(records)).not.toContain('two')
    expect(server.asked).toHaveLength(6)
    expect(server.asked[0]).toMatchObject({ model: 'ward', temperature: 0, seed: 7, max_tokens: 64 })
  })

  it('keeps what is said where a person asked for it', async () => {
    const { records } = await asked(says('I would say two'), { items: 1, wish: { keepsText: true } })
    expect(records).toMatchObject([{ verdict: 'unreadable', says: 'I would say two' }])
  })

  it('asks no more at once than it was told', async () => {
    let [now, most] = [0, 0]
    const behave: Behaviour = async ({ write }) => {
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setTimeout(resolve, 30))
      now -= 1
      write(`${textEvent('A')}${stopEvent}${doneEvent}`)
    }
    const { records } = await asked(behave, { concurrency: 4, items: 12 })
    expect(most).toBe(4)
    expect(records.every(({ verdict }) => verdict === 'wrong')).toBe(true)
  })

  it('gives a model that thinks the room for it, once that shows', async () => {
    const behave: Behaviour = ({ body, write }) => {
      write(`data: ${JSON.stringify({ choices: [{ delta: { reasoning_content: 'A or B, so ' } }] })}\n\n`)
      write(Number(body['max_tokens']) > 1000 ? `${textEvent('B')}${stopEvent}` : lengthEvent)
    }
    const { outcome, records, server } = await asked(behave, { items: 3 })
    expect(outcome).toEqual({ end: 'done', thinks: true })
    expect(records.every(({ verdict }) => verdict === 'right')).toBe(true)
    // Only the first one was asked twice.
    expect(server.asked).toHaveLength(4)
  })

  it.each([
    ['words', 'Let me see: it lowers a fever, and', 'B', false],
    ['words under a heading', '## Thinking\n\nA', '## Thinking\n\nA or B.\n\n## Final Response\n\nB', true],
  ])('asks again with more room where an answer is cut amid %s', async (_what, cut, whole, thinks) => {
    const behave: Behaviour = ({ body, write }) => {
      const isRoomy = Number(body['max_tokens']) > 1000
      write(`${textEvent(isRoomy ? whole : cut)}${isRoomy ? stopEvent : lengthEvent}`)
    }
    const { outcome, records, server } = await asked(behave, { items: 3 })
    expect(outcome).toEqual({ end: 'done', thinks })
    expect(records.map(({ verdict }) => verdict)).toEqual(['right', 'right', 'right'])
    expect(server.asked).toHaveLength(4)
  })

  it('does not ask again where a cut answer has said its letter', async () => {
    const { server } = await asked(({ write }) => write(`${textEvent('B. two, because')}${lengthEvent}`), { items: 3 })
    expect(server.asked).toHaveLength(3)
  })

  it('goes on where a service refuses the questions themselves', async () => {
    const refusing: Behaviour = ({ response }) => void response.writeHead(400).end('too long')
    const { outcome, records } = await asked(refusing, { items: 12 })
    expect(outcome).toEqual({ end: 'done', thinks: false })
    expect(records.filter(({ verdict }) => verdict === 'failed')).toHaveLength(12)
  })

  it('waits for all that it had asked where one of them throws', async () => {
    let [going, answers] = [0, 0]
    const behave: Behaviour = async (said) => {
      going += 1
      await new Promise((resolve) => setTimeout(resolve, 40))
      going -= 1
      answers += 1
      void says('B')(said)
    }
    const keeps = ({ item: place }: EvaluationRecord) => {
      if (place === 1) throw new Error('a bug')
      return true
    }
    let kept = 0
    const run = asked(behave, { concurrency: 3, items: 30, keeps: (one) => keeps(one) && ++kept > 0 })
    await expect(run).rejects.toThrow('a bug')
    const [keptThen, answersThen] = [kept, answers]
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(kept).toBe(keptThen)
    expect(answersThen).toBeLessThan(12)
    expect(going).toBe(0)
  })

  it('counts a request that came to nothing as failed, and goes on', async () => {
    let count = 0
    const behave: Behaviour = (said) => {
      count += 1
      if (count === 2) said.cut()
      else void says('B')(said)
    }
    const { outcome, records } = await asked(behave)
    expect(outcome.end).toBe('done')
    expect(records.map(({ verdict }) => verdict)).toEqual(['right', 'failed', 'right', 'right', 'right', 'right'])
    expect(records[1]?.answerDigest).toBeUndefined()
  })

  it('ends where one request after the other fails, and says why', async () => {
    const refusing: Behaviour = ({ response }) => void response.writeHead(503).end('loading')
    const { outcome, records } = await asked(refusing, { items: 40 })
    expect(outcome).toMatchObject({ end: 'failed', failure: { kind: 'http-failed' } })
    expect(JSON.stringify(outcome)).toContain('503')
    expect(records).toHaveLength(10)
  })

  it('ends with its lock, and keeps no answer that came after it', async () => {
    let answers = 0
    const behave: Behaviour = (said) => {
      answers += 1
      void says('B')(said)
    }
    const { outcome, records } = await asked(behave, { held: () => answers < 3 })
    expect(outcome).toMatchObject({ end: 'failed', failure: { kind: 'lock-lost' } })
    expect(records).toHaveLength(2)
  })

  it('ends where the disk takes no more', async () => {
    const { outcome } = await asked(says('B'), { keeps: ({ item: place }) => place < 2 })
    expect(outcome).toMatchObject({ end: 'failed', failure: { kind: 'state-unwritable' } })
  })

  it('stops at once when somebody stops it, and closes what it had asked', async () => {
    const stop = new AbortController()
    let answers = 0
    const behave: Behaviour = async (said) => {
      answers += 1
      if (answers < 3) return void says('B')(said)
      stop.abort()
      await new Promise((resolve) => setTimeout(resolve, 5000))
    }
    const began = performance.now()
    const { outcome, records } = await asked(behave, { stop })
    expect(outcome.end).toBe('stopped')
    expect(records).toHaveLength(2)
    expect(performance.now() - began).toBeLessThan(4000)
  })
})
