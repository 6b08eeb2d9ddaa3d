// MetaX GPUs by the table of mx-smi, two rows a GPU in four layouts (2.1, 2.2, 2.2.8, 2.2.9 and on), and by `mx-smi -L`
// for the uuid and for a GPU that is lost. An OEM sells them as Mars with ht-smi. accelerators.md section 6.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber, wordsOf } from '../lines.ts'
import { type Answers, answerText, type Probe } from '../probe.ts'
import {
  attachedMore,
  type Cells,
  deviceTable,
  indexed,
  isName,
  memoryPair,
  pairIn,
  partsOf,
  valueWords,
} from './bar-table.ts'
import { withProcesses } from './process-list.ts'
import { answerWithDevices, printed } from './several-answers.ts'
import { type DeviceTable, devicesBy, sampleBy } from './tool-answer.ts'
import { celsiusCell, pciAddressCell, percentCell, textCell, wattCell } from './values.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

const module = '/sys/module/metax/version'
// The OEM's build has another name, and MACA alone brings the tool to another folder.
const prepare = `PATH=$PATH:/opt/maca/bin
tool=mx-smi
command -v mx-smi >/dev/null 2>&1 || tool=ht-smi
command -v "$tool" >/dev/null 2>&1 || exit 127`
const smiProbe = (id: string, words: string): Probe => ({
  id,
  when: 'has mx-smi || has ht-smi || [ -x /opt/maca/bin/mx-smi ]',
  shell: `${prepare}\nexec "$tool"${words}`,
  deadlineSeconds: 15,
  tool: true,
})
const tableProbe = smiProbe('mx-smi', '')

const probes: readonly Probe[] = [
  tableProbe,
  smiProbe('mx-smi-list', ' -L'),
  { id: 'metax-driver', when: `[ -e ${module} ]`, shell: `exec cat ${module}`, deadlineSeconds: 5 },
]

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answerWithDevices(answers, ['mx-smi', 'mx-smi-list'], readMxSmi)
  const listed = readList(printed(answers, 'mx-smi-list'))
  const table = (text: string): DeviceTable => {
    const { devices, notes } = readMxSmi(text)
    const missing = listed.filter((one) => !devices.some((device) => device.index === one.index))
    const all = [...devices.map((device) => withListed(device, listed)), ...missing]
    return { devices: all.sort((one, other) => one.index - other.index), notes }
  }
  const { driver, toolkit } = versionsIn(printed(answers, 'mx-smi'))
  return {
    driverVersion: driver === undefined ? loadedDriver(answers) : textCell(driver),
    toolkit: toolkit === undefined ? absent : toolkit,
    ...devicesBy(answer, { tool: 'mx-smi', onBus, table }),
  }
}

/** The vendor's guide: one node for all GPUs beside those of the graphics subsystem. */
function container(): ContainerAccess {
  return {
    ...noAccess,
    devices: ['/dev/dri', '/dev/mxcd'],
    groups: ['video'],
    securityOptions: ['seccomp=unconfined'],
  }
}

const products = { 'MetaX C500': '0a01' }

export const metax: VendorReader = {
  vendor: 'metax',
  kind: 'gpu',
  bus: {
    // Nobody was given this id: a plain screen with it needs the driver's name, or an id that is known.
    vendorIds: ['9999'],
    isDevice: ({ deviceClass, deviceId, driver }) =>
      /^(?:0302|0380|12)/.test(deviceClass) ||
      Object.values(products).includes(deviceId) ||
      (driver.state === 'known' && driver.value === 'metax'),
    products,
  },
  // One for all of them.
  nodeGlobs: ['/dev/mxcd'],
  sharedNodeGlobs: ['/dev/dri/renderD[0-9]*'],
  brings: { driver: 'metax-driver (mxdriver)', tool: 'metax-driver (mx-smi)' },
  probes,
  read,
  container,
  sampleProbe: tableProbe,
  readSample: (answer) => sampleBy(answer, 'mx-smi', readMxSmi),
}

/** The table; where there is none, the GPUs that are named one by one. */
export function readMxSmi(text: string): DeviceTable {
  const { devices, notes } = deviceTable(text, { opens, deviceOf })
  if (devices.length === 0) return { devices: readList(text), notes: [] }
  return {
    devices: withProcesses(devices, text),
    notes: [...attachedMore(text, devices.length), ...notes],
  }
}

/** An index, a name and, before the last cell, an address. */
function opens(cells: Cells): boolean {
  const head = indexed(cells[0])
  const byBoard = cells.length === 4
  if (head === undefined || (cells.length !== 3 && !byBoard) || (byBoard && indexed(cells[1]) === undefined))
    return false
  return isName(head.rest) && /^(?:[0-9a-f]{4,8}:[0-9a-f:.]{5,12}|N\/?A|-)$/i.test(cells.at(-2) ?? '')
}

function deviceOf([first = [], second = []]: readonly Cells[]): Accelerator | undefined {
  const byBoard = first.length === 4
  const board = indexed(first[0])
  const gpu = byBoard ? indexed(first[1]) : board
  if (board === undefined || gpu === undefined) return undefined
  const [, name = '', persistence] = /^(.{1,100}?)(?:\s(On|Off))?$/i.exec(board.rest.join(' ').slice(0, 100)) ?? []
  const persistent = byBoard ? gpu.rest[0] : persistence
  const [usage, limit] = powerIn(valueWords(second[0]), byBoard)
  const [memory, state] = second.length === first.length ? second.slice(-2) : []
  return {
    ...{ vendor: 'metax', kind: 'gpu', index: gpu.index, chip: 0 },
    product: textCell(name),
    uuid: absent,
    pciAddress: pciAddressCell(first.at(-2)),
    ...memoryPair(memory),
    utilizationPercent: percentCell(valueWords(first.at(-1))[0]),
    temperatureCelsius: celsiusCell(valueWords(second[byBoard ? 1 : 0])[0]),
    powerWatts: wattCell(usage),
    powerLimitWatts: limit === undefined ? absent : wattCell(limit),
    health: healthOf(state),
    ...(/^(?:On|Off)$/i.test(persistent ?? '')
      ? { detail: { persistence: known(/^on$/i.test(persistent ?? '')) } }
      : {}),
  }
}

/** "48W/350W", or 2.1.6's "71W" without a limit. */
function powerIn(words: readonly string[], byBoard: boolean): readonly (string | undefined)[] {
  return pairIn(words) ?? [words[byBoard ? 0 : 1]]
}

/** 2.1 has no such column: its cell is blank. */
function healthOf(state: string | undefined): Accelerator['health'] {
  if (state === undefined) return unreadable('the tool printed no such column')
  if (state === '') return absent
  if (/^available$/i.test(state)) return known('ok')
  return /^(?:not available|unavailable)\b/i.test(state)
    ? known('critical')
    : unreadable(`mx-smi says ${evidence(state, 60)}`)
}

/** "GPU#0  MXC500  0000:2b:00.0  Available (UUID: GPU-...)"; and the hot spot of `--show-temperature`. */
function readList(text: string): Accelerator[] {
  const devices: Accelerator[] = []
  const seen = new Set<number>()
  for (const line of boundedLines(text)) {
    const index = wholeNumber(/^\s{0,8}GPU#(\d{1,5})\s/.exec(line)?.[1])
    const device = index === undefined || seen.has(index) || seen.size >= 512 ? undefined : listedDevice(line, index)
    const last = devices.at(-1)
    const hotspot = /^\s{0,20}hotspot(?:\([\w ]{0,20}\))?\s{0,60}:\s{0,20}(\S.{0,20})$/i.exec(line)?.[1]
    if (device !== undefined) {
      devices.push(device)
      seen.add(device.index)
    } else if (hotspot !== undefined && last !== undefined && last.temperatureCelsius.state !== 'known')
      devices[devices.length - 1] = { ...last, temperatureCelsius: celsiusCell(hotspot.trim()) }
  }
  return devices
}

function listedDevice(line: string, index: number): Accelerator | undefined {
  const [, product = '', bus = '', ...words] = wordsOf(line)
  if (product === '' || bus === '') return undefined
  const rest = words.join(' ')
  const state = rest.split('(')[0]?.trim() ?? ''
  const uuid = /\(UUID:\s?(GPU-[\w-]{1,60})\)/i.exec(rest)?.[1]
  const notSaid: Reading<number> = /^not /i.test(state) ? unreadable(`mx-smi says ${evidence(rest, 100)}`) : absent
  return {
    ...{ vendor: 'metax', kind: 'gpu', index, chip: 0 },
    product: textCell(product),
    uuid: uuid === undefined ? absent : known(uuid),
    pciAddress: pciAddressCell(bus),
    ...{ memoryTotalBytes: notSaid, memoryUsedBytes: notSaid, utilizationPercent: notSaid },
    ...{ temperatureCelsius: notSaid, powerWatts: notSaid, powerLimitWatts: notSaid },
    health: healthOf(state),
  }
}

function withListed(device: Accelerator, listed: readonly Accelerator[]): Accelerator {
  const one = listed.find(({ index }) => index === device.index)
  if (one === undefined) return device
  return { ...device, uuid: one.uuid, health: device.health.state === 'absent' ? one.health : device.health }
}

function loadedDriver(answers: Answers): Reading<string> {
  const text = answerText(answers, 'metax-driver')
  return text.state === 'known' ? textCell(text.value) : text
}

/** Of the table's head; MACA, or the OEM's HPCC, is the toolkit that runs here. */
function versionsIn(text: string): { driver: string | undefined; toolkit: Reading<string> | undefined } {
  const head = partsOf(text).devices.slice(0, 40).join('\n')
  const driver = /Kernel Mode Driver Version:\s{0,10}(\S{1,40})/i.exec(head)?.[1]
  const [, name, version] = /\b(MACA|HPCC) Version:\s{0,10}(\S{1,40})/i.exec(head) ?? []
  const read = version === undefined ? undefined : textCell(version)
  return { driver, toolkit: read?.state === 'known' ? known(`${name?.toUpperCase()} ${read.value}`) : read }
}
