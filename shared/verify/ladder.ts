// The readiness ladder and what its rungs mean: process up, port open, ready endpoint, then either
// model listed, one streamed token and metrics that parse, or the page. Healthy needs every rung.
import type { DeploymentProof } from '../domain/deployment.ts'
import type {
  ApplianceVerdict,
  DeploymentVerdict,
  Rung,
  RungName,
  VerdictReason,
  VerdictState,
} from '../domain/verdict.ts'

export function rungsFor(serves: DeploymentProof['serves']): readonly RungName[] {
  const common: readonly RungName[] = ['process', 'port', 'ready']
  return serves === 'openai-chat' ? [...common, 'model-listed', 'one-token', 'metrics'] : [...common, 'page']
}

const reasonOf: Record<RungName, VerdictReason> = {
  process: 'not-running',
  port: 'port-closed',
  ready: 'not-ready',
  'model-listed': 'model-missing',
  'one-token': 'no-tokens',
  metrics: 'metrics-unreadable',
  page: 'page-fails',
}

/** `starting` is whether the engine still counts the container as starting up. */
export function judge(
  serves: DeploymentProof['serves'],
  rungs: readonly Rung[],
  starting: boolean,
): { state: VerdictState; reason: VerdictReason } {
  for (const name of rungsFor(serves)) {
    const rung = rungs.find((r) => r.name === name)
    if (rung === undefined) return { state: 'unknown', reason: 'cannot-look' }
    if (rung.passed) continue
    // It answers patients' doctors, only its figures cannot be read.
    if (name === 'metrics') return { state: 'degraded', reason: 'metrics-unreadable' }
    if (starting && name !== 'process') return { state: 'degraded', reason: 'starting' }
    return { state: 'down', reason: reasonOf[name] }
  }
  return { state: 'healthy', reason: serves === 'page' ? 'page-answers' : 'answers' }
}

const worstFirst: readonly VerdictState[] = ['down', 'unknown', 'stale', 'degraded', 'healthy']

/** An appliance is as well as the worst of its deployments; with none there is nothing to call healthy. */
export function judgeAppliance(deployments: readonly DeploymentVerdict[]): ApplianceVerdict {
  if (deployments.length === 0) return { state: 'unknown', reason: 'nothing-deployed', deployments: [] }
  const state = worstFirst.find((s) => deployments.some((d) => d.state === s)) ?? 'unknown'
  const reason = state === 'healthy' ? 'answers' : 'a-deployment-is-not-healthy'
  return { state, reason, deployments: [...deployments] }
}
