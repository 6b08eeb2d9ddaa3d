// npu-smi of the simulated machine: the table of `npu-smi info` as driver 25.2 draws it, processes included.
import { proofOf, startedPart } from '../container-life.ts'
import type { Machine } from '../machine.ts'
import type { AnswerTable } from '../probe-answer.ts'
import { processId } from './port-answer.ts'
import { presets } from './presets.ts'
import { type FoundDevice, foundDevices, ofVendor, vendorTool } from './vendor-tool.ts'

/** Facts and sampler ask the same. */
export const ascendSampleAnswers: AnswerTable = {
  'npu-smi': vendorTool('ascend', (machine) => ({ stdout: `${tableLines(machine).join('\n')}\n` })),
}

export const ascendAnswers: AnswerTable = {
  ...ascendSampleAnswers,
  'npu-smi-chips': vendorTool('ascend', (machine) => ({ stdout: `${mapLines(machine).join('\n')}\n` })),
  'ascend-driver': ofVendor('ascend', ({ state }) => ({ stdout: presets[state.preset].driverText })),
}

/** `npu-smi info -m`, with the board's own controller beside each chip; ends as the probe marks it. */
function mapLines(machine: Machine): string[] {
  const row = (...cells: readonly (number | string)[]) =>
    `\t${cells
      .map((cell) => String(cell).padEnd(31))
      .join('')
      .trimEnd()}`
  const chips = foundDevices(machine).flatMap(({ index, product }) => [
    row(index, 0, index, `Ascend ${product}`),
    row(index, 1, '-', 'Mcu'),
  ])
  return [row('NPU ID', 'Chip ID', 'Chip Logic ID', 'Chip Name'), ...chips, '', '== map - - 0']
}

const wideRule = `+${'-'.repeat(96)}+`
const rule = `+${'-'.repeat(27)}+${'-'.repeat(15)}+${'-'.repeat(52)}+`
const doubleRule = rule.replaceAll('-', '=')

/** The table in a container that was given these nodes. */
export function npuTable(machine: Machine, nodes: readonly string[]): string {
  const given = foundDevices(machine).filter(({ index }) => nodes.includes(`/dev/davinci${index}`))
  return `${tableLines(machine, given).join('\n')}\n`
}

function tableLines(machine: Machine, devices = foundDevices(machine)): string[] {
  const { driverVersion } = presets[machine.state.preset]
  return [
    wideRule,
    `| ${`npu-smi ${driverVersion.padEnd(24)} Version: ${driverVersion}`.padEnd(95)}|`,
    rule,
    '| NPU   Name                | Health        | Power(W)    Temp(C)           Hugepages-Usage(page)|',
    '| Chip                      | Bus-Id        | AICore(%)   Memory-Usage(MB)  HBM-Usage(MB)        |',
    doubleRule,
    ...devices.flatMap(deviceLines),
    rule,
    '| NPU     Chip              | Process id    | Process name             | Process memory(MB)      |',
    doubleRule,
    ...devices.flatMap((device) => [...processLines(machine, device), doubleRule]),
  ]
}

function deviceLines(device: FoundDevice): string[] {
  const { index, product, pciAddress, memoryUsedMib, memoryMib } = device
  const health = device.health === 'alarm' ? 'Alarm' : 'OK'
  const warmth = `${device.powerWatts.toFixed(1).padEnd(12)}${String(device.temperatureCelsius).padEnd(18)}`
  const use = `${String(device.utilizationPercent).padEnd(12)}${'0    / 0'.padEnd(18)}`
  const hbm = `${String(memoryUsedMib).padEnd(5)}/ ${memoryMib}`
  return [
    `| ${String(index).padEnd(6)}${product.padEnd(20)}| ${health.padEnd(14)}| ${warmth}${'0    / 0'.padEnd(21)}|`,
    `| ${'0'.padEnd(26)}| ${pciAddress.toUpperCase().padEnd(14)}| ${use}${hbm.padEnd(21)}|`,
    doubleRule,
  ]
}

/** The model's own process has what the device holds more than when idle. */
function processLines(machine: Machine, { index, memoryUsedMib, idleMemoryMib }: FoundDevice): string[] {
  const nowMs = machine.nowMs()
  const model = machine.state.containers.find(
    (one) => proofOf(one)?.serves === 'openai-chat' && startedPart(one, nowMs) !== undefined,
  )
  if (model === undefined || memoryUsedMib <= idleMemoryMib)
    return [`| ${`No running processes found in NPU ${index}`.padEnd(95)}|`]
  const cells = [
    `${String(index).padEnd(8)}${'0'.padEnd(18)}`,
    String(processId(model.id)).padEnd(14),
    'llama-server'.padEnd(25),
    String(memoryUsedMib - idleMemoryMib).padEnd(24),
  ]
  return [`| ${cells.join('| ')}|`]
}
