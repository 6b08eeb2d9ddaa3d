// NVIDIA GPUs by nvidia-smi's CSV query, whose columns are found by name: the tables are cut and the
// XML follows the driver. Facts and null words: accelerators.md sections 0 and 1.
import type { Accelerator, AcceleratorReport } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber } from '../lines.ts'
import { type Answers, answerText, complaint, type Probe, type ProbeAnswer, silence, toolProbe } from '../probe.ts'
import { devicesWithoutTool, pciProbe, readPciCount } from './pci.ts'
import {
  celsius,
  celsiusRange,
  checkedMemory,
  memoryCell,
  numberCell,
  pciAddressCell,
  percentRange,
  textCell,
  wattRange,
} from './values.ts'
import type { VendorReader, VendorSample } from './vendor.ts'

// Fields that every driver knows: one unknown field fails the whole query, so ECC is asked on its own.
const mainFields =
  'index,name,uuid,pci.bus_id,driver_version,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw,power.limit'
const eccField = 'ecc.errors.uncorrected.volatile.total'

const probes: readonly Probe[] = [
  pciProbe,
  toolProbe('nvidia-smi', command('nvidia-smi', `--query-gpu=${mainFields}`, '--format=csv,nounits'), 15),
  toolProbe('nvidia-smi-ecc', command('nvidia-smi', `--query-gpu=index,${eccField}`, '--format=csv,nounits'), 15),
  {
    id: 'nvidia-driver',
    shell: '[ -e /proc/driver/nvidia/version ] || exit 127\nexec cat /proc/driver/nvidia/version',
    deadlineSeconds: 5,
  },
]

// Class 0300 or 0302 only: NVSwitch, audio and USB-C carry the same vendor id.
const pciFilter = { vendorId: '10de', classes: ['0300', '0302'] }

function read(answers: Answers): AcceleratorReport {
  const pciCount = readPciCount(answers, pciFilter)
  const answer = answers.get('nvidia-smi')
  const reason = silence(answer)
  const report = { vendor: 'nvidia' as const, pciCount }
  if (answer === undefined || reason !== undefined || answer.state === 'missing') {
    const devices =
      answer?.state === 'missing' ? devicesWithoutTool(pciCount, 'nvidia-smi') : unreadable(`nvidia-smi: ${reason}`)
    return { ...report, driverVersion: loadedDriver(answers), devices }
  }
  const table = readNvidiaCsv(answer.stdout)
  const ecc = answers.get('nvidia-smi-ecc')
  const damaged = silence(ecc) === undefined ? damagedMemory(ecc?.stdout ?? '') : new Set<number>()
  // Rows count even beside a bad exit code: a lost GPU ends the tool badly, the others answer.
  const devices = table.devices.map((device) => (damaged.has(device.index) ? withWarning(device) : device))
  return {
    ...report,
    driverVersion: table.driverVersion.state === 'known' ? table.driverVersion : loadedDriver(answers),
    devices: devices.length > 0 ? known(devices) : unreadable(complaint(answer)),
    ...(devices.length > 0 && table.notes.length > 0 ? { notes: table.notes } : {}),
  }
}

// What changes from second to second, and nothing else: each field is a question to the driver.
const sampleFields = 'index,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw'
const sampleProbe = toolProbe(
  'nvidia-smi',
  command('nvidia-smi', `--query-gpu=${sampleFields}`, '--format=csv,nounits'),
  15,
)

function readSample(answer: ProbeAnswer): VendorSample {
  const reason = silence(answer)
  if (reason !== undefined) return { devices: unreadable(`nvidia-smi: ${reason}`), notes: [] }
  if (answer.state === 'missing') return { devices: absent, notes: [] }
  const { devices: rows, notes } = readNvidiaCsv(answer.stdout)
  const devices = rows.map(withoutPraise)
  return devices.length > 0 ? { devices: known(devices), notes } : { devices: unreadable(complaint(answer)), notes: [] }
}

/** A sample does not ask for ECC errors, so it can say that a device is ill, and not that it is well. */
function withoutPraise(device: Accelerator): Accelerator {
  return device.health.state === 'known' && device.health.value === 'ok' ? { ...device, health: absent } : device
}

export const nvidia: VendorReader = { vendor: 'nvidia', probes, read, sampleProbe, readSample }

type Column = { readonly at: number; readonly unit: string }
type Header = ReadonlyMap<string, Column>
export type NvidiaTable = {
  readonly devices: Accelerator[]
  readonly driverVersion: Reading<string>
  /** At most 8 lines that are no row: what the tool said about devices it lost. */
  readonly notes: string[]
}

/** `nvidia-smi --query-gpu=... --format=csv[,nounits]` with its header line; columns in any order. */
export function readNvidiaCsv(text: string): NvidiaTable {
  const { header, rows, others } = csvOf(text)
  const devices: Accelerator[] = []
  let driverVersion: Reading<string> = absent
  const notes = [...others]
  for (const row of rows) {
    const cells = cellsOf(row, header)
    const device = cells === undefined ? undefined : deviceOf(cells)
    if (cells === undefined || device === undefined || devices.some((one) => one.index === device.index)) {
      notes.push(row)
      continue
    }
    devices.push(device)
    if (driverVersion.state !== 'known') driverVersion = textCell(cells.get('driver_version')?.text)
  }
  return { devices, driverVersion, notes: notes.slice(0, 8).map((note) => evidence(note, 250)) }
}

/** Header by names ("memory.total [MiB]"), the lines after it, and what was said before it. */
function csvOf(text: string): { header: Header; rows: string[]; others: string[] } {
  const lines = boundedLines(text).filter((line) => line.trim() !== '')
  const at = lines.findIndex((line) => headerOf(line).has('index'))
  if (at < 0) return { header: new Map(), rows: [], others: lines }
  return { header: headerOf(lines[at] ?? ''), rows: lines.slice(at + 1, at + 1 + 256), others: lines.slice(0, at) }
}

function headerOf(line: string): Header {
  const header = new Map<string, Column>()
  for (const [at, cell] of line.split(',').entries()) {
    const match = /^([a-z][a-z0-9_.]*)(?: \[(.{1,8})\])?$/i.exec(cell.trim())
    if (match?.[1] !== undefined) header.set(match[1].toLowerCase(), { at, unit: match[2] ?? '' })
  }
  return header
}

type Cells = ReadonlyMap<string, { readonly text: string; readonly unit: string }>

/** Cells by column name. A comma inside the product name is the only reason for more cells than columns. */
function cellsOf(row: string, header: Header): Cells | undefined {
  const cells = row.split(',').map((cell) => cell.trim())
  const extra = cells.length - header.size
  const nameAt = header.get('name')?.at
  if (extra < 0 || (extra > 0 && nameAt === undefined)) return undefined
  if (extra > 0 && nameAt !== undefined)
    cells.splice(nameAt, extra + 1, cells.slice(nameAt, nameAt + extra + 1).join(', '))
  return new Map([...header].map(([name, { at, unit }]) => [name, { text: cells[at] ?? '', unit }]))
}

/** Undefined where the row has no index: it is no device row. */
function deviceOf(cells: Cells): Accelerator | undefined {
  const text = (name: string) => cells.get(name)?.text
  const memory = (name: string) => memoryCell(text(name), cells.get(name)?.unit ?? '')
  const index = wholeNumber(text('index'))
  if (index === undefined || index > 65_535) return undefined
  const readings = {
    ...checkedMemory(memory('memory.total'), memory('memory.used')),
    utilizationPercent: numberCell(text('utilization.gpu'), /^%$/, percentRange),
    temperatureCelsius: numberCell(text('temperature.gpu'), celsius, celsiusRange),
    powerWatts: numberCell(text('power.draw'), /^W$/, wattRange),
    powerLimitWatts: numberCell(text('power.limit'), /^W$/, wattRange),
  }
  return {
    vendor: 'nvidia',
    kind: 'gpu',
    index,
    chip: 0,
    product: textCell(text('name')),
    uuid: textCell(text('uuid')),
    pciAddress: pciAddressCell(text('pci.bus_id')),
    ...readings,
    health: healthOf(
      [...cells.values()].map((cell) => cell.text),
      Object.values(readings),
    ),
  }
}

/** nvidia-smi prints no health word: a device whose sensors answer and that asks for no reset is ok. */
function healthOf(cells: readonly string[], readings: readonly Reading<number>[]): Accelerator['health'] {
  if (cells.some((cell) => /^\[(?:GPU requires reset|GPU is lost)\]$/i.test(cell))) return known('critical')
  return readings.some((one) => one.state === 'known')
    ? known('ok')
    : unreadable('no value of this device could be read')
}

/** Indexes with uncorrected ECC errors since the driver was loaded. */
function damagedMemory(text: string): Set<number> {
  const { header, rows } = csvOf(text)
  const damaged = rows.flatMap((row) => {
    const cells = cellsOf(row, header)
    const index = wholeNumber(cells?.get('index')?.text)
    return index !== undefined && (wholeNumber(cells?.get(eccField)?.text) ?? 0) > 0 ? [index] : []
  })
  return new Set(damaged)
}

function withWarning(device: Accelerator): Accelerator {
  return device.health.state === 'known' && device.health.value === 'ok'
    ? { ...device, health: known('warning') }
    : device
}

/** The loaded kernel module, which answers also where nvidia-smi does not: "NVRM version: ... 550.90.07 ...". */
function loadedDriver(answers: Answers): Reading<string> {
  const text = answerText(answers, 'nvidia-driver')
  if (text.state !== 'known') return text
  const line = boundedLines(text.value).find((one) => one.startsWith('NVRM version:')) ?? ''
  const version = /\s(\d{3,4}\.\d{1,4}(?:\.\d{1,4})?)\s/.exec(line)?.[1]
  return version === undefined
    ? unreadable(`/proc/driver/nvidia/version: ${evidence(text.value, 150)}`)
    : known(version)
}
