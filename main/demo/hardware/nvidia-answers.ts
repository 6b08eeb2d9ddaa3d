// nvidia-smi of the simulated machine: its CSV query, with the columns that facts and sampler ask for.
import { createHash } from 'node:crypto'
import type { Machine } from '../machine.ts'
import type { Answered, AnswerTable } from '../probe-answer.ts'
import { lostExit, lostWords } from './nvidia-lost.ts'
import { nvidiaXml } from './nvidia-xml-answer.ts'
import { presets } from './presets.ts'
import { type FoundDevice, foundDevices, ofVendor, vendorTool } from './vendor-tool.ts'

type Column = { readonly head: string; readonly value: (device: FoundDevice, machine: Machine) => string }

const index: Column = { head: 'index', value: (device) => `${device.index}` }
const name: Column = { head: 'name', value: (device) => device.product }
const memoryTotal: Column = { head: 'memory.total [MiB]', value: (device) => `${device.memoryMib}` }
const memoryUsed: Column = { head: 'memory.used [MiB]', value: (device) => `${device.memoryUsedMib}` }
const utilization: Column = { head: 'utilization.gpu [%]', value: (device) => `${device.utilizationPercent}` }
const temperature: Column = { head: 'temperature.gpu', value: (device) => `${device.temperatureCelsius}` }
const powerDraw: Column = { head: 'power.draw [W]', value: (device) => device.powerWatts.toFixed(2) }

const factsColumns: readonly Column[] = [
  index,
  name,
  { head: 'uuid', value: uuid },
  { head: 'pci.bus_id', value: (device) => `0000${device.pciAddress.toUpperCase()}` },
  { head: 'driver_version', value: (_, { state }) => presets[state.preset].driverVersion },
  ...[memoryTotal, memoryUsed, utilization, temperature, powerDraw],
  { head: 'power.limit [W]', value: (device) => device.powerLimitWatts.toFixed(2) },
]

const sampleColumns: readonly Column[] = [index, name, memoryTotal, memoryUsed, utilization, temperature, powerDraw]

export const nvidiaAnswers: AnswerTable = {
  'nvidia-smi': vendorTool('nvidia', (machine) => query(machine, factsColumns)),
  'nvidia-smi-xml': vendorTool('nvidia', nvidiaXml),
  'nvidia-driver': ofVendor('nvidia', ({ state }) => ({ stdout: presets[state.preset].driverText })),
}

export const nvidiaSampleAnswers: AnswerTable = {
  'nvidia-smi': vendorTool('nvidia', (machine) => query(machine, sampleColumns)),
}

/** With `nounits` the units stand in the header alone. A lost device is told of before the table. */
function query(machine: Machine, columns: readonly Column[], devices = foundDevices(machine)): Answered {
  const told = lostWords(machine)
  const head = columns.map((column) => column.head).join(', ')
  const rows = devices.map((device) => columns.map((one) => one.value(device, machine)).join(', '))
  return {
    stdout: [...told, head, ...rows].map((line) => `${line}\n`).join(''),
    exitCode: told.length === 0 ? 0 : lostExit,
  }
}

/** What the sampler's query says in a container that was given these: "all", or some by their ids. */
export function gpuTable(machine: Machine, gpus: string): Answered {
  const given = foundDevices(machine).filter((device) => gpus === 'all' || gpus.includes(uuid(device, machine)))
  return query(machine, sampleColumns, given)
}

/** `nvidia-smi -L` in a container that was given all GPUs. */
export function listedGpus(machine: Machine): string[] {
  const rows = foundDevices(machine).map(
    (device) => `GPU ${device.index}: ${device.product} (UUID: ${uuid(device, machine)})`,
  )
  return [...lostWords(machine), ...rows]
}

/** Follows from the machine's id, so that two machines never share one. */
function uuid(device: FoundDevice, { state }: Machine): string {
  const hex = createHash('sha256').update(`${state.machineId} ${device.index}`).digest('hex')
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)]
  return `GPU-${parts.join('-')}`
}
