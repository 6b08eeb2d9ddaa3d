// Which server an act is about, for its record: from what the act names, what this console has saved, and the machine
// that was last seen behind that address. What is not known then is left out, never guessed.
import * as z from 'zod'
import { address, applianceName } from '../../../shared/domain/appliance.ts'
import type { AuditedAppliance, PlanFor } from '../../../shared/domain/audit-record.ts'
import type { Plan } from '../../../shared/domain/plan.ts'
import { sha256Hex } from '../../../shared/domain/sha256.ts'
import type { Audit, AuditLine } from '../../store/audit/audit.ts'
import type { State } from '../../store/state.ts'

/** By what calls and use cases name an appliance and a plan. */
const naming = z.object({
  target: z.object({ by: z.string(), name: applianceName.optional(), address: address.optional() }).optional(),
  address: address.partial({ user: true }).optional(),
  ...address.pick({ host: true, port: true }).partial().shape,
  planId: z.string().optional(),
  name: applianceName.optional(),
  appliance: applianceName.optional(),
  machineId: z.string().nullable().optional(),
  planDigest: sha256Hex.optional(),
})
type Naming = z.infer<typeof naming>

type Known = Pick<State, 'appliances' | 'pins' | 'readPlan'>

/** Fills in what its caller did not say. */
export function namingAppliances(audit: Audit, state: Known): Audit {
  return { ...audit, append: (line) => audit.append(withNames(state, line)) }
}

/** The id of a plan says nothing to whoever reads it years later: what it is for stands beside it. */
function withNames(state: Known, line: AuditLine): AuditLine {
  const { planFor, ...named } = namedIn(state, line)
  const input = planFor === undefined ? line.input : { ...(line.input as object), planFor }
  return { ...named, ...line, input }
}

type Named = Pick<AuditLine, 'appliance' | 'planDigest'> & { readonly planFor?: PlanFor }

function namedIn(state: Known, line: AuditLine): Named {
  const read = naming.safeParse(line.input)
  if (!read.success) return {}
  const { planId, planDigest } = read.data
  const plan = planId === undefined ? undefined : state.readPlan(planId)
  const planned = plan?.ok === true ? plan.value : undefined
  const digest = planDigest ?? planned?.digest
  const place = placeIn(state, line.act, read.data) ?? (planned === undefined ? undefined : { ...planned.address })
  const appliance = place === undefined ? undefined : withMachine(state, place, read.data)
  return {
    ...{ ...(appliance !== undefined && { appliance }), ...(digest !== undefined && { planDigest: digest }) },
    ...(planned !== undefined && { planFor: planFor(planned) }),
  }
}

function planFor({ purpose }: Plan): PlanFor {
  switch (purpose.act) {
    case 'set-up':
      return { act: purpose.act, what: purpose.solution, version: purpose.solutionVersion }
    case 'roll-back':
      return { act: purpose.act, what: purpose.deployment, version: purpose.version }
    case 'renew-certificate':
      return { act: purpose.act, what: purpose.deployment }
    case 'uninstall':
      return { act: purpose.act }
  }
}

function placeIn(state: Known, act: string, said: Naming): AuditedAppliance | undefined {
  const { target, host, port } = said
  const name =
    target?.name ?? said.appliance ?? (target === undefined || act === 'appliance-save' ? said.name : undefined)
  const saved = name === undefined ? undefined : savedAs(state, name)
  const direct = host !== undefined && port !== undefined ? { host, port } : undefined
  const place = target?.address ?? said.address ?? direct ?? saved
  if (target?.by === 'local') return { name: 'local' }
  if (name === undefined && place === undefined) return undefined
  const known = name ?? (place === undefined ? undefined : nameOf(state, place))
  return { ...(known !== undefined && { name: known }), ...place }
}

/** The one saved name of an address; of several nobody knows which was meant. */
function nameOf({ appliances }: Known, { host, port }: AuditedAppliance): string | undefined {
  const all = appliances.read()
  const there = all.ok ? all.value.filter(({ address: one }) => one.host === host && one.port === port) : []
  return there.length === 1 ? there[0]?.name : undefined
}

function savedAs({ appliances }: Known, name: string) {
  const all = appliances.read()
  return all.ok ? all.value.find((one) => one.name === name)?.address : undefined
}

function withMachine({ pins }: Known, place: AuditedAppliance, { machineId }: Naming): AuditedAppliance {
  const all = pins.read()
  const known = all.ok ? all.value.find((pin) => pin.host === place.host && pin.port === place.port) : undefined
  const id = machineId ?? known?.machineId
  const { user, ...rest } = place
  return { ...rest, ...(user !== undefined && { user }), ...(id !== undefined && { machineId: id }) }
}
