// Iluvatar CoreX GPUs by the table of ixsmi, two rows a chip: of its forms the only one with real recordings, and the
// one that has the power. Query and `-q` add uuid, serial number and firmware. accelerators.md section 7.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { type Command, command } from '../../domain/command.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber } from '../lines.ts'
import { type Answers, answerText, type Probe, toolProbe } from '../probe.ts'
import {
  type Cells,
  deviceTable,
  indexed,
  isName,
  memoryPair,
  pairIn,
  partsOf,
  shownNotes,
  valueWords,
} from './bar-table.ts'
import { csvTable } from './csv-table.ts'
import { withProcesses } from './process-list.ts'
import { answerWithDevices, printed, withDetail } from './several-answers.ts'
import { type DeviceTable, devicesBy, sampleBy } from './tool-answer.ts'
import { celsiusCell, checkedMemory, memoryCell, numberCell, pciAddressCell, percentCell, textCell } from './values.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

const home = '/usr/local/corex'
const smiProbe = (id: string, call: Command) =>
  toolProbe(id, call, 15, `export LD_LIBRARY_PATH=${home}/lib:${home}/lib64\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}`)

const asked = ['index', 'name', 'uuid', 'memory.total', 'memory.used', 'utilization.gpu', 'temperature.gpu']
const tableProbe = smiProbe('ixsmi', command('ixsmi'))

const probes: readonly Probe[] = [
  tableProbe,
  smiProbe('ixsmi-query', command('ixsmi', '--format=csv,noheader', `--query-gpu=${asked.join(',')}`)),
  smiProbe('ixsmi-details', command('ixsmi', '-q')),
  {
    id: 'iluvatar-versions',
    when: `[ -e /sys/module/iluvatar/version ] || [ -d ${home} ]`,
    // The folder is a link to one that has the version in its name.
    shell: `{ read -r version </sys/module/iluvatar/version; } 2>/dev/null && echo "driver $version"
cd -P ${home} 2>/dev/null && echo "toolkit \${PWD##*/}"
exit 0`,
    deadlineSeconds: 5,
  },
]

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answerWithDevices(answers, ['ixsmi', 'ixsmi-query', 'ixsmi-details'], readIxsmi)
  const queried = readQuery(printed(answers, 'ixsmi-query')).devices
  const details = readDetails(printed(answers, 'ixsmi-details'))
  const table = (text: string): DeviceTable => {
    const { devices, notes } = readIxsmi(text)
    const identified = devices.map((device) => {
      const uuid = device.uuid.state === 'known' ? device.uuid : queried.find(sameAs(device))?.uuid
      return withDetails({ ...device, uuid: uuid ?? device.uuid }, details)
    })
    return { devices: identified, notes }
  }
  return { ...versions(answers), ...devicesBy(answer, { tool: 'ixsmi', onBus, table }) }
}

function sameAs({ index }: Accelerator) {
  return (other: Accelerator) => other.index === index
}

/** The vendor's guide to containers; nodes keep the host's numbers, so a single card may be /dev/iluvatar3. */
function container(_devices: readonly Accelerator[], nodes: readonly string[]): ContainerAccess {
  return { ...noAccess, devices: [...nodes, '/dev/itrctl'], mounts: [home, '/lib/modules'] }
}

export const iluvatar: VendorReader = {
  vendor: 'iluvatar',
  kind: 'gpu',
  bus: {
    vendorIds: ['1e3e'],
    isDevice: ({ deviceClass }) => /^(?:03|12)/.test(deviceClass),
    products: { 'MR-V100': '0002' },
  },
  nodeGlobs: ['/dev/iluvatar[0-9]*'],
  brings: { driver: 'corex-driver-linux64-*.run', tool: 'corex-installer-linux64-*.run (ixsmi)' },
  probes,
  read,
  container,
  sampleProbe: tableProbe,
  readSample: (answer) => sampleBy(answer, 'ixsmi', readIxsmi),
}

/** Any form: the table, an answer to the query, or a single device of `-q`. */
export function readIxsmi(text: string): DeviceTable {
  const { devices, notes } = deviceTable(text, { opens, deviceOf })
  if (devices.length > 0) return { devices: withProcesses(devices, text), notes }
  const queried = readQuery(text)
  return queried.devices.length > 0 ? queried : { devices: deviceOfDetails(readDetails(text)), notes: [] }
}

/** "0    Iluvatar MR-V100 DUO" and an address. */
function opens(cells: Cells): boolean {
  const address = /^(?:[0-9a-f]{4,8}:[0-9a-f:.]{5,12}|N\/?A|-)$/i.test(cells[1] ?? '')
  return cells.length === 3 && address && isName(indexed(cells[0])?.rest ?? [])
}

type Values = {
  readonly [key in 'utilization' | 'temperature' | 'power' | 'limit']: string | undefined
}
type Sensors = Pick<
  Accelerator,
  'utilizationPercent' | 'temperatureCelsius' | 'powerWatts' | 'powerLimitWatts' | 'health'
>

/** A dead chip prints 65535W, 0C and 100%: what it "measures" is nothing. No card takes 2000 W. */
function sensorsOf({ utilization, temperature, power, limit }: Values): Sensors {
  const watts = power === undefined ? absent : numberCell(power, /^W$/i, [0, 1e6])
  const dead = watts.state === 'known' && watts.value > 2000
  const sentinel = unreadable(`ixsmi prints ${evidence(power ?? '', 20)}: the device does not answer`)
  const one = (reading: Reading<number>) => (dead ? sentinel : reading)
  const readings = {
    utilizationPercent: one(percentCell(utilization)),
    temperatureCelsius: one(celsiusCell(temperature)),
    powerWatts: one(watts),
    powerLimitWatts: limit === undefined ? absent : numberCell(limit, /^W$/i, [0, 2000]),
  }
  const { utilizationPercent, temperatureCelsius } = readings
  const silent = [utilizationPercent, temperatureCelsius].every((reading) => reading.state === 'unreadable')
  const erring = [utilization, temperature, power].some((cell) => /^\[?ERR!?\]?$/i.test(cell?.trim() ?? ''))
  return { ...readings, health: dead || (silent && erring) ? known('critical') : absent }
}

function deviceOf([first = [], second = []]: readonly Cells[]): Accelerator | undefined {
  const head = indexed(first[0])
  if (head === undefined) return undefined
  const words = valueWords(second[0])
  // Of a dead chip the cell is cut: "65535W / 250". Of a card with two chips only the last one says the power.
  const [power, limit] = pairIn(words.slice(2)) ?? ['', '']
  const [core, memory] = valueWords(first[2]).map((cell) => numberCell(cell, /^MHz$/i, [0, 100_000]))
  const device: Accelerator = {
    ...{ vendor: 'iluvatar', kind: 'gpu', index: head.index, chip: 0 },
    product: textCell(head.rest.join(' ')),
    uuid: absent,
    pciAddress: pciAddressCell(first[1]),
    ...memoryPair(second[1]),
    ...sensorsOf({ utilization: valueWords(second[2])[0], temperature: words[1], power, limit }),
  }
  const clocks = device.health.state === 'known' ? {} : { coreClockMegahertz: core, memoryClockMegahertz: memory }
  return withDetail(device, clocks)
}

/** `--query-gpu=...`: two releases name bus and power differently. */
function readQuery(text: string): DeviceTable {
  const { rows, others } = csvTable(text, 'index', asked)
  const devices: Accelerator[] = []
  const notes = [...others]
  for (const { line, text: cell } of rows) {
    const index = wholeNumber(cell('index'))
    const named = /^[A-Za-z]/.test(cell('name') ?? '') && /^(?:GPU-[\w-]{1,60}|\[?N\/A\]?)$/i.test(cell('uuid') ?? '')
    if (index === undefined || index > 65_535 || !named || devices.some((one) => one.index === index)) notes.push(line)
    else devices.push(queriedDevice(index, cell))
  }
  return { devices, notes: shownNotes(notes) }
}

function queriedDevice(index: number, cell: (column: string) => string | undefined): Accelerator {
  const bus = cell('pci.bus_id') ?? cell('gpu_bus_id')
  const limit = cell('power.limit') ?? cell('gpu.power.limit')
  const power = cell('power.draw') ?? cell('gpu.power.draw')
  return {
    ...{ vendor: 'iluvatar', kind: 'gpu', index, chip: 0 },
    product: textCell(cell('name')),
    uuid: textCell(cell('uuid')),
    pciAddress: bus === undefined ? absent : pciAddressCell(bus),
    ...checkedMemory(memoryCell(cell('memory.total'), 'MiB'), memoryCell(cell('memory.used'), 'MiB')),
    ...sensorsOf({ utilization: cell('utilization.gpu'), temperature: cell('temperature.gpu'), power, limit }),
  }
}

type Details = ReadonlyMap<string, string>

/** `ixsmi -q`: "key : value" lines, a device from its product's name on. */
function readDetails(text: string): Details[] {
  const devices: Map<string, string>[] = []
  for (const line of boundedLines(text)) {
    const at = line.indexOf(':')
    if (at < 0 || line.includes('|')) continue
    const [key, value] = [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]
    if (key === 'product name' && devices.length < 512) devices.push(new Map())
    if (value !== '' && devices.at(-1)?.has(key) === false) devices.at(-1)?.set(key, value)
  }
  return devices
}

function withDetails(device: Accelerator, details: readonly Details[]): Accelerator {
  const own = details.find((one) => device.uuid.state === 'known' && one.get('gpu uuid') === device.uuid.value)
  const [serial, firmware] = [own?.get('serial number'), own?.get('vbios version')]
  return withDetail(device, {
    ...(serial === undefined ? {} : { serial: textCell(serial) }),
    ...(firmware === undefined ? {} : { firmware: textCell(firmware) }),
  })
}

/** These lines have no index: only of a single device it is certain. */
function deviceOfDetails(details: readonly Details[]): Accelerator[] {
  const [own, another] = details
  if (own === undefined || another !== undefined) return []
  const notSaid = { memoryTotalBytes: absent, memoryUsedBytes: absent, utilizationPercent: absent }
  return [
    {
      ...{ vendor: 'iluvatar', kind: 'gpu', index: 0, chip: 0 },
      product: textCell(own.get('product name')),
      uuid: textCell(own.get('gpu uuid')),
      pciAddress: absent,
      ...notSaid,
      ...{ temperatureCelsius: absent, powerWatts: absent, powerLimitWatts: absent, health: absent },
    },
  ]
}

/** The table names the driver, also where its module does not. */
function versions(answers: Answers): Pick<VendorFindings, 'driverVersion' | 'toolkit'> {
  const heads = ['ixsmi', 'ixsmi-details'].map((id) => partsOf(printed(answers, id)).devices.slice(0, 200).join('\n'))
  const said = heads.map((head) => /\bDriver Version\s{0,40}:\s{0,10}(\d\S{0,40})/.exec(head)?.[1])
  const version = said.find((one) => one !== undefined)
  const text = answerText(answers, 'iluvatar-versions')
  const lines = text.state === 'known' ? boundedLines(text.value) : []
  const line = (word: string) => lines.find((one) => one.startsWith(`${word} `))?.slice(word.length + 1)
  const folder = /^corex-(\d[\w.-]{0,40})$/.exec(line('toolkit') ?? '')?.[1]
  const module = line('driver')
  const loaded = module === undefined ? absent : textCell(module)
  return {
    driverVersion: version !== undefined ? known(version) : text.state === 'unreadable' ? text : loaded,
    toolkit: folder === undefined ? (text.state === 'unreadable' ? text : absent) : known(`CoreX ${folder}`),
  }
}
