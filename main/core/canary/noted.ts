// What canaries said last of the services of an appliance, in its verdict.
import type { Address } from '../../../shared/domain/appliance.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import { withCanary } from '../../../shared/verify/canary/noted-canary.ts'
import { judgeAppliance } from '../../../shared/verify/ladder.ts'
import type { Core } from '../context.ts'

export function withCanaries({ state }: Core, { host, port }: Address, verdict: ApplianceVerdict): ApplianceVerdict {
  const deployments = verdict.deployments.map((one) =>
    withCanary(one, state.canaries.newestSaying({ host, port, deployment: one.deployment })),
  )
  const isWorse = deployments.some(({ reason }) => reason === 'canary-failed')
  return isWorse ? { ...verdict, ...judgeAppliance(deployments, verdict.accelerators) } : { ...verdict, deployments }
}
