// From what came of planning on each appliance to the members of a rollout: who is to change, in which ring, who has
// nothing to do, and who is left out and why.
import type { Failure, Result } from '../domain/failure.ts'
import { changesNothing, type Plan, planCounts } from '../domain/plan.ts'
import type { MemberPlan, RolloutMember } from '../domain/rollout.ts'
import { placesFor, ringsOf } from './rings.ts'

export type Looked = { readonly name: string; readonly demo: boolean; readonly plan: Result<Plan> }

export type RolloutShape = {
  readonly members: readonly RolloutMember[]
  /** Of those who have a ring. */
  readonly plans: ReadonlyMap<string, Plan>
  readonly places: number
}

export function shapeRollout(looks: readonly Looked[], canary?: string): RolloutShape {
  const plans = new Map<string, Plan>()
  const machines = new Map<string, string>()
  const found = looks.map(({ name, demo, plan: made }): RolloutMember => {
    if (!made.ok) return { name, demo, stand: { state: 'left-out', failure: made.failure } }
    const plan = figuresOf(made.value)
    const obstacle = obstacleIn(made.value, name, machines)
    if (obstacle !== undefined) return { name, demo, plan, stand: { state: 'left-out', failure: obstacle } }
    if (changesNothing(made.value)) return { name, demo, plan, stand: { state: 'nothing-to-do' } }
    plans.set(name, made.value)
    return { name, demo, plan, stand: { state: 'planned' } }
  })
  const rings = ringsOf([...plans.keys()], canary)
  const members = found.map((one) => {
    const at = rings.findIndex((ring) => ring.includes(one.name))
    return at < 0 ? one : { ...one, ring: at + 1 }
  })
  return { members, plans, places: placesFor(plans.size) }
}

/** Two names of one machine would be changed side by side: the first one that can be set up stands for it. */
function obstacleIn(plan: Plan, name: string, machines: Map<string, string>): Failure | undefined {
  const [blocker] = plan.blockers
  if (blocker !== undefined) return blocker
  // A hospital gives nobody's deployments away by the dozen: the plan of one appliance says it, and is approved alone.
  const unowned = (plan.takeovers ?? []).find(({ from }) => from === undefined)
  if (unowned !== undefined) {
    const nobody = { owner: '', ownerName: '', fingerprint: '', publisher: '' }
    return { kind: 'deployment-of-other', ...nobody, deployments: [...unowned.what] }
  }
  const machine = plan.answers['machine-id'] ?? 'absent'
  const other = machines.get(machine)
  if (other !== undefined) return { kind: 'same-machine', name: other }
  if (/^[0-9a-f]{32}$/.test(machine)) machines.set(machine, name)
  return undefined
}

function figuresOf({ id, steps }: Plan): MemberPlan {
  const interrupts = steps.flatMap((s) =>
    s.change && s.interrupts && s.spec.kind === 'container' ? [s.spec.spec.deployment] : [],
  )
  return { id, ...planCounts(steps), interrupts }
}
