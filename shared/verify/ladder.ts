// The readiness ladder and what its rungs mean: process up, port open, ready endpoint, then either model listed, what the
// model is for (one streamed token, vectors, an order of texts) and metrics that parse, or that nobody gets in without a
// key, or the page. Healthy needs every rung, and of an appliance also its hardware.
import type { AcceleratorTrouble } from '../domain/accelerator-trouble.ts'
import { type DeploymentProof, isAsked, isModelProof, type ModelProof, metricsOf } from '../domain/deployment.ts'
import type { TaskResult } from '../domain/task-step.ts'
import type {
  ApplianceVerdict,
  DeploymentVerdict,
  InferenceProof,
  Rung,
  RungName,
  VerdictReason,
  VerdictState,
} from '../domain/verdict.ts'

/** What shows that a model does what it is for. */
const realUse = { 'openai-chat': 'one-token', 'openai-embeddings': 'embeds', rerank: 'ranks' } as const satisfies {
  readonly [S in ModelProof['serves']]: RungName
}

/** Whether this rung shows that a model does what it is for. */
export function isRealUse(rung: RungName): boolean {
  return Object.values(realUse).some((one) => one === rung)
}

/** An engine without a list of its models or without metrics is not asked for them. */
export function rungsFor(proof: DeploymentProof): readonly RungName[] {
  // Nobody but its service reaches a part, and not everybody talks HTTP: then the engine's own check is all there is.
  if (!isAsked(proof)) return ['process', 'checked']
  const common: readonly RungName[] = ['process', 'port', 'ready']
  if (proof.serves === 'ingress') return [...common, 'published']
  if (proof.serves === 'openai-gateway') return [...common, 'keys', 'model-listed', 'one-token']
  if (proof.serves === 'api') return common
  if (!isModelProof(proof)) return [...common, 'page']
  const listed: readonly RungName[] = proof.listsModels === false ? [] : ['model-listed']
  const metrics: readonly RungName[] = metricsOf(proof) === undefined ? [] : ['metrics']
  return [...common, ...listed, realUse[proof.serves], ...metrics]
}

const reasonOf: Record<RungName, VerdictReason> = {
  process: 'not-running',
  port: 'port-closed',
  ready: 'not-ready',
  'model-listed': 'model-missing',
  keys: 'keys-unchecked',
  'one-token': 'no-tokens',
  embeds: 'no-vectors',
  ranks: 'no-ranking',
  metrics: 'metrics-unreadable',
  page: 'page-fails',
  published: 'not-published',
  checked: 'check-fails',
}

/** `starting` is whether the engine still counts the container as starting up. */
export function judge(
  proof: DeploymentProof,
  rungs: readonly Rung[],
  starting: boolean,
): { state: VerdictState; reason: VerdictReason } {
  for (const name of rungsFor(proof)) {
    const rung = rungs.find((r) => r.name === name)
    if (rung === undefined) return { state: 'unknown', reason: 'cannot-look' }
    if (rung.passed) continue
    // It answers patients' doctors, only its figures cannot be read.
    if (name === 'metrics') return { state: 'degraded', reason: 'metrics-unreadable' }
    if (starting && name !== 'process') return { state: 'degraded', reason: 'starting' }
    return { state: 'down', reason: reasonOf[name] }
  }
  return { state: 'healthy', reason: wellReason[proof.serves] }
}

/** It answers, and what it says is no text: nobody is served by that. */
export function withAnswer(
  verdict: Pick<DeploymentVerdict, 'state' | 'reason'>,
  proof: InferenceProof | undefined,
): Pick<DeploymentVerdict, 'state' | 'reason'> {
  const isOdd = verdict.state === 'healthy' && proof?.odd !== undefined
  return isOdd ? { state: 'degraded', reason: 'answer-odd' } : verdict
}

const wellReason = {
  ...{ 'openai-chat': 'answers', 'openai-gateway': 'answers', 'openai-embeddings': 'embeds' },
  ...{ rerank: 'ranks', page: 'page-answers', ingress: 'page-answers', part: 'check-passes' },
  ...{ api: 'api-answers', program: 'check-passes' },
} as const satisfies { readonly [S in DeploymentProof['serves']]: VerdictReason }

/**
 * With what its vendor's probes said last of the version that runs, whose spec digest this is. It answers, and does not do
 * all that its vendor says it does: that is not healthy.
 */
export function withProbes(
  verdict: DeploymentVerdict,
  results: readonly TaskResult[],
  specDigest: string | undefined,
): DeploymentVerdict {
  const probes = results.filter(
    ({ role, of, against }) => role === 'probe' && of === verdict.deployment && against === specDigest,
  )
  if (probes.length === 0) return verdict
  const said = probes.map(({ task, entry, at, seconds, outcome, exitCode }) => {
    return { task, entry, at, seconds, outcome, exitCode }
  })
  const failed = verdict.state === 'healthy' && probes.some(({ outcome }) => outcome !== 'passed')
  return { ...verdict, ...(failed && { state: 'degraded', reason: 'probe-failed' }), probes: said }
}

/** Of a deployment that may only be looked at: a container that does not run is down, more nobody knows. */
export function judgeWatched(running: boolean): { state: VerdictState; reason: VerdictReason } {
  return running ? { state: 'unknown', reason: 'only-watched' } : { state: 'down', reason: 'not-running' }
}

const worstFirst: readonly VerdictState[] = ['down', 'unknown', 'stale', 'degraded', 'healthy']

/**
 * An appliance is as well as the worst of its deployments, and at most degraded while its hardware is not well;
 * with no deployment there is nothing to call healthy.
 */
export function judgeAppliance(
  deployments: readonly DeploymentVerdict[],
  troubles: readonly AcceleratorTrouble[] = [],
): ApplianceVerdict {
  const named = { deployments: [...deployments], ...(troubles.length === 0 ? {} : { accelerators: [...troubles] }) }
  if (deployments.length === 0) return { state: 'unknown', reason: 'nothing-deployed', ...named }
  const state = worstFirst.find((s) => deployments.some((d) => d.state === s)) ?? 'unknown'
  const worst = deployments.filter((d) => d.state === state)
  if (worst.every((d) => d.reason === 'only-watched')) return { state, reason: 'only-watched', ...named }
  if (state !== 'healthy') return { state, reason: 'a-deployment-is-not-healthy', ...named }
  if (troubles.length > 0) return { state: 'degraded', reason: hardwareReason(troubles), ...named }
  // Only a streamed completion is a proof that it answers: a page that loads says nothing of the model.
  if (deployments.some((d) => d.proof !== undefined)) return { state, reason: 'answers', ...named }
  const other = (['embeds', 'ranks'] as const).find((reason) => deployments.some((d) => d.reason === reason))
  return { state, reason: other ?? 'page-answers', ...named }
}

function hardwareReason(troubles: readonly AcceleratorTrouble[]): VerdictReason {
  const ill = troubles.some(({ trouble }) => trouble === 'alarm' || trouble === 'critical')
  return ill ? 'accelerator-ill' : 'accelerator-unreadable'
}
