// The sentences about rollouts, and about what a run waits for before it interrupts a service.
import type { MemberStand, Rollout } from '../domain/rollout.ts'

export type RolloutCounts = {
  readonly change: number
  readonly rings: number
  readonly places: number
  readonly nothing: number
  readonly leftOut: number
}

export type RolloutWords = {
  readonly title: (solution: string, count: number) => string
  readonly sum: (counts: RolloutCounts) => string
  /** Above the members of a ring; the first one is the canary's. */
  readonly ring: (number: number) => string
  readonly nothingToDo: string
  readonly leftOut: string
  /** What its plan would do there. */
  readonly changes: (changed: number, upload: string) => string
  readonly interrupts: (deployments: string) => string
  readonly stands: { readonly [S in Exclude<MemberStand['state'], 'done'>]: string }
  readonly stepOf: (number: number, of: number) => string
  /** `time`: local. */
  readonly waitingForWindow: (time: string) => string
  readonly waitingWhileBusy: (deployment: string, requests: number) => string
  readonly requestsUnknown: (deployment: string, why: string) => string
  readonly goingOnWithout: (name: string) => string
  readonly ended: {
    readonly [S in Exclude<Rollout['state'], 'planned' | 'running'>]: (healthy: number, of: number) => string
  }
  /** After the first Ctrl-C. */
  readonly stopping: string
}
