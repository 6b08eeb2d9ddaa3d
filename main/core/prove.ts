// Proves every deployment of an appliance by climbing its readiness ladder, one after the other: the
// completions of one deployment must not slow down those of the next while they are measured.
import type { Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { fail, ok, type Result } from '../../shared/domain/failure.ts'
import { deploymentLabel } from '../../shared/domain/remote-layout.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../shared/domain/verdict.ts'
import { judgeAppliance } from '../../shared/verify/ladder.ts'
import { climb } from '../verify/climb.ts'
import type { Core } from './context.ts'

export async function proveDeployments(
  core: Core,
  connection: Connection,
  facts: Facts,
): Promise<Result<ApplianceVerdict>> {
  if (facts.engine.state === 'unreadable') return fail({ kind: 'engine-unreadable', detail: facts.engine.why })
  if (facts.containers.state === 'unreadable') return fail({ kind: 'engine-unreadable', detail: facts.containers.why })
  const containers = facts.containers.state === 'known' ? facts.containers.value : []
  const verdicts: DeploymentVerdict[] = []
  for (const container of containers) {
    const deployment = container.labels[deploymentLabel]
    // A container that a replacement left aside is not the deployment.
    if (deployment === undefined || container.name !== `rackside-${deployment}`) continue
    verdicts.push(await climb(connection, container, core.tools.clock))
  }
  if (facts.deployments.state === 'unreadable')
    return fail({ kind: 'fact-missing', fact: 'installed deployments', why: facts.deployments.why })
  const expected = facts.deployments.state === 'known' ? facts.deployments.value : []
  for (const { deployment, entry, version } of expected) {
    if (verdicts.some((v) => v.deployment === deployment)) continue
    verdicts.push({ deployment, entry, version, state: 'down', reason: 'missing', rungs: [] })
  }
  verdicts.sort((a, b) => (a.deployment < b.deployment ? -1 : 1))
  return ok(judgeAppliance(verdicts))
}
