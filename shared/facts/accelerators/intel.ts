// Intel GPUs by xpu-smi, and by the kernel's files where it is not installed: temperatures and nodes only. The NPUs are
// in files only: the tool does not know them.
// Graphics of processors share vendor and class, so the bus counts listed ids. Kunlunxin's tool has the same name: where
// such a card is on the bus it is not called. accelerators.md section 13.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber } from '../lines.ts'
import { type Answers, answerText, type Probe } from '../probe.ts'
import { productOf } from './pci.ts'
import { cardFunctions, cardNumber, readCards, type SysfsCard } from './sysfs-cards.ts'
import { type DeviceTable, devicesBy, sampleBy } from './tool-answer.ts'
import { cellAt, fieldsOf, toolJson } from './tool-json.ts'
import {
  celsiusRange,
  checkedMemory,
  memoryCell,
  numberCell,
  pciAddressCell,
  percentRange,
  textCell,
  wattRange,
} from './values.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

const neuralProcessors = { 'AI Boost NPU': '7d1d 643e ad1d b03e' }
const products = {
  'Data Center GPU Max': '0bd5 0bd6 0bd9 0bda',
  'Data Center GPU Flex 170': '56c0',
  'Data Center GPU Flex 140': '56c1',
  'Arc A770': '56a0',
  'Arc B580': 'e20b',
  'Arc B570': 'e20c',
  'Arc Pro B60': 'e211',
  'Arc Pro B50': 'e212',
  'Arc Pro B65': 'e222',
  'Arc Pro B70': 'e223',
  ...neuralProcessors,
}
const ids = Object.values(products).join(' ')
/** Their numbers count from 0 as those of the GPUs do: they begin here, so that no two devices have one index. */
const neuralIndex = 256

// Utilization, power, core temperature, used memory; the first look at the engines often has no number.
const gpuProbe: Probe = {
  id: 'intel-gpu',
  when: 'pci 8086 && { has xpu-smi || [ -d /sys/bus/pci/drivers/xe ] || [ -d /sys/bus/pci/drivers/i915 ] || [ -d /sys/bus/pci/drivers/intel_vpu ]; }',
  shell: `${cardFunctions}
tool= found=
command -v xpu-smi >/dev/null 2>&1 && tool=yes
for file in /sys/bus/pci/devices/*/vendor; do
  { read -r vendor <"$file"; } 2>/dev/null && [ "$vendor" = 0x1d22 ] && tool=
done
graphics='/sys/class/drm/card[0-9]*'
[ -z "$tool" ] || graphics=
for folder in $graphics /sys/class/accel/accel[0-9]*; do
  case \${folder##*/} in *-*) continue ;; esac
  { read -r vendor <"$folder/device/vendor" && read -r id <"$folder/device/device"; } 2>/dev/null || continue
  [ "$vendor" = 0x8086 ] || continue
  case " ${ids} " in *" \${id#0x} "*) ;; *) continue ;; esac
  [ -n "$found" ] || { found=yes; echo intel-sysfs; }
  card "$folder"
done
if [ -z "$tool" ]; then [ -n "$found" ] || exit 127; exit 0; fi
exec xpu-smi dump -d -1 -m 0,1,3,18 -i 1 -n 2`,
  deadlineSeconds: 15,
  tool: true,
}

const discoveryProbe: Probe = {
  id: 'intel-discovery',
  when: 'pci 8086 && has xpu-smi && ! pci 1d22',
  shell: 'exec xpu-smi discovery --dump 1,2,4,5,8,9,11,16',
  deadlineSeconds: 15,
  tool: true,
}

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const told = answerText(answers, discoveryProbe.id)
  const discovered = told.state === 'known' ? readDiscovery(told.value) : []
  const version = discovered.map((one) => one.driver).find((one) => one.state === 'known')
  const table = (stdout: string) => {
    const { devices, notes } = readIntel(stdout)
    return { devices: devices.map((device) => named(device, discovered)), notes }
  }
  return {
    driverVersion: version ?? absent,
    ...devicesBy(answers.get(gpuProbe.id), { tool: 'xpu-smi', onBus, table }),
  }
}

/** By the vendor's container guide. */
function container(devices: readonly Accelerator[]): ContainerAccess {
  const neural = devices.filter(({ kind }) => kind === 'npu').length > 0
  return { ...noAccess, devices: ['/dev/dri', ...(neural ? ['/dev/accel'] : [])], groups: ['render'] }
}

export const intel: VendorReader = {
  vendor: 'intel',
  kind: 'gpu',
  bus: { vendorIds: ['8086'], isDevice: ({ deviceId }) => productOf(deviceId, products) !== undefined, products },
  // /dev/dri is everybody's: each device brings its own node.
  nodeGlobs: [],
  sharedNodeGlobs: ['/dev/dri/renderD[0-9]*', '/dev/accel/accel[0-9]*'],
  brings: { driver: 'intel-i915-dkms, linux (xe)', tool: 'xpu-smi' },
  probes: [gpuProbe, discoveryProbe],
  read,
  container,
  sampleProbe: gpuProbe,
  readSample: (answer) => sampleBy(answer, 'xpu-smi', readIntel),
}

/** Total: the kernel's files, then or alone `xpu-smi dump`, `xpu-smi discovery`, or one frame of `intel_gpu_top -J`. */
function readIntel(text: string): DeviceTable {
  const cards = readCards(text, 'intel-sysfs')?.slice(1) ?? []
  const measured = [...readDump(text), ...cards.map(ofCard), ...ofTop(toolJson(text))]
  const devices = measured.length > 0 ? measured : readDiscovery(text).map(({ device }) => device)
  return { devices: firsts(devices), notes: [] }
}

function firsts(found: readonly (Accelerator | undefined)[]): Accelerator[] {
  const devices = new Map<number, Accelerator>()
  for (const device of found) if (device !== undefined && !devices.has(device.index)) devices.set(device.index, device)
  return [...devices.values()].slice(0, 256)
}

const unsaid = unreadable('the tool printed no such column')

function deviceOf(index: number): Accelerator {
  return {
    ...{ vendor: 'intel', kind: 'gpu', index, chip: 0, product: unsaid, uuid: unsaid, pciAddress: unsaid },
    ...{ memoryTotalBytes: absent, memoryUsedBytes: unsaid, utilizationPercent: unsaid, temperatureCelsius: unsaid },
    ...{ powerWatts: unsaid, powerLimitWatts: absent, health: absent },
  }
}

/** Cells of a line of CSV; a cell may stand in quotes. */
function cellsIn(line: string): string[] {
  return [...line.matchAll(/(?:^|,)\s{0,20}(?:"([^"]{0,300})"|([^,"]{0,300}))/g)].map((match) =>
    (match[1] ?? match[2] ?? '').trim(),
  )
}

/** `xpu-smi dump`: columns by the words of the header; of several ticks the last that has a number. */
function readDump(text: string): Accelerator[] {
  const lines = boundedLines(text)
  const at = lines.findIndex((line) => /^\s{0,20}Timestamp\s{0,10},\s{0,10}DeviceId\b/i.test(line))
  const header = at < 0 ? [] : cellsIn(lines[at] ?? '').map((name) => name.toLowerCase())
  // Rows of tiles are parts of a device, and their sum is in none of them.
  if (header.includes('tileid')) return []
  const column = (pattern: RegExp) => header.findIndex((name) => pattern.test(name))
  const columns = {
    utilizationPercent: column(/^gpu utilization|all gpu engines/),
    powerWatts: column(/^gpu power/),
    temperatureCelsius: column(/core temperature/),
    memoryUsedBytes: column(/memory used/),
    clock: column(/^gpu frequency/),
  }
  const devices = new Map<number, Accelerator>()
  for (const line of at < 0 ? [] : lines.slice(at + 1)) {
    const cells = cellsIn(line)
    const index = wholeNumber(cells[1])
    if (index === undefined || index > 255 || cells.length !== header.length) continue
    const before = devices.get(index) ?? deviceOf(index)
    const latest = (place: number, was: Reading<number>, read: (cell: string | undefined) => Reading<number>) => {
      const now = place < 0 ? was : read(cells[place])
      return now.state === 'known' || was.state !== 'known' ? now : was
    }
    const number = (range: readonly [number, number]) => (cell: string | undefined) => numberCell(cell, /^$/, range)
    const clock = latest(columns.clock, before.detail?.coreClockMegahertz ?? unsaid, number([0, 1e5]))
    devices.set(index, {
      ...before,
      utilizationPercent: latest(columns.utilizationPercent, before.utilizationPercent, number(percentRange)),
      powerWatts: latest(columns.powerWatts, before.powerWatts, number(wattRange)),
      temperatureCelsius: latest(columns.temperatureCelsius, before.temperatureCelsius, number(celsiusRange)),
      memoryUsedBytes: latest(columns.memoryUsedBytes, before.memoryUsedBytes, (cell) => memoryCell(cell, 'MiB')),
      ...(clock.state === 'known' ? { detail: { coreClockMegahertz: clock } } : {}),
    })
  }
  return [...devices.values()]
}

/** `intel_gpu_top -J` looks at one GPU, and names it nowhere. */
function ofTop(json: unknown): Accelerator[] {
  if (fieldsOf(json)?.has('engines') !== true || fieldsOf(json)?.has('period') !== true) return []
  const busy = cellAt(json, 'engines', 'render/3d/0', 'busy') ?? cellAt(json, 'engines', 'render/3d', 'busy')
  return [
    {
      ...deviceOf(0),
      utilizationPercent: numberCell(busy, /^$/, percentRange),
      powerWatts: numberCell(cellAt(json, 'power', 'gpu'), /^$/, wattRange),
    },
  ]
}

type Discovered = { readonly device: Accelerator; readonly driver: Reading<string> }

/** `discovery -j`, or `discovery --dump`, which also has the memory. */
function readDiscovery(text: string): Discovered[] {
  const json = toolJson(text)
  const list = fieldsOf(json)?.get('device_list') ?? json
  const entries = (Array.isArray(list) ? list : list === undefined ? [] : [list]).slice(0, 256)
  return entries.length > 0 ? entries.flatMap(discoveredBy) : discoveredRows(boundedLines(text)).flatMap(discoveredBy)
}

/** The rows of the CSV under the names that the JSON has. */
function discoveredRows(lines: readonly string[]): Record<string, string>[] {
  const at = lines.findIndex((line) => /^\s{0,20}"?Device ID"?\s{0,10},/i.test(line))
  const names = { 'device id': 'device_id', 'device name': 'device_name', uuid: 'uuid', 'soc uuid': 'uuid' }
  const more = {
    'serial number': 'serial_number',
    'driver version': 'driver_version',
    'pci bdf address': 'pci_bdf_address',
  }
  const others = { 'gfx firmware version': 'gfx_firmware_version', 'memory physical size': 'memory_physical_size' }
  const keys = new Map(Object.entries({ ...names, ...more, ...others }))
  const header = at < 0 ? [] : cellsIn(lines[at] ?? '').map((name) => keys.get(name.toLowerCase()) ?? '')
  return (at < 0 ? [] : lines.slice(at + 1, at + 257)).flatMap((line) => {
    const cells = cellsIn(line)
    return cells.length === header.length
      ? [Object.fromEntries(header.map((name, place) => [name, cells[place] ?? '']))]
      : []
  })
}

function discoveredBy(entry: unknown): Discovered[] {
  const at = (name: string) => cellAt(entry, name)
  const index = wholeNumber(at('device_id'))
  if (index === undefined || index > 255) return []
  const bytes = at('memory_physical_size_byte')
  const total = bytes === undefined ? memoryCell(at('memory_physical_size'), 'MiB') : memoryCell(bytes, 'B')
  const [serial, firmware] = [textCell(at('serial_number')), textCell(at('gfx_firmware_version'))]
  const detail = {
    ...(serial.state === 'known' ? { serial } : {}),
    ...(firmware.state === 'known' ? { firmware } : {}),
  }
  const device = {
    ...deviceOf(index),
    product: textCell(at('device_name')),
    uuid: textCell(at('uuid')),
    pciAddress: pciAddressCell(at('pci_bdf_address')),
    ...checkedMemory(total, unsaid),
    ...(Object.keys(detail).length > 0 ? { detail } : {}),
  }
  return [{ device, driver: textCell(at('driver_version')) }]
}

function named(device: Accelerator, discovered: readonly Discovered[]): Accelerator {
  const found = discovered.map((one) => one.device).find((one) => one.index === device.index)
  if (found === undefined || device.product.state === 'known') return device
  const { product, uuid, pciAddress } = found
  const memory = checkedMemory(found.memoryTotalBytes, device.memoryUsedBytes)
  const detail = { ...found.detail, ...device.detail }
  return { ...device, product, uuid, pciAddress, ...memory, ...(Object.keys(detail).length > 0 ? { detail } : {}) }
}

/** `card1` is a GPU, `accel0` an NPU. Memory and load are in no file, power only as a sum of energy. */
function ofCard(card: SysfsCard): Accelerator | undefined {
  const [, kind, digits] = /^(card|accel)(\d{1,3})$/.exec(card.name) ?? []
  const number = wholeNumber(digits)
  const deviceId = /^8086:([0-9A-F]{3,4})$/i
    .exec(card.values.get('PCI_ID') ?? '')?.[1]
    ?.toLowerCase()
    .padStart(4, '0')
  const product = deviceId === undefined ? undefined : productOf(deviceId, products)
  if (number === undefined || number > 255 || deviceId === undefined || product === undefined) return undefined
  const neural = productOf(deviceId, neuralProcessors) !== undefined
  if (neural !== (kind === 'accel')) return undefined
  const files = unreadable(`the driver has no file that says it${neural ? '' : '; xpu-smi does'}`)
  const node = neural ? `/dev/accel/accel${number}` : card.values.get('node')
  return {
    ...deviceOf(neural ? neuralIndex + number : number),
    kind: neural ? 'npu' : 'gpu',
    product: known(product),
    uuid: absent,
    pciAddress: pciAddressCell(card.values.get('PCI_SLOT_NAME')),
    ...{
      memoryTotalBytes: neural ? absent : files,
      memoryUsedBytes: neural ? absent : files,
      utilizationPercent: files,
    },
    temperatureCelsius: cardNumber(card, card.values.get('temp2_label') === 'pkg' ? 'temp2_input' : 'temp1_input', {
      factor: 1000,
      range: celsiusRange,
    }),
    powerWatts: files,
    powerLimitWatts: card.values.has('power1_max')
      ? cardNumber(card, 'power1_max', { factor: 1e6, range: wattRange })
      : absent,
    ...(node === undefined ? {} : { detail: { node: known(node) } }),
  }
}
