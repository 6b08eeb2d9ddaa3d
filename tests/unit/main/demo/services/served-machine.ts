// The containers that a plan of the demo's solution makes, and the services of a simulated machine behind a real
// HTTP server of this computer.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Machine } from '../../../../../main/demo/machine.ts'
import type { SimulatedContainer } from '../../../../../main/demo/machine-state.ts'
import { serviceAt } from '../../../../../main/demo/services/service-at.ts'
import type { DemoPreset } from '../../../../../shared/domain/demo.ts'
import type { DeploymentProof } from '../../../../../shared/domain/deployment.ts'
import { type TestMachine, testContainer, testMachine } from '../../../../support/demo-machine.ts'

export const modelPort = 8400
export const appPort = 8410
/** When the containers below were started. */
const startedAtMs = Date.parse('2026-11-22T08:00:00Z')
const network = 'rackside-demo-clinic'

const modelProof: DeploymentProof = {
  serves: 'openai-chat',
  deployment: 'demo-clinic-model',
  hostPort: modelPort,
  readyPath: '/health',
  modelName: 'demo-clinic-8b',
  metricsPath: '/metrics',
  metricsReader: 'llama-cpp',
}
const appProof: DeploymentProof = {
  serves: 'page',
  deployment: 'demo-clinic-notes',
  hostPort: appPort,
  readyPath: '/readyz',
}

export function modelContainer(more: Partial<SimulatedContainer> = {}): SimulatedContainer {
  const words = ['--parallel', '4', '--metrics']
  return testContainer(startedAtMs, { id: 'a'.repeat(64), network, arguments: words, ...more }, modelProof)
}

export function appContainer(more: Partial<SimulatedContainer> = {}): SimulatedContainer {
  const environment = { MODEL_BASE_URL: 'http://demo-clinic-model:8080/v1', MODEL_NAME: 'demo-clinic-8b' }
  return testContainer(startedAtMs, { id: 'b'.repeat(64), network, environment, ...more }, appProof)
}

/** So long after the start of its containers. */
export function machineWith(containers: SimulatedContainer[], afterMs: number, preset?: DemoPreset): TestMachine {
  const machine = testMachine(preset ?? 'nvidia-8', { containers })
  machine.setNow(startedAtMs + afterMs)
  return machine
}

/** Long enough after the start for every service. */
export function readyMachine(containers: SimulatedContainer[], preset?: DemoPreset): TestMachine {
  return machineWith(containers, 10_000, preset)
}

/** Where the service at this port of the machine can be fetched; a refused connection is one that is cut. */
export async function addressOf(machine: Machine, port: number): Promise<string> {
  const server = createServer((request, response) => {
    const service = serviceAt(machine, port)
    if (service === undefined) request.socket.destroy()
    else service(request, response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((closed) => server.close(closed))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
