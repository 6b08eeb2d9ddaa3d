// Carries out a rollout: asks who may begin now, runs each member as a single setup is run, and hears its verdict.
// Whoever is begun ends by itself; after the first bad verdict nobody else is begun.
import type { Failure } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { isGood, type MemberStand, type RolloutEvent } from '../../../shared/domain/rollout.ts'
import { type RunEvent, stateAfter } from '../../../shared/domain/run.ts'
import { nextTurns, type Turn } from '../../../shared/plan/rings.ts'
import { noteEnd } from '../audit/note-end.ts'
import type { CallContext, Core } from '../context.ts'
import { nextChange } from '../newest-value.ts'
import { received } from '../refusal.ts'
import { carryOut } from '../runs/setup.ts'
import { opensAt, windowPauseMs } from '../runs/window-opens.ts'
import { type KeptRollout, setStand, stopRollout, tell } from './rollouts.ts'

const cutShort: Failure = { kind: 'cancelled', at: 'the end of the run' }

/** Ends when nobody is at work and nobody waits. */
export async function takeTurns(context: CallContext, kept: KeptRollout): Promise<void> {
  const { core } = context
  for (;;) {
    const now = { nowMs: core.tools.clock(), places: kept.rollout.places, cancelled: kept.stop.signal.aborted }
    const turns = turnsOf(kept)
    const next = nextTurns(turns, now)
    if (next.act === 'over') return
    if (next.act === 'wait') {
      await change(core, kept, next.untilMs)
      continue
    }
    if (next.act === 'stop') {
      for (const { name, state } of turns) {
        if (state === 'waiting') setStand(kept, name, { state: 'not-begun' }, now.nowMs)
      }
      continue
    }
    if (await waitedForWindow(core, kept)) continue
    const slow = turns[next.without ?? -1]
    if (slow !== undefined) tellOnce(kept, { event: 'going-on-without', name: slow.name })
    for (const at of next.turns) void runMember(context, kept, turns[at]?.name ?? '')
  }
}

type NamedTurn = Turn & { readonly name: string }

function turnsOf({ rollout, sinceMs }: KeptRollout): NamedTurn[] {
  return rollout.members.flatMap(({ name, ring, stand }) =>
    ring === undefined ? [] : [{ name, ring, state: turnState(stand), sinceMs: sinceMs.get(name) ?? 0 }],
  )
}

function turnState(stand: MemberStand): Turn['state'] {
  if (stand.state === 'waiting' || stand.state === 'running') return stand.state
  return isGood(stand) ? 'good' : 'bad'
}

/** Until somebody ends, the rollout is stopped, or that time. */
async function change({ tools }: Core, kept: KeptRollout, untilMs?: number): Promise<void> {
  const enough = new AbortController()
  const changed = nextChange(kept.turn, enough.signal)
  const late = untilMs === undefined ? changed : tools.pause(untilMs - tools.clock(), enough.signal)
  await Promise.race([changed, late])
  enough.abort()
}

/** Whether it is closed now; then some time has passed meanwhile. */
async function waitedForWindow(core: Core, kept: KeptRollout): Promise<boolean> {
  const { tools } = core
  const until = opensAt(kept.rollout.rules.window, tools.now())
  if (until !== undefined && kept.rollout.opensAt !== until) {
    kept.rollout = { ...kept.rollout, opensAt: until }
    tell(kept, { event: 'waiting-for-window', until })
  }
  if (until !== undefined) {
    await change(core, kept, tools.clock() + windowPauseMs(until, tools.now()))
    return true
  }
  const { opensAt: _, ...open } = kept.rollout
  kept.rollout = open
  return false
}

function tellOnce(kept: KeptRollout, event: Extract<RolloutEvent, { event: 'going-on-without' }>): void {
  const told = kept.events.some((one) => one.event === event.event && one.name === event.name)
  if (!told) tell(kept, event)
}

async function runMember(context: CallContext, kept: KeptRollout, name: string): Promise<void> {
  const { clock, now } = context.core.tools
  setStand(kept, name, { state: 'running', since: now() }, clock())
  try {
    const ended = await endOf(context, kept, name)
    setStand(kept, name, ended, clock())
  } catch (error) {
    // A bug: nobody knows what is true there, so nobody else is begun.
    kept.broke ??= { error }
    stopRollout(kept)
    setStand(kept, name, { state: 'failed', failure: cutShort }, clock())
  }
}

async function endOf(context: CallContext, kept: KeptRollout, name: string): Promise<MemberStand> {
  const { core, operator, who } = context
  const { accepts } = kept
  const { id: rolloutId, rules, members, limitMbit } = kept.rollout
  const plan = kept.plans.get(name)
  if (plan === undefined) throw new Error(`no plan for the member ${name}`)
  const target = { by: 'name', name } as const
  const demo = members.find((one) => one.name === name)?.demo === true ? { demo: true as const } : {}
  const input = { planId: plan.id, target, ...rules, limitMbit, accepts, rolloutId }
  const held = who.session === undefined ? {} : { role: who.roles.join(' ') }
  const line = { at: core.tools.now(), who: operator, ...held, act: 'plan-apply', ...demo, input }
  const noted = core.audit.append(line)
  if (!noted.ok) return { state: 'failed', failure: noted.failure }
  const stand = await carriedOut(context, kept, { name, plan })
  const came =
    stand.state === 'failed'
      ? ({ result: 'failed', failure: stand.failure.kind } as const)
      : ({ result: 'ok' } as const)
  const ended = noteEnd(context, { line, number: noted.value.number }, came)
  return ended.ok ? stand : { state: 'failed', failure: ended.failure }
}

type Member = { readonly name: string; readonly plan: Plan }

async function carriedOut(context: CallContext, kept: KeptRollout, { name, plan }: Member): Promise<MemberStand> {
  const { accepts } = kept
  const { rules, limitMbit } = kept.rollout
  const target = { by: 'name', name } as const
  let last: RunEvent | undefined
  const hear = async () => {
    for await (const heard of carryOut(context, { plan, target, ...rules, limitMbit, accepts })) {
      last = heard
      tell(kept, { event: 'run', name, heard })
    }
  }
  const done = await received('rollouts.apply', hear())
  if (!done.ok) return { state: 'failed', failure: done.failure }
  if (last?.event === 'verified') return { state: 'done', verdict: stateAfter(last) }
  return { state: 'failed', failure: (last?.event === 'run-end' ? last.failure : undefined) ?? cutShort }
}

/** What is being applied for it now. */
export function plansAtWork({ rollout, plans }: KeptRollout): string[] {
  return rollout.members.flatMap(({ name, stand }) => {
    const plan = stand.state === 'running' ? plans.get(name) : undefined
    return plan === undefined ? [] : [plan.id]
  })
}
