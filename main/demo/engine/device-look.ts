// What the look for the device proof finds in the simulated containers: the vendor's tool says of what they were given the
// same as outside, and a model's engine wrote that all its layers are there.
import { proofOf } from '../container-life.ts'
import { npuTable } from '../hardware/ascend-answers.ts'
import { gpuTable } from '../hardware/nvidia-answers.ts'
import { processId } from '../hardware/port-answer.ts'
import { presets } from '../hardware/presets.ts'
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import type { Answered } from '../probe-answer.ts'
import { inspectContainer } from './inspect.ts'

const layers = 33

export function deviceLook(machine: Machine): Answered {
  const running = machine.state.containers.filter((one) => one.state === 'running')
  const lines = [...running.flatMap((one) => lookInto(machine, one)), 'end']
  return { stdout: lines.map((line) => `${line}\n`).join('') }
}

function lookInto(machine: Machine, container: SimulatedContainer): string[] {
  const { Name, State } = inspectContainer(machine, container)
  const about = `container ${JSON.stringify({ Name, StartedAt: State.StartedAt })}`
  const processes = [`pid ${processId(container.id)}`, 'pids']
  return [about, ...processes, ...saidInside(machine, container), ...heardOf(container), 'heard']
}

function hasDevices({ gpus = '', devices = [] }: SimulatedContainer): boolean {
  return gpus !== '' || devices.length > 0
}

function saidInside(machine: Machine, container: SimulatedContainer): string[] {
  if (!hasDevices(container)) return ['said 0', '> none', '']
  const { vendor } = presets[machine.state.preset]
  const { gpus = '', devices = [] } = container
  const { stdout, exitCode = 0 }: Answered =
    vendor === 'ascend' ? { stdout: npuTable(machine, devices) } : gpuTable(machine, gpus)
  const table = stdout.trimEnd().split('\n')
  return [`said ${exitCode}`, `> tool ${vendor}`, ...table.map((line) => `> ${line}`), '']
}

function heardOf(container: SimulatedContainer): string[] {
  if (proofOf(container)?.serves !== 'openai-chat') return []
  return hasDevices(container)
    ? [`= load_tensors: offloaded ${layers}/${layers} layers to GPU`]
    : ['= load_tensors:   CPU_Mapped model buffer size =  4912.00 MiB']
}
