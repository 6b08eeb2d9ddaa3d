// A solution: services that are wired together for one purpose. It is what one press sets up.
import * as z from 'zod'
import { entryId } from '../artifact.ts'
import type { SchemaRule } from '../schema-rule.ts'
import { publishedSite } from '../service-address.ts'
import { aboutEntry } from './about.ts'

const hostPort = z.int().min(1024).max(65_535)
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
    usesModel: entryId,
    /** The gateway where it asks for that model, with a key of its own; missing: it asks the model service itself. */
    through: entryId.optional(),
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
export type ServiceOf<R extends SolutionService['role']> = Extract<SolutionService, { role: R }>

export const solutionEntry = z.strictObject({
  kind: z.literal('solution'),
  ...aboutEntry,
  services: z.array(solutionService).min(1).max(50).superRefine(checkServices),
})
export type SolutionEntry = z.infer<typeof solutionEntry>

/** The console's own name among those who ask a gateway. */
export const consoleConsumer = 'rackside'

/** Names become containers and host names, ports are the appliance's: each can be given once. */
function checkServices(services: readonly SolutionService[], context: z.RefinementCtx): void {
  const complain = (at: number, field: string, rule: SchemaRule): void =>
    context.addIssue({ code: 'custom', path: [at, field], message: rule.rule, params: rule })
  const before = (at: number) => services.slice(0, at)
  const isModel = (name: string) => services.some((one) => one.role === 'model' && one.name === name)
  for (const [at, one] of services.entries()) {
    const { name } = one
    if (before(at).some((s) => s.name === name)) complain(at, 'name', { rule: 'service-name-twice', name })
    if (name === consoleConsumer) complain(at, 'name', { rule: 'name-taken', name })
    const holder = before(at).find((s) => s.hostPort === one.hostPort)
    if (holder !== undefined) complain(at, 'hostPort', { rule: 'port-twice', name: holder.name, port: one.hostPort })
    if (one.role === 'gateway') {
      for (const served of one.serves.filter((served) => !isModel(served))) {
        complain(at, 'serves', { rule: 'no-such-model-service', name: served })
      }
    }
    if (one.role === 'ingress') {
      for (const { app, at: path } of one.publishes) {
        if (!services.some((s) => s.role === 'app' && s.name === app)) {
          complain(at, 'publishes', { rule: 'no-such-app-service', name: app })
        }
        if (one.publishes.filter((other) => other.at === path).length > 1) {
          complain(at, 'publishes', { rule: 'name-twice', name: path })
        }
      }
    }
    if (one.role !== 'app') continue
    const { usesModel, through } = one
    if (!isModel(usesModel)) complain(at, 'usesModel', { rule: 'no-such-model-service', name: usesModel })
    if (through === undefined) continue
    const gateway = services.find((s) => s.role === 'gateway' && s.name === through)
    if (gateway?.role !== 'gateway') complain(at, 'through', { rule: 'no-such-gateway', name: through })
    else if (!gateway.serves.includes(usesModel)) {
      complain(at, 'usesModel', { rule: 'model-not-behind', name: usesModel, gateway: through })
    }
  }
}
