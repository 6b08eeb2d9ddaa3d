// What every vendor's tool has in common, whatever it prints: it may not be there, not answer in time, hang, or say
// something that no row can be read from. A reader only brings the table.
import type { Accelerator } from '../../domain/accelerator.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { complaint, type ProbeAnswer, silence } from '../probe.ts'
import { devicesWithoutTool } from './pci.ts'
import type { VendorFindings, VendorSample } from './vendor.ts'

export type DeviceTable = {
  readonly devices: readonly Accelerator[]
  /** Lines that are no row: what the tool said about devices it lost. */
  readonly notes: readonly string[]
}

type Asked = {
  /** As a person calls it: "nvidia-smi". */
  readonly tool: string
  readonly onBus: Reading<number>
  /** Total; of stdout. */
  readonly table: (stdout: string) => DeviceTable
}

/** Rows count even beside a bad exit code: a lost device ends a tool badly, the others answer. */
export function devicesBy(
  answer: ProbeAnswer | undefined,
  { tool, onBus, table }: Asked,
): Pick<VendorFindings, 'devices' | 'notes'> {
  const reason = silence(answer)
  if (answer === undefined || reason !== undefined) return { devices: unreadable(`${tool}: ${reason}`) }
  if (answer.state === 'missing') return { devices: devicesWithoutTool(onBus, tool) }
  const { devices, notes } = table(answer.stdout)
  if (devices.length === 0) return { devices: unreadable(complaint(answer)) }
  return { devices: known([...devices]), ...(notes.length > 0 ? { notes: [...notes] } : {}) }
}

/** The driver's version, where the same output says it. */
export function versionBy(
  answer: ProbeAnswer | undefined,
  tool: string,
  version: (stdout: string) => Reading<string>,
): Reading<string> {
  const reason = silence(answer)
  if (answer === undefined || reason !== undefined) return unreadable(`${tool}: ${reason}`)
  return answer.state === 'missing' ? absent : version(answer.stdout)
}

export function sampleBy(answer: ProbeAnswer, tool: string, table: Asked['table']): VendorSample {
  const reason = silence(answer)
  if (reason !== undefined) return { devices: unreadable(`${tool}: ${reason}`), notes: [] }
  if (answer.state === 'missing') return { devices: absent, notes: [] }
  const { devices, notes } = table(answer.stdout)
  return devices.length > 0 ? { devices: known(devices), notes } : { devices: unreadable(complaint(answer)), notes: [] }
}
