// The rollouts of this console: what was planned, how far each member is, and everything that was heard since it
// began. Like a run, a rollout goes on when nobody reads it; unlike its runs it ends with the console, and whoever
// plans it again finds nothing to do where it was done.
import { fail, ok, type Result } from '../../../shared/domain/failure.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import type { MemberStand, Rollout, RolloutEvent } from '../../../shared/domain/rollout.ts'
import { wakeAll } from '../newest-value.ts'
import type { EventLog } from '../runs/console-runs.ts'

/** The oldest that nobody is at work on are forgotten. */
const rolloutsKept = 20

export type KeptRollout = EventLog<RolloutEvent> & {
  rollout: Rollout
  /** Of the members that have a ring. */
  readonly plans: ReadonlyMap<string, Plan>
  /** When the stand of a member became what it is, by the clock that only runs forward. */
  readonly sinceMs: Map<string, number>
  /** Wakes whoever carries it out. */
  readonly turn: Set<() => void>
  /** Aborted: nobody else is begun. */
  readonly stop: AbortController
  operator: string
  /** Names of licence terms, by whoever began it. */
  accepts: readonly string[]
  over: boolean
  broke: { readonly error: unknown } | undefined
}

export type Rollouts = {
  keep(rollout: Rollout, plans: ReadonlyMap<string, Plan>): void
  find(rolloutId: string): Result<KeptRollout>
  /** Newest first. */
  all(): readonly KeptRollout[]
  /** The console ends: nobody is begun any more. */
  refuseMore(): void
  isClosed(): boolean
}

export function rollouts(): Rollouts {
  const kept: KeptRollout[] = []
  let closed = false
  return {
    keep(rollout, plans) {
      kept.unshift({
        ...{
          rollout,
          plans,
          sinceMs: new Map(),
          operator: '',
          accepts: [],
          events: [],
          wake: new Set(),
          turn: new Set(),
        },
        ...{ stop: new AbortController(), over: false, broke: undefined },
      })
      const oldest = kept.findLastIndex((one) => one.rollout.state !== 'running')
      if (kept.length > rolloutsKept && oldest > 0) kept.splice(oldest, 1)
    },
    find(rolloutId) {
      const found = kept.find((one) => one.rollout.id === rolloutId)
      return found === undefined ? fail({ kind: 'rollout-unknown', rolloutId }) : ok(found)
    },
    all: () => kept,
    refuseMore() {
      closed = true
      for (const one of kept) stopRollout(one)
    },
    isClosed: () => closed,
  }
}

export function tell(kept: KeptRollout, event: RolloutEvent): void {
  kept.events.push(event)
  wakeAll(kept.wake)
}

export function setStand(kept: KeptRollout, name: string, stand: MemberStand, atMs: number): void {
  kept.sinceMs.set(name, atMs)
  const members = kept.rollout.members.map((one) => (one.name === name ? { ...one, stand } : one))
  kept.rollout = { ...kept.rollout, members }
  const member = members.find((one) => one.name === name)
  if (member !== undefined) tell(kept, { event: 'member', member })
  wakeAll(kept.turn)
}

export function stopRollout(kept: KeptRollout): void {
  kept.stop.abort()
  wakeAll(kept.turn)
}
