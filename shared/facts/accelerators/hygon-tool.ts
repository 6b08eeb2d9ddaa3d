// What hy-smi (and the DTK's rocm-smi) prints: JSON that lacks commas and repeats empty keys, the same as lines
// "HCU[0] : key : value", or a table without bytes. The word DCU became HCU. accelerators.md section 3.
import type { Accelerator } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { readSmiCards, type SmiCard } from './hygon-cards.ts'
import { readHygonTable } from './hygon-table.ts'
import type { DeviceTable } from './tool-answer.ts'
import {
  celsiusCell,
  checkedMemory,
  memoryCell,
  numberCell,
  pciAddressCell,
  percentCell,
  textCell,
  wattCell,
} from './values.ts'

export function readHygonTool(text: string): DeviceTable {
  const cards = readSmiCards(text)
  if (cards.length === 0) return readHygonTable(text)
  const devices: Accelerator[] = []
  const notes: string[] = []
  for (const card of cards) {
    const device = deviceOf(card)
    if (device !== undefined) devices.push(device)
    else notes.push(evidence(`card${card.index} says nothing of a DCU: ${[...card.fields.keys()].join(', ')}`, 250))
  }
  return { devices, notes: notes.slice(0, 8) }
}

/** Undefined for a card of another maker, and for one that says nothing: it may be a piece of garbage. */
function deviceOf({ index, fields }: SmiCard): Accelerator | undefined {
  const find = (pattern: RegExp) => [...fields].find(([key]) => pattern.test(key))
  const cell = (pattern: RegExp) => find(pattern)?.[1]
  if (/\b(?:AMD|Advanced Micro)\b/i.test(`${cell(/^card vendor$/)} ${cell(/^card series$/)}`)) return undefined
  const readings = {
    ...checkedMemory(
      memoryOf(find(/^vram total memory \(\w{1,3}\)$/)),
      memoryOf(find(/^vram total used memory \(\w{1,3}\)$/)),
    ),
    utilizationPercent: percentCell(cell(/^(?:dcu|hcu|gpu) use \(%\)$/)),
    temperatureCelsius: temperatureOf(cell),
    powerWatts: wattCell(cell(/^(?:average|current socket) graphics package power \(w\)$/)),
  }
  const bus = cell(/^(?:pci bus|bus id)$/)
  const [address, serial] = bus?.split(/\s{0,9}-->\s{0,9}SN:\s{0,9}/i, 2) ?? []
  if (bus === undefined && Object.values(readings).every((one) => one.state !== 'known')) return undefined
  return {
    ...{ vendor: 'hygon', kind: 'dcu', index, chip: 0 },
    product: textCell(cell(/^card series$/)),
    uuid: textCell(cell(/^unique id$/)),
    pciAddress: pciAddressCell(address?.split(/\s/, 1)[0]),
    ...readings,
    powerLimitWatts: limitOf(cell(/^max graphics package power \(w\)$/)),
    health: healthOf(bus),
    ...detailOf(cell, serial),
  }
}

type Cell = (pattern: RegExp) => string | undefined

/** The unit stands in the key: "(MiB)", and "(B)" of an older rocm-smi. */
function memoryOf(field: readonly [string, string] | undefined): Reading<number> {
  return memoryCell(field?.[1], /\((\w{1,3})\)$/.exec(field?.[0] ?? '')?.[1] ?? '')
}

/** The edge of the die is what the tool's own table shows. */
function temperatureOf(cell: Cell): Reading<number> {
  const cells = ['edge', 'junction', 'core'].map((sensor) =>
    cell(new RegExp(`^temperature \\(sensor ${sensor}\\) \\(c\\)$`)),
  )
  return celsiusCell(cells.find((one) => one !== undefined) ?? cell(/^temperature \(c\)$/))
}

function limitOf(cell: string | undefined): Reading<number> {
  return cell === undefined ? absent : wattCell(cell)
}

/** Only `Bus Id : 0000:9f:00.0 : Healthy` says it; absent elsewhere. */
function healthOf(bus: string | undefined): Accelerator['health'] {
  const word = /\s:\s{0,9}([A-Za-z]{2,20})\s{0,9}$/.exec(bus ?? '')?.[1]
  if (word === undefined) return absent
  if (/^unhealthy$/i.test(word)) return known('alarm')
  return /^healthy$/i.test(word) ? known('ok') : unreadable(`hy-smi says ${word}`)
}

function detailOf(cell: Cell, serialOnBus: string | undefined): Pick<Accelerator, 'detail'> {
  const serial = cell(/^serial number$/) ?? serialOnBus
  const clock = (key: RegExp) => cell(key)?.replace(/[()]/g, '')
  const [core, memory] = [clock(/^sclk clock speed:?$/), clock(/^mclk clock speed:?$/)]
  const detail = {
    ...(serial === undefined ? {} : { serial: textCell(serial) }),
    ...(core === undefined ? {} : { coreClockMegahertz: numberCell(core, /^mhz$/i, [0, 20_000]) }),
    ...(memory === undefined ? {} : { memoryClockMegahertz: numberCell(memory, /^mhz$/i, [0, 20_000]) }),
  }
  return Object.keys(detail).length === 0 ? {} : { detail }
}
