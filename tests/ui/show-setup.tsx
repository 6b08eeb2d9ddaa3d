// The screen of a setup with an appliance, a bundle and its plans, as its tests show it.
import { SetupScreen, type SetupStep } from '../../renderer/features/setup/setup-screen.tsx'
import type { Plan } from '../../shared/domain/plan.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import { answers, type Script, streams } from './gallery/pretend-console.ts'
import { about, applianceNamed } from './gallery/scripted.ts'
import { factsWith, gibibyte, reportOf } from './gallery/scripted-facts.ts'
import { planId, proposals, recordsBundle, runId, wardPlan, wardSteps } from './gallery/scripted-plans.ts'
import { show } from './show.tsx'

export const cards = reportOf({ vendor: 'nvidia', product: 'NVIDIA H20', count: 8, memoryBytes: 96 * gibibyte })
export const begin: RunEvent = { event: 'run-begin', run: runId, steps: wardSteps.length }
export const setupScript = {
  window: about,
  appliances: { list: answers([applianceNamed('ward', '10.78.0.11')]), detect: answers(factsWith([cards])) },
  bundles: { list: answers([recordsBundle()]) },
  setup: { propose: answers(proposals()), readPlan: answers(wardPlan()), apply: streams<RunEvent>([begin]) },
} satisfies Script

type Wish = {
  readonly step: SetupStep
  readonly planId?: string
  readonly changes?: Script
  readonly solution?: string
}

export function showSetup({ step, planId: plan, changes = {}, solution }: Wish) {
  const went: string[] = []
  const { link } = show(
    <SetupScreen
      name="ward"
      step={step}
      planId={plan}
      wanted={{ bundleId: undefined, solution }}
      onStep={(next, chosen) => went.push(chosen === undefined ? next : `${next} ${chosen}`)}
      onApproved={(id) => went.push(`approved ${id}`)}
      onLogIn={() => went.push('log in')}
      onLeave={() => went.push('leave')}
      onUpkeep={() => went.push('upkeep')}
    />,
    { ...setupScript, ...changes },
  )
  return { went, calls: () => link.asked.map(({ call }) => call), link }
}

export const setupWith = (setup: Script['setup']): Script => ({ setup: { ...setupScript.setup, ...setup } })
export const showReview = (plan: Plan, setup: Script['setup'] = {}) =>
  showSetup({ step: 'review', planId, changes: setupWith({ readPlan: answers(plan), ...setup }) })
