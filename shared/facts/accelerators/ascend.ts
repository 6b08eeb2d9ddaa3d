// Huawei Ascend NPUs by the table of `npu-smi info`: two rows a chip, recognised by the shape of their
// cells, because headers, widths and columns change between drivers. accelerators.md section 2.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber, wordsOf } from '../lines.ts'
import { type Answers, answerText, type Probe, silence, toolProbe } from '../probe.ts'
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
import type { VendorFindings, VendorReader } from './vendor.ts'

const driverFolder = '/usr/local/Ascend/driver'
// What set_env.sh of the driver does: without it npu-smi may not find libc_sec.so or libdcmi.so.
const libraries = `export LD_LIBRARY_PATH=${driverFolder}/lib64/common:${driverFolder}/lib64/driver\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}`

const tableProbe = toolProbe('npu-smi', command('npu-smi', 'info'), 15, libraries)

const probes: readonly Probe[] = [
  tableProbe,
  {
    id: 'ascend-driver',
    when: `[ -e ${driverFolder}/version.info ]`,
    shell: `exec cat ${driverFolder}/version.info`,
    deadlineSeconds: 5,
  },
]

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answers.get('npu-smi')
  const installed = installedDriver(answers)
  const version = silence(answer) === undefined ? readNpuTable(answer?.stdout ?? '').version : undefined
  return {
    driverVersion: installed.state === 'known' || version === undefined ? installed : known(version),
    ...devicesBy(answer, { tool: 'npu-smi', onBus, table: readNpuTable }),
  }
}

const accessPaths = [
  '/dev/davinci_manager',
  '/dev/devmm_svm',
  '/dev/hisi_hdc',
  '/usr/local/dcmi',
  '/usr/local/bin/npu-smi',
  `${driverFolder}/lib64`,
  `${driverFolder}/version.info`,
  '/etc/ascend_install.info',
]

/** Node by node, which works without the Ascend Docker Runtime too (the vendor's container guide). */
function container(_devices: readonly Accelerator[], there: readonly string[]): ContainerAccess {
  const [devices, mounts] = [true, false].map((isNode) => there.filter((path) => path.startsWith('/dev/') === isNode))
  return { ...noAccess, devices: devices ?? [], mounts: mounts ?? [] }
}

export const ascend: VendorReader = {
  vendor: 'ascend',
  kind: 'npu',
  bus: {
    vendorIds: ['19e5'],
    // The board's own VGA (1711) and network chips carry the same vendor id.
    isDevice: ({ deviceClass }) => deviceClass.startsWith('1200'),
    products: {
      'Ascend 310': 'd100',
      'Ascend 310P': 'd500',
      'Ascend 910A': 'd801',
      'Ascend 910B': 'd802',
      'Ascend 910C': 'd803',
      'Ascend 950': 'd806',
    },
  },
  nodeGlobs: ['/dev/davinci[0-9]*'],
  accessPaths,
  brings: { driver: 'Ascend-hdk-*-npu-driver_*.run', tool: 'Ascend-hdk-*-npu-driver_*.run (npu-smi)' },
  probes,
  read,
  container,
  sampleProbe: tableProbe,
  readSample: (answer) => sampleBy(answer, 'npu-smi', readNpuTable),
}

/** `Version=25.5.1` of the driver package. */
function installedDriver(answers: Answers): Reading<string> {
  const text = answerText(answers, 'ascend-driver')
  if (text.state !== 'known') return text
  const version = boundedLines(text.value).flatMap((line) => /^Version=(\S{1,60})\s*$/.exec(line)?.[1] ?? [])[0]
  return version === undefined ? unreadable(`version.info: ${evidence(text.value, 150)}`) : known(version)
}

type FirstRow = {
  readonly line: string
  readonly index: number
  readonly product: string
  readonly health: string
  readonly values: string
}
type SecondRow = { readonly chip: number | undefined; readonly bus: string; readonly values: string }
export type NpuTable = {
  readonly devices: Accelerator[]
  readonly version: string | undefined
  /** At most 8 rows that belong to no complete pair. */
  readonly notes: string[]
}

/** `npu-smi info`, drivers 20.2 to 26.0. Ends at the process table, whose rows look like device rows. */
export function readNpuTable(text: string): NpuTable {
  const devices: Accelerator[] = []
  const notes: string[] = []
  let version: string | undefined
  let first: FirstRow | undefined
  for (const line of boundedLines(text)) {
    if (/process\s+id/i.test(line) || devices.length >= 512) break
    version ??= /\bnpu-smi\b.{0,80}?\bVersion:\s{0,20}(\S{1,60})/.exec(line)?.[1]
    const cells = cellsOf(line)
    const next = firstRowOf(line, cells)
    const second = next === undefined && first !== undefined ? secondRowOf(cells) : undefined
    if (next === undefined && second === undefined) continue
    if (next !== undefined && first !== undefined) notes.push(first.line)
    const device = second !== undefined && first !== undefined ? deviceOf(first, second, devices) : undefined
    if (device !== undefined) devices.push(device)
    else if (first !== undefined && second !== undefined) notes.push(first.line)
    first = next
  }
  if (first !== undefined) notes.push(first.line)
  return { devices, version, notes: notes.slice(0, 8).map((note) => evidence(note, 250)) }
}

/** The cells between the bars of a row; none for rules and prose. */
function cellsOf(line: string): string[] {
  const trimmed = line.trim()
  if (!trimmed.startsWith('|')) return []
  const cells = trimmed
    .slice(1)
    .split('|', 12)
    .map((cell) => cell.trim())
  return trimmed.endsWith('|') ? cells.slice(0, trimmed.split('|').length - 2) : cells
}

/** `0 910B4 | OK | 91.8 36 0 / 0`, or on 950 `0 | Ascend950PR | OK | ...`. */
function firstRowOf(line: string, cells: readonly string[]): FirstRow | undefined {
  const [id = '', name = '', ...rest] = cells.length === 4 ? cells : [...split(cells[0] ?? ''), ...cells.slice(1)]
  const [health = '', values = '', ...more] = rest
  const index = wholeNumber(id)
  if (index === undefined || index > 1e9 || more.length > 0 || values === '') return undefined
  if (!/^[A-Za-z]{2,12}$/.test(health) || !/^[A-Za-z0-9].{0,60}$/.test(name)) return undefined
  return { line, index, product: name, health, values }
}

/** `0 [2] | 0000:C1:00.0 | 0 0 / 0 2871 / 32768`; on 950 the first cells are blank, on some the bus is NA. */
function secondRowOf(cells: readonly string[]): SecondRow | undefined {
  const numbers = wordsOf(cells.slice(0, -2).join(' '))
  const [bus = '', values = ''] = cells.slice(-2)
  const chip = wholeNumber(numbers[0])
  if (cells.length < 3 || cells.length > 4 || numbers.length > 2 || (numbers.length > 0 && chip === undefined))
    return undefined
  // A bus without address could stand in any row: then a pair of numbers must follow.
  const addressed = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i.test(bus)
  if (!addressed && !(/^(?:NA|-)$/i.test(bus) && values.includes('/'))) return undefined
  return chip !== undefined && chip > 64 ? undefined : { chip, bus, values }
}

/** A first cell of id and name. */
function split(cell: string): [string, string] {
  const at = cell.search(/[ \t]/)
  return at < 0 ? [cell, ''] : [cell.slice(0, at), cell.slice(at).trim()]
}

/** Undefined when an earlier pair already was this chip: then the layout was not understood. */
function deviceOf(first: FirstRow, second: SecondRow, before: readonly Accelerator[]): Accelerator | undefined {
  const chips = before.filter((one) => one.index === first.index).map((one) => one.chip)
  const chip = second.chip ?? chips.length
  if (chips.includes(chip)) return undefined
  const [power, temperature] = wordsOf(first.values.replace(/\d{1,9}\s{0,20}\/\s{0,20}\d{1,9}/g, ' '))
  return {
    vendor: 'ascend',
    kind: 'npu',
    index: first.index,
    chip,
    product: textCell(first.product),
    uuid: absent,
    pciAddress: pciAddressCell(second.bus),
    ...memoryOf(second.values),
    utilizationPercent: numberCell(wordsOf(second.values)[0], /^%$/, percentRange),
    temperatureCelsius: numberCell(temperature, celsius, celsiusRange),
    // Of two dies only the first prints a number, for the whole module.
    powerWatts: numberCell(power, /^W$/, wattRange),
    powerLimitWatts: absent,
    health: healthOf(first.health),
  }
}

/** The LAST pair is the chip's own memory: HBM where there is one, else DDR. Numbers may be glued: "61125/65536". */
function memoryOf(values: string): Pick<Accelerator, 'memoryTotalBytes' | 'memoryUsedBytes'> {
  const pair = [...values.matchAll(/(\d{1,9})\s{0,20}\/\s{0,20}(\d{1,9})/g)].at(-1)
  if (pair === undefined)
    return { memoryTotalBytes: unreadable('no pair of numbers'), memoryUsedBytes: unreadable('no pair of numbers') }
  return checkedMemory(memoryCell(pair[2], 'MB'), memoryCell(pair[1], 'MB'))
}

const healths = { OK: 'ok', WARNING: 'warning', ALARM: 'alarm', CRITICAL: 'critical' } as const

function healthOf(word: string): Accelerator['health'] {
  const name = word.toUpperCase()
  const health = Object.entries(healths).find(([one]) => one === name)?.[1]
  return health === undefined ? unreadable(`npu-smi says ${evidence(word, 30)}`) : known(health)
}
