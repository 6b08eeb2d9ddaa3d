// A model service that is no chat, asked over real HTTP by a local server: what proves it, and that nothing it answers
// can hold the one who asks, break it or pass for what it is not.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { climb } from '../../../../main/verify/climb.ts'
import type { Connection, HttpRequest } from '../../../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../../../shared/domain/deployment.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import { fail, ok } from '../../../../shared/domain/failure.ts'
import { rankedTexts } from '../../../../shared/domain/model-questions.ts'
import { proofLabel } from '../../../../shared/domain/remote-layout.ts'
import { deploymentVerdict } from '../../../../shared/domain/verdict.ts'

type Body = Record<string, unknown>
type Answering = (body: Body, response: ServerResponse) => unknown
const servers: Server[] = []
afterEach(() => {
  for (const one of servers.splice(0)) {
    one.closeAllConnections()
    one.close()
  }
})

/** What it answers to POST at each path; a value is sent as JSON. */
async function look(
  proof: Partial<DeploymentProof>,
  posts: Record<string, Answering>,
  metrics = 'llamacpp:requests_processing 0\n',
) {
  const server = createServer((request, response) => void answer(request, response))
  servers.push(server)
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? ''
    if (request.method === 'GET') {
      const pages: Record<string, string> = {
        '/health': 'ok',
        '/v1/models': '{"data":[{"id":"m"}]}',
        '/metrics': metrics,
      }
      response.statusCode = pages[path] === undefined ? 404 : 200
      return void response.end(pages[path])
    }
    let text = ''
    for await (const piece of request) text += String(piece)
    const said = posts[path]?.(JSON.parse(text) as Body, response)
    if (posts[path] === undefined) response.statusCode = 404
    if (said !== undefined || posts[path] === undefined)
      response.end(typeof said === 'string' ? said : JSON.stringify(said ?? {}))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const hostPort = (server.address() as AddressInfo).port
  const whole = { deployment: 'd', hostPort, readyPath: '/health', modelName: 'm', ...counted, ...proof }
  const container = containerOf(whole)
  const verdict = await climb({ http } as unknown as Connection, container, { clock: () => performance.now() })
  expect(deploymentVerdict.parse(verdict)).toEqual(verdict)
  const rungs = verdict.rungs.map(({ name, passed }) => `${name}${passed ? '' : '!'}`).join(' ')
  return { verdict, rungs, seen: `${verdict.state} ${verdict.reason}`, detail: verdict.rungs.at(-1)?.detail ?? '' }
}

function containerOf(proof: object): Container {
  const labels = { [proofLabel]: JSON.stringify(proof) }
  const seen = { name: 'rackside-d', state: 'running', health: 'healthy', startedAt: '', labels }
  return seen as unknown as Container
}

const counted = { metricsPath: '/metrics', metricsReader: 'llama-cpp' } as const
const embeddings = { serves: 'openai-embeddings' } as const
const ranking = { serves: 'rerank', rerankPath: '/v1/rerank', rerankForm: 'jina' } as const

async function http({ port, path, ...request }: HttpRequest) {
  try {
    const { method, headers = {}, body } = request
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body }),
    })
    return ok({ status: answer.status, headers: {}, body: (answer.body ?? []) as AsyncIterable<Uint8Array> })
  } catch (error) {
    return fail({ kind: 'http-failed', port, detail: String(error) })
  }
}

/** Made of the text's own letters: the same for the same, another for another. */
const vectorOf = ({ input }: Body) => ({ model: 'm', data: [{ embedding: lettersOf(String(input)) }] })
const lettersOf = (text: string) =>
  Array.from({ length: 26 }, (_, at) => text.toLowerCase().split(String.fromCharCode(97 + at)).length - 1.5)

/** By the words that question and text share. */
const scoresOf = (query: unknown, texts: unknown) =>
  (texts as string[]).map((text) => wordsOf(text).filter((one) => wordsOf(String(query)).includes(one)).length / 10 - 1)
const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .match(/[a-z]{4,}/g)
    ?.map((one) => one.slice(0, 4)) ?? []
const ranked = ({ query, documents }: Body) => ({
  results: scoresOf(query, documents).map((relevance_score, index) => ({ index, relevance_score })),
})

describe('a service of embeddings', () => {
  it('is proven by the vectors of two texts, and says so', async () => {
    const asked: Body[] = []
    const hear = (body: Body) => {
      asked.push(body)
      return vectorOf(body)
    }
    const posts = { '/v1/embeddings': hear }
    const { verdict, rungs, seen } = await look({ ...embeddings, dimensions: 26 }, posts)
    expect(rungs).toBe('process port ready model-listed embeds metrics')
    expect(seen).toBe('healthy embeds')
    expect(verdict.rungs[4]?.detail).toBe('26 numbers for each text')
    expect(verdict.proof).toBeUndefined()
    expect(verdict.withoutMetrics).toBeUndefined()
    expect(asked).toHaveLength(4)
    expect([asked[3], asked[2]]).toEqual([asked[0], asked[1]])
    expect(asked[0]).toMatchObject({ model: 'm', input: expect.any(String), encoding_format: 'float' })
    expect(asked[1]?.['input']).not.toBe(asked[0]?.['input'])
  })

  it('of an engine without metrics and a list of models is proven without them, and says that it has no figures', async () => {
    const { metricsPath, metricsReader } = { metricsPath: undefined, metricsReader: undefined }
    const bare = { ...embeddings, metricsPath, metricsReader, listsModels: false } as Partial<DeploymentProof>
    const { verdict, rungs, seen } = await look(bare, { '/v1/embeddings': vectorOf })
    expect([rungs, seen]).toEqual(['process port ready embeds', 'healthy embeds'])
    expect(verdict.withoutMetrics).toBe(true)
  })

  const chat = { choices: [{ message: { content: 'I am ready.' } }] }
  it.each<[why: string, answer: Answering, detail: RegExp]>([
    ['it only chats', (_, response) => refuse(response, 404, 'File Not Found'), /HTTP 404/],
    ['it answers with a chat', () => chat, /not one vector/],
    ['it answers a page', () => '<html>200 OK</html>', /not a JSON object/],
    ['it answers garbage', () => '\u0000\u001b[2J\uffff', /not a JSON object/],
    ['it answers zeros', () => ({ data: [{ embedding: Array<number>(26).fill(0) }] }), /all zero/],
    ['it answers NaN', () => '{"data":[{"embedding":[NaN]}]}', /not a JSON object/],
    [
      'it answers too many numbers',
      () => ({ data: [{ embedding: Array<number>(1_000_000).fill(1) }] }),
      /more than 65536|more than \d+ bytes/,
    ],
    ['it always answers the same', () => vectorOf({ input: 'x' }), /different texts give the same/],
    ['it answers at random', () => vectorOf({ input: nextLetter().repeat(40) }), /the same text twice/],
    ['its vectors are of another model', () => ({ data: [{ embedding: [1, 2, 3] }] }), /3 numbers/],
    ['it says it is overloaded', (_, response) => refuse(response, 429, 'overloaded'), /HTTP 429/],
    ['its answer has no end', (_, response) => endless(response), /more than \d+ bytes/],
    ['its answer breaks off', (_, response) => breakOff(response), /broke off/],
  ])('is not healthy where %s', async (_, answer, detail) => {
    const seen = await look({ ...embeddings, dimensions: 26 }, { '/v1/embeddings': answer })
    expect(seen.seen).toBe('down no-vectors')
    expect(seen.rungs).toMatch(/embeds!$/)
    expect(seen.detail).toMatch(detail)
    expect(seen.detail).not.toMatch(/\p{Cc}/u)
  })

  it('that answers with a chat only is not healthy, and a chat that only makes vectors neither', async () => {
    const streams = {
      '/v1/chat/completions': () => 'data: {"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]}\n\n',
    }
    expect((await look(embeddings, streams)).seen).toBe('down no-vectors')
    expect((await look({ serves: 'openai-chat' }, streams)).seen).toBe('healthy answers')
    expect((await look({ serves: 'openai-chat' }, { '/v1/embeddings': vectorOf })).seen).toBe('down no-tokens')
  })

  it('is degraded where only its metrics cannot be read', async () => {
    expect((await look(embeddings, { '/v1/embeddings': vectorOf }, '<html>')).seen).toBe('degraded metrics-unreadable')
  })
})

let letters = 0
function nextLetter(): string {
  letters += 7
  return String.fromCharCode(97 + (letters % 26))
}

function refuse(response: ServerResponse, status: number, why: string): string {
  response.statusCode = status
  return why
}

/** Something of an answer, and then nothing more. */
function breakOff(response: ServerResponse): void {
  response.write('{"data":[')
  setTimeout(() => response.destroy(), 50)
}

/** As much as is taken, until the other side leaves. */
function endless(response: ServerResponse): void {
  const piece = `"${'0.5,'.repeat(16_000)}"`
  const more = () => {
    while (!response.destroyed && response.write(piece));
  }
  response.on('drain', more)
  response.write('{"data":[{"embedding":[')
  more()
}

describe('a service that ranks', () => {
  it.each([
    ['jina', '/v1/rerank', ranked],
    [
      'sglang',
      '/v1/rerank',
      ({ query, documents }: Body) =>
        scoresOf(query, documents).map((score, index) => ({ score, document: rankedTexts[index], index })),
    ],
    [
      'tei',
      '/rerank',
      ({ query, texts }: Body) =>
        scoresOf(query, texts)
          .map((score, index) => ({ index, score }))
          .sort((a, b) => b.score - a.score),
    ],
  ] as const)('in the form of %s is proven by three questions', async (rerankForm, rerankPath, answer) => {
    const { seen, rungs } = await look({ ...ranking, rerankForm, rerankPath }, { [rerankPath]: answer })
    expect([rungs, seen]).toEqual(['process port ready model-listed ranks metrics', 'healthy ranks'])
  })

  const results = (...scores: unknown[]) => ({
    results: scores.map((relevance_score, index) => ({ index, relevance_score })),
  })
  it.each<[why: string, answer: Answering, detail: RegExp]>([
    ['it ignores the question', () => results(0.9, 0.5, 0.1), /is not put first for "At which/],
    ['it finds all equal', () => results(1, 1, 1), /is not put first/],
    [
      'it turns the order round',
      (body) => results(...scoresOf(body['query'], body['documents']).map((one) => -one)),
      /is not put first/,
    ],
    ['it answers vectors', () => vectorOf({ input: 'x' }), /not a list of scores/],
    [
      'it answers in another form',
      ({ query, documents }) => scoresOf(query, documents).map((score, index) => ({ index, score })),
      /not a list/,
    ],
    ['its scores are no numbers', () => results('1', '0', '0'), /not a finite number/],
    ['its answer has no end', (_, response) => endless(response), /more than \d+ bytes/],
    ['it fails', (_, response) => refuse(response, 500, 'out of memory'), /HTTP 500: out of memory/],
  ])('is not healthy where %s', async (_, answer, detail) => {
    const { seen, detail: said } = await look(ranking, { '/v1/rerank': answer })
    expect(seen).toBe('down no-ranking')
    expect(said).toMatch(detail)
  })
})

describe('a model that drips', () => {
  it.each([
    ['vectors', '/v1/embeddings', embeddings],
    ['scores', '/v1/rerank', ranking],
  ])('%s is left after two minutes in all, and its request closed', async (_, path, proof) => {
    vi.useFakeTimers()
    try {
      const left = vi.fn()
      let asked = 0
      const connection = {
        async http(request: HttpRequest) {
          if (request.method === 'GET') return ok({ status: 200, headers: {}, body: said('{"data":[{"id":"m"}]}') })
          expect(request.path).toBe(path)
          asked += 1
          // What the first answer took is gone for the second.
          expect(request.deadlineSeconds).toBe(asked === 1 ? 120 : 60)
          const body = asked === 1 ? late(60, proof === ranking ? first : answer) : dripping(left)
          return ok({ status: 200, headers: {}, body })
        },
      } as unknown as Connection
      const whole = { deployment: 'd', hostPort: 8400, readyPath: '/health', modelName: 'm', ...counted, ...proof }
      const container = containerOf(whole)
      const climbing = climb(connection, container, { clock: () => Date.now() })
      await vi.advanceTimersByTimeAsync(122_000)
      const verdict = await climbing
      expect(verdict.rungs.at(-1)).toMatchObject({ passed: false, detail: 'no end within 120 s' })
      expect(asked).toBe(2)
      expect(left).toHaveBeenCalledOnce()
      expect(vi.getTimerCount()).toBe(0)
    } finally {
      vi.useRealTimers()
    }
  })

  const answer = JSON.stringify(vectorOf({ input: 'Beijing' }))
  const first = JSON.stringify({ results: [1, 0, 0].map((relevance_score, index) => ({ index, relevance_score })) })
})

async function* said(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

async function* late(seconds: number, text: string): AsyncGenerator<Uint8Array> {
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  yield new TextEncoder().encode(text)
}

/** One byte a second, for an hour. */
async function* dripping(left: () => void): AsyncGenerator<Uint8Array> {
  try {
    for (let second = 0; second < 3600; second++) {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      yield new TextEncoder().encode('[')
    }
  } finally {
    left()
  }
}
