// Setting an appliance up: what would be done, saved and shown; the run that does it; the proof that it answers.
import * as z from 'zod'
import { channelId } from '../domain/alert-channel.ts'
import { entryId } from '../domain/artifact.ts'
import { deviceProofEvent } from '../domain/device-proof.ts'
import { ignoredFits } from '../domain/ignored-fit.ts'
import { useWishes } from '../domain/installed-model.ts'
import { interruptionRules } from '../domain/interruption.ts'
import { acceptedTerms } from '../domain/licence-terms.ts'
import { takenFrom } from '../domain/ownership.ts'
import { limitMbit, plan, setUpPlan, soakSeconds } from '../domain/plan.ts'
import { agreedPrivileges } from '../domain/privilege.ts'
import { proofEvent } from '../domain/proof-event.ts'
import { consoleRun, journaledRun, runEvent, runId, runProgress } from '../domain/run.ts'
import { agreedOpenings, publishing } from '../domain/service-address.ts'
import { portWishes } from '../domain/service-port.ts'
import { settingWishes } from '../domain/setting.ts'
import { call, streamCall } from './call.ts'
import { target } from './target.ts'

export const setupCalls = {
  /** One plan for each solution of a bundle, all made from one look at the appliance, those that fit first. */
  propose: call(
    { effect: 'read', right: 'deliver', audit: 'none' },
    z.strictObject({ target, bundleId: z.string().max(100) }),
    z.array(setUpPlan),
  ),
  /** A plan made earlier, as it was saved. */
  readPlan: call(
    { effect: 'read', right: 'look-granted', audit: 'none' },
    z.strictObject({ planId: plan.shape.id }),
    plan,
  ),
  plan: call(
    { effect: 'read', right: 'deliver', audit: 'none' },
    z.strictObject({
      target,
      bundleId: z.string().max(100),
      solution: z.string().max(63),
      soakSeconds: soakSeconds.optional(),
      stopFirst: z.literal(true).optional(),
      rotatesKeys: z.literal(true).optional(),
      /** A recorder is put there. Missing: one that is there stays as it is. */
      record: z.literal(true).optional(),
      /** The channel, by name, whose address the recorder tells of plain trouble; whoever names one wants a recorder. */
      recordAlert: channelId.optional(),
      /** Missing: as it is now. */
      publish: publishing.optional(),
      /** Services whose memory is not asked for: a warning takes the place of that refusal, and of no other. */
      ignoreFit: ignoredFits.optional(),
      /** Publishers, by id, whose deployments the bundle's publisher may take over. */
      takeFrom: takenFrom.optional(),
      /** By service and name; null: as its entry says. What is not named stays as it is. */
      settings: settingWishes.optional(),
      /** By service: at which port of the server it answers; null: as the solution says. What is not named stays as it is. */
      ports: portWishes.optional(),
      /** By service: which installed model service it asks. What is not named asks what it asks now, or the only one. */
      uses: useWishes.optional(),
    }),
    setUpPlan,
  ),
  /**
   * Applies a saved plan. Refused when the appliance is no longer as the plan read it. The run belongs to the
   * console: it goes on when nobody reads the stream any more. A plan that is being applied is joined. The rules are
   * kept before each step that interrupts a service; the rest of the run does not wait for them.
   * `takesOver`: another console's run that holds the appliance, typed by a person: that console loses it.
   */
  apply: streamCall(
    { effect: 'change', right: 'deliver', audit: 'plan-apply' },
    'log',
    z.strictObject({
      planId: plan.shape.id,
      target,
      takesOver: runId.optional(),
      limitMbit: limitMbit.optional(),
      /** Names of the plan's licence terms that somebody has read and accepts: every one of them. */
      accepts: acceptedTerms.optional(),
      /** What the plan opens to the local network, agreed to by address and port. */
      opens: agreedOpenings.optional(),
      /** The bundle is wanted although its publisher no longer vouches for it. */
      acceptsExpired: z.literal(true).optional(),
      /** What containers get beyond their limits, agreed to by service and name. */
      privileges: agreedPrivileges.optional(),
      ...interruptionRules.shape,
    }),
    runEvent,
  ),
  /** The events of this console's newest run of a plan, from the first one on; ends with the run. */
  follow: streamCall(
    { effect: 'read', right: 'look-granted', audit: 'none' },
    'log',
    z.strictObject({ planId: plan.shape.id }),
    runEvent,
  ),
  /** The runs of this console since it was opened, newest first. */
  runs: call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({}), z.array(consoleRun)),
  /** The newest run that the appliance's journal knows; null where nothing was ever set up. */
  lastRun: call(
    { effect: 'read', right: 'look-granted', audit: 'none' },
    z.strictObject({ target }),
    journaledRun.nullable(),
  ),
  /** Asks a running apply to stop after its current step; it can be resumed by applying again. */
  cancel: call(
    { effect: 'change', right: 'deliver', audit: 'run-cancel' },
    z.strictObject({ planId: plan.shape.id }),
    z.strictObject({ running: z.boolean() }),
  ),
  /** Where the running apply is now; ends with the run. */
  progress: streamCall(
    { effect: 'read', right: 'look-granted', audit: 'none' },
    'latest',
    z.strictObject({ planId: plan.shape.id }),
    runProgress,
  ),
  /**
   * Proves the deployments of an appliance, as `status` does, and shows it: the rungs as they are climbed, the
   * answer as its words arrive, the verdict at the end.
   */
  prove: streamCall(
    { effect: 'read', right: 'look-granted', audit: 'none' },
    'log',
    z.strictObject({ target }),
    proofEvent,
  ),
  /**
   * Proves that models are computed where they were planned, of one deployment or of all: their containers are looked into,
   * and each writes for some seconds while its devices are watched.
   */
  proveDevices: streamCall(
    { effect: 'read', right: 'operate', audit: 'none' },
    'log',
    z.strictObject({ target, deployment: entryId.optional() }),
    deviceProofEvent,
  ),
}
