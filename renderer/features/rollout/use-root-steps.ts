// What runs as root in the bundle's own words on the appliances of a rollout: the same words once, with the names of
// all where they run. They stand in the plan of each appliance; the rollout has only its figures.
import { ok, type Result } from '../../../shared/domain/failure.ts'
import type { PlanStep } from '../../../shared/domain/plan.ts'
import type { Rollout } from '../../../shared/domain/rollout.ts'
import { rootActOf } from '../../../shared/domain/root-act.ts'
import { useAnswer } from '../../console/answers.ts'
import { useConsole } from '../../console/console-context.tsx'

/** The names of the appliances by the first step with its words. */
export type RootSteps = ReadonlyMap<PlanStep, readonly string[]>

/** Asked until somebody begins the rollout; nobody may begin it before it is answered. */
export function useRootSteps({ id, state, members }: Rollout) {
  const { product } = useConsole()
  const ask = async (): Promise<Result<RootSteps>> => {
    const first = new Map<string, PlanStep>()
    const names = new Map<PlanStep, string[]>()
    for (const { name, ring, plan } of members) {
      if (ring === undefined || plan === undefined) continue
      const read = await product.setup.readPlan({ planId: plan.id })
      if (!read.ok) return read
      for (const step of read.value.steps) {
        const act = rootActOf(step)
        if (act === undefined) continue
        const words = JSON.stringify([act.kind, act.words])
        const same = first.get(words) ?? step
        first.set(words, same)
        names.set(same, [...(names.get(same) ?? []), name])
      }
    }
    return ok(names)
  }
  return useAnswer({ key: ['setup.readPlan', 'rollout', id], ask, enabled: state === 'planned' })
}
