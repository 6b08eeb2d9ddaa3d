// The table of contents of the product: every call and stream between a shell and the core. Nothing in
// it takes a command or a path; bundles and credentials are named by ids that this computer's user
// obtained by a native dialog, by the CLI, or from the import folder (see desk.ts).
import * as z from 'zod'
import { address, appliance, applianceName, fingerprint } from '../domain/appliance.ts'
import { facts } from '../domain/facts.ts'
import { plan } from '../domain/plan.ts'
import { runEvent, runProgress } from '../domain/run.ts'
import { applianceVerdict } from '../domain/verdict.ts'
import { call, streamCall } from './call.ts'

/** `local`: the machine this console runs on is the appliance. */
export const target = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('local') }),
  z.strictObject({ by: z.literal('name'), name: applianceName }),
  z.strictObject({
    by: z.literal('address'),
    address,
    credentialId: z.string().max(100),
  }),
])
export type Target = z.infer<typeof target>

export const contract = {
  appliances: {
    list: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({}), z.array(appliance)),
    save: call(
      { effect: 'change', role: 'operator', audit: 'appliance-save' },
      z.strictObject({ name: applianceName, target }),
      appliance,
    ),
    /** Pins the offered host key when it has the fingerprint the caller gave. Refused when another key is pinned. */
    trust: call(
      { effect: 'change', role: 'operator', audit: 'host-key-trust' },
      z.strictObject({ address, credentialId: z.string().max(100), fingerprint }),
      z.strictObject({ keyType: z.string(), fingerprint }),
    ),
    detect: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({ target }), facts),
    status: call({ effect: 'read', role: 'viewer', audit: 'none' }, z.strictObject({ target }), applianceVerdict),
  },
  setup: {
    plan: call(
      { effect: 'read', role: 'operator', audit: 'none' },
      z.strictObject({ target, bundleId: z.string().max(100), solution: z.string().max(63) }),
      plan,
    ),
    /** Applies a saved plan. Refused when the appliance is no longer as the plan read it. */
    apply: streamCall(
      { effect: 'change', role: 'operator', audit: 'plan-apply' },
      'log',
      z.strictObject({ planId: plan.shape.id, target }),
      runEvent,
    ),
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
  },
}

/** Role and stream kind apart, a call is found by its path: "setup.apply". */
export type Contract = typeof contract
