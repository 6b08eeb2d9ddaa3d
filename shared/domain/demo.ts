// The built-in demo appliances: which machines can be had, and what can go wrong on them on purpose. Only the
// machine is simulated; everything above its SSH server is the product's own code.
import * as z from 'zod'
import { address, applianceName } from './appliance.ts'

/** The publisher of the bundle that is made for demo appliances, and may be put on no other. */
export const demoPublisher = 'rackside-demo'

export const demoPreset = z.enum(['ascend-8', 'nvidia-8', 'workstation-2'])
export type DemoPreset = z.infer<typeof demoPreset>

/** What can be made to go wrong. A power cut ends by itself; everything else lasts until it is undone. */
export const drillName = z.enum([
  'pull-card',
  'overheat',
  'garbage-answers',
  'garble-model',
  'fill-disk',
  'kill-runtime',
  'cut-link',
  'slow-link',
  'change-host-key',
  'power-cut',
])
export type DrillName = z.infer<typeof drillName>

/** A demo appliance: the name under which it is saved, and the drills that are on now. */
export const demoAppliance = z.strictObject({
  name: applianceName,
  preset: demoPreset,
  address: address,
  drills: z.array(drillName),
})
export type DemoAppliance = z.infer<typeof demoAppliance>

/** What real appliances do and the demo does not: said where a demo appliance is shown. */
export const notInDemo = z.enum(['restricted-sshd', 'hanging-tools', 'other-hosts', 'watch-helper'])
