// Parts belong to their service: a list has them under it. One whose service is not there stands for itself.
import type { DeploymentVerdict } from '../../../shared/domain/verdict.ts'

type WithParts = { readonly service: DeploymentVerdict; readonly parts: readonly DeploymentVerdict[] }

export function underServices(deployments: readonly DeploymentVerdict[]): WithParts[] {
  const serviceOf = ({ partOf }: DeploymentVerdict) => deployments.find(({ deployment }) => deployment === partOf)
  return deployments
    .filter((one) => serviceOf(one) === undefined)
    .map((service) => ({ service, parts: deployments.filter((one) => serviceOf(one) === service) }))
}
