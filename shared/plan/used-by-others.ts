// What a plan does to apps of other solutions that ask one of its model services: while that is replaced they get no
// answer, and where it is called otherwise afterwards they do not find it any more.
import { containerName } from '../apply/container-run.ts'
import { isModelProof } from '../domain/deployment.ts'
import type { Facts } from '../domain/facts.ts'
import { evidence } from '../domain/failure.ts'
import { type PlanUser, usedModelService } from '../domain/installed-model.ts'
import { jsonIn } from '../domain/json-text.ts'
import type { PlanStep } from '../domain/plan.ts'
import { valueOr } from '../domain/reading.ts'
import { deploymentLabel, usesLabel } from '../domain/remote-layout.ts'

/** Of model services that the plan starts or replaces; those that it leaves alone lose nobody. */
export function usersConcerned(steps: readonly PlanStep[], { containers }: Pick<Facts, 'containers'>): PlanUser[] {
  const own = steps.flatMap(({ spec }) => (spec.kind === 'container' ? [spec.spec.deployment] : []))
  const users = valueOr(containers, []).flatMap(({ name, labels }) => {
    const deployment = labels[deploymentLabel] ?? ''
    const uses = usedModelService.safeParse(jsonIn(labels[usesLabel] ?? '')).data
    const isOther = name === containerName(deployment) && !own.includes(deployment)
    return uses !== undefined && isOther ? [{ user: deployment, uses }] : []
  })
  return steps.flatMap(({ change, spec: step }) => {
    if (!change || step.kind !== 'container') return []
    const { spec, proof } = step
    const modelName = isModelProof(proof) ? proof.modelName : ''
    return users
      .filter(({ uses }) => uses.deployment === spec.deployment)
      .map(({ user, uses }): PlanUser => {
        const finds = uses.modelName === modelName && uses.network === spec.network
        return { service: spec.deployment, user: evidence(user, 80), finds }
      })
  })
}
