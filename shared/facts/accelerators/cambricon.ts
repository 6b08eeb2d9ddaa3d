// Cambricon MLUs by the table of `cnmon`: two rows a card. `cnmon info` is only asked for what the table does not say,
// because its JSON form writes a file. Layouts of 4.20, 5.10 and 6.x: accelerators.md section 4.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { command } from '../../domain/command.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber } from '../lines.ts'
import { type Answers, answerText, type Probe, toolProbe } from '../probe.ts'
import { type Cells, deviceTable, indexed, isName, memoryPair, pairIn, partsOf, valueWords } from './bar-table.ts'
import { withProcesses } from './process-list.ts'
import { printed } from './several-answers.ts'
import { type DeviceTable, devicesBy, sampleBy } from './tool-answer.ts'
import { celsiusCell, countCell, pciAddressCell, percentCell, textCell, wattCell } from './values.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

const tableProbe = toolProbe('cnmon', command('cnmon'), 15)
const module = '/sys/module/cambricon_drv/version'
const toolkitFile = '/usr/local/neuware/version.txt'

const probes: readonly Probe[] = [
  tableProbe,
  toolProbe('cnmon-info', command('cnmon', 'info'), 15),
  { id: 'cambricon-driver', when: `[ -e ${module} ]`, shell: `exec cat ${module}`, deadlineSeconds: 5 },
  { id: 'cambricon-toolkit', when: `[ -e ${toolkitFile} ]`, shell: `exec cat ${toolkitFile}`, deadlineSeconds: 5 },
]

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const version = tableVersion(printed(answers, 'cnmon'))
  const more = readInfo(printed(answers, 'cnmon-info'))
  const table = (text: string): DeviceTable => {
    const { devices, notes } = readCnmon(text)
    return { devices: devices.map((device) => withInfo(device, more.get(device.index))), notes }
  }
  return {
    driverVersion: version === undefined ? loadedDriver(answers) : known(version),
    toolkit: toolkit(answers),
    ...devicesBy(answers.get('cnmon'), { tool: 'cnmon', onBus, table }),
  }
}

/** Node by node, as the vendor's guide to containers has it. */
function container(_devices: readonly Accelerator[], nodes: readonly string[]): ContainerAccess {
  const numbers = nodes.flatMap((node) => /^\/dev\/cambricon_dev(\d{1,4})$/.exec(node)?.[1] ?? [])
  const channels = numbers.map((number) => `/dev/cambricon_ipcm${number}`)
  return { ...noAccess, devices: [...nodes, '/dev/cambricon_ctl', ...channels], mounts: ['/usr/bin/cnmon'] }
}

export const cambricon: VendorReader = {
  vendor: 'cambricon',
  kind: 'mlu',
  bus: {
    vendorIds: ['cabc'],
    isDevice: ({ deviceClass }) => /^(?:03|12)/.test(deviceClass),
    products: { 'MLU270-S4': '0270', 'MLU370-S4': '0370' },
  },
  nodeGlobs: ['/dev/cambricon_dev[0-9]*'],
  brings: { driver: 'cambricon-mlu-driver', tool: 'cambricon-mlu-driver (cnmon)' },
  probes,
  read,
  container,
  sampleProbe: tableProbe,
  readSample: (answer) => sampleBy(answer, 'cnmon', readCnmon),
}

/** `cnmon` without words. A row of a virtual function repeats its card's number and becomes a note. */
export function readCnmon(text: string): DeviceTable {
  const { devices, notes } = deviceTable(text, { opens: (cells) => cardOf(cells) !== undefined, deviceOf })
  return { devices: withProcesses(devices, text), notes }
}

type Card = { readonly index: number; readonly product: string; readonly firmware: string }

/** "0     /   MLU370-X8    v1.1.6": number, virtual function, name, firmware. */
function cardOf(cells: Cells): Card | undefined {
  const { index, rest } = indexed(cells[0]) ?? { rest: [] }
  const [virtual = '', ...name] = rest
  const firmware = name.length > 1 ? (name.pop() ?? '') : ''
  if (index === undefined || cells.length < 3 || !/^(?:\/|-|N\/A|\d{1,3})$/.test(virtual)) return undefined
  return isName(name) ? { index, product: name.join(' '), firmware } : undefined
}

function deviceOf([first = [], second = []]: readonly Cells[]): Accelerator | undefined {
  const card = cardOf(first)
  if (card === undefined) return undefined
  const [, temperature, ...rest] = valueWords(second[0])
  const [power, limit] = pairIn(rest) ?? []
  const [utilization, errors] = valueWords(first[2])
  const faults = memoryFaults(errors)
  return {
    ...{ vendor: 'cambricon', kind: 'mlu', index: card.index, chip: 0 },
    product: textCell(card.product),
    uuid: absent,
    // 4.20 has "On  v4.20.11" here: initialised, driver.
    pciAddress: driverColumn(first[1]) === undefined ? pciAddressCell(first[1]) : absent,
    ...memoryPair(second[1]),
    utilizationPercent: percentCell(utilization),
    temperatureCelsius: celsiusCell(temperature),
    powerWatts: wattCell(power),
    powerLimitWatts: wattCell(limit),
    health: faults.state === 'known' && faults.value.length > 0 ? known('warning') : absent,
    detail: { firmware: textCell(card.firmware.replace(/^v(?=\d)/, '')), faults },
  }
}

/** Of the column Ecc-Error; N/A where the card checks no memory. Which errors it counts is not documented. */
function memoryFaults(cell: string | undefined): NonNullable<NonNullable<Accelerator['detail']>['faults']> {
  const count = countCell(cell)
  if (count.state !== 'known') return count
  return known(count.value === 0 ? [] : [{ code: 'Ecc-Error', text: String(count.value) }])
}

function driverColumn(cell: string | undefined): string | undefined {
  return /^(?:On|Off)\s{1,40}v?(\d\S{0,40})$/i.exec(cell ?? '')?.[1]
}

function tableVersion(text: string): string | undefined {
  const { devices: lines } = partsOf(text)
  const versions = lines.slice(0, 100).map((line) => /\bDriver\s{1,10}v?(\d[\w.-]{1,40})\s*\|?$/.exec(line.trim())?.[1])
  return versions.find((one) => one !== undefined) ?? oldTableVersion(text)
}

function oldTableVersion(text: string): string | undefined {
  const rows = deviceTable(text, { opens: (cells) => cardOf(cells) !== undefined, deviceOf: () => undefined })
  return rows.notes.map((line) => driverColumn(line.split('|')[2]?.trim())).find((one) => one !== undefined)
}

type Info = { readonly uuid?: string; readonly state?: string }

/** `cnmon info`: "Card 0", then "key : value" lines under headings. Anything else is passed over. */
function readInfo(text: string): ReadonlyMap<number, Info> {
  const cards = new Map<number, Info>()
  let [card, heading] = [-1, '']
  for (const line of boundedLines(text)) {
    card = wholeNumber(/^\s{0,8}Card\s{1,8}(\d{1,5})\s{0,8}:?\s{0,8}$/.exec(line)?.[1]) ?? card
    const at = line.indexOf(':')
    const [key, value] = at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    if (value === '') heading = key
    if (card < 0 || value === '') continue
    if (key === 'UUID') cards.set(card, { ...cards.get(card), uuid: value })
    if (key === 'Device' && heading === 'Health State') cards.set(card, { ...cards.get(card), state: value })
  }
  return cards
}

function withInfo(device: Accelerator, info: Info | undefined): Accelerator {
  const uuid = info?.uuid === undefined ? device.uuid : textCell(info.uuid)
  return { ...device, uuid, health: healthOf(device.health, info?.state) }
}

function healthOf(byTable: Accelerator['health'], state: string | undefined): Accelerator['health'] {
  if (state === undefined) return byTable
  if (!/^good$/i.test(state)) return unreadable(`cnmon says ${evidence(state, 60)}`)
  return byTable.state === 'known' ? byTable : known('ok')
}

function loadedDriver(answers: Answers): Reading<string> {
  const text = answerText(answers, 'cambricon-driver')
  return text.state === 'known' ? textCell(text.value.trim().replace(/^v(?=\d)/, '')) : text
}

/** "Neuware Version 3.9.0". */
function toolkit(answers: Answers): Reading<string> {
  const text = answerText(answers, 'cambricon-toolkit')
  if (text.state !== 'known') return text
  const version = /\b(\d{1,3}(?:\.\d{1,4}){1,3})\b/.exec(text.value.slice(0, 500))?.[1]
  return version === undefined
    ? unreadable(`${toolkitFile}: ${evidence(text.value, 100)}`)
    : known(`Neuware ${version}`)
}
