// A solution: services that are wired together for one purpose. It is what one press sets up.
import * as z from 'zod'
import { entryId } from '../artifact.ts'
import type { SchemaRule } from '../schema-rule.ts'
import { aboutEntry } from './about.ts'

const hostPort = z.int().min(1024).max(65_535)
/** Those that may serve it, the best first. */
const runtimes = z.array(entryId).min(1).max(10)
const solutionService = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('model'), name: entryId, runtimes, model: entryId, hostPort }),
  z.strictObject({ role: z.literal('app'), name: entryId, app: entryId, usesModel: entryId, hostPort }),
])
export type SolutionService = z.infer<typeof solutionService>

export const solutionEntry = z.strictObject({
  kind: z.literal('solution'),
  ...aboutEntry,
  services: z.array(solutionService).min(1).max(50).superRefine(checkServices),
})
export type SolutionEntry = z.infer<typeof solutionEntry>

/** Names become containers and host names, ports are the appliance's: each can be given once. */
function checkServices(services: readonly SolutionService[], context: z.RefinementCtx): void {
  const complain = (at: number, field: string, rule: SchemaRule): void =>
    context.addIssue({ code: 'custom', path: [at, field], message: rule.rule, params: rule })
  const before = (at: number) => services.slice(0, at)
  for (const [at, one] of services.entries()) {
    if (before(at).some((s) => s.name === one.name))
      complain(at, 'name', { rule: 'service-name-twice', name: one.name })
    const holder = before(at).find((s) => s.hostPort === one.hostPort)
    if (holder !== undefined) complain(at, 'hostPort', { rule: 'port-twice', name: holder.name, port: one.hostPort })
    if (one.role === 'model' || services.some((s) => s.role === 'model' && s.name === one.usesModel)) continue
    complain(at, 'usesModel', { rule: 'no-such-model-service', name: one.usesModel })
  }
}
