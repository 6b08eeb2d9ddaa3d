// The port of the server that a service answers at: as its solution says, or another that a site chose, for instance because
// something of its own has that one already.
import * as z from 'zod'
import { entryId } from './artifact.ts'

/** Below are those that only root may open. */
export const choosablePort = z.int().min(1024).max(65_535)

/** What somebody wants other than it is; null: as the solution has it. */
const portWish = z.strictObject({ service: entryId, port: choosablePort.nullable() })
export const portWishes = z.array(portWish).max(100)
export type PortWishes = z.infer<typeof portWishes>

/** `kept`: what somebody chose before. `chosen`: for this plan. */
const portSource = z.enum(['default', 'kept', 'chosen'])
export type PortSource = z.infer<typeof portSource>

/** As a plan has it; `otherwise`: what the solution says. */
export const planPort = z.strictObject({
  service: entryId,
  port: choosablePort,
  source: portSource,
  otherwise: choosablePort,
})
export type PlanPort = z.infer<typeof planPort>

/** What is said later of a service takes the place of what was said of it before. */
export function withPorts(before: PortWishes, later: PortWishes): PortWishes {
  const all = [...before, ...later]
  return all.filter((one, at) => !all.slice(at + 1).some((other) => other.service === one.service))
}
