// The table of contents of the product: every call and stream between a shell and the core. Nothing in
// it takes a command or a path; bundles and credentials are named by ids that this computer's user
// obtained by a native dialog, by the CLI, or from the import folder (see desk.ts).
import * as z from 'zod'
import { access, address, appliance, applianceName, fingerprint } from '../domain/appliance.ts'
import { bundleHeader } from '../domain/artifact.ts'
import { demoAppliance, demoPreset, drillName } from '../domain/demo.ts'
import { facts } from '../domain/facts.ts'
import { failure } from '../domain/failure.ts'
import { ignoredFits } from '../domain/ignored-fit.ts'
import { interruptionRules } from '../domain/interruption.ts'
import { acceptedTerms } from '../domain/licence-terms.ts'
import { limitMbit, plan, setUpPlan, soakSeconds } from '../domain/plan.ts'
import { agreedPrivileges } from '../domain/privilege.ts'
import { proofEvent } from '../domain/proof-event.ts'
import { vouching } from '../domain/publisher.ts'
import { consoleRun, journaledRun, runEvent, runId, runProgress } from '../domain/run.ts'
import { sample, watchItem } from '../domain/sample.ts'
import { agreedOpenings, publishing } from '../domain/service-address.ts'
import { settingWishes } from '../domain/setting.ts'
import { applianceVerdict } from '../domain/verdict.ts'
import { call, streamCall } from './call.ts'
import { catalogCalls } from './catalog.ts'
import { connect } from './connect.ts'
import { doctorCall } from './doctor.ts'
import { hostKeys } from './host-keys.ts'
import { ownKeyCalls } from './own-key.ts'
import { privilegeCalls } from './privilege.ts'
import { publisherCalls } from './publishers.ts'
import { recordingCalls } from './recordings.ts'
import { retryCall } from './retry.ts'
import { rolloutCalls } from './rollout.ts'
import { target } from './target.ts'
import { upkeepCalls } from './upkeep.ts'
import { vaultCalls } from './vault.ts'

export type { Target } from './target.ts'

const localizedText = z.strictObject({ en: z.string(), 'zh-CN': z.string() })

/** `demo`: it is one of this console's simulated appliances. */
const listedAppliance = appliance.extend({ demo: z.boolean() })
export type ListedAppliance = z.infer<typeof listedAppliance>

export const bundleSummary = z.strictObject({
  bundleId: z.string(),
  /** Made for demo appliances, refused by every other one. */
  demo: z.boolean(),
  /** The last part of its folder's path: what a person calls it. */
  name: z.string().max(300),
  content: z.discriminatedUnion('ok', [
    z.strictObject({
      ok: z.literal(true),
      value: z.strictObject({
        header: bundleHeader,
        vouching,
        totalBytes: z.int().nonnegative(),
        solutions: z.array(
          z.strictObject({ id: z.string(), version: z.string(), title: localizedText, summary: localizedText }),
        ),
      }),
    }),
    z.strictObject({ ok: z.literal(false), failure }),
  ]),
})
export type BundleSummary = z.infer<typeof bundleSummary>

const appliances = {
  list: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({}), z.array(listedAppliance)),
  save: call(
    { effect: 'change', role: 'operator', audit: 'appliance-save' },
    z.strictObject({ name: applianceName, target }),
    appliance,
  ),
  /** Removes it from this console's list. Nothing changes on the appliance; its pinned host key stays. */
  forget: call(
    { effect: 'change', role: 'operator', audit: 'appliance-forget' },
    z.strictObject({ name: applianceName }),
    z.strictObject({ name: applianceName }),
  ),
  /**
   * The host key it shows, before anybody logs in. Fails with host-key-changed where another one is pinned. `pinned`:
   * it is trusted already, by a pin or by an imported line.
   */
  greet: call(
    { effect: 'read', role: 'operator', audit: 'none' },
    z.strictObject({ address, via: access.shape.via, weakAlgorithms: access.shape.weakAlgorithms }),
    z.strictObject({ keyType: z.string(), fingerprint, pinned: z.boolean() }),
  ),
  /**
   * Pins the offered host key when it has the fingerprint the caller gave. Refused when another key is pinned.
   * With a credential the connection that was made for it is kept for the next call.
   */
  trust: call(
    { effect: 'change', role: 'operator', audit: 'host-key-trust' },
    z.strictObject({ address, ...access.partial({ credentialId: true }).shape, fingerprint }),
    z.strictObject({ keyType: z.string(), fingerprint }),
  ),
  detect: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({ target }), facts),
  retry: retryCall(target),
  doctor: doctorCall(target),
  status: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({ target }), applianceVerdict),
}

const bundles = {
  /** What can be installed from: the import folder's bundles and those opened since, unusable ones with the reason. */
  list: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({}), z.array(bundleSummary)),
}

const setup = {
  /** One plan for each solution of a bundle, all made from one look at the appliance, those that fit first. */
  propose: call(
    { effect: 'read', role: 'operator', audit: 'none' },
    z.strictObject({ target, bundleId: z.string().max(100) }),
    z.array(setUpPlan),
  ),
  /** A plan made earlier, as it was saved. */
  readPlan: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({ planId: plan.shape.id }), plan),
  plan: call(
    { effect: 'read', role: 'operator', audit: 'none' },
    z.strictObject({
      target,
      bundleId: z.string().max(100),
      solution: z.string().max(63),
      soakSeconds: soakSeconds.optional(),
      stopFirst: z.literal(true).optional(),
      rotatesKeys: z.literal(true).optional(),
      /** Missing: as it is now. */
      publish: publishing.optional(),
      /** Services whose memory is not asked for: a warning takes the place of that refusal, and of no other. */
      ignoreFit: ignoredFits.optional(),
      /** By service and name; null: as its entry says. What is not named stays as it is. */
      settings: settingWishes.optional(),
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
    { effect: 'change', role: 'operator', audit: 'plan-apply' },
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
    { effect: 'read', role: 'viewer', audit: 'none' },
    'log',
    z.strictObject({ planId: plan.shape.id }),
    runEvent,
  ),
  /** The runs of this console since it was opened, newest first. */
  runs: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({}), z.array(consoleRun)),
  /** The newest run that the appliance's journal knows; null where nothing was ever set up. */
  lastRun: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({ target }), journaledRun.nullable()),
  /** Asks a running apply to stop after its current step; it can be resumed by applying again. */
  cancel: call(
    { effect: 'change', role: 'operator', audit: 'run-cancel' },
    z.strictObject({ planId: plan.shape.id }),
    z.strictObject({ running: z.boolean() }),
  ),
  /** Where the running apply is now; ends with the run. */
  progress: streamCall(
    { effect: 'read', role: 'viewer', audit: 'none' },
    'latest',
    z.strictObject({ planId: plan.shape.id }),
    runProgress,
  ),
  /**
   * Proves the deployments of an appliance, as `status` does, and shows it: the rungs as they are climbed, the
   * answer as its words arrive, the verdict at the end.
   */
  prove: streamCall({ effect: 'read', role: 'viewer', audit: 'none' }, 'log', z.strictObject({ target }), proofEvent),
}

/** Simulated appliances on this computer. Everything else about them goes through the calls of real ones. */
const demo = {
  list: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({}), z.array(demoAppliance)),
  /** Makes one, starts it, pins its host key, saves it with its login. `bundleId`: what can be set up on it. */
  create: call(
    { effect: 'change', role: 'operator', audit: 'demo-create' },
    z.strictObject({ preset: demoPreset }),
    z.strictObject({ demo: demoAppliance, bundleId: z.string() }),
  ),
  /** Ends it and takes away everything that was made for it. */
  remove: call(
    { effect: 'change', role: 'operator', audit: 'demo-remove' },
    z.strictObject({ name: applianceName }),
    z.strictObject({ name: applianceName }),
  ),
  /** Begins a drill or undoes it. */
  drill: call(
    { effect: 'change', role: 'operator', audit: 'demo-drill' },
    z.strictObject({ name: applianceName, drill: drillName, on: z.boolean() }),
    demoAppliance,
  ),
}

const observe = {
  /** Samples of the appliance, one a second while somebody watches. Ends when its reader leaves. */
  watch: streamCall({ effect: 'read', role: 'viewer', audit: 'none' }, 'latest', z.strictObject({ target }), watchItem),
  /** The samples of the last minutes, oldest first, as far as somebody was watching. */
  recent: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({ target }), z.array(sample)),
}

const catalog = catalogCalls(target)
const upkeep = upkeepCalls(target)
const privilege = privilegeCalls(target)
const recordings = recordingCalls(target)

/**
 * Role and stream kind apart, a call is found by its path: "setup.apply". Its type is put together from those of the
 * groups: written out whole, it is longer than the compiler allows.
 */
export type Contract = {
  readonly connect: typeof connect
  readonly appliances: typeof appliances
  readonly hostKeys: typeof hostKeys
  readonly bundles: typeof bundles
  readonly catalog: typeof catalog
  readonly setup: typeof setup
  readonly rollouts: typeof rolloutCalls
  readonly upkeep: typeof upkeep
  readonly privilege: typeof privilege
  readonly recordings: typeof recordings
  readonly demo: typeof demo
  readonly vault: typeof vaultCalls
  readonly ownKey: typeof ownKeyCalls
  readonly observe: typeof observe
  readonly publishers: typeof publisherCalls
}

export const contract: Contract = {
  connect,
  appliances,
  hostKeys,
  bundles,
  catalog,
  setup,
  rollouts: rolloutCalls,
  upkeep,
  privilege,
  recordings,
  demo,
  vault: vaultCalls,
  ownKey: ownKeyCalls,
  observe,
  publishers: publisherCalls,
}
