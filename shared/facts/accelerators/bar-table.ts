// Tables that the tools of several vendors draw alike: cells between bars, two or three rows a device, then the list
// of processes. Widths, borders and the spaces before units change from release to release, so a cell is taken apart
// by its words and never by its column.
import type { Accelerator } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { boundedLines, wholeNumber, wordsOf } from '../lines.ts'
import type { DeviceTable } from './tool-answer.ts'
import { checkedMemory, memoryCell } from './values.ts'

export type Cells = readonly string[]

/**
 * The cells of a line by its bars; the outer ones are no cells. Empty for a line without a bar. What stands before the
 * bars of a row that ends with one is where the line came from: a prefix of a log.
 */
export function cellsOf(line: string): string[] {
  const trimmed = line.trim()
  if (!trimmed.includes('|') || /^\|[-=+]/.test(trimmed)) return []
  const cells = trimmed.split('|', 16).map((cell) => cell.trim())
  const ends = trimmed.endsWith('|')
  return cells.slice(ends || trimmed.startsWith('|') ? 1 : 0, ends ? -1 : undefined)
}

const processesBegin = /^[\s|]{0,20}process(?:es)?\s{0,5}:/i

/** The lines before and after the one that says "Processes:". */
export function partsOf(text: string): { devices: string[]; processes: string[] | undefined } {
  const lines = boundedLines(text)
  const at = lines.findIndex((line) => processesBegin.test(line))
  return at < 0
    ? { devices: lines, processes: undefined }
    : { devices: lines.slice(0, at), processes: lines.slice(at + 1) }
}

export type TableLayout = {
  /** Whether a row begins a device. */
  readonly opens: (cells: Cells) => boolean
  /** `rows`: the first one and at most three that follow it. Undefined for what is no device of its own. */
  readonly deviceOf: (rows: readonly Cells[]) => Accelerator | undefined
}

const deviceLimit = 512
const trouble = /\b(?:error|fail(?:ed|ure)?|unable|cannot|lost|timed? ?out|not (?:found|available|responding))\b/i

/** Total. A device whose index an earlier one has is none: then the layout was not understood. */
export function deviceTable(text: string, { opens, deviceOf }: TableLayout): DeviceTable {
  const notes: string[] = []
  const blocks: { line: string; rows: Cells[] }[] = []
  for (const line of partsOf(text).devices) {
    const cells = cellsOf(line)
    if (cells.length > 0 && blocks.length < deviceLimit && opens(cells)) blocks.push({ line, rows: [cells] })
    else if (cells.length > 0) addRow(blocks.at(-1)?.rows, cells)
    else if (trouble.test(line)) notes.push(line)
  }
  const devices: Accelerator[] = []
  const seen = new Set<number>()
  for (const { line, rows } of blocks) {
    const device = deviceOf(rows)
    if (device === undefined || seen.has(device.index)) notes.push(line)
    else devices.push(device)
    if (device !== undefined) seen.add(device.index)
  }
  return { devices, notes: shownNotes(notes) }
}

function addRow(rows: Cells[] | undefined, cells: Cells): void {
  if (rows !== undefined && rows.length < 4 && !cells.some((cell) => /^[-=+]{3}/.test(cell))) rows.push(cells)
}

/** The tool's own line "Attached GPUs : 8", where it counts more than it shows. */
export function attachedMore(text: string, shown: number): string[] {
  const [line, count] = /\bAttached GPUs"?\s{0,80}:\s{0,10}"?(\d{1,4})\b/i.exec(text.slice(0, 10_000)) ?? []
  return line !== undefined && Number(count) > shown ? [line.replace(/["\s]{1,90}/g, ' ')] : []
}

export function shownNotes(notes: readonly string[]): string[] {
  return notes.slice(0, 8).map((note) => evidence(note, 250))
}

/** Whether words may be a product's name; N/A and numbers are none. */
export function isName(words: readonly string[]): boolean {
  const name = words.join(' ')
  return /^[A-Za-z][\w-]/.test(name) && !/^NA\b/i.test(name)
}

/** A cell that begins with an index: "0    MetaX C500". */
export function indexed(cell: string | undefined): { index: number; rest: string[] } | undefined {
  const [first, ...rest] = wordsOf(cell ?? '')
  const index = wholeNumber(first)
  return index === undefined || index > 65_535 ? undefined : { index, rest }
}

/**
 * Words of a cell of values, units and pairs glued to their numbers: "0%  32C  30 W/ 150 W" is 0%, 32C, 30W/150W,
 * and "N/A / N/A" is NA/NA.
 */
export function valueWords(cell: string | undefined): string[] {
  const glued = (cell ?? '')
    .replace(/\bN\/A\b/gi, 'NA')
    .replace(/(\d)\s{1,20}(?=(?:%|W|[KMGT]i?B|[\u00b0\ufffd]{0,2}C|\u2103|MHz)(?:[\s/()]|$))/gi, '$1')
    .replace(/\s{0,20}\/\s{0,20}/g, '/')
  return wordsOf(glued)
}

/** The sides of "858/65536MiB"; undefined where no word is a pair. */
export function pairIn(words: readonly string[]): [string, string] | undefined {
  const pair = words.find((word) => word.includes('/'))
  const at = pair?.indexOf('/') ?? -1
  return pair === undefined ? undefined : [pair.slice(0, at), pair.slice(at + 1)]
}

/** Used and total as "0 MiB/ 23308 MiB" or "858/65536 MiB": a number without a unit has the other's. */
export function memoryPair(cell: string | undefined): Pick<Accelerator, 'memoryTotalBytes' | 'memoryUsedBytes'> {
  const [used, total] = pairIn(valueWords(cell)) ?? []
  const unit = /[A-Za-z]{2,3}$/.exec(total ?? '')?.[0] ?? 'MiB'
  return checkedMemory(memoryCell(total, 'MiB'), memoryCell(used, unit === 'NA' ? 'MiB' : unit))
}
