// Moore Threads GPUs by `mthreads-gmi -q -j`, the only form that says power, uuid and serial number. Its table is asked
// too: for the processes, and for tools that know no JSON. accelerators.md section 5.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { wholeNumber } from '../lines.ts'
import { type Answers, answerText, type Probe, toolProbe } from '../probe.ts'
import { attachedMore, type Cells, deviceTable, indexed, isName, partsOf, shownNotes, valueWords } from './bar-table.ts'
import { withProcesses } from './process-list.ts'
import { answerWithDevices, printed } from './several-answers.ts'
import { type DeviceTable, devicesBy, sampleBy } from './tool-answer.ts'
import { celsiusCell, checkedMemory, memoryCell, pciAddressCell, percentCell, textCell, wattCell } from './values.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

const queryProbe = toolProbe('mthreads-gmi', command('mthreads-gmi', '-q', '-j'), 15)
const module = '/sys/module/mtgpu/version'
const toolkitFile = '/usr/local/musa/version.json'

const probes: readonly Probe[] = [
  queryProbe,
  toolProbe('mthreads-gmi-table', command('mthreads-gmi'), 15),
  { id: 'mthreads-driver', when: `[ -e ${module} ]`, shell: `exec cat ${module}`, deadlineSeconds: 5 },
  { id: 'mthreads-toolkit', when: `[ -e ${toolkitFile} ]`, shell: `exec cat ${toolkitFile}`, deadlineSeconds: 5 },
]

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answerWithDevices(answers, ['mthreads-gmi', 'mthreads-gmi-table'], readGmi)
  const table = (text: string): DeviceTable => {
    const { devices, notes } = readGmi(text)
    return { devices: withProcesses(devices, printed(answers, 'mthreads-gmi-table')), notes }
  }
  const versions = ['mthreads-gmi', 'mthreads-gmi-table'].map((id) => driverIn(printed(answers, id)))
  const version = versions.find((one) => one !== undefined)
  return {
    driverVersion: version === undefined ? loadedDriver(answers) : known(version),
    toolkit: toolkit(answers),
    ...devicesBy(answer, { tool: 'mthreads-gmi', onBus, table }),
  }
}

const runtime = { name: 'mthreads', variable: 'MTHREADS_VISIBLE_DEVICES' }

/** By the vendor's container runtime, which also brings the driver's libraries (its documentation). */
function container(): ContainerAccess {
  return { ...noAccess, runtime: runtime.name, environment: { [runtime.variable]: 'all' } }
}

export const mthreads: VendorReader = {
  vendor: 'mthreads',
  kind: 'gpu',
  bus: {
    vendorIds: ['1ed5'],
    // The audio function of a card has an id that ends in ff.
    isDevice: ({ deviceClass, deviceId }) => /^(?:03|12)/.test(deviceClass) && !deviceId.endsWith('ff'),
    products: {
      'MTT S30': '0102',
      'MTT S50': '0105',
      'MTT S60': '0106',
      'MTT S1000M': '0121',
      'MTT S1000': '0122',
      'MTT S2000': '0123',
      'MTT S80': '0201',
      'MTT S70': '0202',
      'MTT X300': '0211',
      'MTT S3000': '0222',
      'MTT S3000E': '0225',
      'MTT S90': '0301',
      'MTT X500': '0313',
      'MTT S4000': '0323 0327 0328',
      'MTT S5000': '0400',
    },
  },
  nodeGlobs: ['/dev/mtgpu.[0-9]*'],
  runtime,
  brings: { driver: 'musa (MT Linux Driver)', tool: 'musa (mthreads-gmi)' },
  probes,
  read,
  container,
  sampleProbe: queryProbe,
  readSample: (answer) => sampleBy(answer, 'mthreads-gmi', readGmi),
}

/** Either form: the JSON of `-q -j`, or the table. */
export function readGmi(text: string): DeviceTable {
  const whole = jsonIn(text)
  if (whole === undefined) return readTable(text)
  const { devices, notes } = readDocument(whole)
  return { devices, notes: [...attachedMore(text, devices.length), ...notes] }
}

type Fields = ReadonlyMap<string, unknown>

/** By trimmed keys in lower case: "Power Draw " has a space at its end. */
function fieldsOf(value: unknown): Fields {
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []
  return new Map(entries.map(([key, one]) => [key.trim().toLowerCase(), one]))
}

/** Warnings may stand before and after it. */
function jsonIn(text: string): Fields | undefined {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')]
  if (from < 0 || to < from) return undefined
  try {
    const whole: unknown = JSON.parse(text.slice(from, to + 1))
    return fieldsOf(whole)
  } catch {
    return undefined
  }
}

function readDocument(whole: Fields): DeviceTable {
  const list = whole.get('gpu')
  const entries: readonly unknown[] = Array.isArray(list) ? list : []
  const devices: Accelerator[] = []
  const notes: string[] = []
  for (const entry of entries.slice(0, 512)) {
    const device = queriedDevice(fieldsOf(entry))
    if (device === undefined || devices.some((one) => one.index === device.index)) notes.push(JSON.stringify(entry))
    else devices.push(device)
  }
  return { devices, notes: shownNotes(notes) }
}

type Text = (...path: readonly [string, string?]) => string | undefined

function textsOf(fields: Fields): Text {
  return (key, inner) => {
    const value = inner === undefined ? fields.get(key) : fieldsOf(fields.get(key)).get(inner)
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
  }
}

function queriedDevice(fields: Fields): Accelerator | undefined {
  const text = textsOf(fields)
  const index = wholeNumber(text('index')?.trim())
  if (index === undefined || index > 65_535 || text('product name') === undefined) return undefined
  const limit = text('power readings', 'current power limit') ?? text('power readings', 'power limit')
  const memory = (key: string) => memoryCell(text('fb memory usage', key), 'MiB')
  return {
    ...{ vendor: 'mthreads', kind: 'gpu', index, chip: 0 },
    product: textCell(text('product name')),
    uuid: optional(text('gpu uuid')),
    pciAddress: text('pci', 'bus id') === undefined ? absent : pciAddressCell(text('pci', 'bus id')),
    ...checkedMemory(memory('total'), memory('used')),
    utilizationPercent: percentCell(text('utilization', 'gpu')),
    temperatureCelsius: celsiusCell(text('temperature', 'gpu current temp')),
    powerWatts: wattCell(text('power readings', 'power draw')),
    powerLimitWatts: limit === undefined ? absent : wattCell(limit),
    health: absent,
    detail: { serial: optional(text('serial number')), firmware: optional(text('mtbios version')) },
  }
}

function optional(text: string | undefined): Reading<string> {
  return text === undefined ? absent : textCell(text)
}

function readTable(text: string): DeviceTable {
  return deviceTable(text, { opens: (cells) => cells.length === 3 && indexed(cells[0]) !== undefined, deviceOf })
}

/** Name, address, utilization and memory; then kind of device, lanes and temperature; then ECC. */
function deviceOf([first = [], second = []]: readonly Cells[]): Accelerator | undefined {
  const { index, rest } = indexed(first[0]) ?? { rest: [] }
  const [utilization, ...memory] = valueWords(first[2])
  // An instance is a part of a card that has a row of its own.
  if (index === undefined || !isName(rest) || /^MPC Instance\b/i.test(second[0] ?? '')) return undefined
  const [, used, total] = /^([^()]{1,20})\(([^()]{1,20})\)$/.exec(memory.join('')) ?? []
  return {
    ...{ vendor: 'mthreads', kind: 'gpu', index, chip: 0 },
    product: textCell(rest.join(' ')),
    uuid: absent,
    pciAddress: pciAddressCell(first[1]),
    ...checkedMemory(memoryCell(total, 'MiB'), memoryCell(used, 'MiB')),
    utilizationPercent: percentCell(utilization),
    temperatureCelsius: celsiusCell(valueWords(second[2])[0]),
    // The table has neither.
    powerWatts: absent,
    powerLimitWatts: absent,
    health: absent,
  }
}

function driverIn(text: string): string | undefined {
  const whole = jsonIn(text)
  if (whole !== undefined) return textsOf(whole)('driver version')?.trim().slice(0, 60) || undefined
  const versions = partsOf(text).devices.map((line) => /\bDriver Version:\s{0,10}(\d\S{0,50})/.exec(line)?.[1])
  return versions.find((one) => one !== undefined)
}

function loadedDriver(answers: Answers): Reading<string> {
  const text = answerText(answers, 'mthreads-driver')
  return text.state === 'known' ? textCell(text.value) : text
}

/** The version of "musa_toolkits": what the vendor's documentation calls the toolkit's version. */
function toolkit(answers: Answers): Reading<string> {
  const text = answerText(answers, 'mthreads-toolkit')
  if (text.state !== 'known') return text
  const version = textsOf(jsonIn(text.value) ?? new Map())('musa_toolkits', 'version')
  return version === undefined
    ? unreadable(`${toolkitFile}: ${evidence(text.value, 100)}`)
    : known(`MUSA ${evidence(version, 40)}`)
}
