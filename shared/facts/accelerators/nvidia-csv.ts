// `nvidia-smi --query-gpu=... --format=csv[,nounits]` with its header line: columns are found by name, because their
// units and null words change between drivers. accelerators.md sections 0 and 1.
import type { Accelerator } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber } from '../lines.ts'
import { celsiusCell, checkedMemory, memoryCell, pciAddressCell, percentCell, textCell, wattCell } from './values.ts'

type Column = { readonly at: number; readonly unit: string }
type Header = {
  readonly columns: ReadonlyMap<string, Column>
  /** Of all that was printed: a column that is not understood takes its place too. */
  readonly width: number
}
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

type Csv = { readonly header: Header; readonly rows: string[]; readonly others: string[] }

/** Header by names ("memory.total [MiB]"), the lines after it, and what was said before it. */
function csvOf(text: string): Csv {
  const lines = boundedLines(text).filter((line) => line.trim() !== '')
  const at = lines.findIndex((line) => headerOf(line).columns.has('index'))
  if (at < 0) return onlyRow(lines) ?? { header: headerOf(''), rows: [], others: lines }
  return { header: headerOf(lines[at] ?? ''), rows: lines.slice(at + 1, at + 1 + 256), others: lines.slice(0, at) }
}

/** Fields of `nvidia-smi --help-query-gpu` other than the index: a word that is none may be what is left of it. */
const otherField =
  /^(?:(?:gpu_)?(?:name|uuid|serial|bus_id)|timestamp|driver_version|count|vbios_version|pstate|fan\.speed|compute_(?:cap|mode)|(?:persistence|display|mig)[._].+|(?:pci|pcie|memory|utilization|temperature|power|clocks|ecc|ecc\..+|clocks_(?:throttle|event)_reasons|enforced|encoder|inforom)\..+)$/

/** A query without the index still tells of a machine with one GPU; of two rows nobody knows which is which. */
function onlyRow(lines: readonly string[]): Csv | undefined {
  const [first = '', row = ''] = lines
  const header = headerOf(`${first}, index`)
  const { columns, width } = header
  const isWhole = columns.size === width && row.split(',').length === width - 1
  if (lines.length !== 2 || !isWhole || !columns.has('name') || !columns.has('memory.total')) return undefined
  if ([...columns.keys()].some((name) => name !== 'index' && !otherField.test(name))) return undefined
  return { header, rows: [`${row}, 0`], others: [] }
}

function headerOf(line: string): Header {
  const cells = line.split(',')
  const columns = new Map<string, Column>()
  for (const [at, cell] of cells.entries()) {
    const match = /^([a-z][a-z0-9_.]*)(?: \[(.{1,8})\])?$/i.exec(cell.trim())
    if (match?.[1] !== undefined) columns.set(match[1].toLowerCase(), { at, unit: match[2] ?? '' })
  }
  return { columns, width: cells.length }
}

type Cells = ReadonlyMap<string, { readonly text: string; readonly unit: string }>

/** Cells by column name. A comma inside the product name is the only reason for more cells than columns. */
function cellsOf(row: string, { columns, width }: Header): Cells | undefined {
  const cells = row.split(',').map((cell) => cell.trim())
  const extra = cells.length - width
  const nameAt = columns.get('name')?.at
  if (extra < 0 || (extra > 0 && nameAt === undefined)) return undefined
  if (nameAt !== undefined) cells.splice(nameAt, extra + 1, cells.slice(nameAt, nameAt + extra + 1).join(', '))
  return new Map([...columns].map(([name, { at, unit }]) => [name, { text: cells[at] ?? '', unit }]))
}

/** Undefined where the row has no index: it is no device row. */
function deviceOf(cells: Cells): Accelerator | undefined {
  const text = (name: string) => cells.get(name)?.text
  const memory = (name: string) => memoryCell(text(name), cells.get(name)?.unit ?? '')
  const index = wholeNumber(text('index'))
  if (index === undefined || index > 65_535) return undefined
  const readings = {
    ...checkedMemory(memory('memory.total'), memory('memory.used')),
    utilizationPercent: percentCell(text('utilization.gpu')),
    temperatureCelsius: celsiusCell(text('temperature.gpu')),
    powerWatts: wattCell(text('power.draw')),
    powerLimitWatts: wattCell(text('power.limit')),
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
    ...(sharesMemory(text('name') ?? '', readings.memoryTotalBytes)
      ? { detail: { sharesHostMemory: known(true) } }
      : {}),
    health: healthOf(
      [...cells.values()].map((cell) => cell.text),
      Object.values(readings),
    ),
  }
}

/** GB10, Thor and their like print no total. So does a partitioned GPU inside a container, whose memory is its own. */
export function sharesMemory(product: string, total: Reading<number>): boolean {
  return total.state === 'absent' && /\b(?:GB10|Thor|Orin|GH200)\b/i.test(product)
}

/** nvidia-smi prints no health word: a device whose sensors answer and that asks for no reset is ok. */
function healthOf(cells: readonly string[], readings: readonly Reading<number>[]): Accelerator['health'] {
  if (cells.some((cell) => /^\[(?:GPU requires reset|GPU is lost)\]$/i.test(cell))) return known('critical')
  return readings.some((one) => one.state === 'known')
    ? known('ok')
    : unreadable('no value of this device could be read')
}
