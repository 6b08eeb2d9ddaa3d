// Plans one solution for many appliances: looks at all of them at once, makes each one's plan as a single setup
// does, and keeps what came of it until somebody approves it.
import type { Appliance } from '../../../shared/domain/appliance.ts'
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../../shared/domain/interruption.ts'
import { defaultSoakSeconds } from '../../../shared/domain/plan.ts'
import type { Rollout } from '../../../shared/domain/rollout.ts'
import { findSolution } from '../../../shared/plan/catalog.ts'
import { type Looked, shapeRollout } from '../../../shared/plan/rollout-members.ts'
import type { Core } from '../context.ts'
import { bundleNamed } from '../desk/bundles.ts'
import { planSetup } from '../runs/setup.ts'
import { sideBySide, withinSeconds } from './side-by-side.ts'

/** A login and a look at a healthy appliance take some seconds. */
const lookSeconds = 60

type RolloutWish = InterruptionRules & {
  readonly bundleId: string
  readonly solution: string
  readonly soakSeconds?: number | undefined
  readonly appliances: readonly string[]
  readonly canary?: string | undefined
  readonly limitMbit?: number | undefined
}

export async function planRollout(core: Core, wish: RolloutWish): Promise<Result<Rollout>> {
  const { bundleId, soakSeconds = defaultSoakSeconds, canary, limitMbit, window, evenIfBusy } = wish
  const appliances = membersOf(core, wish)
  if (!appliances.ok) return appliances
  const bundle = bundleNamed(core, bundleId)
  if (!bundle.ok) return bundle
  const solution = findSolution(bundle.value, wish.solution)
  if (!solution.ok) return solution
  const looks = await sideBySide(appliances.value, core.tools, async ({ name, address }): Promise<Looked> => {
    const planning = planSetup(core, { target: { by: 'name', name }, bundleId, solution: wish.solution, soakSeconds })
    const plan = await withinSeconds(lookSeconds, { what: 'its plan', pause: core.tools.pause }, planning)
    return { name, demo: core.demos.isDemo(address), plan }
  })
  const { members, plans, places } = shapeRollout(looks, canary)
  const first = members.find(({ name }) => name === canary)
  if (first?.stand.state === 'left-out') return fail({ kind: 'canary-left-out', name: first.name })
  const { now, randomId } = core.tools
  const rollout: Rollout = {
    ...{ id: `rollout-${randomId()}`, createdAt: now(), bundleId, solution: solution.value.id, soakSeconds },
    rules: { ...(window && { window }), ...(evenIfBusy && { evenIfBusy }) },
    ...(limitMbit !== undefined && { limitMbit }),
    ...{ places, members: [...members], state: 'planned' },
  }
  core.rollouts.keep(rollout, plans)
  return ok(rollout)
}

/** A name that nobody knows is a slip of the hand: nothing is planned for the others then. */
function membersOf(core: Core, { appliances, canary }: RolloutWish): Result<Appliance[]> {
  const saved = core.state.appliances.read()
  if (!saved.ok) return saved
  const known = saved.value.map((one) => one.name)
  const unknown = appliances.find((name) => !known.includes(name))
  if (unknown !== undefined) return fail({ kind: 'appliance-unknown', name: unknown, known })
  if (canary !== undefined && !appliances.includes(canary)) {
    return fail({ kind: 'appliance-unknown', name: canary, known: [...appliances] })
  }
  const named = [...new Set(appliances)]
  return ok(named.flatMap((name) => saved.value.filter((one) => one.name === name)))
}
