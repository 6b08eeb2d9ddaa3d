// The table that several makers took over from nvidia-smi: two or three rows a device between bars, and the processes
// in a second table. Recognised by what the cells hold, because widths and words differ from driver to driver.
import type { Accelerator } from '../../domain/accelerator.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber, wordsOf } from '../lines.ts'
import { cellsOf, shownNotes } from './bar-table.ts'
import { withProcesses } from './process-list.ts'
import {
  celsiusCell,
  checkedMemory,
  countCell,
  memoryCell,
  numberCell,
  pciAddressCell,
  percentCell,
  textCell,
  wattCell,
} from './values.ts'

export type SmiTable = {
  readonly devices: Accelerator[]
  readonly driverVersion: Reading<string>
  /** At most 8 lines that belong to no complete device: what the tool said about one it lost. */
  readonly notes: string[]
}

type Maker = Pick<Accelerator, 'vendor' | 'kind'>

const deviceLimit = 256
const trouble = /\b(?:error|fail(?:ed|ure)?|unable|lost|fallen|denied|hang|warning)\b/i

/** Total. A device is its first row (index, name, address) and the row of values right below it. */
export function readSmiTable(text: string, maker: Maker): SmiTable {
  const lines = boundedLines(text)
  const devices: Accelerator[] = []
  const notes: string[] = []
  let version: string | undefined
  let first: FirstRow | undefined
  const end = lines.findIndex((line) => /^\W{0,20}(?:Processes|MIG devices):/i.test(line))
  for (const line of end < 0 ? lines : lines.slice(0, end)) {
    version ??= /Driver Version\s{0,10}:\s{0,20}(\S{1,60})/i.exec(line)?.[1]
    const cells = cellsOf(line)
    if (cells.length < 2 && trouble.test(line)) notes.push(line)
    if (cells.length < 3 || devices.length >= deviceLimit) continue
    const next = firstRowOf(line, cells)
    if (first !== undefined && next !== undefined) notes.push(first.line)
    if (first !== undefined && next === undefined) devices.push(deviceOf(first, cells, maker))
    const again = next !== undefined && devices.some((one) => one.index === next.index)
    if (again) notes.push(line)
    first = again ? undefined : next
  }
  if (first !== undefined) notes.push(first.line)
  return {
    devices: withProcesses(devices, text),
    driverVersion: version === undefined ? unreadable('the tool printed no driver version') : textCell(version),
    notes: shownNotes(notes),
  }
}

/** `used / total`, `81W/400W`, `0 / 32768 MB`, `N/A / N/A`: the last pair of a text. */
export function pairOf(text: string): readonly [string, string] | undefined {
  const numbers = /(\d[\d.]{0,11}\s?[A-Z]{0,3})\s{0,12}\/\s{0,12}(\d[\d.]{0,11}\s?[A-Z]{0,3})\s{0,40}$/i.exec(text)
  const words = numbers ?? /(?:^|\s)(\S{1,14})\s{1,12}\/\s{1,12}(\S{1,14})\s{0,40}$/.exec(text)
  return words === null ? undefined : [(words[1] ?? '').trim(), (words[2] ?? '').trim()]
}

/** Of such a pair; a unit that stands only behind the total is of both. */
export function memoryPair(text: string): Pick<Accelerator, 'memoryTotalBytes' | 'memoryUsedBytes'> {
  const pair = pairOf(text)
  if (pair === undefined) {
    const word = numberCell(wordsOf(text)[0], /^$/, [0, 0])
    const reading = word.state === 'absent' ? absent : unreadable('no pair of numbers')
    return { memoryTotalBytes: reading, memoryUsedBytes: reading }
  }
  const unit = /[a-z]+$/i.exec(pair[1])?.[0] ?? ''
  return checkedMemory(memoryCell(pair[1], unit), memoryCell(pair[0], unit))
}

type FirstRow = {
  readonly line: string
  readonly index: number
  readonly name: string
  readonly address: string
  readonly errors: Reading<number>
}

/** `0  P800 OAM  N/A | 00000000:03:00.0 N/A | 0`: the last word of the first cell is the persistence mode. */
function firstRowOf(line: string, [head = '', place = '', state = '']: readonly string[]): FirstRow | undefined {
  const match = /^(\d{1,5})\s{1,20}(\S.{0,80})$/.exec(head)
  const address = wordsOf(place).find((word) => /^(?:[0-9a-f]{4,8}:)?[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/i.test(word))
  const index = wholeNumber(match?.[1])
  if (match?.[2] === undefined || address === undefined || index === undefined) return undefined
  const words = wordsOf(match[2])
  const name =
    words.length > 1 && /^(?:N\/A|On|Off|Enabled|Disabled)$/i.test(words.at(-1) ?? '') ? words.slice(0, -1) : words
  return { line, index, name: name.join(' '), address, errors: errorsOf(state) }
}

/** Uncorrected errors since the driver was loaded. */
function errorsOf(cell: string): Reading<number> {
  const word = wordsOf(cell).at(-1)
  if (/^(?:off|disabled)$/i.test(word ?? '')) return absent
  return countCell(word)
}

/** `N/A  37C  N/A  88W / 400W | 0MiB / 98304MiB | 0%  Default`. */
function deviceOf(
  first: FirstRow,
  [sensors = '', memory = '', load = '']: readonly string[],
  maker: Maker,
): Accelerator {
  const power = pairOf(sensors)
  const degrees = /(?:^|\s)(-?\d{1,3}(?:\.\d{1,2})?\s?(?:[\u00b0\ufffd]{0,3}\s?C|\u2103))(?:\s|$)/i.exec(sensors)?.[1]
  const percent = /(?:^|\s)(\d{1,3}(?:\.\d{1,3})?\s?%)/.exec(load)?.[1]
  return {
    ...maker,
    index: first.index,
    chip: 0,
    product: textCell(first.name),
    uuid: absent,
    pciAddress: pciAddressCell(first.address),
    ...memoryPair(memory),
    utilizationPercent: percentCell(percent ?? wordsOf(load)[0]),
    temperatureCelsius: celsiusCell(degrees ?? wordsOf(sensors)[1]),
    powerWatts: wattCell(power?.[0] ?? wordsOf(sensors).at(-1)),
    powerLimitWatts: wattCell(power?.[1] ?? wordsOf(sensors).at(-1)),
    health: healthOf(first.errors, `${sensors} ${load}`),
    ...(first.errors.state === 'known' ? { detail: { uncorrectedMemoryErrors: first.errors } } : {}),
  }
}

/** No such table has a word for health: only its count of errors says something. */
function healthOf(errors: Reading<number>, cells: string): Accelerator['health'] {
  if (/ERR!/.test(cells)) return unreadable('the tool printed ERR!')
  if (errors.state === 'known') return known(errors.value === 0 ? 'ok' : 'warning')
  return errors
}
