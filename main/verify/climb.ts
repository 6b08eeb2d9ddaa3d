// Climbs the readiness ladder of one deployment through the connection: looks at the process, the port,
// the ready endpoint, the model list, asks the model for what it is for, scrapes the metrics. Stops at the first
// rung that fails, because nothing above it can hold. Every rung has one deadline, request and body together.

import type { Connection } from '../../shared/domain/connection.ts'
import {
  type AskedProof,
  type DeploymentProof,
  deploymentProof,
  isAsked,
  isModelProof,
  type ModelProof,
  metricsOf,
} from '../../shared/domain/deployment.ts'
import type { Container } from '../../shared/domain/facts.ts'
import { evidence } from '../../shared/domain/failure.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import type { ProofEvent } from '../../shared/domain/proof-event.ts'
import { deploymentLabel, entryLabel, proofLabel, versionLabel } from '../../shared/domain/remote-layout.ts'
import type { DeploymentVerdict, InferenceProof, Rung, RungName } from '../../shared/domain/verdict.ts'
import { isPageOfEngine, readRuntimeMetrics } from '../../shared/observe/runtimes/all.ts'
import { isRealUse, judge, rungsFor, withAnswer } from '../../shared/verify/ladder.ts'
import { lookAtRanking, lookAtVectors } from './ask-model.ts'
import type { Clock } from './bounded-body.ts'
import { fetchText, metricsBytes } from './fetch-text.ts'
import { lookAtGateway } from './gateway.ts'
import { lookAtPublished } from './ingress.ts'
import { type Look, type Looking, modelIds, withBody } from './look.ts'
import { streamCompletion } from './stream-completion.ts'

export type Climbing = {
  readonly clock: Clock
  /** Hears what is seen while it is climbed. */
  readonly hear?: (event: ProofEvent) => void
  /** Nobody waits for the verdict any more: no further rung is climbed. */
  readonly signal?: AbortSignal
  /** How long the model gets for its answer; absent: as long as a person waits. */
  readonly askSeconds?: number
  /** Whether what the engine calls starting has been started anew again and again. */
  readonly keepsFailing?: (container: Container) => boolean
  /** A model that just served its users need not be asked as well. */
  readonly passesOver?: (deployment: string) => boolean
  /** Hears which deployments were asked, and whether what came was good. */
  readonly asked?: (deployment: string, passed: boolean) => void
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
    ...partOf(readProof(container)),
  }
  const proof = readProof(container)
  if (proof === undefined) return { ...named, state: 'unknown', reason: 'cannot-look', rungs: [] }
  const { deployment } = named
  hear({ event: 'deployment-begin', deployment, ladder: [...rungsFor(proof)] })
  const onText = (text: string) => hear({ event: 'answer', deployment, text })
  const looking = { clock, onText, ...(climbing.askSeconds !== undefined && { askSeconds: climbing.askSeconds }) }
  const rungs: Rung[] = []
  let inference: InferenceProof | undefined
  for (const name of rungsFor(proof)) {
    if (signal?.aborted === true) break
    const began = clock()
    const look =
      isRealUse(name) && climbing.passesOver?.(deployment) === true
        ? servesOthers
        : await lookAt(name, connection, container, proof, looking)
    if (isRealUse(name) && look !== servesOthers) climbing.asked?.(deployment, isWell(look))
    const milliseconds = Math.max(0, clock() - began)
    const rung = { name, passed: look.passed, detail: evidence(look.detail, 500), milliseconds }
    rungs.push(rung)
    hear({ event: 'rung', deployment, rung })
    inference ??= look.proof
    if (!look.passed) break
  }
  // Asked at each look, also of one that is not starting: that begins anew.
  const isFailing = climbing.keepsFailing?.(container) === true
  const verdict = withAnswer(judge(proof, rungs, container.health === 'starting' && !isFailing), inference)
  const isUncounted = isModelProof(proof) && metricsOf(proof) === undefined
  return {
    ...{ ...named, ...verdict, rungs },
    ...(inference !== undefined && { proof: inference }),
    ...(isUncounted && { withoutMetrics: true as const }),
  }
}

const servesOthers: Look = { passed: true, detail: 'not asked: it has just served its users' }

function isWell({ passed, proof }: Look): boolean {
  return passed && proof?.odd === undefined
}

export function partOf(proof: DeploymentProof | undefined): { readonly partOf?: string } {
  return proof?.serves === 'part' ? { partOf: proof.of } : {}
}

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
  if (name === 'process') {
    return {
      passed: container.state === 'running',
      detail: `container ${container.state}, started ${container.startedAt}`,
    }
  }
  if (!isAsked(proof)) return { passed: container.health === 'healthy', detail: `its check: ${container.health}` }
  return ask(name, connection, proof, looking)
}

async function ask(name: RungName, connection: Connection, proof: AskedProof, looking: Looking): Promise<Look> {
  const { clock } = looking
  switch (name) {
    case 'port':
      return answersAnything(connection, proof, clock)
    case 'ready':
      return withBody(connection, { port: proof.hostPort, path: proof.readyPath, clock }, () => undefined)
    case 'page':
      return withBody(connection, { port: proof.hostPort, path: '/', clock }, (body) =>
        /<html/i.test(body) ? undefined : 'the answer is not a page',
      )
    default:
      if (isModelProof(proof)) return lookAtModel(name, connection, proof, looking)
      if (proof.serves === 'openai-gateway') return lookAtGateway(name, connection, proof, looking)
      if (proof.serves === 'ingress') return lookAtPublished(connection, proof)
      return { passed: false, detail: 'not a model' }
  }
}

async function lookAtModel(name: RungName, connection: Connection, proof: ModelProof, looking: Looking): Promise<Look> {
  const { clock } = looking
  if (name === 'model-listed') {
    return withBody(connection, { port: proof.hostPort, path: '/v1/models', clock }, (body) =>
      modelIds(body).includes(proof.modelName) ? undefined : `${proof.modelName} is not in the model list`,
    )
  }
  if (name === 'metrics') return lookAtMetrics(connection, proof, clock)
  if (proof.serves === 'openai-embeddings') return lookAtVectors(connection, proof, clock)
  if (proof.serves === 'rerank') return lookAtRanking(connection, proof, clock)
  return streamCompletion(connection, proof, looking)
}

async function lookAtMetrics(connection: Connection, proof: ModelProof, clock: Clock): Promise<Look> {
  const metrics = metricsOf(proof)
  if (metrics === undefined) return { passed: false, detail: 'it has no metrics' }
  const page = { port: proof.hostPort, path: metrics.path, clock, bytes: metricsBytes }
  return withBody(connection, page, (body) =>
    isPageOfEngine(readRuntimeMetrics(metrics.reader, body))
      ? undefined
      : `the metrics are not those of ${metrics.reader}`,
  )
}

/** Any HTTP answer, even 503 while loading, shows that something listens. */
async function answersAnything(connection: Connection, proof: AskedProof, clock: Clock): Promise<Look> {
  const fetched = await fetchText(connection, { port: proof.hostPort, path: proof.readyPath, clock })
  if (!fetched.ok) return { passed: false, detail: JSON.stringify(fetched.failure) }
  return { passed: true, detail: `HTTP ${fetched.value.status}` }
}
