// A model for embeddings and a reranker beside a chat model, served by the real llama-server: each proven by what it is
// for, and nothing that answers otherwise is called healthy, whatever its status says.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  artifactsFolder,
  bareAppliance,
  type CliEnd,
  canRunLab,
  inside,
  insideWith,
  type LabAppliance,
  labNeeds,
  TestConsole,
} from '../support/lab.ts'
import { needs } from '../support/needs.ts'
import { bundleWith, removeOtherBundles } from '../support/other-bundle.ts'

const embeddingPort = 8602
const rerankerPort = 8603
const embeddingEntry = 'models/rackside-tiny-embedding.yaml'

/** Answers whatever is asked of it: the health, the list and the metrics of a model, and what it is told for the rest. */
const impostor = `const { createServer } = require('node:http')
const [, , port, model, body] = process.argv
createServer((request, response) => {
  request.resume()
  const pages = { '/health': '{"status":"ok"}', '/v1/models': JSON.stringify({ data: [{ id: model }] }) }
  response.end(pages[request.url] ?? (request.url === '/metrics' ? 'llamacpp:requests_processing 0\\n' : body))
}).listen(Number(port), '127.0.0.1')`

describe('models for a search', () => {
  let appliance: LabAppliance
  let folder = ''
  const console = new TestConsole()

  beforeAll(async () => {
    if (!canRunLab) return
    folder = await artifactsFolder('--search')
    appliance = await bareAppliance()
  })
  beforeEach((context) => needs(context, canRunLab, labNeeds))
  afterAll(() => {
    removeOtherBundles()
    console.remove()
  })

  const setUp = (from = folder): Promise<CliEnd> =>
    console.run('setup', appliance, '--solution', 'search', '--from', from, '--yes', '--soak', '1')
  const sh = async (text: string) => (await inside(appliance, 'sh', '-c', text)).trim()
  const post = (port: number, path: string, body: object) =>
    sh(`curl -s -H 'content-type: application/json' -d '${JSON.stringify(body)}' http://127.0.0.1:${port}${path}`)
  const wordsOf = (service: string) => sh(`docker inspect --format '{{json .Config.Cmd}}' rackside-${service}`)

  type Look = { deployment: string; state: string; reason: string; rungs: { name: string; detail: string }[] }
  async function look(): Promise<Record<string, Look>> {
    const { json, errors } = await console.run('status', appliance)
    const { deployments = [] } = json as { deployments?: Look[] }
    expect(deployments.length, errors).toBeGreaterThan(0)
    return Object.fromEntries(deployments.map((one) => [one.deployment, one]))
  }
  const stateOf = ({ state, reason }: Look | undefined = {} as Look) => `${state} ${reason}`
  const rungsOf = (one: Look | undefined) => one?.rungs.map(({ name }) => name).join(' ')

  it('are set up and proven, each by what it is for; a second run changes nothing', async () => {
    const { code, json, errors } = await setUp()
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ verdict: 'healthy' })
    const again = await setUp()
    expect(again.json, again.errors).toMatchObject({ verdict: 'healthy', changed: 0 })
    const { chat, embedding, reranker } = await look()
    expect([chat, embedding, reranker].map(stateOf)).toEqual(['healthy answers', 'healthy embeds', 'healthy ranks'])
    expect(rungsOf(embedding)).toBe('process port ready model-listed embeds metrics')
    expect(rungsOf(reranker)).toBe('process port ready model-listed ranks metrics')
    expect(embedding?.rungs[4]?.detail).toBe('256 numbers for each text')
    globalThis.console.log(
      `embedding: ${JSON.stringify(embedding?.rungs)}\nreranker: ${JSON.stringify(reranker?.rungs)}`,
    )
  })

  it('answer real vectors and a real order', async () => {
    const answer = await post(embeddingPort, '/v1/embeddings', { model: 'm', input: 'ward 7' })
    const told = JSON.parse(answer) as { data: { embedding: number[] }[] }
    expect(told.data[0]?.embedding).toHaveLength(256)
    const ranked = await post(rerankerPort, '/v1/rerank', { model: 'm', query: 'a', documents: ['b', 'c'] })
    expect((JSON.parse(ranked) as { results: object[] }).results).toHaveLength(2)
    // Where the reranker is asked for vectors its server has status 200, and what lay in its memory: nothing to go by.
    const leftover = await post(rerankerPort, '/v1/embeddings', { model: 'm', input: 'ward 7' })
    const { data: nothing } = JSON.parse(leftover) as typeof told
    expect(nothing[0]?.embedding).toHaveLength(64)
    globalThis.console.log(`vectors of a reranker: ${nothing[0]?.embedding.slice(0, 8).join(' ')}`)
  })

  it.each([
    ['garbage', embeddingPort, 'embedding', 'it works! <html>'],
    ['zeros', embeddingPort, 'embedding', JSON.stringify({ data: [{ embedding: Array<number>(256).fill(0) }] })],
    [
      'always the same',
      embeddingPort,
      'embedding',
      JSON.stringify({ data: [{ embedding: Array<number>(256).fill(1) }] }),
    ],
    ['vectors of another length', embeddingPort, 'embedding', '{"data":[{"embedding":[0.5,0.25]}]}'],
    ['the words of a chat', embeddingPort, 'embedding', '{"choices":[{"message":{"content":"ready"}}]}'],
    [
      'always the first',
      rerankerPort,
      'reranker',
      JSON.stringify({ results: [3, 2, 1].map((relevance_score, index) => ({ index, relevance_score })) }),
    ],
  ])('are not healthy where what answers says %s', async (_, port, service, body) => {
    await insideWith(appliance, impostor, 'tee', '/run/impostor.cjs')
    // From the console's own way in, the port leads elsewhere; the container itself goes on and is well.
    const redirect = `OUTPUT -t nat -p tcp -d 127.0.0.1 --dport ${port} -j REDIRECT --to-ports 9911`
    const start = `setsid node /run/impostor.cjs 9911 rackside-tiny-${service} '${body}' >/dev/null 2>&1 </dev/null & echo $! >/run/impostor.pid`
    await sh(`${start}; iptables -I ${redirect}; sleep 1`)
    try {
      const there = await look()
      const reason = service === 'embedding' ? 'no-vectors' : 'no-ranking'
      expect(stateOf(there[service])).toBe(`down ${reason}`)
      expect(rungsOf(there[service])?.endsWith(service === 'embedding' ? 'embeds' : 'ranks')).toBe(true)
      expect(stateOf(there['chat'])).toBe('healthy answers')
    } finally {
      await sh(`iptables -D ${redirect}; kill $(cat /run/impostor.pid)`)
    }
    expect(stateOf((await look())[service])).toMatch(/^healthy/)
  })

  it('are not replaced by one that answers 200 and makes no vectors: the old one is in service again', async () => {
    const words = await wordsOf('embedding')
    // A reranker has no vectors for whoever wants them: seen above.
    const broken = bundleWith(folder, embeddingEntry, (entry) =>
      entry
        .replace('"--embeddings", "--pooling", "mean"', '"--reranking"')
        .replace('rackside-tiny-gguf', 'rackside-tiny-reranker-gguf')
        .replace('embeddingDimensions: 256', 'embeddingDimensions: 64'),
    )
    const { code, json, errors } = await setUp(broken)
    expect(code, errors).not.toBe(0)
    expect(JSON.stringify(json)).toContain('does not do its work')
    expect(await wordsOf('embedding')).toBe(words)
    expect(stateOf((await look())['embedding'])).toBe('healthy embeds')
  })

  it('are not replaced by one whose vectors are not made for texts at all', async () => {
    const broken = bundleWith(folder, embeddingEntry, (entry) => entry.replace('"mean"', '"none"'))
    const { code, json } = await setUp(broken)
    expect(code).not.toBe(0)
    expect(JSON.stringify(json)).toContain('does not do its work')
    expect(stateOf((await look())['embedding'])).toBe('healthy embeds')
    const after = await setUp()
    expect(after.json, after.errors).toMatchObject({ verdict: 'healthy', changed: 0 })
  })

  it('are called unproven where they make vectors of another length than the model has', async () => {
    const other = bundleWith(folder, embeddingEntry, (entry) => entry.replace('Dimensions: 256', 'Dimensions: 1024'))
    const { code, json } = await setUp(other)
    expect(code).not.toBe(0)
    expect(json).toMatchObject({ verdict: 'down' })
    const { embedding } = await look()
    expect(embedding?.rungs.at(-1)?.detail).toContain('256 numbers')
    const back = await setUp()
    expect(back.json, back.errors).toMatchObject({ verdict: 'healthy' })
  })

  it('leave nothing behind', async () => {
    const { code, json, errors } = await console.run('uninstall', appliance, '--yes', '--type-host', appliance.address)
    expect(code, errors).toBe(0)
    expect(json).toMatchObject({ left: [] })
    expect(await sh('docker ps -aq; ls -d /var/lib/rackside 2>/dev/null; echo end')).toBe('end')
  })
})
