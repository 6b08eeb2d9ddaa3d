// What the look into the simulated containers finds: each sees what it was given, as far as it is still there.
import { deploymentLabel } from '../../../shared/domain/remote-layout.ts'
import { deviceNodes } from '../hardware/device-nodes.ts'
import { listedGpus } from '../hardware/nvidia-answers.ts'
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import type { Answered } from '../probe-answer.ts'
import { inspectContainer } from './inspect.ts'

export function containerLook(machine: Machine): Answered {
  const running = machine.state.containers.filter((one) => one.state === 'running')
  if (running.length === 0) return { stdout: 'end\n' }
  const host = ['host', ...deviceNodes(machine.state).map((node) => `node ${node}`)]
  const lines = [...host, ...running.flatMap((one) => lookInto(machine, one)), 'end']
  return { stdout: lines.map((line) => `${line}\n`).join('') }
}

function lookInto(machine: Machine, container: SimulatedContainer): string[] {
  const { gpus = '', devices = [] } = container
  if (gpus === '' && devices.length === 0) return []
  const { Id, Name, HostConfig, Config } = inspectContainer(machine, container)
  const about = {
    ...{ Id, Runtime: HostConfig.Runtime },
    Devices: [...HostConfig.Devices.map((one) => [one.PathOnHost, one.PathInContainer]), null],
    Requests: [...(HostConfig.DeviceRequests ?? []).map(({ Options: _, ...one }) => one), null],
    ...{ Visible: [null], Name, Deployment: Config.Labels[deploymentLabel] ?? '' },
  }
  const nodes = gpus === '' ? devices : deviceNodes(machine.state)
  const listed = gpus === '' ? [] : ['said 0', ...listedGpus(machine).map((line) => `> ${line}`), '']
  return [`container ${JSON.stringify(about)}`, ...nodes.map((node) => `node ${node}`), 'nodes', ...listed]
}
