// Climbs the readiness ladder of one deployment through the connection: looks at the process, the port,
// the ready endpoint, the model list, streams one completion, scrapes the metrics. Stops at the first
// rung that fails, because nothing above it can hold.
import type { Connection, HttpResponse } from '../../shared/domain/connection.ts'
import type { Container } from '../../shared/domain/facts.ts'
import { evidence } from '../../shared/domain/failure.ts'
import { type DeploymentProof, deploymentProof } from '../../shared/domain/plan.ts'
import { deploymentLabel, entryLabel, proofLabel, versionLabel } from '../../shared/domain/remote-layout.ts'
import type { DeploymentVerdict, InferenceProof, Rung, RungName } from '../../shared/domain/verdict.ts'
import { readPrometheus } from '../../shared/observe/prometheus.ts'
import { isLlamaCppScrape } from '../../shared/observe/runtimes/llama-cpp.ts'
import { readCompletion } from '../../shared/verify/completion.ts'
import { judge, rungsFor } from '../../shared/verify/ladder.ts'

export type Clock = () => number

/** What a rung saw: passed or not, and the evidence. `one-token` also brings the figures. */
type Look = { passed: boolean; detail: string; proof?: InferenceProof }

const pageLimit = 64 * 1024
const probeTokens = 32
/** For the whole completion: a server may also never stop. */
const probeSeconds = 120

export async function climb(connection: Connection, container: Container, clock: Clock): Promise<DeploymentVerdict> {
  const named = {
    deployment: container.labels[deploymentLabel] ?? container.name,
    entry: container.labels[entryLabel] ?? 'unknown',
    version: container.labels[versionLabel] ?? 'unknown',
  }
  const proof = readProof(container)
  if (proof === undefined) return { ...named, state: 'unknown', reason: 'cannot-look', rungs: [] }
  const rungs: Rung[] = []
  let inference: InferenceProof | undefined
  for (const name of rungsFor(proof.serves)) {
    const began = clock()
    const look = await lookAt(name, connection, container, proof, clock)
    rungs.push({
      name,
      passed: look.passed,
      detail: evidence(look.detail, 500),
      milliseconds: Math.max(0, clock() - began),
    })
    inference ??= look.proof
    if (!look.passed) break
  }
  const verdict = judge(proof.serves, rungs, container.health === 'starting')
  return { ...named, ...verdict, rungs, ...(inference === undefined ? {} : { proof: inference }) }
}

function readProof(container: Container): DeploymentProof | undefined {
  try {
    return deploymentProof.safeParse(JSON.parse(container.labels[proofLabel] ?? '')).data
  } catch {
    return undefined
  }
}

async function lookAt(
  name: RungName,
  connection: Connection,
  container: Container,
  proof: DeploymentProof,
  clock: Clock,
): Promise<Look> {
  switch (name) {
    case 'process':
      return {
        passed: container.state === 'running',
        detail: `container ${container.state}, started ${container.startedAt}`,
      }
    case 'port':
      return answersAnything(connection, proof)
    case 'ready':
      return withBody(connection, proof.hostPort, proof.readyPath, () => undefined)
    case 'page':
      return withBody(connection, proof.hostPort, '/', (body) =>
        /<html/i.test(body) ? undefined : 'the answer is not a page',
      )
    default:
      return proof.serves === 'openai-chat'
        ? lookAtModel(name, connection, proof, clock)
        : { passed: false, detail: 'not a model' }
  }
}

type ModelProof = Extract<DeploymentProof, { serves: 'openai-chat' }>

async function lookAtModel(name: RungName, connection: Connection, proof: ModelProof, clock: Clock): Promise<Look> {
  if (name === 'model-listed') {
    return withBody(connection, proof.hostPort, '/v1/models', (body) =>
      modelIds(body).includes(proof.modelName) ? undefined : `${proof.modelName} is not in the model list`,
    )
  }
  if (name === 'metrics') {
    return withBody(connection, proof.hostPort, proof.metricsPath, (body) =>
      isLlamaCppScrape(readPrometheus(body)) ? undefined : 'the metrics are not those of llama.cpp',
    )
  }
  return streamCompletion(connection, proof, clock)
}

/** Any HTTP answer, even 503 while loading, shows that something listens. */
async function answersAnything(connection: Connection, proof: DeploymentProof): Promise<Look> {
  const response = await connection.http({
    port: proof.hostPort,
    method: 'GET',
    path: proof.readyPath,
    deadlineSeconds: 10,
  })
  if (!response.ok) return { passed: false, detail: JSON.stringify(response.failure) }
  await readText(response.value)
  return { passed: true, detail: `HTTP ${response.value.status}` }
}

async function withBody(
  connection: Connection,
  port: number,
  path: string,
  problemIn: (body: string) => string | undefined,
): Promise<Look> {
  const response = await connection.http({ port, method: 'GET', path, deadlineSeconds: 15 })
  if (!response.ok) return { passed: false, detail: JSON.stringify(response.failure) }
  const body = await readText(response.value)
  if (body === undefined) return { passed: false, detail: 'the answer broke off' }
  if (response.value.status !== 200)
    return { passed: false, detail: `HTTP ${response.value.status}: ${body.slice(0, 200)}` }
  const problem = problemIn(body)
  return { passed: problem === undefined, detail: problem ?? 'HTTP 200' }
}

async function readText(response: HttpResponse): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const bytes of response.body) {
      text += decoder.decode(bytes, { stream: true })
      if (text.length > pageLimit) break
    }
    return text
  } catch {
    return undefined
  }
}

function modelIds(body: string): string[] {
  try {
    const { data } = JSON.parse(body) as { data?: unknown }
    if (!Array.isArray(data)) return []
    return data.flatMap((m: unknown) => {
      const id = typeof m === 'object' && m !== null ? (m as { id?: unknown }).id : undefined
      return typeof id === 'string' ? [id] : []
    })
  } catch {
    return []
  }
}

async function streamCompletion(connection: Connection, proof: ModelProof, clock: Clock): Promise<Look> {
  const began = clock()
  const response = await connection.http({
    port: proof.hostPort,
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: proof.modelName,
      messages: [{ role: 'user', content: 'Say that you are ready.' }],
      max_tokens: probeTokens,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    }),
    deadlineSeconds: probeSeconds,
  })
  if (!response.ok) return { passed: false, detail: JSON.stringify(response.failure) }
  if (response.value.status !== 200) {
    return {
      passed: false,
      detail: `HTTP ${response.value.status}: ${((await readText(response.value)) ?? '').slice(0, 200)}`,
    }
  }
  const reader = readCompletion()
  const decoder = new TextDecoder()
  try {
    for await (const bytes of response.value.body) {
      reader.take(decoder.decode(bytes, { stream: true }), clock() - began)
      if (clock() - began > probeSeconds * 1000) return { passed: false, detail: `no end within ${probeSeconds} s` }
    }
  } catch {
    return { passed: false, detail: 'the stream of tokens broke off' }
  }
  const finished = reader.finish()
  if (!finished.ok) return { passed: false, detail: finished.problem }
  const { proof: figures } = finished
  return { passed: true, detail: `${figures.outputTokens} tokens, ${figures.finishReason}`, proof: figures }
}
