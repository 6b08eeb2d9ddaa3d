// How a simulated container comes up: what it serves is in its proof label, as for every console; it is starting
// for a while, as real ones are, and then well for as long as it runs.

import { type DeploymentProof, deploymentProof } from '../../shared/domain/deployment.ts'
import { jsonIn } from '../../shared/domain/json-text.ts'
import { proofLabel } from '../../shared/domain/remote-layout.ts'
import type { SimulatedContainer } from './machine-state.ts'

/** From its start until its health check passes: a model has weights to load. */
const startMilliseconds = {
  ...{ 'openai-chat': 2600, 'openai-embeddings': 2600, rerank: 2600 },
  ...{ 'openai-gateway': 700, ingress: 700, page: 700, part: 700, api: 700, program: 700 },
} as const

/** Undefined for a container that serves nothing that we know. */
export function proofOf(container: SimulatedContainer): DeploymentProof | undefined {
  return deploymentProof.safeParse(jsonIn(container.labels[proofLabel] ?? '')).data
}

/** 0 at its start, 1 once it takes requests; undefined while it does not run. */
export function startedPart(container: SimulatedContainer, nowMs: number): number | undefined {
  if (container.state !== 'running') return undefined
  const lasts = startMilliseconds[proofOf(container)?.serves ?? 'page']
  return Math.min(1, Math.max(0, (nowMs - container.startedAtMs) / lasts))
}

export function takesRequests(container: SimulatedContainer, nowMs: number): boolean {
  return startedPart(container, nowMs) === 1
}
