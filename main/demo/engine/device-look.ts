// What the look for the device proof finds in the simulated containers: the vendor's tool says the same inside as outside,
// and a model's engine wrote that all its layers are on the devices it was given.
import { proofOf } from '../container-life.ts'
import { sampleAnswers } from '../hardware/answers.ts'
import { presets } from '../hardware/presets.ts'
import type { Machine } from '../machine.ts'
import type { SimulatedContainer } from '../machine-state.ts'
import type { Answered } from '../probe-answer.ts'
import { inspectContainer } from './inspect.ts'

const toolOf: Readonly<Record<string, string>> = { nvidia: 'nvidia-smi', ascend: 'npu-smi' }
const layers = 33

export function deviceLook(machine: Machine): Answered {
  const running = machine.state.containers.filter((one) => one.state === 'running')
  const lines = [...running.flatMap((one) => lookInto(machine, one)), 'end']
  return { stdout: lines.map((line) => `${line}\n`).join('') }
}

function lookInto(machine: Machine, container: SimulatedContainer): string[] {
  const { Name, State } = inspectContainer(machine, container)
  const about = `container ${JSON.stringify({ Name, StartedAt: State.StartedAt })}`
  return [about, ...saidInside(machine, container), ...heardOf(container), 'heard']
}

function hasDevices({ gpus = '', devices = [] }: SimulatedContainer): boolean {
  return gpus !== '' || devices.length > 0
}

function saidInside(machine: Machine, container: SimulatedContainer): string[] {
  const { vendor } = presets[machine.state.preset]
  const tool = hasDevices(container) ? sampleAnswers[toolOf[vendor] ?? ''] : undefined
  if (tool === undefined) return ['said 0', '> none', '']
  const { stdout, exitCode = 0 } = tool(machine)
  return [
    `said ${exitCode}`,
    `> tool ${vendor}`,
    ...stdout
      .trimEnd()
      .split('\n')
      .map((line) => `> ${line}`),
    '',
  ]
}

function heardOf(container: SimulatedContainer): string[] {
  const proof = proofOf(container)
  if (proof?.serves !== 'openai-chat') return []
  return hasDevices(container)
    ? [`= load_tensors: offloaded ${layers}/${layers} layers to GPU`]
    : ['= load_tensors:   CPU_Mapped model buffer size =  4912.00 MiB']
}
