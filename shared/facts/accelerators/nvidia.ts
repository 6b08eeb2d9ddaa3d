// NVIDIA GPUs by nvidia-smi's CSV query, whose columns are found by name: the tables are cut and the
// XML follows the driver. Facts and null words: accelerators.md sections 0 and 1.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber } from '../lines.ts'
import { type Answers, answerText, type Probe, type ProbeAnswer, silence, toolProbe } from '../probe.ts'
import { devicesBy, sampleBy } from './tool-answer.ts'
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
import type { VendorFindings, VendorReader, VendorSample } from './vendor.ts'

// pci.ids of 2026-08-22.
const products = {
  V100: '1db1 1db4 1db5 1db6',
  T4: '1eb8',
  'A100 SXM4 40GB': '20b0',
  'A100 PCIe 40GB': '20b1 20f1',
  'A100 SXM4 80GB': '20b2',
  'A100 PCIe 80GB': '20b5',
  A800: '20bd 20f3 20f5 20f6',
  A30: '20b7',
  A10: '2236',
  A40: '2235',
  'A2 / A16': '25b6',
  'GeForce RTX 3090': '2204',
  'GeForce RTX 4090': '2684',
  'GeForce RTX 4090 D': '2685',
  L40: '26b5',
  L20: '26b7 26ba',
  L40S: '26b9',
  L4: '27b8',
  L2: '27b6',
  'H100 SXM5': '2330',
  'H100 PCIe': '2331',
  'H100 NVL': '2321',
  H100: '2336',
  H800: '2322 2324',
  H20: '2329 232c 230c 230e',
  H200: '2335',
  'H200 NVL': '233b',
  GH200: '2342 2348',
  B100: '2920 29bc',
  B200: '2901',
  GB200: '2941',
  B300: '3182',
  GB300: '31a1 31c2 31c3',
  'GeForce RTX 5090': '2b85',
  'GeForce RTX 5090 D': '2b87 2b8c',
  'RTX PRO 6000 Blackwell': '2bb1 2bb4 2bb5',
  'RTX 6000D': '2bb2 2bb9',
  GB10: '2e12',
  Thor: '2b00',
}

// Fields that every driver knows: one unknown field fails the whole query, so ECC is asked on its own.
const mainFields =
  'index,name,uuid,pci.bus_id,driver_version,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw,power.limit'
const eccField = 'ecc.errors.uncorrected.volatile.total'

const probes: readonly Probe[] = [
  toolProbe('nvidia-smi', command('nvidia-smi', `--query-gpu=${mainFields}`, '--format=csv,nounits'), 15),
  toolProbe('nvidia-smi-ecc', command('nvidia-smi', `--query-gpu=index,${eccField}`, '--format=csv,nounits'), 15),
  {
    id: 'nvidia-driver',
    when: '[ -e /proc/driver/nvidia/version ]',
    shell: 'exec cat /proc/driver/nvidia/version',
    deadlineSeconds: 5,
  },
]

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answers.get('nvidia-smi')
  const ecc = answers.get('nvidia-smi-ecc')
  const damaged = silence(ecc) === undefined ? damagedMemory(ecc?.stdout ?? '') : new Set<number>()
  const version = silence(answer) === undefined ? readNvidiaCsv(answer?.stdout ?? '').driverVersion : absent
  const table = (text: string) => {
    const { devices, notes } = readNvidiaCsv(text)
    return { devices: devices.map((one) => (damaged.has(one.index) ? withWarning(one) : one)), notes }
  }
  return {
    driverVersion: version.state === 'known' ? version : loadedDriver(answers),
    ...devicesBy(answer, { tool: 'nvidia-smi', onBus, table }),
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
  const table = (text: string) => {
    const { devices, notes } = readNvidiaCsv(text)
    return { devices: devices.map(withoutPraise), notes }
  }
  return sampleBy(answer, 'nvidia-smi', table)
}

/** A sample does not ask for ECC errors, so it can say that a device is ill, and not that it is well. */
function withoutPraise(device: Accelerator): Accelerator {
  return device.health.state === 'known' && device.health.value === 'ok' ? { ...device, health: absent } : device
}

/** By the container toolkit, which also brings the driver's libraries into the container (its documentation). */
function container(): ContainerAccess {
  return { ...noAccess, gpus: 'all' }
}

export const nvidia: VendorReader = {
  vendor: 'nvidia',
  kind: 'gpu',
  bus: {
    vendorIds: ['10de'],
    // NVSwitch, audio and USB-C carry the same vendor id.
    isDevice: ({ deviceClass }) => /^030[02]/.test(deviceClass),
    products,
  },
  nodeGlobs: ['/dev/nvidia[0-9]*'],
  brings: { driver: 'nvidia-driver, NVIDIA-Linux-*.run', tool: 'nvidia-utils, nvidia-smi' },
  probes,
  read,
  container,
  sampleProbe,
  readSample,
}

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
