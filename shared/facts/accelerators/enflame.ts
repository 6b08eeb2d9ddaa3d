// Enflame GCUs by `efsmi -q`, the only output with the used memory in bytes. The tables of drivers 1.2 to 1.7 and the
// columns of -dmon are read too: who asks a technician for "efsmi" gets one of those. accelerators.md section 10.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber, wordsOf } from '../lines.ts'
import { type Answers, toolProbe } from '../probe.ts'
import { cellsOf } from './bar-table.ts'
import { type DeviceTable, devicesBy, sampleBy, versionBy } from './tool-answer.ts'
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
import type { VendorFindings, VendorReader } from './vendor.ts'

const maker = { vendor: 'enflame', kind: 'gcu' } as const
const queryProbe = toolProbe('efsmi', command('efsmi', '-q'), 15)

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answers.get(queryProbe.id)
  return {
    driverVersion: versionBy(answer, 'efsmi', driverVersionIn),
    ...devicesBy(answer, { tool: 'efsmi', onBus, table: readGcus }),
  }
}

/** By the vendor's runtime, which also mounts its libraries. */
function container(): ContainerAccess {
  return { ...noAccess, runtime: 'enflame' }
}

export const enflame: VendorReader = {
  ...maker,
  bus: {
    vendorIds: ['1e36'],
    isDevice: ({ deviceClass }) => /^(?:030|038|120)/.test(deviceClass),
    products: {
      'CloudBlazer T10': '0001',
      'CloudBlazer T11': '0002',
      'CloudBlazer T20': '0021 0022',
      'CloudBlazer T21': '0023 0024',
      'CloudBlazer I20': '8001',
      'CloudBlazer I10': '8011',
      S6: '8031 8032',
      S30: 'c031',
      S90: 'c032',
      S60G: 'c033',
      S60: 'c035',
      L300: 'c041',
      L600: 'c042',
    },
  },
  nodeGlobs: ['/dev/gcu[0-9]*'],
  brings: { driver: 'TopsRider_*.run --driver', tool: 'TopsRider_*.run (efsmi)' },
  probes: [queryProbe],
  read,
  container,
  sampleProbe: queryProbe,
  readSample: (answer) => sampleBy(answer, 'efsmi', readGcus),
}

/** `Driver Ver: 1.2.0.301` of the table, `Ver : 1.4.3.4` under "Driver Info" of -q. */
function driverVersionIn(text: string): Reading<string> {
  const head = text.slice(0, 20_000)
  const version =
    /Driver Ver\s{0,10}:\s{0,20}(\d[\w.]{0,40})/i.exec(head)?.[1] ??
    /Driver Info\s{1,40}Ver\s{0,40}:\s{0,20}(\d[\w.]{0,40})/i.exec(head)?.[1]
  return version === undefined ? unreadable('the tool printed no driver version') : known(version)
}

/** Total: whichever of the three layouts it is. */
function readGcus(text: string): DeviceTable {
  const lines = boundedLines(text)
  for (const layout of [readBlocks, readTable, readColumns]) {
    const devices: Accelerator[] = []
    const notes: string[] = []
    for (const { device, line } of layout(lines)) {
      if (device === undefined || devices.some((one) => one.index === device.index)) notes.push(line)
      else if (devices.length < 256) devices.push(device)
    }
    if (devices.length > 0) return { devices, notes: notes.slice(0, 8).map((note) => evidence(note, 250)) }
  }
  return { devices: [], notes: [] }
}

type Row = { readonly device: Accelerator | undefined; readonly line: string }

/** What a layout prints of a device; a cell it does not have is undefined. */
type Printed = {
  readonly index: number
  readonly product?: string | undefined
  readonly uuid?: string | undefined
  readonly address?: string | undefined
  readonly total?: string | undefined
  readonly used?: Reading<number>
  readonly load?: string | undefined
  readonly degrees?: string | undefined
  readonly watts?: string | undefined
  readonly wattLimit?: string | undefined
  readonly health?: Accelerator['health']
  readonly serial?: string | undefined
  readonly firmware?: string | undefined
  readonly memoryClock?: string | undefined
}

function deviceOf(printed: Printed): Accelerator {
  const [serial, firmware] = [textCell(printed.serial), textCell(printed.firmware)]
  const clock = numberCell(printed.memoryClock, /^MHz$/i, [0, 1e6])
  const detail = {
    ...(serial.state === 'known' ? { serial } : {}),
    ...(firmware.state === 'known' ? { firmware } : {}),
    ...(clock.state === 'known' ? { memoryClockMegahertz: clock } : {}),
  }
  return {
    ...maker,
    index: printed.index,
    chip: 0,
    product: textCell(printed.product),
    uuid: textCell(printed.uuid),
    pciAddress: pciAddressCell(printed.address),
    ...checkedMemory(memoryCell(printed.total, 'MiB'), printed.used ?? unreadable('the tool printed no such column')),
    utilizationPercent: percentCell(printed.load),
    temperatureCelsius: celsiusCell(printed.degrees),
    powerWatts: wattCell(printed.watts),
    powerLimitWatts: wattCell(printed.wattLimit),
    health: printed.health ?? absent,
    ...(Object.keys(detail).length > 0 ? { detail } : {}),
  }
}

/** `DEV ID 0` and the indented pairs below it. Keys of driver 1.4: "Used Size"; before it: "Mem Usage". */
function readBlocks(lines: readonly string[]): Row[] {
  const blocks: { readonly index: number; readonly line: string; readonly pairs: Map<string, string> }[] = []
  for (const line of lines) {
    const index = wholeNumber(/^\s{0,20}DEV\s{1,4}ID\s{0,20}:?\s{0,20}(\d{1,4})\s{0,20}$/i.exec(line)?.[1])
    if (index !== undefined) blocks.push({ index, line, pairs: new Map() })
    const colon = line.indexOf(':')
    const pairs = blocks.at(-1)?.pairs
    if (colon < 1 || pairs === undefined || pairs.size > 200) continue
    const key = line.slice(0, colon).trim().toLowerCase()
    if (!pairs.has(key)) pairs.set(key, line.slice(colon + 1).trim())
  }
  // The word alone is no device: something of it must be said.
  return blocks.map(({ index, line, pairs }) => ({
    line,
    device: ['total size', 'mem size', 'gcu temp', 'dev name'].some((key) => pairs.has(key))
      ? deviceOf(blockOf(index, pairs))
      : undefined,
  }))
}

function blockOf(index: number, pairs: ReadonlyMap<string, string>): Printed {
  const place = ['domain', 'bus', 'dev', 'func'].map((key) => pairs.get(key)?.replace(/^0x/i, ''))
  const [domain, bus, device, unit] = place
  const health = pairs.get('health')
  return {
    index,
    product: pairs.get('dev name'),
    uuid: pairs.get('dev uuid'),
    // Printed in hex, as all of PCI.
    address: bus === undefined ? undefined : `${domain?.padStart(4, '0')}:${bus.padStart(2, '0')}:${device}.${unit}`,
    total: pairs.get('total size') ?? pairs.get('mem size'),
    used: memoryCell(pairs.get('used size') ?? pairs.get('mem usage'), 'MiB'),
    load: pairs.get('gcu usage'),
    // Its degree sign may be lost in the terminal's coding.
    degrees: pairs.get('gcu temp')?.replace(/[?\ufffd]{1,3}$/, 'C'),
    watts: pairs.get('cur power'),
    wattLimit: pairs.get('power capa'),
    health: health === undefined ? absent : healthOf(health),
    serial: pairs.get('dev sn'),
    firmware: pairs.get('fw ver'),
    memoryClock: pairs.get('mem clk'),
  }
}

function healthOf(word: string): Accelerator['health'] {
  if (/^true$/i.test(word)) return known('ok')
  return /^false$/i.test(word) ? known('alarm') : unreadable(`efsmi says ${evidence(word, 30)}`)
}

/** Two rows a device: `0  S60 | 33.6.2 | 00:01:00.0 Disable` and `39 C Sleep 105W 300W | 49120MiB Disable | 0.0% SN`. */
function readTable(lines: readonly string[]): Row[] {
  const rows: Row[] = []
  let first: { readonly line: string; readonly printed: Printed } | undefined
  for (const line of lines) {
    const cells = cellsOf(line)
    if (cells.length !== 3) continue
    const [head = '', middle = '', last = ''] = cells
    const match = /^(\d{1,4})\s{1,20}([A-Za-z]\S{0,30}(?: \S{1,30}){0,3})$/.exec(head)
    const address = /(?:^|\s)([0-9a-f]{2,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])(?:\s|$)/i.exec(last)?.[1]
    if (first !== undefined) {
      const complete = match === null || address === undefined
      rows.push({ line: first.line, device: complete ? deviceOf({ ...first.printed, ...valuesOf(cells) }) : undefined })
    }
    const index = wholeNumber(match?.[1])
    // Domains have two digits here.
    const padded = address?.replace(/^([0-9a-f]{2,3}):/i, (_whole, domain: string) => `${domain.padStart(4, '0')}:`)
    first =
      index === undefined || padded === undefined
        ? undefined
        : { line, printed: { index, product: match?.[2], address: padded, firmware: middle } }
  }
  return rows
}

function valuesOf([sensors = '', memory = '', load = '']: readonly string[]): Omit<Printed, 'index'> {
  const power = /(\d{1,5}(?:\.\d{1,2})?\s?W)\s{0,10}\/?\s{0,10}(\d{1,5}(?:\.\d{1,2})?\s?W)?$/i.exec(sensors)
  const none = wordsOf(sensors).at(-1)
  return {
    uuid: '-',
    // The degree sign may be lost in the terminal's coding, with or without its letter.
    degrees: /^(-?\d{1,3})\s?[^\d\s.%/ABD-Zabd-z]{0,8}\s/.exec(`${sensors} `)?.[1] ?? wordsOf(sensors)[0],
    watts: power?.[1] ?? none,
    wattLimit: power === null ? none : power[2],
    total: /^\d{1,8}\s?[KMG]i?B/i.exec(memory)?.[0] ?? wordsOf(memory)[0],
    load: wordsOf(load)[0],
    serial: wordsOf(load)[1],
  }
}

/** `-dmon`: columns by the names of the header, a line per device and tick; the last tick counts. */
function readColumns(lines: readonly string[]): Row[] {
  const at = lines.findIndex((line) => /^\s{0,4}\*\s?Dev\s/i.test(line))
  const header = wordsOf(lines[at] ?? '').map((name) => name.replace('*', '').toLowerCase())
  const rows = new Map<number, Row>()
  for (const line of at < 0 ? [] : lines.slice(at + 1)) {
    const words = wordsOf(line)
    const index = wholeNumber(words[0])
    if (index === undefined || index > 9999 || words.length !== header.length) continue
    const cell = (name: string) => words[header.indexOf(name)]
    const device = deviceOf({
      index,
      total: cell('mem'),
      used: unreadable(`printed only as ${evidence(cell('mused') ?? '', 20)} %`),
      load: cell('dused'),
      degrees: cell('dtemp'),
      watts: cell('pwr'),
    })
    rows.set(index, { line, device })
  }
  return [...rows.values()]
}
