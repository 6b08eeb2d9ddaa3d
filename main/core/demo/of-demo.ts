// Whether a call is about a demo appliance: its audit line says so, so that nobody takes an exercise for the real
// thing.
import * as z from 'zod'
import type { AuditedAct } from '../../../shared/contract/call.ts'
import { address, applianceName } from '../../../shared/domain/appliance.ts'
import type { Core } from '../context.ts'

/** By what the contract's changing calls name an appliance. */
const naming = z.object({
  target: z.object({ name: applianceName.optional(), address: address.optional() }).optional(),
  address: address.optional(),
  ...address.pick({ host: true, port: true }).partial().shape,
  planId: z.string().optional(),
  rolloutId: z.string().optional(),
  subject: z.string().optional(),
  name: applianceName.optional(),
})

/** `input` has been checked against the contract. What names no appliance is about none. */
export function isOfDemo(core: Core, act: AuditedAct, input: unknown): boolean {
  if (act === 'demo-create' || act === 'demo-remove' || act === 'demo-drill') return true
  const read = naming.safeParse(input)
  if (!read.success) return false
  const { target, rolloutId, host, port } = read.data
  const { planId = read.data.subject } = read.data
  // Of an operator, who may be called like an appliance.
  const name = /^operator|^sign-in/.test(act) ? undefined : read.data.name
  if (rolloutId !== undefined) return isRolloutOfDemos(core, rolloutId)
  const named = host !== undefined && port !== undefined ? { host, port } : undefined
  const place = read.data.address ?? target?.address ?? named ?? savedAddress(core, target?.name ?? name)
  return place === undefined ? planId !== undefined && isPlanOfDemo(core, planId) : core.demos.isDemo(place)
}

function savedAddress(core: Core, name: string | undefined) {
  const appliances = core.state.appliances.read()
  return appliances.ok ? appliances.value.find((one) => one.name === name)?.address : undefined
}

/** One that touches a server that somebody means to use is no exercise. */
function isRolloutOfDemos(core: Core, rolloutId: string): boolean {
  const found = core.rollouts.find(rolloutId)
  return found.ok && found.value.rollout.members.every((one) => one.demo)
}

function isPlanOfDemo(core: Core, planId: string): boolean {
  const plan = core.state.readPlan(planId)
  return plan.ok && core.demos.isDemo(plan.value.address)
}
