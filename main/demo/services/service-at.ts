// Who listens on a port of the simulated machine's loopback right now: a running container that publishes it.
import type { RequestListener } from 'node:http'
import { proofOf, takesRequests } from '../container-life.ts'
import { publishes } from '../engine/container-changes.ts'
import type { Machine } from '../machine.ts'
import { appServer } from './app-server.ts'
import { modelServer } from './model-server.ts'

/**
 * Undefined: nobody listens, the connection is refused. Ask anew for every request: a connection that was kept open
 * may have lost its server.
 */
export function serviceAt(machine: Machine, port: number): RequestListener | undefined {
  const container = machine.state.containers.find((one) => publishes(one, port))
  if (container === undefined) return undefined
  const proof = proofOf(container)
  if (proof?.serves === 'openai-chat') return modelServer(machine, { container, modelName: proof.modelName })
  // An app opens its port once it is up; a model runtime opens it first and loads then.
  if (proof?.serves !== 'page' || !takesRequests(container, machine.nowMs())) return undefined
  return appServer(machine, container)
}
