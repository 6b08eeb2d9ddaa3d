// After a setup, or a way back, the models that it started are asked: part of the proof. What they answer stands in the verdict
// that follows, so that a service that answers worse than it has to is never a silent green.

import type { Facts } from '../../../shared/domain/facts.ts'
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { isSetUp, type Plan } from '../../../shared/domain/plan.ts'
import type { ApplianceVerdict } from '../../../shared/domain/verdict.ts'
import type { CallContext } from '../context.ts'
import type { Place } from '../runs/prove.ts'
import { askService } from './ask-service.ts'
import { servicesIn } from './services.ts'

type Setup = {
  readonly plan: Plan
  readonly facts: Facts
  /** How they are by their ladders: one that does not answer is not asked more. */
  readonly verdict: ApplianceVerdict
  readonly signal: AbortSignal
}

/** Fails where a result cannot be kept. */
export async function askAfterSetup(
  { core, operator }: Pick<CallContext, 'core' | 'operator'>,
  place: Place,
  { plan, facts, verdict, signal }: Setup,
): Promise<Result<void>> {
  const started = startedBy(plan)
  const services = started.length === 0 ? ok([]) : servicesIn(core, facts)
  if (!services.ok) return services
  const { host, port } = place.address
  for (const found of services.value) {
    const { deployment } = found.subject
    const isWell = verdict.deployments.some((one) => one.deployment === deployment && one.state === 'healthy')
    if (!started.includes(deployment) || !isWell || signal.aborted) continue
    const isFirst = core.state.canaries.newestOf({ host, port, deployment }) === undefined
    const asked = await askService(core, place, found, {
      ...{ canaryId: `canary-${core.tools.randomId()}`, who: operator, signal },
      cause: isFirst ? 'setup' : 'upgrade',
    })
    if (!asked.ok) return asked
  }
  return ok(undefined)
}

function startedBy(plan: Plan): string[] {
  if (!isSetUp(plan) && plan.purpose.act !== 'roll-back') return []
  return plan.steps.flatMap(({ change, spec }) => (change && spec.kind === 'container' ? [spec.spec.deployment] : []))
}
