// Applies plans to an appliance that is a folder, with everything a run needs besides; tests change what matters to
// them.
import { applyPlan } from '../../main/apply/run.ts'
import type { RunTools } from '../../main/apply/run-tools.ts'
import type { Facts } from '../../shared/domain/facts.ts'
import { ok } from '../../shared/domain/failure.ts'
import type { Plan } from '../../shared/domain/plan.ts'
import { type RunEvent, type RunProgress, runEvent } from '../../shared/domain/run.ts'
import { bareFacts, planFor } from './plan-cases.ts'
import { type ShellAppliance, shellAppliance } from './shell-appliance.ts'

export const runId = 'run-20261120T080000Z-0badcafe'

export function start(facts: Facts = bareFacts()) {
  const plan = planFor(facts)
  return { plan, place: shellAppliance(plan, facts) }
}

export type Seen = { events: RunEvent[]; end: Extract<RunEvent, { event: 'run-end' }>; progress: RunProgress[] }

export async function apply(place: ShellAppliance, plan: Plan, other: Partial<RunTools> = {}): Promise<Seen> {
  const progress: RunProgress[] = []
  const events: RunEvent[] = []
  const run = applyPlan(place.connection, plan, {
    runId,
    who: 'li',
    at: '2026-11-20T08:00:00.000Z',
    checkPremises: async () => ok(undefined),
    ask: place.ask,
    source: () => ({ read: () => (async function* () {})() }),
    onProgress: (one) => void progress.push(one),
    pause: place.pause,
    clock: () => 0,
    signal: new AbortController().signal,
    ...other,
  })
  for await (const event of run) events.push(runEvent.parse(event))
  const end = events.at(-1)
  if (end?.event !== 'run-end') throw new Error('the last event is not the end of the run')
  return { events, end, progress }
}

/** Events and journal in short: "step-end image.x done". */
export const short = (one: object) =>
  ['event', 'record', 'step', 'outcome']
    .flatMap((name) => Object.entries(one).flatMap(([k, v]) => (k === name ? [v] : [])))
    .join(' ')
export const stepsDone = (events: RunEvent[]) =>
  events.filter((e) => e.event === 'step-end').map((e) => `${e.step} ${e.outcome}`)
export const planAgain = async (place: ShellAppliance, facts: Facts = bareFacts()): Promise<Plan> => {
  const asked = await place.ask()
  if (!asked.ok) throw new Error('asking failed')
  return planFor({ ...facts, ...asked.value })
}
