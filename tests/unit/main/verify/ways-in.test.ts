// A gateway and an ingress, climbed with played answers: nobody gets in without a key, every model answers through it,
// what is published is reached; and whatever is wrong is no green light.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { climb } from '../../../../main/verify/climb.ts'
import type { Script } from '../../../../shared/domain/command.ts'
import type { Connection, HttpRequest } from '../../../../shared/domain/connection.ts'
import type { DeploymentProof } from '../../../../shared/domain/deployment.ts'
import type { Container } from '../../../../shared/domain/facts.ts'
import { ok } from '../../../../shared/domain/failure.ts'
import { deploymentLabel, proofLabel } from '../../../../shared/domain/remote-layout.ts'
import { knownValue } from '../../../support/known-value.ts'
import { planCase } from '../../../support/plan-cases.ts'

const stream = readFileSync(new URL('../../../fixtures/completions/streams/llama-cpp.sse', import.meta.url), 'utf8')
const key = 'a'.repeat(64)
const other = 'b'.repeat(64)
const keyLines = `for-rackside.1 ${other}\nfor-rackside.10 ${key}\nfor-notes.2 ${key}\n`
const some = knownValue(planCase('installed').facts.containers)[0] as Container
const containerWith = (proof: DeploymentProof): Container => ({
  ...some,
  state: 'running',
  labels: { [deploymentLabel]: proof.deployment, [proofLabel]: JSON.stringify(proof) },
})

const gateway: DeploymentProof = {
  ...{ serves: 'openai-gateway', deployment: 'gateway', hostPort: 8500, readyPath: '/health' },
  ...{ models: ['medical', 'general'], keyName: 'for-rackside' },
}
const ingress: DeploymentProof = {
  ...{ serves: 'ingress', deployment: 'ingress', hostPort: 8509, readyPath: '/health' },
  ...{
    at: { address: '10.0.0.5', port: 443 },
    sites: [
      { app: 'visit-notes', at: '/' },
      { app: 'letters', at: '/letters/' },
    ],
  },
}

type Answer = { status: number; body?: string }
type Asked = { readonly path: string; readonly key: string | undefined; readonly model: string | undefined }

const listed = (...ids: string[]) => JSON.stringify({ data: ids.map((id) => ({ id })) })

/** As a gateway that is well does. */
function well({ path, key: given, model }: Asked): Answer {
  if (path === '/health') return { status: 200 }
  if (given !== key) return { status: 401 }
  if (path === '/v1/models') return { status: 200, body: listed('medical', 'general') }
  return model === 'medical' || model === 'general' ? { status: 200, body: stream } : { status: 404 }
}

async function look(
  proof: DeploymentProof,
  answer: (asked: Asked) => Answer,
  said = { exitCode: 0, stdout: keyLines },
) {
  const scripts: Script[] = []
  const asked: Asked[] = []
  const connection = {
    async http({ path, headers = {}, body }: HttpRequest) {
      const given = headers['authorization']?.replace('Bearer ', '')
      const model = body === undefined ? undefined : (JSON.parse(body) as { model: string }).model
      const one = { path, key: given, model }
      asked.push(one)
      const { status, body: text = '' } = answer(one)
      async function* pieces() {
        yield new TextEncoder().encode(text)
      }
      return ok({ status, headers: {}, body: pieces() })
    },
    async run(script: Script) {
      scripts.push(script)
      return ok({ ...said, stderr: '', truncated: false })
    },
  } as unknown as Connection
  let milliseconds = 0
  const verdict = await climb(connection, containerWith(proof), { clock: () => (milliseconds += 10) })
  const last = verdict.rungs.at(-1)
  return { verdict, scripts, asked, last: `${last?.name} ${last?.passed}`, detail: last?.detail }
}

describe('a gateway', () => {
  it('that is well refuses strangers, lists every model and lets each answer', async () => {
    const { verdict, asked } = await look(gateway, well)
    expect([verdict.state, verdict.reason]).toEqual(['healthy', 'answers'])
    expect(verdict.rungs.map(({ name }) => name)).toEqual([
      'process',
      'port',
      'ready',
      'keys',
      'model-listed',
      'one-token',
    ])
    expect(verdict.proof).toMatchObject({ outputTokens: 12 })
    const models = asked.filter(({ path }) => path === '/v1/models').map((one) => one.key)
    expect(models.slice(0, 2)).toEqual([undefined, '0'.repeat(64)])
    // Two strangers, then whoever has a key.
    expect(asked.flatMap(({ model }) => model ?? [])).toEqual(['medical', 'medical', 'medical', 'general'])
    expect(JSON.stringify(verdict)).not.toContain(key)
  })

  it.each<[string, string, string, (asked: Asked) => Answer]>([
    ['lets everybody in', 'keys false', 'without a key it answers HTTP 200', (one) => well({ ...one, key })],
    ['takes any key', 'keys false', 'with a wrong key', (one) => well(one.key === undefined ? one : { ...one, key })],
    [
      'guards only its list',
      'keys false',
      'without a key a model answers',
      (one) => well(one.path === '/v1/chat/completions' ? { ...one, key } : one),
    ],
    ['refuses its own key', 'keys false', 'HTTP 401', (one) => (one.path === '/health' ? well(one) : { status: 401 })],
    [
      'has lost a model',
      'model-listed false',
      'general not in the model list',
      (one) => (one.path === '/v1/models' && one.key === key ? { status: 200, body: listed('medical') } : well(one)),
    ],
    [
      'does not reach one of its models',
      'one-token false',
      'general: HTTP 503',
      (one) => (one.model === 'general' && one.key === key ? { status: 503 } : well(one)),
    ],
    [
      'lists what is no list',
      'model-listed false',
      'not in the model list',
      (one) => (one.path === '/v1/models' && one.key === key ? { status: 200, body: '{"data":7}' } : well(one)),
    ],
  ])('that %s is not healthy', async (_what, rung, why, answer) => {
    const { verdict, last, detail } = await look(gateway, answer)
    expect(verdict.state).toBe('down')
    expect([last, detail]).toEqual([rung, expect.stringContaining(why)])
  })

  it.each([
    { exitCode: 1, stdout: '' },
    { exitCode: 0, stdout: 'for-rackside.1 no key' },
    { exitCode: 0, stdout: `for-rackside.1 ${key}\nfor-notes.1 ${other}` },
  ])('whose key cannot be read (%j) is not called healthy', async (said) => {
    const { verdict, last } = await look(gateway, well, said)
    expect([verdict.state, last]).toEqual(['down', 'keys false'])
  })
})

describe('an ingress', () => {
  it('is well once each of its apps is reached by TLS at its address', async () => {
    const { verdict, scripts } = await look(ingress, well)
    expect([verdict.state, verdict.reason]).toEqual(['healthy', 'page-answers'])
    const text = scripts.at(-1)?.text ?? ''
    expect(text).toContain('ask https://10.0.0.5/letters/')
    expect(text).toContain('/var/lib/rackside/services/ingress/tls-10.0.0.5')
  })

  it('is not where one of them is not', async () => {
    const said = { exitCode: 1, stdout: 'https://10.0.0.5:443/letters/ answers 502' }
    const { verdict, detail } = await look(ingress, well, said)
    expect([verdict.state, verdict.reason, detail]).toEqual(['down', 'not-published', said.stdout])
  })
})
