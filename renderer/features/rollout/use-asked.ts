// What a plan for several appliances asks beyond its approval: what runs as root in the bundle's own words, the same
// words once with the names of all where they run, and the licence terms. They stand in the plan of each appliance; the
// rollout has only its figures.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import { type LicenceTerms, termsName } from '../../../shared/domain/licence-terms.ts'
import type { Plan, PlanStep } from '../../../shared/domain/plan.ts'
import type { Rollout } from '../../../shared/domain/rollout.ts'
import { type RolloutTrust, trustOf } from '../../../shared/domain/rollout-trust.ts'
import { rootActOf } from '../../../shared/domain/root-act.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'

export type Asked = {
  /** The names of the appliances by the first step with its words. */
  readonly rootSteps: ReadonlyMap<PlanStep, readonly string[]>
  readonly licences: readonly LicenceTerms[]
  /** What changes in whom the hospital trusts with what. */
  readonly trust: RolloutTrust
}

/** Read until somebody begins the rollout; nobody may begin it before that is answered. */
export function useAsked({ id, state, members }: Rollout) {
  const { product } = useConsole()
  const ask = async (): Promise<Result<Asked>> => {
    const plans: [name: string, plan: Plan][] = []
    for (const { name, ring, plan } of members) {
      if (ring === undefined || plan === undefined) continue
      const read = await product.setup.readPlan({ planId: plan.id })
      if (!read.ok) return read
      plans.push([name, read.value])
    }
    const licences = new Map(plans.flatMap(([, plan]) => plan.licences ?? []).map((one) => [termsName(one), one]))
    return ok({ rootSteps: rootStepsOf(plans), licences: [...licences.values()], trust: trustOf(plans) })
  }
  return useAnswer({ key: ['setup.readPlan', 'rollout', id], ask, enabled: state === 'planned' })
}

function rootStepsOf(plans: readonly [name: string, plan: Plan][]): Asked['rootSteps'] {
  const first = new Map<string, PlanStep>()
  const names = new Map<PlanStep, string[]>()
  for (const [name, plan] of plans) {
    for (const step of plan.steps) {
      const act = rootActOf(step)
      if (act === undefined) continue
      const words = JSON.stringify([act.kind, act.words])
      const same = first.get(words) ?? step
      first.set(words, same)
      names.set(same, [...(names.get(same) ?? []), name])
    }
  }
  return names
}
