// The table of `npu-smi info`: two rows a chip, recognised by the shape of their cells, because headers, widths and
// columns change between drivers (20.2 to 26.0), then the processes. accelerators.md section 2.
import type { Accelerator } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber, wordsOf } from '../lines.ts'
import { isProcessHeader, type ProcessesOf, readProcesses } from './ascend-processes.ts'
import { cellsOf } from './bar-table.ts'
import { celsiusCell, checkedMemory, memoryCell, pciAddressCell, percentCell, textCell, wattCell } from './values.ts'

type FirstRow = {
  readonly line: string
  readonly index: number
  readonly product: string
  readonly health: string
  readonly values: string
}
type SecondRow = {
  readonly chip: number | undefined
  /** What stands after the chip: its physical id under a header that says so. */
  readonly second: number | undefined
  readonly bus: string
  readonly values: string
}
type NpuTable = {
  readonly devices: Accelerator[]
  readonly version: string | undefined
  /** At most 8 rows that belong to no complete pair. */
  readonly notes: string[]
}

export function readNpuTable(text: string): NpuTable {
  const lines = boundedLines(text)
  const processesAt = lines.findIndex(isProcessHeader)
  const { chips, version, notes } = readChipRows(processesAt < 0 ? lines : lines.slice(0, processesAt))
  const processes = processesAt < 0 ? undefined : readProcesses(lines.slice(processesAt))
  const devices = chips.map((chip) => withDetail(chip, processes))
  return { devices, version, notes: notes.slice(0, 8).map((note) => evidence(note, 250)) }
}

type Chip = { readonly device: Accelerator; readonly physicalId: number | undefined }

function withDetail({ device, physicalId }: Chip, processes: ProcessesOf | undefined): Accelerator {
  const detail = {
    ...(physicalId === undefined ? {} : { node: known(nodeOf(physicalId)) }),
    ...(processes === undefined ? {} : { processes: processes(device) }),
  }
  return Object.keys(detail).length === 0 ? device : { ...device, detail }
}

/** Of a chip by its physical id. */
export function nodeOf(physicalId: number): string {
  return `/dev/davinci${physicalId}`
}

function readChipRows(lines: readonly string[]): { chips: Chip[]; version: string | undefined; notes: string[] } {
  const chips: Chip[] = []
  const notes: string[] = []
  let version: string | undefined
  let first: FirstRow | undefined
  let namesPhysicalId = false
  for (const line of lines) {
    if (chips.length >= 512) break
    version ??= /\bnpu-smi\b.{0,80}?\bVersion:\s{0,20}(\S{1,60})/.exec(line)?.[1]
    const cells = cellsOf(line)
    namesPhysicalId ||= /^Chip\s{1,20}Phy(?:sical)?[- ]?ID$/i.test(cells[0] ?? '')
    const next = firstRowOf(line, cells)
    const second = next === undefined && first !== undefined ? secondRowOf(cells) : undefined
    if (next === undefined && second === undefined) continue
    if (next !== undefined && first !== undefined) notes.push(first.line)
    const device = second !== undefined && first !== undefined ? deviceOf(first, second, chips) : undefined
    if (device !== undefined) chips.push({ device, physicalId: namesPhysicalId ? second?.second : undefined })
    else if (first !== undefined && second !== undefined) notes.push(first.line)
    first = next
  }
  if (first !== undefined) notes.push(first.line)
  return { chips, version, notes }
}

/** `0 910B4 | OK | 91.8 36 0 / 0`, or on 950 `0 | Ascend950PR | OK | ...`. */
function firstRowOf(line: string, cells: readonly string[]): FirstRow | undefined {
  const [id = '', name = '', ...rest] = cells.length === 4 ? cells : [...split(cells[0] ?? ''), ...cells.slice(1)]
  const [health = '', values = '', ...more] = rest
  const index = wholeNumber(id)
  if (index === undefined || index > 1e9 || more.length > 0 || values === '') return undefined
  if (!/^[A-Za-z]{2,12}$/.test(health) || !/^[A-Za-z0-9].{0,60}$/.test(name)) return undefined
  // A chip that is on no bus: its second row has two numbers and NA.
  if (/^NA$/i.test(health) && wholeNumber(name) !== undefined) return undefined
  return { line, index, product: name, health, values }
}

/** `0 [2] | 0000:C1:00.0 | 0 0 / 0 2871 / 32768`; on 950 the first cells are blank, on some the bus is NA. */
function secondRowOf(cells: readonly string[]): SecondRow | undefined {
  const numbers = wordsOf(cells.slice(0, -2).join(' '))
  const [bus = '', values = ''] = cells.slice(-2)
  const chip = wholeNumber(numbers[0])
  if (cells.length < 3 || cells.length > 4 || numbers.length > 2) return undefined
  if (numbers.some((number) => wholeNumber(number) === undefined)) return undefined
  // A bus without address could stand in any row: then a pair of numbers must follow.
  const addressed = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i.test(bus)
  if (!addressed && !(/^(?:NA|-)$/i.test(bus) && values.includes('/'))) return undefined
  const second = wholeNumber(numbers[1])
  return chip !== undefined && chip > 64 ? undefined : { chip, second, bus, values }
}

/** A first cell of id and name. */
function split(cell: string): [string, string] {
  const at = cell.search(/[ \t]/)
  return at < 0 ? [cell, ''] : [cell.slice(0, at), cell.slice(at).trim()]
}

/** Undefined when an earlier pair already was this chip: then the layout was not understood. */
function deviceOf(first: FirstRow, second: SecondRow, before: readonly Chip[]): Accelerator | undefined {
  const chips = before.flatMap(({ device }) => (device.index === first.index ? [device.chip] : []))
  const chip = second.chip ?? chips.length
  if (chips.includes(chip)) return undefined
  const [power, temperature] = wordsOf(withoutPairs(first.values))
  return {
    vendor: 'ascend',
    kind: 'npu',
    index: first.index,
    chip,
    product: textCell(first.product),
    uuid: absent,
    pciAddress: pciAddressCell(second.bus),
    ...memoryOf(second.values),
    // Some drivers print no such column: what is left is then nothing, not a number of the memory.
    utilizationPercent: percentCell(wordsOf(withoutPairs(second.values))[0]),
    temperatureCelsius: celsiusCell(temperature),
    // Of two dies only the first prints a number, for the whole module.
    powerWatts: wattCell(power),
    powerLimitWatts: absent,
    health: healthOf(first.health),
  }
}

// Numbers may be glued: "61125/65536".
const pairs = /(\d{1,9})\s{0,20}\/\s{0,20}(\d{1,9})/g

function withoutPairs(values: string): string {
  return values.replace(pairs, ' ')
}

/** The LAST pair is the chip's own memory: HBM where there is one, else DDR. */
function memoryOf(values: string): Pick<Accelerator, 'memoryTotalBytes' | 'memoryUsedBytes'> {
  const pair = [...values.matchAll(pairs)].at(-1)
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
