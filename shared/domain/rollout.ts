// A rollout: one solution for many appliances, planned on all of them at once, approved once, carried out ring by
// ring. It belongs to the console, as a run does; what it did on an appliance is in that appliance's own journal.
import * as z from 'zod'
import { applianceName } from './appliance.ts'
import { entryId } from './artifact.ts'
import { failure } from './failure.ts'
import { interruptionRules } from './interruption.ts'
import { limitMbit, plan, soakSeconds } from './plan.ts'
import { runEvent } from './run.ts'
import { verdictState } from './verdict.ts'

export const rolloutId = z.string().regex(/^rollout-[0-9a-f]{8,32}$/)

/** More than one console looks after. */
export const mostMembers = 100

/** What its plan would do there, in figures; the plan itself is read by its id. */
const memberPlan = z.strictObject({
  id: plan.shape.id,
  changed: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  uploadBytes: z.int().nonnegative(),
  /** Deployments that answer now and will not while they are replaced. */
  interrupts: z.array(entryId),
})
export type MemberPlan = z.infer<typeof memberPlan>

const memberStand = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('planned') }),
  /** It is as the solution wants it. `verdict`: once it was looked at whether it answers. */
  z.strictObject({ state: z.literal('nothing-to-do'), verdict: verdictState.optional() }),
  /** There is no plan for it, or something stands in the way of it; nobody waits for it. */
  z.strictObject({ state: z.literal('left-out'), failure }),
  /** Approved; its ring's turn has not come. */
  z.strictObject({ state: z.literal('waiting') }),
  z.strictObject({ state: z.literal('running'), since: z.iso.datetime() }),
  z.strictObject({ state: z.literal('done'), verdict: verdictState }),
  z.strictObject({ state: z.literal('failed'), failure }),
  /** The rollout stopped before its turn: nothing was done there. */
  z.strictObject({ state: z.literal('not-begun') }),
])
export type MemberStand = z.infer<typeof memberStand>

export const rolloutMember = z.strictObject({
  name: applianceName,
  demo: z.boolean(),
  /** 1 is the canary's. Missing where there is nothing to do or it is left out. */
  ring: z.int().min(1).optional(),
  plan: memberPlan.optional(),
  stand: memberStand,
})
export type RolloutMember = z.infer<typeof rolloutMember>

export const rollout = z.strictObject({
  id: rolloutId,
  createdAt: z.iso.datetime(),
  bundleId: z.string(),
  solution: entryId,
  soakSeconds,
  rules: interruptionRules,
  /** What each member's uploads may take of the network. */
  limitMbit: limitMbit.optional(),
  /** So many at the same time, at most. */
  places: z.int().min(1),
  members: z.array(rolloutMember),
  /** `stopped`: one member failed or is not healthy. `done` and `stopped` only once nobody is at work any more. */
  state: z.enum(['planned', 'running', 'done', 'stopped', 'cancelled']),
  startedAt: z.iso.datetime().optional(),
  /** It waits for its maintenance window until then. */
  opensAt: z.iso.datetime().optional(),
})
export type Rollout = z.infer<typeof rollout>

/** A `log` stream: the first event is the whole rollout as it begins, the last one as it ended. */
export const rolloutEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('rollout-begin'), rollout }),
  z.strictObject({ event: z.literal('member'), member: rolloutMember }),
  /** What is heard of a member's own run. */
  z.strictObject({ event: z.literal('run'), name: applianceName, heard: runEvent }),
  z.strictObject({ event: z.literal('waiting-for-window'), until: z.iso.datetime() }),
  /** The next ring begins although this one, which is slow, is not proven yet. */
  z.strictObject({ event: z.literal('going-on-without'), name: applianceName }),
  z.strictObject({ event: z.literal('rollout-end'), rollout }),
])
export type RolloutEvent = z.infer<typeof rolloutEvent>

/** Ended as it was meant to: only a healthy verdict counts. */
export function isGood(stand: MemberStand): boolean {
  return stand.state === 'done' && stand.verdict === 'healthy'
}
