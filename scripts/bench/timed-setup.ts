// One setup as a person starts it, proven at its end, with what each of its parts took.

import { type CallContext, type Core, ownContext } from '../../main/core/context.ts'
import { applySetup, planSetup } from '../../main/core/runs/setup.ts'
import type { SetUpPlan } from '../../shared/domain/plan.ts'
import type { ApplianceVerdict } from '../../shared/domain/verdict.ts'
import { must } from './bench-tools.ts'
import type { LoginTarget } from './lab-appliance.ts'

export const solution = 'clinic-starter'

export type TimedSetup = {
  readonly plan: SetUpPlan
  readonly changed: number
  readonly planMs: number
  /** Until the first step: the premises once more, the lock, the journal. */
  readonly beginMs: number
  readonly stepMs: ReadonlyMap<string, number>
  /** The last step's end until the verdict. */
  readonly proofMs: number
}

export async function setUp(core: Core, target: LoginTarget, bundleId: string): Promise<TimedSetup> {
  const context: CallContext = ownContext(core, 'bench')
  const asked = performance.now()
  const plan = must(await planSetup(core, { target, bundleId, solution, soakSeconds: 0 }))
  const planned = performance.now()
  const stepMs = new Map<string, number>()
  let [begun, ended, changed] = [Number.NaN, Number.NaN, -1]
  let verdict: ApplianceVerdict | undefined
  for await (const event of applySetup(context, { planId: plan.id, target })) {
    if (event.event === 'step-begin' && Number.isNaN(begun)) begun = performance.now()
    if (event.event === 'step-end') stepMs.set(event.step, event.milliseconds ?? Number.NaN)
    if (event.event === 'run-end') {
      if (event.failure !== undefined) throw new Error(JSON.stringify(event.failure))
      changed = event.changed
      ended = performance.now()
    }
    if (event.event === 'verified') verdict = event.verdict
  }
  if (verdict?.state !== 'healthy') throw new Error(`the appliance is not well: ${JSON.stringify(verdict)}`)
  // A run that changes nothing begins no step.
  const beginMs = (Number.isNaN(begun) ? ended : begun) - planned
  return { plan, changed, stepMs, planMs: planned - asked, beginMs, proofMs: performance.now() - ended }
}
