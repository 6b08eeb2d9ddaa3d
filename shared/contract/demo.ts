// Simulated appliances on this computer: made, ended, and put through drills.
import * as z from 'zod'
import { applianceName } from '../domain/appliance.ts'
import { demoAppliance, demoPreset, drillName } from '../domain/demo.ts'
import { call } from './call.ts'

export const demoCalls = {
  list: call({ effect: 'read', right: 'look-granted', audit: 'none' }, z.strictObject({}), z.array(demoAppliance)),
  /** Makes one, starts it, pins its host key, saves it with its login. `bundleId`: what can be set up on it. */
  create: call(
    { effect: 'change', right: 'operate', audit: 'demo-create' },
    z.strictObject({ preset: demoPreset }),
    z.strictObject({ demo: demoAppliance, bundleId: z.string() }),
  ),
  /** Ends it and takes away everything that was made for it. */
  remove: call(
    { effect: 'change', right: 'operate', audit: 'demo-remove' },
    z.strictObject({ name: applianceName }),
    z.strictObject({ name: applianceName }),
  ),
  /** Begins a drill or undoes it. */
  drill: call(
    { effect: 'change', right: 'operate', audit: 'demo-drill' },
    z.strictObject({ name: applianceName, drill: drillName, on: z.boolean() }),
    demoAppliance,
  ),
}
