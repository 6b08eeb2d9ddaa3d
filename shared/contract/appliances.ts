// The appliances of this console: which there are, what is inside them, and how they are.
import * as z from 'zod'
import { access, address, appliance, applianceName, fingerprint } from '../domain/appliance.ts'
import { facts } from '../domain/facts.ts'
import { applianceVerdict } from '../domain/verdict.ts'
import { call } from './call.ts'
import { doctorCall } from './doctor.ts'
import { retryCall } from './retry.ts'
import { target } from './target.ts'

/** `demo`: it is one of this console's simulated appliances. */
const listedAppliance = appliance.extend({ demo: z.boolean() })
export type ListedAppliance = z.infer<typeof listedAppliance>

export const appliancesCalls = {
  list: call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({}), z.array(listedAppliance)),
  save: call(
    { effect: 'change', right: 'operate', audit: 'appliance-save' },
    z.strictObject({ name: applianceName, target }),
    appliance,
  ),
  /** Removes it from this console's list. Nothing changes on the appliance; its pinned host key stays. */
  forget: call(
    { effect: 'change', right: 'operate', audit: 'appliance-forget' },
    z.strictObject({ name: applianceName }),
    z.strictObject({ name: applianceName }),
  ),
  /**
   * The host key it shows, before anybody logs in. Fails with host-key-changed where another one is pinned. `pinned`:
   * it is trusted already, by a pin or by an imported line.
   */
  greet: call(
    { effect: 'read', right: 'operate', audit: 'none' },
    z.strictObject({ address, via: access.shape.via, weakAlgorithms: access.shape.weakAlgorithms }),
    z.strictObject({ keyType: z.string(), fingerprint, pinned: z.boolean() }),
  ),
  /**
   * Pins the offered host key when it has the fingerprint the caller gave. Refused when another key is pinned.
   * With a credential the connection that was made for it is kept for the next call.
   */
  trust: call(
    { effect: 'change', right: 'operate', audit: 'host-key-trust' },
    z.strictObject({ address, ...access.partial({ credentialId: true }).shape, fingerprint }),
    z.strictObject({ keyType: z.string(), fingerprint }),
  ),
  detect: call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({ target }), facts),
  retry: retryCall(target),
  doctor: doctorCall(target),
  status: call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({ target }), applianceVerdict),
}
