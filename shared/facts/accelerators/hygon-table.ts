// The table of hy-smi: one row a card, columns by the words of the header, because Fan, Dec% and Enc% come and go.
// Of memory it says a percentage and no size.
import type { Accelerator } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber, wordsOf } from '../lines.ts'
import type { DeviceTable } from './tool-answer.ts'
import { celsiusCell, percentCell, wattCell } from './values.ts'

export function readHygonTable(text: string): DeviceTable {
  const lines = boundedLines(text)
  const at = lines.findIndex(isHeader)
  if (at < 0) return { devices: [], notes: [] }
  const columns = wordsOf(lines[at] ?? '').map((word) => word.toLowerCase())
  const devices: Accelerator[] = []
  const notes: string[] = []
  for (const line of lines.slice(at + 1, at + 1 + 512)) {
    const words = wordsOf(line)
    const index = wholeNumber(words[0])
    if (index === undefined) continue
    const isRow = words.length === columns.length && index <= 65_535 && !devices.some((one) => one.index === index)
    if (isRow) devices.push(deviceOf(index, new Map(columns.map((column, place) => [column, words[place] ?? '']))))
    else notes.push(evidence(line, 250))
  }
  return { devices, notes: notes.slice(0, 8) }
}

function isHeader(line: string): boolean {
  const [unit = '', ...columns] = wordsOf(line)
  return /^(?:DCU|HCU|GPU)$/.test(unit) && columns.includes('Temp') && columns.includes(`${unit}%`)
}

function deviceOf(index: number, cells: ReadonlyMap<string, string>): Accelerator {
  const noSize = unreadable('the table of hy-smi gives memory in percent only')
  const use = [...cells.keys()].find((column) => /^(?:dcu|hcu|gpu)%$/.test(column)) ?? ''
  const noColumn = unreadable('the tool printed no such column')
  return {
    ...{ vendor: 'hygon', kind: 'dcu', index, chip: 0 },
    ...{ product: noColumn, uuid: noColumn, pciAddress: noColumn },
    ...{ memoryTotalBytes: noSize, memoryUsedBytes: noSize },
    utilizationPercent: percentCell(cells.get(use)),
    temperatureCelsius: celsiusCell(cells.get('temp')),
    powerWatts: wattCell(cells.get('avgpwr')),
    powerLimitWatts: wattCell(cells.get('pwrcap')),
    health: healthOf(cells.get('mode')),
  }
}

/** The mode of a card that works is "Normal". */
function healthOf(mode: string | undefined): Accelerator['health'] {
  if (mode === undefined) return absent
  return /^normal$/i.test(mode) ? known('ok') : unreadable(`hy-smi says mode ${evidence(mode, 30)}`)
}
