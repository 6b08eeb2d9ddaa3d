// Rollouts: one solution for many saved appliances, planned on all of them, then carried out ring by ring.
import * as z from 'zod'
import { applianceName } from '../domain/appliance.ts'
import { interruptionRules } from '../domain/interruption.ts'
import { acceptedTerms } from '../domain/licence-terms.ts'
import { limitMbit, soakSeconds } from '../domain/plan.ts'
import { mostMembers, rollout, rolloutEvent, rolloutId } from '../domain/rollout.ts'
import { call, streamCall } from './call.ts'

const named = z.strictObject({ rolloutId })

export const rolloutCalls = {
  /**
   * Looks at all of them at once and plans for each. One that does not answer, or has something in its way, is left
   * out and says why; it delays nobody.
   */
  plan: call(
    { effect: 'read', right: 'operate', audit: 'none' },
    z.strictObject({
      bundleId: z.string().max(100),
      solution: z.string().max(63),
      soakSeconds: soakSeconds.optional(),
      appliances: z.array(applianceName).min(1).max(mostMembers),
      /** Who is done first, alone; without one, the first of those that are to change. */
      canary: applianceName.optional(),
      /** Of each of them at the same time. */
      limitMbit: limitMbit.optional(),
      ...interruptionRules.shape,
    }),
    rollout,
  ),
  /** As it is now. */
  read: call({ effect: 'read', right: 'look', audit: 'none' }, named, rollout),
  /** The rollouts of this console since it was opened, newest first. */
  list: call({ effect: 'read', right: 'look', audit: 'none' }, z.strictObject({}), z.array(rollout)),
  /**
   * Carries out what was planned: the canary alone, then rings of a quarter. The first bad verdict begins nobody else.
   * One slow appliance may be left behind unproven after a while; it keeps its place (shared/plan/rings.ts). It belongs to the console: it goes on when nobody reads the stream any more, and
   * one that goes on is joined. Each member's run is in the audit by itself, as that of a plan.
   */
  apply: streamCall(
    { effect: 'change', right: 'operate', audit: 'rollout-apply' },
    'log',
    /** `accepts`: names of the licence terms in the plans of its members that somebody has read and accepts. */
    named.extend({ accepts: acceptedTerms.optional() }),
    rolloutEvent,
  ),
  /** Its events from the first one on; one that nobody began yet is waited for. */
  follow: streamCall({ effect: 'read', right: 'look', audit: 'none' }, 'log', named, rolloutEvent),
  /** Begins nobody else, and asks those at work to stop after their step. */
  cancel: call(
    { effect: 'change', right: 'operate', audit: 'rollout-cancel' },
    named,
    z.strictObject({ running: z.boolean() }),
  ),
}
