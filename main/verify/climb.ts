// Climbs the readiness ladder of one deployment through the connection: looks at the process, the port,
// the ready endpoint, the model list, streams one completion, scrapes the metrics. Stops at the first
// rung that fails, because nothing above it can hold. Every rung has one deadline, request and body together.

import type { Connection, HttpRequest } from '../../shared/domain/connection.ts'
import { type DeploymentProof, deploymentProof } from '../../shared/domain/deployment.ts'
import type { Container } from '../../shared/domain/facts.ts'
import { evidence } from '../../shared/domain/failure.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import type { ProofEvent } from '../../shared/domain/proof-event.ts'
import { deploymentLabel, entryLabel, proofLabel, versionLabel } from '../../shared/domain/remote-layout.ts'
import type { DeploymentVerdict, InferenceProof, Rung, RungName } from '../../shared/domain/verdict.ts'
import { readRuntimeMetrics, requestsUnderWay } from '../../shared/observe/runtimes/all.ts'
import { readCompletion } from '../../shared/verify/completion.ts'
import { judge, rungsFor } from '../../shared/verify/ladder.ts'
import { type BodyEnd, type Clock, deadlineIn, takeBody } from './bounded-body.ts'
import { ask, fetchText, metricsBytes, type Page, readText } from './fetch-text.ts'

/** What a rung saw: passed or not, and the evidence. `one-token` also brings the figures. */
type Look = { passed: boolean; detail: string; proof?: InferenceProof }

/** Of what a server says instead of its tokens. */
const refusalBytes = 64 * 1024
const probeTokens = 32
/** For the whole completion: a server may also never stop. */
const probeSeconds = 180
const streamBytes = 4 * 1024 * 1024

export type Climbing = {
  readonly clock: Clock
  /** Hears what is seen while it is climbed. */
  readonly hear?: (event: ProofEvent) => void
  /** Nobody waits for the verdict any more: no further rung is climbed. */
  readonly signal?: AbortSignal
}

export async function climb(
  connection: Connection,
  container: Container,
  climbing: Climbing,
): Promise<DeploymentVerdict> {
  const { clock, hear = () => undefined, signal } = climbing
  const named = {
    deployment: container.labels[deploymentLabel] ?? container.name,
    entry: container.labels[entryLabel] ?? 'unknown',
    version: container.labels[versionLabel] ?? 'unknown',
  }
  const proof = readProof(container)
  if (proof === undefined) return { ...named, state: 'unknown', reason: 'cannot-look', rungs: [] }
  const { deployment } = named
  hear({ event: 'deployment-begin', deployment, ladder: [...rungsFor(proof.serves)] })
  const onText = (text: string) => hear({ event: 'answer', deployment, text })
  const rungs: Rung[] = []
  let inference: InferenceProof | undefined
  for (const name of rungsFor(proof.serves)) {
    if (signal?.aborted === true) break
    const began = clock()
    const look = await lookAt(name, connection, container, proof, { clock, onText })
    const milliseconds = Math.max(0, clock() - began)
    const rung = { name, passed: look.passed, detail: evidence(look.detail, 500), milliseconds }
    rungs.push(rung)
    hear({ event: 'rung', deployment, rung })
    inference ??= look.proof
    if (!look.passed) break
  }
  const verdict = judge(proof.serves, rungs, container.health === 'starting')
  return { ...named, ...verdict, rungs, ...(inference === undefined ? {} : { proof: inference }) }
}

type Looking = { readonly clock: Clock; readonly onText: (text: string) => void }

/** Undefined where its label says nothing of ours. */
export function readProof(container: Container): DeploymentProof | undefined {
  return deploymentProof.safeParse(jsonIn(container.labels[proofLabel] ?? '')).data
}

async function lookAt(
  name: RungName,
  connection: Connection,
  container: Container,
  proof: DeploymentProof,
  looking: Looking,
): Promise<Look> {
  const { clock } = looking
  switch (name) {
    case 'process':
      return {
        passed: container.state === 'running',
        detail: `container ${container.state}, started ${container.startedAt}`,
      }
    case 'port':
      return answersAnything(connection, proof, clock)
    case 'ready':
      return withBody(connection, { port: proof.hostPort, path: proof.readyPath, clock }, () => undefined)
    case 'page':
      return withBody(connection, { port: proof.hostPort, path: '/', clock }, (body) =>
        /<html/i.test(body) ? undefined : 'the answer is not a page',
      )
    default:
      return proof.serves === 'openai-chat'
        ? lookAtModel(name, connection, proof, looking)
        : { passed: false, detail: 'not a model' }
  }
}

type ModelProof = Extract<DeploymentProof, { serves: 'openai-chat' }>

async function lookAtModel(name: RungName, connection: Connection, proof: ModelProof, looking: Looking): Promise<Look> {
  const { clock } = looking
  if (name === 'model-listed') {
    return withBody(connection, { port: proof.hostPort, path: '/v1/models', clock }, (body) =>
      modelIds(body).includes(proof.modelName) ? undefined : `${proof.modelName} is not in the model list`,
    )
  }
  if (name === 'metrics') {
    const page = { port: proof.hostPort, path: proof.metricsPath, clock, bytes: metricsBytes }
    return withBody(connection, page, (body) =>
      requestsUnderWay(readRuntimeMetrics(proof.metricsReader, body)).state === 'known'
        ? undefined
        : `the metrics are not those of ${proof.metricsReader}`,
    )
  }
  return streamCompletion(connection, proof, looking)
}

/** Any HTTP answer, even 503 while loading, shows that something listens. */
async function answersAnything(connection: Connection, proof: DeploymentProof, clock: Clock): Promise<Look> {
  const fetched = await fetchText(connection, { port: proof.hostPort, path: proof.readyPath, clock })
  if (!fetched.ok) return { passed: false, detail: JSON.stringify(fetched.failure) }
  return { passed: true, detail: `HTTP ${fetched.value.status}` }
}

async function withBody(
  connection: Connection,
  page: Page,
  problemIn: (body: string) => string | undefined,
): Promise<Look> {
  const fetched = await fetchText(connection, page)
  if (!fetched.ok) return { passed: false, detail: JSON.stringify(fetched.failure) }
  const { status, text, end, seconds } = fetched.value
  if (end === 'broken-off') return { passed: false, detail: 'the answer broke off' }
  if (end === 'too-late') return { passed: false, detail: noEnd(seconds) }
  if (status !== 200) return { passed: false, detail: `HTTP ${status}: ${text.slice(0, 200)}` }
  // Of a body that is too long its beginning counts: that is enough for a page.
  const problem = problemIn(text)
  return { passed: problem === undefined, detail: problem ?? 'HTTP 200' }
}

function noEnd(seconds: number): string {
  return `no end within ${seconds} s`
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

async function streamCompletion(connection: Connection, proof: ModelProof, looking: Looking): Promise<Look> {
  const { clock, onText } = looking
  const deadline = deadlineIn(probeSeconds, clock)
  const response = await ask(connection, completionRequest(proof), deadline)
  if (!response.ok) return { passed: false, detail: JSON.stringify(response.failure) }
  if (response.value.status !== 200) {
    const { text } = await readText(response.value, refusalBytes, deadline)
    return { passed: false, detail: `HTTP ${response.value.status}: ${text.slice(0, 200)}` }
  }
  const reader = readCompletion(onText)
  const decoder = new TextDecoder()
  const bounds = { bytes: streamBytes, deadline }
  const end = await takeBody(response.value.body, bounds, (piece) => {
    reader.take(decoder.decode(piece, { stream: true }), probeSeconds * 1000 - deadline.leftMs())
  })
  const problem = problemOfStream[end] ?? (end === 'too-late' ? noEnd(deadline.seconds) : undefined)
  if (problem !== undefined) return { passed: false, detail: problem }
  const finished = reader.finish()
  if (!finished.ok) return { passed: false, detail: finished.problem }
  const { proof: figures } = finished
  return { passed: true, detail: `${figures.outputTokens} tokens, ${figures.finishReason}`, proof: figures }
}

const problemOfStream: Partial<Record<BodyEnd, string>> = {
  'broken-off': 'the stream of tokens broke off',
  'too-long': `the stream of tokens has more than ${streamBytes} bytes`,
}

function completionRequest({ hostPort, modelName }: ModelProof): Omit<HttpRequest, 'deadlineSeconds'> {
  return {
    port: hostPort,
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      model: modelName,
      messages: [{ role: 'user', content: 'Say that you are ready.' }],
      max_tokens: probeTokens,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    }),
  }
}
