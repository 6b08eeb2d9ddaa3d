// A console with many saved appliances whose runs are played: what a rollout begins is known, nothing is dialled,
// and time passes only when the test says so.

import { type Core, ownContext } from '../../main/core/context.ts'
import { applyRollout } from '../../main/core/rollout/rollout-run.ts'
import type { RunTicker } from '../../main/core/runs/console-runs.ts'
import { type Failure, ok } from '../../shared/domain/failure.ts'
import type { InterruptionRules } from '../../shared/domain/interruption.ts'
import type { Plan } from '../../shared/domain/plan.ts'
import type { Rollout, RolloutEvent } from '../../shared/domain/rollout.ts'
import type { RunEvent } from '../../shared/domain/run.ts'
import type { VerdictState } from '../../shared/domain/verdict.ts'
import { shapeRollout } from '../../shared/plan/rollout-members.ts'
import { bareFacts, planFor } from './plan-cases.ts'
import { type PretendClock, pretendClock } from './pretend-clock.ts'
import { pretendCore } from './pretend-core.ts'

const run = 'run-20261120T080000Z-0badcafe'

/** How a run of an appliance goes: its verdict, its failure, or for how many seconds it is still going. */
export type Fate = VerdictState | Failure | { readonly seconds: number; readonly verdict: VerdictState }

export type PretendFleet = {
  readonly core: Core
  readonly clock: PretendClock
  readonly rolloutId: string
  /** Whose runs were begun, in order. */
  readonly begun: string[]
  /** The most at the same time. */
  most(): number
  now(): Rollout
  events(): readonly RolloutEvent[]
  begin(): void
  auditLines(): Record<string, unknown>[]
}

const second = 1000

/** Appliances called w1, w2, ...; `fates` by name, everybody else is healthy after a second. */
export function pretendFleet(
  count: number,
  fates: Readonly<Record<string, Fate>> = {},
  { rules = {}, canary, limitMbit }: { rules?: InterruptionRules; canary?: string; limitMbit?: number } = {},
): PretendFleet {
  const clock = pretendClock()
  const pretended = pretendCore(undefined, undefined, clock)
  const names = Array.from({ length: count }, (_, at) => `w${at + 1}`)
  const addressOf = (name: string) => ({ host: `10.78.1.${name.slice(1)}`, port: 22, user: 'ops' })
  pretended.core.state.appliances.write(
    names.map((name) => ({ name, address: addressOf(name), credentialId: 'key-1' })),
  )
  const looks = names.map((name) => ({ name, demo: false, plan: ok(planOn(name, addressOf(name))) }))
  const { members, plans, places } = shapeRollout(looks, canary)
  const begun: string[] = []
  const atWork = { now: 0, most: 0 }
  const nameOf = (planId: string) => names.find((name) => plans.get(name)?.id === planId) ?? planId
  async function* played(name: string, { signal }: RunTicker): AsyncGenerator<RunEvent> {
    begun.push(name)
    atWork.now += 1
    atWork.most = Math.max(atWork.most, atWork.now)
    const fate = fates[name] ?? 'healthy'
    const seconds = typeof fate === 'object' && 'seconds' in fate ? fate.seconds : 1
    yield { event: 'run-begin', run, steps: 1 }
    await clock.pause(seconds * second, signal)
    atWork.now -= 1
    const counts = { run, changed: 1, unchanged: 0, sentBytes: 0 }
    const cancelled: Failure | undefined = signal.aborted ? { kind: 'cancelled', at: 'image.x' } : undefined
    const failure = cancelled ?? (typeof fate === 'object' && 'kind' in fate ? fate : undefined)
    yield { event: 'run-end', ...counts, ...(failure && { failure }) }
    if (failure !== undefined) return
    const state = typeof fate === 'string' ? fate : 'verdict' in fate ? fate.verdict : 'unknown'
    yield { event: 'verified', stillToDo: [], verdict: { state, reason: 'answers', deployments: [] } }
  }
  const { consoleRuns } = pretended.core
  const join: Core['consoleRuns']['join'] = (head) =>
    consoleRuns.join(head, async (ticker) => ok(played(nameOf(head.planId), ticker)))
  const core: Core = { ...pretended.core, consoleRuns: { ...consoleRuns, join } }
  const rolloutId = 'rollout-0badcafe'
  core.rollouts.keep(
    {
      ...{
        id: rolloutId,
        createdAt: clock.now(),
        bundleId: 'bundle-1',
        solution: 'ward',
        soakSeconds: 60,
        rules,
        limitMbit,
      },
      ...{ places, members: [...members], state: 'planned' },
    },
    plans,
  )
  const kept = core.rollouts.all()[0]
  if (kept === undefined) throw new Error('nothing was kept')
  return {
    ...{ core, clock, rolloutId, begun, auditLines: pretended.auditLines },
    most: () => atWork.most,
    now: () => kept.rollout,
    events: () => kept.events,
    begin() {
      void drain(applyRollout(ownContext(core, 'li'), { rolloutId }))
    },
  }
}

/** Whoever reads it does not matter; what it throws does. */
async function drain(events: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of events);
}

const machineOf = (name: string) => ({ state: 'known' as const, value: name.slice(1).padStart(32, '0') })

function planOn(name: string, address: Plan['address']): Plan {
  const plan = planFor(bareFacts({ machineId: machineOf(name) }))
  return { ...plan, address, id: `plan-${name.slice(1).padStart(16, '0')}` }
}
