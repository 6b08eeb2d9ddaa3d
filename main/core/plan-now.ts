// A plan from what was just gathered: made when somebody asks for one, and again around every run, to see
// whether it still holds. Where it would change the system itself, that is looked at and the plan made once more.
import { kindOf } from '../../shared/apply/all-kinds.ts'
import type { Connection } from '../../shared/domain/connection.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import type { Result } from '../../shared/domain/failure.ts'
import type { Plan } from '../../shared/domain/plan.ts'
import type { PlanFacts } from '../../shared/plan/host-packages.ts'
import { makePlan } from '../../shared/plan/make-plan.ts'
import { lookAtHost } from '../apply/host-look.ts'
import type { Bundle } from '../catalog/bundle.ts'
import type { Core } from './context.ts'

export type Wish = Pick<Plan, 'solution' | 'address' | 'bundleId' | 'soakSeconds'>

type Gathered = { readonly connection: Connection; readonly facts: Facts; readonly bundle: Bundle }

export async function planFrom(core: Core, { connection, facts, bundle }: Gathered, wish: Wish): Promise<Result<Plan>> {
  const tools = { sha256: core.tools.sha256, now: core.tools.now() }
  const { solution, address, bundleId, soakSeconds } = wish
  const wanted = { solution, address, bundleId, soakSeconds, signed: bundle.header.signed }
  const plan = (known: PlanFacts) => makePlan(known, bundle, wanted, tools)
  const first = plan(facts)
  // Most plans ask nothing of the system but what the facts say.
  const specs = first.ok ? first.value.steps.map(({ spec }) => spec) : []
  if (!specs.some((spec) => kindOf(spec).look !== undefined)) return first
  const host = await lookAtHost(connection, specs)
  if (!host.ok) return host.failure.kind === 'replay-only' ? first : host
  return plan({ ...facts, host: host.value })
}
