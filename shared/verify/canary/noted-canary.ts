// A verdict with what a canary of the version that runs said last. A service that answers, and fails its questions, is not
// healthy: nobody is to find out by its next answer to a user.
import type { CanaryHead } from '../../domain/canary.ts'
import type { DeploymentVerdict } from '../../domain/verdict.ts'

export function withCanary(verdict: DeploymentVerdict, head: CanaryHead | undefined): DeploymentVerdict {
  const isOfIt = head?.subject.entry === verdict.entry && head.subject.version === verdict.version
  if (head === undefined || !isOfIt) return verdict
  const { canaryId, set, verdict: said, startedAt: at, asked, failed } = head
  const isFailed = verdict.state === 'healthy' && said === 'failed'
  return {
    ...verdict,
    ...(isFailed && { state: 'degraded', reason: 'canary-failed' }),
    canary: { canaryId, set, verdict: said, at, asked, failed },
  }
}
