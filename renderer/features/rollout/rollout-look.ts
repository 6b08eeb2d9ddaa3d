// A rollout as it is followed: what its events say so far, whichever window began it.
import type { Rollout, RolloutEvent } from '../../../shared/domain/rollout.ts'
import type { RunEvent } from '../../../shared/domain/run.ts'

export type RolloutLook = {
  /** Undefined: nobody began it yet. */
  readonly rollout?: Rollout
  /** What was heard last of a member's run: its step, or what it waits for. */
  readonly heard: ReadonlyMap<string, RunEvent>
  /** The slow ones that the next ring did not wait for. */
  readonly unproven: readonly string[]
}

export const nothingHeard: RolloutLook = { heard: new Map(), unproven: [] }

export function afterRolloutEvent(look: RolloutLook, event: RolloutEvent): RolloutLook {
  switch (event.event) {
    case 'rollout-begin':
      return { ...nothingHeard, rollout: event.rollout }
    case 'rollout-end':
      return { ...look, rollout: event.rollout }
    case 'run':
      return { ...look, heard: new Map(look.heard).set(event.name, event.heard) }
    case 'going-on-without':
      return { ...look, unproven: [...look.unproven, event.name] }
    case 'waiting-for-window':
      return look.rollout === undefined ? look : { ...look, rollout: { ...look.rollout, opensAt: event.until } }
    case 'member': {
      if (look.rollout === undefined) return look
      // Somebody begins or ends: it is open now, or nobody waits for it.
      const { opensAt: _, ...rollout } = look.rollout
      const members = rollout.members.map((one) => (one.name === event.member.name ? event.member : one))
      return { ...look, rollout: { ...rollout, members } }
    }
  }
}
