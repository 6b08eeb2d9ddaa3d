// A solution: services that are wired together for one purpose. It is what one press sets up.
import * as z from 'zod'
import { entryId } from '../artifact.ts'
import { installedInterface } from '../installed-model.ts'
import type { SchemaRule } from '../schema-rule.ts'
import { publishedSite } from '../service-address.ts'
import { choosablePort } from '../service-port.ts'
import { aboutEntry } from './about.ts'

/** A site may choose another one. */
const hostPort = choosablePort
/** Those that may serve it, the best first. */
const runtimes = z.array(entryId).min(1).max(10)
const solutionService = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('model'), name: entryId, runtimes, model: entryId, hostPort }),
  z.strictObject({
    role: z.literal('gateway'),
    name: entryId,
    gateway: entryId,
    /** Model services behind it. */
    serves: z.array(entryId).min(1).max(50),
    hostPort,
  }),
  z.strictObject({
    role: z.literal('app'),
    name: entryId,
    app: entryId,
    /** Of this, and of a model that another solution has installed, one is said; neither by an app that asks none. */
    usesModel: entryId.optional(),
    /** The gateway where it asks for that model, with a key of its own; missing: it asks the model service itself. */
    through: entryId.optional(),
    /** Which one it asks is chosen on the appliance. */
    usesInstalled: installedInterface.optional(),
    hostPort,
  }),
  z.strictObject({
    role: z.literal('ingress'),
    name: entryId,
    ingress: entryId,
    /** App services, and the path where each is found. It is set up only where somebody says at which address. */
    publishes: z.array(publishedSite).min(1).max(50),
    hostPort,
  }),
])
export type SolutionService = z.infer<typeof solutionService>

/** What asks a model itself says which one, as apps do. An installed one is the one that its service asks. */
const asksModel = {
  usesModel: entryId.optional(),
  through: entryId.optional(),
  usesInstalled: installedInterface.optional(),
}

/** What runs to its end for a service. */
const solutionTask = z.discriminatedUnion('role', [
  z.strictObject({
    role: z.literal('job'),
    name: entryId,
    job: entryId,
    /** The service that it prepares, and whether that is to start afterwards or is there already. */
    prepares: entryId,
    runs: z.enum(['before', 'after']),
    ...asksModel,
  }),
  z.strictObject({
    role: z.literal('probe'),
    name: entryId,
    probe: entryId,
    /** The service that it tries out. */
    of: entryId,
    ...asksModel,
  }),
])
export type SolutionTask = z.infer<typeof solutionTask>
export type SolutionPart = SolutionService | SolutionTask

export function isTask(part: SolutionPart): part is SolutionTask {
  return part.role === 'job' || part.role === 'probe'
}

/** The service that it is for. */
export function targetOf(task: SolutionTask): string {
  return task.role === 'job' ? task.prepares : task.of
}

export const solutionEntry = z.strictObject({
  kind: z.literal('solution'),
  ...aboutEntry,
  services: z
    .array(z.discriminatedUnion('role', [...solutionService.options, ...solutionTask.options]))
    .min(1)
    .max(50)
    .superRefine(checkParts),
})
export type SolutionEntry = z.infer<typeof solutionEntry>

/** What goes on running. */
export function servicesOf({ services }: Pick<SolutionEntry, 'services'>): SolutionService[] {
  return services.filter((one) => !isTask(one))
}

export function tasksOf({ services }: Pick<SolutionEntry, 'services'>): SolutionTask[] {
  return services.filter(isTask)
}

/** The console's own name among those who ask a gateway. */
export const consoleConsumer = 'rackside'

type Complain = (field: string, rule: SchemaRule) => void

/** Names become containers and host names, ports are the appliance's: each can be given once. */
function checkParts(parts: readonly SolutionPart[], context: z.RefinementCtx): void {
  for (const [at, one] of parts.entries()) {
    const complain: Complain = (field, rule) =>
      context.addIssue({ code: 'custom', path: [at, field], message: rule.rule, params: rule })
    const { name } = one
    const before = parts.slice(0, at)
    if (before.some((s) => s.name === name)) complain('name', { rule: 'service-name-twice', name })
    if (name === consoleConsumer) complain('name', { rule: 'name-taken', name })
    const services = servicesOf({ services: [...parts] })
    if (isTask(one)) checkTask(one, services, complain)
    else checkService(one, services, complain)
  }
}

function checkService(one: SolutionService, services: readonly SolutionService[], complain: Complain): void {
  const holder = services.slice(0, services.indexOf(one)).find((s) => s.hostPort === one.hostPort)
  if (holder !== undefined) complain('hostPort', { rule: 'port-twice', name: holder.name, port: one.hostPort })
  if (one.role === 'gateway') {
    for (const served of one.serves.filter((served) => !isModel(served, services))) {
      complain('serves', { rule: 'no-such-model-service', name: served })
    }
  }
  if (one.role === 'ingress') {
    for (const { app, at: path } of one.publishes) {
      if (!services.some((s) => s.role === 'app' && s.name === app)) {
        complain('publishes', { rule: 'no-such-app-service', name: app })
      }
      if (one.publishes.filter((other) => other.at === path).length > 1) {
        complain('publishes', { rule: 'name-twice', name: path })
      }
    }
  }
  if (one.role !== 'app') return
  if (one.usesModel !== undefined && one.usesInstalled !== undefined) complain('usesModel', { rule: 'one-model-asked' })
  checkModel(one, services, complain)
}

function checkTask(one: SolutionTask, services: readonly SolutionService[], complain: Complain): void {
  const target = targetOf(one)
  if (!services.some(({ name }) => name === target)) {
    complain(one.role === 'job' ? 'prepares' : 'of', { rule: 'no-such-service', name: target })
  }
  const { usesModel, through, usesInstalled } = one
  const service = services.find(({ name }) => name === target)
  const role = service?.role
  if (one.role === 'job' && one.runs === 'before') {
    // Models come first, then gateways.
    const isThere = role === 'gateway' ? through === undefined : role !== 'model' || usesModel === undefined
    if (!isThere) complain('runs', { rule: 'asked-too-early', name: through ?? usesModel ?? '' })
  }
  const asked = service?.role === 'app' ? service.usesInstalled : undefined
  if (usesInstalled !== undefined && (usesModel !== undefined || usesInstalled !== asked)) {
    complain('usesInstalled', { rule: 'installed-as-its-service', name: target })
  }
  checkModel(one, services, complain)
}

function isModel(name: string, services: readonly SolutionService[]): boolean {
  return services.some((one) => one.role === 'model' && one.name === name)
}

function checkModel(
  { usesModel, through }: { readonly usesModel?: string | undefined; readonly through?: string | undefined },
  services: readonly SolutionService[],
  complain: Complain,
): void {
  if (usesModel === undefined) {
    if (through !== undefined) complain('through', { rule: 'through-needs-model' })
    return
  }
  if (!isModel(usesModel, services)) complain('usesModel', { rule: 'no-such-model-service', name: usesModel })
  if (through === undefined) return
  const gateway = services.find((s) => s.role === 'gateway' && s.name === through)
  if (gateway?.role !== 'gateway') complain('through', { rule: 'no-such-gateway', name: through })
  else if (!gateway.serves.includes(usesModel)) {
    complain('usesModel', { rule: 'model-not-behind', name: usesModel, gateway: through })
  }
}
