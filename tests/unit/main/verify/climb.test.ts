// Climbing the readiness ladder of a deployment whose answers are played: what each kind of trouble looks like
// to the one who asks, and that nothing an appliance answers can hold or break the climb.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { climb } from '../../../../main/verify/climb.ts'
import type { Connection, HttpRequest } from '../../../../shared/domain/connection.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import { fail, ok } from '../../../../shared/domain/failure.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { proofLabel } from '../../../../shared/domain/remote-layout.ts'
import { deploymentVerdict } from '../../../../shared/domain/verdict.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase, planFor } from '../../../support/plan-cases.ts'

const fixture = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../fixtures/completions/${path}`, import.meta.url)), 'utf8')

const { facts } = planCase('installed')
const plan = planFor(facts)

/** The container of a deployment, with the label its run would have given it. */
function containerOf(deployment: string, change: Partial<Container> = {}): Container {
  const found = knownValue(facts.containers).find((c) => c.name === `rackside-${deployment}`)
  const spec = plan.steps.find((s) => s.id === `container.${deployment}`)?.spec as StepSpecOf<'container'>
  if (found === undefined) throw new Error('the fixture lost its container')
  return { ...found, labels: { ...found.labels, [proofLabel]: JSON.stringify(spec.proof) }, ...change }
}

type Answer =
  | 'refused'
  | { status?: number; body?: string | AsyncIterable<Uint8Array>; file?: string; breaksOff?: boolean }
type Answers = Record<string, Answer>

const well: Answers = {
  '8400/health': { body: '{"status":"ok"}' },
  '8400/v1/models': { body: '{"object":"list","data":[{"id":"qwen3-8b"}]}' },
  '8400/v1/chat/completions': { file: 'streams/llama-cpp.sse' },
  '8400/metrics': { file: 'scrapes/llama-cpp.txt' },
  '8410/healthz': { body: 'ok' },
  '8410/': { body: '<!doctype html><html><title>Note helper</title></html>' },
}

/** As good as endless: whoever reads all of it hears of it. */
async function* endless(text: string): AsyncGenerator<Uint8Array> {
  for (let piece = 0; piece < 100_000; piece++) yield new TextEncoder().encode(text)
  throw new Error('everything was read')
}

async function* pieces(text: string, breaksOff: boolean): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
  if (breaksOff) throw new Error('socket hang up')
}

async function look(deployment: string, answers: Answers, change: Partial<Container> = {}) {
  const requests: HttpRequest[] = []
  const connection = {
    async http(request: HttpRequest) {
      requests.push(request)
      const answer = { ...well, ...answers }[`${request.port}${request.path}`] ?? { status: 404, body: '' }
      if (answer === 'refused') return fail({ kind: 'http-failed', port: request.port, detail: 'connect ECONNREFUSED' })
      const { status = 200, file, body = file === undefined ? '' : fixture(file), breaksOff = false } = answer
      return ok({ status, headers: {}, body: typeof body === 'string' ? pieces(body, breaksOff) : body })
    },
  } as unknown as Connection
  let milliseconds = 0
  const verdict = await climb(connection, containerOf(deployment, change), () => (milliseconds += 10))
  expect(deploymentVerdict.parse(verdict)).toEqual(verdict)
  return { verdict, requests, rungs: verdict.rungs.map((r) => `${r.name} ${r.passed ? 'ok' : 'failed'}`) }
}

/** tests/fixtures/completions/troubles.json: what differs from a deployment that is well, and what comes of it. */
type Trouble = {
  because: string
  deployment: string
  answers: Answers
  container: Partial<Container>
  verdict: string
  last: string
}

const troubles = JSON.parse(fixture('troubles.json')) as Trouble[]

describe('a deployment that is well', () => {
  it('serving a model passes every rung, with figures of a real completion', async () => {
    const { verdict, rungs, requests } = await look('ward-model', {})
    expect([verdict.state, verdict.reason]).toEqual(['healthy', 'answers'])
    expect(rungs).toEqual(
      ['process', 'port', 'ready', 'model-listed', 'one-token', 'metrics'].map((name) => `${name} ok`),
    )
    expect(verdict.proof).toMatchObject({ outputTokens: 12, finishReason: 'length', ttftMs: expect.any(Number) })
    const asked = JSON.parse(requests.find((r) => r.method === 'POST')?.body ?? '')
    expect(asked).toMatchObject({ model: 'qwen3-8b', stream: true, max_tokens: expect.any(Number) })
  })

  it('serving a page passes its own', async () => {
    const { verdict, rungs } = await look('note-helper', {})
    expect(verdict).toMatchObject({ deployment: 'note-helper', state: 'healthy' })
    expect(rungs).toEqual(['process', 'port', 'ready', 'page'].map((name) => `${name} ok`))
    expect(verdict.proof).toBeUndefined()
  })
})

describe('a deployment in trouble', () => {
  it.each(troubles)('because $because', async ({ deployment, answers, container, verdict: expected, last }) => {
    const { verdict, rungs } = await look(deployment, answers, container)
    expect(`${verdict.state} ${verdict.reason}`).toBe(expected)
    // Nothing above the rung that failed is looked at.
    expect(rungs.filter((one) => one.endsWith('failed'))).toEqual([last])
    expect(rungs.at(-1)).toBe(last)
    expect(verdict.rungs.at(-1)?.detail).not.toBe('')
  })

  it('is not asked anything when its process does not run', async () => {
    expect((await look('ward-model', {}, { state: 'exited' })).requests).toEqual([])
  })

  it('shows what it said made safe', async () => {
    const { verdict } = await look('ward-model', {
      '8400/health': { status: 500, body: '\u001b[2J\u202edlog'.repeat(100) },
    })
    expect(JSON.stringify(verdict)).not.toMatch(/\\u001b|\u202e/)
  })

  it('that never stops talking is given up after three minutes', async () => {
    const talk = endless('data: {"choices":[{"delta":{"content":"x"}}]}\n\n')
    const { verdict } = await look('ward-model', { '8400/v1/chat/completions': { body: talk } })
    expect(verdict).toMatchObject({ state: 'down', reason: 'no-tokens' })
    expect(verdict.rungs.at(-1)?.detail).toMatch(/180 s/)
    expect((await talk.next()).done).toBe(true)
  })

  it.each(['/health', '/v1/models', '/metrics'])('does not hold whoever reads an endless %s', async (path) => {
    const body = endless('x'.repeat(4096))
    const { verdict } = await look('ward-model', { [`8400${path}`]: { body } })
    expect(verdict.rungs.length).toBeGreaterThan(1)
    expect(await body.next()).toEqual({ done: true, value: undefined })
  })
})

describe('a container', () => {
  it.each([undefined, '', '{', 'null', '{"serves":"openai-chat"}', '{"serves":"ftp"}'])(
    'with the proof %j cannot be looked at',
    async (label) => {
      const { labels } = containerOf('ward-model')
      const { verdict, requests } = await look(
        'ward-model',
        {},
        { labels: { ...labels, [proofLabel]: label as string } },
      )
      expect(verdict).toMatchObject({ state: 'unknown', reason: 'cannot-look', rungs: [] })
      expect(requests).toEqual([])
    },
  )
})
