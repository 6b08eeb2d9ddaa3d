// Climbing the readiness ladder of a deployment whose answers are played: what each kind of trouble looks like
// to the one who asks, and that nothing an appliance answers can hold or break the climb.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { climb } from '../../../../main/verify/climb.ts'
import type { Connection, HttpRequest } from '../../../../shared/domain/connection.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import { fail, ok } from '../../../../shared/domain/failure.ts'
import type { StepSpecOf } from '../../../../shared/domain/plan.ts'
import { type ProofEvent, proofEvent } from '../../../../shared/domain/proof-event.ts'
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

/** One byte a second, for an hour. */
async function* dripping(left: { hear: () => void }): AsyncGenerator<Uint8Array> {
  try {
    for (let second = 0; second < 3600; second++) {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      yield new TextEncoder().encode('x')
    }
  } finally {
    left.hear()
  }
}

async function* pieces(text: string, breaksOff: boolean): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
  if (breaksOff) throw new Error('socket hang up')
}

async function look(deployment: string, answers: Answers, change: Partial<Container> = {}, clock?: () => number) {
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
  const heard: ProofEvent[] = []
  const verdict = await climb(connection, containerOf(deployment, change), {
    clock: clock ?? (() => (milliseconds += 10)),
    hear: (event) => heard.push(proofEvent.parse(event)),
  })
  expect(deploymentVerdict.parse(verdict)).toEqual(verdict)
  return { verdict, requests, heard, rungs: verdict.rungs.map((r) => `${r.name} ${r.passed ? 'ok' : 'failed'}`) }
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

describe('a part of a deployment', () => {
  const label = { [proofLabel]: JSON.stringify({ serves: 'part', deployment: 'note-helper-db', of: 'note-helper' }) }
  const nobody = { http: () => Promise.reject(new Error('it was asked')) } as unknown as Connection
  it.each([
    ['healthy', 'healthy', 'check-passes'],
    ['unhealthy', 'down', 'check-fails'],
    ['starting', 'degraded', 'starting'],
  ] as const)('that the engine calls %s is %s, and is asked nothing', async (health, state, reason) => {
    const container = containerOf('note-helper', { health })
    const verdict = await climb(nobody, { ...container, labels: { ...container.labels, ...label } }, { clock: () => 0 })
    expect(deploymentVerdict.parse(verdict)).toMatchObject({ partOf: 'note-helper', state, reason })
  })
})

describe('whoever watches the climb', () => {
  it('hears every rung when it is climbed, and the answer in pieces that make up the whole', async () => {
    const { verdict, heard } = await look('ward-model', {})
    expect(heard[0]).toMatchObject({ event: 'deployment-begin', deployment: 'ward-model', ladder: { length: 6 } })
    expect(heard.flatMap((e) => (e.event === 'rung' ? [e.rung] : []))).toEqual(verdict.rungs)
    const pieces = heard.flatMap((e) => (e.event === 'answer' ? [e.text] : []))
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.join('')).toBe(verdict.proof?.answer)
    // The words come before the rung that they prove.
    const lastPiece = heard.findLastIndex((e) => e.event === 'answer')
    expect(heard.findIndex((e) => e.event === 'rung' && e.rung.name === 'one-token')).toBeGreaterThan(lastPiece)
  })

  it('hears the rung that failed, and nothing after it', async () => {
    const { heard } = await look('ward-model', { '8400/v1/models': { body: '{}' } })
    expect(heard.at(-1)).toMatchObject({ event: 'rung', rung: { name: 'model-listed', passed: false } })
  })

  it('sees no control character of the answer, and no more than is kept of it', async () => {
    const piece = `data: {"choices":[{"delta":{"content":"${'\\u001b[2Jred\\u202e '.repeat(30)}"}}]}\n\n`
    const end = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
    const { verdict, heard } = await look('ward-model', {
      '8400/v1/chat/completions': { body: piece.repeat(40) + end },
    })
    const said = heard.flatMap((e) => (e.event === 'answer' ? [e.text] : [])).join('')
    expect(said).toMatch(/^(\[2Jred ?)+/)
    expect(said).toBe(verdict.proof?.answer)
    expect(said.length).toBeLessThanOrEqual(2000)
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

describe('an endpoint that drips', () => {
  it.each([
    ['/health', 15, 'down not-ready'],
    ['/v1/models', 15, 'down model-missing'],
    ['/v1/chat/completions', 180, 'down no-tokens'],
    ['/metrics', 15, 'degraded metrics-unreadable'],
  ])('at %s is left after %d s, and its request closed', async (path, seconds, expected) => {
    vi.useFakeTimers()
    try {
      const heard = vi.fn()
      const began = Date.now()
      // The port rung asks /health too, and needs no more than its head.
      const rungs = path === '/health' ? 2 : 1
      const body = () => dripping({ hear: heard })
      const answer = Object.defineProperty({}, 'body', { get: body, enumerable: true })
      const looked = look('ward-model', { [`8400${path}`]: answer }, {}, () => Date.now())
      await vi.advanceTimersByTimeAsync(seconds * 1000 * rungs + 2000)
      const { verdict, requests } = await looked
      expect(Date.now() - began).toBeLessThan(seconds * 1000 * rungs + 3000)
      expect(`${verdict.state} ${verdict.reason}`).toBe(expected)
      expect(verdict.rungs.at(-1)?.detail).toBe(`no end within ${seconds} s`)
      expect(heard).toHaveBeenCalledTimes(rungs)
      expect(requests.at(-1)).toMatchObject({ deadlineSeconds: seconds, idleSeconds: seconds })
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  it('and then says nothing more does not hold the climb, even when its clock stands still', async () => {
    vi.useFakeTimers()
    try {
      async function* silent(): AsyncGenerator<Uint8Array> {
        yield new TextEncoder().encode('x')
        await new Promise(() => undefined)
      }
      const looked = look('ward-model', { '8400/v1/models': { body: silent() } }, {}, () => 0)
      await vi.advanceTimersByTimeAsync(16_000)
      expect((await looked).verdict).toMatchObject({ reason: 'model-missing' })
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('the size of a body', () => {
  it('may be larger for metrics than for a model list', async () => {
    const filler = '# filler\n'.repeat(20_000)
    const { verdict } = await look('ward-model', {
      '8400/metrics': { body: filler + fixture('scrapes/llama-cpp.txt') },
    })
    expect(verdict.state).toBe('healthy')
    const list = { object: 'list', filler, data: [{ id: 'qwen3-8b' }] }
    const long = await look('ward-model', { '8400/v1/models': { body: JSON.stringify(list) } })
    expect(long.verdict.reason).toBe('model-missing')
  })

  it('of a completion ends at four mebibytes', async () => {
    const talk = endless(`data: {"choices":[{"delta":{"content":"${'x'.repeat(65_536)}"}}]}\n\n`)
    const { verdict } = await look('ward-model', { '8400/v1/chat/completions': { body: talk } })
    expect(verdict).toMatchObject({ state: 'down', reason: 'no-tokens' })
    expect(verdict.rungs.at(-1)?.detail).toMatch(/more than 4194304 bytes/)
    expect((await talk.next()).done).toBe(true)
  })
})

describe('whatever an appliance answers', () => {
  it('the verdict fits its schema', async () => {
    const noise = fc.oneof(fc.string({ unit: 'binary' }), fc.json())
    const figure = fc.oneof(fc.double().map(String), fc.constantFrom('1e999', '-1', '9e15', '1e7', 'null', '"1"'))
    const word = fc.string({ unit: 'binary', maxLength: 300 }).map((text) => JSON.stringify(text))
    const event = fc
      .tuple(word, word, figure, figure)
      .map(
        ([content, reason, tokens, rate]) =>
          `data: {"choices":[{"delta":{"content":${content}},"finish_reason":${reason}}],` +
          `"usage":{"completion_tokens":${tokens}},"timings":{"predicted_per_second":${rate}}}\n\n`,
      )
    const stream = fc.array(fc.oneof(event, noise), { maxLength: 8 }).map((events) => events.join(''))
    const answer = (body: fc.Arbitrary<string>) =>
      fc.record({ body, status: fc.constantFrom(200, 200, 200, 0, 503), breaksOff: fc.boolean() })
    const jump = fc.array(fc.integer({ min: -100_000, max: 10_000 }), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(answer(stream), fc.option(answer(noise)), jump, async (completion, metrics, jumps) => {
        let at = 0
        let now = 0
        const clock = () => (now += jumps[at++ % jumps.length] ?? 0)
        const answers = { '8400/v1/chat/completions': completion, ...(metrics ? { '8400/metrics': metrics } : {}) }
        // look() checks the schema.
        await look('ward-model', answers, { startedAt: completion.body }, clock)
      }),
      { numRuns: 300 },
    )
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
