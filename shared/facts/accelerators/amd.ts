// AMD GPUs by the kernel's own files, which the shell reads without a process: the best source once a second. Where the
// driver is not loaded amd-smi or rocm-smi is asked, which says why; they also know the names. accelerators.md section 12.
import { type Accelerator, type ContainerAccess, noAccess } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable, valueOr } from '../../domain/reading.ts'
import { boundedLines, wholeNumber, wordsOf } from '../lines.ts'
import { type Answers, answerText, type Probe, silence } from '../probe.ts'
import { cellsOf } from './bar-table.ts'
import { productOf } from './pci.ts'
import { memoryPair, pairOf } from './smi-table.ts'
import { cardFunctions, cardNumber, cardText, readCards, type SysfsCard } from './sysfs-cards.ts'
import { type DeviceTable, devicesBy, sampleBy, versionBy } from './tool-answer.ts'
import { cellAt, fieldsOf, toolJson } from './tool-json.ts'
import {
  celsiusCell,
  celsiusRange,
  checkedMemory,
  countCell,
  memoryCell,
  pciAddressCell,
  percentCell,
  percentRange,
  textCell,
  wattCell,
  wattRange,
} from './values.ts'
import type { VendorFindings, VendorReader } from './vendor.ts'

const maker = { vendor: 'amd', kind: 'gpu' } as const

const products = {
  MI100: '738c 738e',
  MI210: '740f',
  MI250: '7408 740c',
  MI300A: '74a0',
  MI300X: '74a1',
  MI308X: '74a2',
  MI325X: '74a5',
  MI350X: '75a0',
  MI355X: '75a3',
  'Radeon PRO W7900': '7448',
  'Radeon RX 7900 XT / XTX': '744c',
  'Radeon AI PRO R9700': '7551',
  'Radeon RX 9070': '7550',
  'Strix Halo': '1586',
}
// Parts of a processor: what is called video memory is a piece cut out of the host's, and models run in the rest of it.
const processorParts =
  '15d8 15dd 1636 1638 163f 164c 164d 164e 1681 15bf 15c8 15e7 1506 1900 1901 150e 1586 1114 13c0'.split(' ')
// Old screens of server boards.
const boardScreens = ['515e', '5969', '4752']

const sysfsFiles = [
  'gpu_busy_percent mem_info_vram_total mem_info_vram_used mem_info_gtt_total mem_info_gtt_used',
  'unique_id serial_number product_name',
].join(' ')

const gpuProbe: Probe = {
  id: 'amd-gpu',
  when: 'pci 1002',
  shell: `${cardFunctions}
found=
for folder in /sys/class/drm/card[0-9]*; do
  case \${folder##*/} in *-*) continue ;; esac
  device=$folder/device
  { read -r vendor <"$device/vendor"; } 2>/dev/null || continue
  [ "$vendor" = 0x1002 ] && [ -e "$device/mem_info_vram_total" ] || continue
  if [ -z "$found" ]; then
    found=yes
    echo amd-sysfs
    show module /sys/module/amdgpu/version
    show rocm /opt/rocm/.info/version
  fi
  card "$folder"
  for file in ${sysfsFiles}; do show "$file" "$device/$file"; done
  { read -r name uncorrected && read -r name corrected && echo "ras_uncorrected=$uncorrected" && echo "ras_corrected=$corrected"; } 2>/dev/null <"$device/ras/umc_err_count"
done
[ -z "$found" ] || exit 0
if command -v amd-smi >/dev/null 2>&1; then
  exec amd-smi metric --json
fi
command -v rocm-smi >/dev/null 2>&1 || exit 127
exec rocm-smi --showproductname --showuniqueid --showbus --showmeminfo vram gtt --showuse --showtemp --showpower --showdriverversion --json`,
  deadlineSeconds: 15,
  tool: true,
}

// rocm-smi of Hygon's toolkit would be found as well: only beside a card of AMD.
const nameProbe: Probe = {
  id: 'amd-names',
  when: 'pci 1002 && { has amd-smi || has rocm-smi; }',
  shell: `if command -v amd-smi >/dev/null 2>&1; then
  exec amd-smi static --asic --bus --vram --json
fi
exec rocm-smi --showproductname --showuniqueid --showbus --showdriverversion --json`,
  deadlineSeconds: 15,
  tool: true,
}

function read(answers: Answers, onBus: Reading<number>): VendorFindings {
  const answer = answers.get(gpuProbe.id)
  const text = silence(answer) === undefined ? (answer?.stdout ?? '') : ''
  const told = answerText(answers, nameProbe.id)
  const names = told.state === 'known' ? readAmd(told.value).devices : []
  const { module, rocm } = versionsIn(text)
  const table = (stdout: string) => {
    const { devices, notes } = readAmd(stdout)
    return { devices: devices.map((device) => named(device, names)), notes }
  }
  const other = told.state === 'known' ? versionsIn(told.value).module : undefined
  return {
    driverVersion: module ?? other ?? versionBy(answer, 'amd-smi', () => absent),
    ...(rocm === undefined ? {} : { toolkit: known(`ROCm ${rocm}`) }),
    ...devicesBy(answer, { tool: 'amd-smi', onBus, table }),
  }
}

/** Of the tool where it says the same address; an index of metric rows without one is the tool's own. */
function named(device: Accelerator, names: readonly Accelerator[]): Accelerator {
  const { pciAddress } = device
  const at = pciAddress.state === 'known' ? pciAddress.value : undefined
  const name = names.find((one) =>
    at === undefined ? one.index === device.index : one.pciAddress.state === 'known' && one.pciAddress.value === at,
  )
  if (name === undefined) return device
  return {
    ...device,
    product: name.product.state === 'known' ? name.product : device.product,
    uuid: device.uuid.state === 'known' ? device.uuid : name.uuid,
    pciAddress: at === undefined ? name.pciAddress : pciAddress,
  }
}

/** By ROCm's container guide. */
function container(): ContainerAccess {
  return {
    ...noAccess,
    devices: ['/dev/kfd', '/dev/dri'],
    groups: ['video', 'render'],
    securityOptions: ['seccomp=unconfined'],
  }
}

export const amd: VendorReader = {
  ...maker,
  bus: {
    vendorIds: ['1002'],
    isDevice: ({ deviceId, deviceClass }) => /^(?:030|038|120)/.test(deviceClass) && !boardScreens.includes(deviceId),
    products,
  },
  // /dev/kfd is Hygon's too, and /dev/dri everybody's: each device brings its own node.
  nodeGlobs: [],
  sharedNodeGlobs: ['/dev/kfd', '/dev/dri/renderD[0-9]*'],
  brings: { driver: 'amdgpu-dkms', tool: 'rocm, amd-smi-lib' },
  probes: [gpuProbe, nameProbe],
  read,
  container,
  sampleProbe: gpuProbe,
  readSample: (answer) => sampleBy(answer, 'amd-smi', readAmd),
}

/** Versions of the driver and of ROCm, in whichever output. In the kernel's own tree the driver has none. */
function versionsIn(text: string): { module: Reading<string> | undefined; rocm: string | undefined } {
  const head = text.slice(0, 20_000)
  const files = readCards(text, 'amd-sysfs')?.[0]
  if (files !== undefined) {
    const [module, rocm] = [cardText(files, 'module'), cardText(files, 'rocm')]
    return { module: module.state === 'absent' ? undefined : module, rocm: valueOr(rocm, undefined) }
  }
  const module =
    cellAt(toolJson(text), 'system', 'driver version') ?? /amdgpu version\s{0,10}:\s{0,20}(\S{1,60})/i.exec(head)?.[1]
  const rocm = /ROCm version\s{0,10}:\s{0,20}(\d\S{0,40})/i.exec(head)?.[1]
  return { module: module === undefined ? undefined : textCell(module), rocm }
}

/** Total: the kernel's files, JSON of amd-smi and of rocm-smi, or the table of amd-smi 26. */
function readAmd(text: string): DeviceTable {
  const cards = readCards(text, 'amd-sysfs')
  const json = cards === undefined ? toolJson(text) : undefined
  const found =
    cards !== undefined
      ? cards.slice(1).map(ofCard)
      : json === undefined
        ? ofTable(boundedLines(text))
        : [...ofAmdSmi(json), ...ofRocmSmi(json)]
  const devices = new Map<number, Accelerator>()
  const slots = new Map<string, number>()
  for (const device of found) {
    if (device === undefined || devices.has(device.index) || devices.size >= 256) continue
    const { index, pciAddress } = device
    // Partitions of one card come as devices of their own, each with the memory of the whole card.
    const slot = pciAddress.state === 'known' ? pciAddress.value.slice(0, -2) : `index ${index}`
    const whole = devices.get(slots.get(slot) ?? -1)
    if (whole === undefined) slots.set(slot, index)
    devices.set(whole?.index ?? index, whole === undefined ? device : withPartition(whole, index))
  }
  return { devices: [...devices.values()], notes: [] }
}

function withPartition(device: Accelerator, index: number): Accelerator {
  const unsaid = unreadable('the tool says the memory of the whole card')
  const part = (id: number) => ({ id: `${id}`, name: `${id}`, memoryTotalBytes: unsaid, memoryUsedBytes: unsaid })
  const before = device.detail?.partitions
  const parts = before?.state === 'known' ? before.value : [part(device.index)]
  return { ...device, detail: { ...device.detail, partitions: known([...parts, part(index)].slice(0, 64)) } }
}

function healthOf(uncorrected: Reading<number>): Accelerator['health'] {
  return uncorrected.state === 'known' ? known(uncorrected.value === 0 ? 'ok' : 'warning') : absent
}

type Pool = Pick<Accelerator, 'memoryTotalBytes' | 'memoryUsedBytes'>

/** Of a part of the processor the larger pool: never the sum, which nothing can allocate. */
function poolOf(deviceId: string | undefined, video: Pool, shared: Pool): Pool & Pick<Accelerator, 'detail'> {
  const id = deviceId?.toLowerCase().replace(/^0x/, '') ?? ''
  if (!processorParts.includes(id)) return video
  const [own, host] = [video.memoryTotalBytes, shared.memoryTotalBytes]
  const larger = host.state === 'known' && (own.state !== 'known' || host.value > own.value) ? shared : video
  return { ...larger, detail: { sharesHostMemory: known(true) } }
}

function ofCard(card: SysfsCard): Accelerator | undefined {
  const { name, values } = card
  const index = wholeNumber(/^card(\d{1,4})$/.exec(name)?.[1])
  const deviceId = /^1002:([0-9A-F]{4})$/i.exec(values.get('PCI_ID') ?? '')?.[1]?.toLowerCase()
  if (index === undefined || deviceId === undefined) return undefined
  const number = (key: string, factor: number, range: readonly [number, number]) =>
    cardNumber(card, key, { factor, range })
  const pool = (which: string) =>
    checkedMemory(
      // Every card has them: without one the answer broke off.
      values.has(`mem_info_${which}_total`) ? number(`mem_info_${which}_total`, 1, [0, 1e15]) : unreadable('no memory'),
      number(`mem_info_${which}_used`, 1, [0, 1e15]),
    )
  const sensor = (keys: readonly string[], factor: number, range: readonly [number, number]) => {
    const read = keys.map((key) => number(key, factor, range))
    return read.find((one) => one.state === 'known') ?? read.find((one) => one.state !== 'absent') ?? absent
  }
  const [product, uuid] = [cardText(card, 'product_name'), cardText(card, 'unique_id')]
  const listed = productOf(deviceId, products)
  const { detail, ...memory } = poolOf(deviceId, pool('vram'), pool('gtt'))
  const uncorrected = number('ras_uncorrected', 1, [0, 1e12])
  const details = {
    node: values.has('node') ? known(values.get('node') ?? '') : absent,
    serial: cardText(card, 'serial_number'),
    coreClockMegahertz: number('freq1_input', 1e6, [0, 1e5]),
    memoryClockMegahertz: number('freq2_input', 1e6, [0, 1e5]),
    uncorrectedMemoryErrors: uncorrected,
    correctedMemoryErrors: number('ras_corrected', 1, [0, 1e12]),
  }
  const told = Object.entries(details).filter(([, one]) => one.state === 'known')
  return {
    ...{ ...maker, index, chip: 0 },
    product: product.state === 'absent' && listed !== undefined ? known(listed) : product,
    uuid: uuid.state === 'known' && /^0+$/.test(uuid.value) ? absent : uuid,
    pciAddress: pciAddressCell(values.get('PCI_SLOT_NAME')),
    ...memory,
    utilizationPercent: number('gpu_busy_percent', 1, percentRange),
    // Of edge and junction; some cards only have the second.
    temperatureCelsius: sensor(['temp1_input', 'temp2_input'], 1000, celsiusRange),
    powerWatts: sensor(['power1_average', 'power1_input'], 1e6, wattRange),
    powerLimitWatts: sensor(['power1_cap'], 1e6, wattRange),
    health: healthOf(uncorrected),
    detail: { ...Object.fromEntries(told), ...detail },
  }
}

/** `amd-smi metric` and `static`: a list, or an object around it since 6.4. */
function ofAmdSmi(json: unknown): (Accelerator | undefined)[] {
  const list = Array.isArray(json) ? json : fieldsOf(json)?.get('gpu_data')
  return (Array.isArray(list) ? list : []).slice(0, 512).map((entry: unknown) => {
    const at = (...path: readonly string[]) => cellAt(entry, ...path)
    const first = (...paths: readonly (readonly string[])[]) => {
      const cells = paths.map((path) => at(...path))
      return (
        cells.find((cell) => cell !== undefined && !/^N\/A$/i.test(cell)) ?? cells.find((cell) => cell !== undefined)
      )
    }
    const index = wholeNumber(at('gpu'))
    if (index === undefined || index > 65_535) return undefined
    const pool = (total: string | undefined, used: string | undefined) =>
      checkedMemory(memoryCell(total, 'MB'), memoryCell(used, 'MB'))
    const uncorrected = countCell(at('ecc', 'total_uncorrectable_count'))
    const { detail, ...memory } = poolOf(
      at('asic', 'device_id'),
      pool(first(['mem_usage', 'total_vram'], ['vram', 'size']), at('mem_usage', 'used_vram')),
      pool(at('mem_usage', 'total_gtt'), at('mem_usage', 'used_gtt')),
    )
    return {
      ...{ ...maker, index, chip: 0 },
      product: textCell(at('asic', 'market_name')),
      uuid: textCell(first(['uuid'], ['asic', 'asic_serial'])),
      pciAddress: pciAddressCell(first(['bus', 'bdf'], ['bdf'])),
      ...memory,
      utilizationPercent: percentCell(at('usage', 'gfx_activity')),
      temperatureCelsius: celsiusCell(first(['temperature', 'edge'], ['temperature', 'hotspot'])),
      powerWatts: wattCell(first(['power', 'socket_power'], ['power', 'average_socket_power'])),
      powerLimitWatts: absent,
      health: healthOf(uncorrected),
      ...(uncorrected.state === 'known' || detail !== undefined
        ? { detail: { ...(uncorrected.state === 'known' ? { uncorrectedMemoryErrors: uncorrected } : {}), ...detail } }
        : {}),
    }
  })
}

/** `rocm-smi ... --json`: an object with a key a card; the key "system" is none. Memory in bytes. */
function ofRocmSmi(json: unknown): Accelerator[] {
  return [...(fieldsOf(json) ?? [])].flatMap(([key, entry]) => {
    const index = wholeNumber(/^card(\d{1,4})$/.exec(key)?.[1])
    const fields = fieldsOf(entry)
    if (index === undefined || fields === undefined) return []
    const first = (...names: readonly string[]) => {
      const cells = names
        .map((name) => fields.get(name))
        .filter((cell) => typeof cell === 'string' || typeof cell === 'number')
      const told = cells.find((cell) => !/^\s*(?:N\/A)?\s*$/i.test(String(cell))) ?? cells[0]
      return told === undefined ? undefined : String(told)
    }
    const pool = (which: string) =>
      checkedMemory(
        memoryCell(first(`${which} total memory (b)`), 'B'),
        memoryCell(first(`${which} total used memory (b)`), 'B'),
      )
    return [
      {
        ...{ ...maker, index, chip: 0 },
        product: textCell(first('card series', 'device name', 'card model')),
        uuid: textCell(first('unique id')),
        pciAddress: pciAddressCell(first('pci bus')),
        ...poolOf(first('device id', 'gpu id'), pool('vram'), pool('gtt')),
        utilizationPercent: percentCell(first('gpu use (%)')),
        temperatureCelsius: celsiusCell(first('temperature (sensor edge) (c)', 'temperature (sensor junction) (c)')),
        powerWatts: wattCell(first('average graphics package power (w)', 'current socket graphics package power (w)')),
        powerLimitWatts: wattCell(first('max graphics package power (w)') ?? 'N/A'),
        health: absent,
      },
    ]
  })
}

// Load of the memory, temperature, uncorrected errors.
const firstValues = /^(?:\d{1,3}\s?%|N\/A)\s{1,20}(-?\d{1,3}\s?[^\d\s]{0,4}|N\/A)\s{1,20}(\S{1,12})(?:\s|$)/i

/** Two rows a card: `0000:05:00.0  AMD Instinct MI355X | 0 %  54 C  0  234/1400 W` and `0 1 6 SPX/NPS1 | 0 %  N/A  283/294896 MB`. */
function ofTable(lines: readonly string[]): Accelerator[] {
  const devices: Accelerator[] = []
  let first: { readonly address: string; readonly name: string; readonly values: string } | undefined
  for (const line of lines) {
    if (/^\W{0,20}Processes:/i.test(line)) break
    const [head = '', values = '', ...more] = cellsOf(line)
    if (values === '' || more.length > 0) continue
    const match = /^([0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])\s{1,20}(\S.{0,80})$/i.exec(head)
    const index = wholeNumber(wordsOf(head)[0])
    if (first !== undefined && match === null && index !== undefined && index < 65_536) {
      const power = pairOf(first.values)
      const none = wordsOf(first.values).at(-1)
      const [, degrees, errors] = firstValues.exec(first.values) ?? []
      const uncorrected = countCell(errors)
      devices.push({
        ...{ ...maker, index, chip: 0 },
        product: textCell(first.name),
        uuid: absent,
        pciAddress: pciAddressCell(first.address),
        ...memoryPair(values),
        utilizationPercent: percentCell(/^(\d{1,3}\s?%|N\/A)/.exec(values)?.[1]),
        temperatureCelsius: celsiusCell(degrees),
        powerWatts: wattCell(power?.[0] ?? none),
        powerLimitWatts: wattCell(power?.[1] ?? none),
        health: healthOf(uncorrected),
        ...(uncorrected.state === 'known' ? { detail: { uncorrectedMemoryErrors: uncorrected } } : {}),
      })
    }
    first = match === null ? undefined : { address: evidence(match[1] ?? '', 40), name: match[2] ?? '', values }
  }
  return devices
}
