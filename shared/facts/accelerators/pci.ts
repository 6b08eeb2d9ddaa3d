// Accelerators on the PCI bus by sysfs: needs no tool, no driver and no root, so it answers "is there
// hardware?" when nothing else does. Shared by all vendors. accelerators.md section 14.
import type { BusDevice, PcieLink } from '../../domain/accelerator.ts'
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wholeNumber, wordsOf } from '../lines.ts'
import { type Answers, answerText, filesGroup, type Probe } from '../probe.ts'

// No process per device: a server has hundreds. Virtual functions (physfn) are not devices. Class 0780 is how one
// vendor's cards call themselves; its exact ids are asked for later. A bridge is told of NVIDIA only: its NVSwitch is one.
const pciShell = `[ -d /sys/bus/pci/devices ] || exit 127
echo pci
one() { value=-; { read -r value <"$1"; } 2>/dev/null; value=\${value%% *}; }
for device in /sys/bus/pci/devices/*; do
  { read -r class <"$device/class" && read -r vendor <"$device/vendor" && read -r id <"$device/device"; } 2>/dev/null || continue
  case "$class $vendor" in 0x03* | 0x12* | 0x0780* | 0x0680*" 0x10de") ;; *) continue ;; esac
  [ -e "$device/physfn" ] && continue
  driver=-
  [ ! -e "$device/driver" ] || driver=$(cd -P "$device/driver" && echo "\${PWD##*/}")
  row="\${device##*/} $vendor $id $class $driver"
  for file in numa_node current_link_speed current_link_width max_link_speed max_link_width; do
    one "$device/$file"
    row="$row $value"
  done
  printf '%s\\n' "$row"
done
exit 0`

export const pciProbe: Probe = { id: 'pci', shell: pciShell, deadlineSeconds: 5, group: filesGroup }

/** One function on the bus. Ids and class are hex digits without "0x": "10de", "2330", "030200". */
export type BusRow = {
  readonly address: string
  readonly vendorId: string
  readonly deviceId: string
  readonly deviceClass: string
  readonly driver: Reading<string>
  readonly numaNode: Reading<number>
  readonly link: Reading<PcieLink>
}

export type BusMatch = {
  /** Four hex digits each. */
  readonly vendorIds: readonly string[]
  /** Of the rows with such a vendor id: a vendor's bridges, audio functions and BMC screens carry it too. */
  readonly isDevice: (row: BusRow) => boolean
  /** Of the same rows: what joins devices, and is none. */
  readonly isSwitch?: (row: BusRow) => boolean
  /** What the vendor sells it as -> its device ids, with spaces between them. */
  readonly products: Readonly<Record<string, string>>
}

/** Devices of one vendor, one row a slot: an Ascend card shows two functions. Absent without a PCI bus. */
export function readBus(answers: Answers, bus: BusMatch): Reading<readonly BusRow[]> {
  const text = answerText(answers, pciProbe.id)
  return text.state === 'known' ? rowsOf(text.value, bus) : text
}

/** 0 also where the bus was not read. */
export function switchesOnBus(answers: Answers, { isSwitch, ...bus }: BusMatch): number {
  const rows = isSwitch === undefined ? undefined : readBus(answers, { ...bus, isDevice: isSwitch })
  return rows?.state === 'known' ? rows.value.length : 0
}

export function busDevice(row: BusRow, { products }: BusMatch): BusDevice {
  const product = productOf(row.deviceId, products)
  return {
    pciAddress: row.address,
    deviceId: row.deviceId,
    product: product === undefined ? absent : known(product),
    driver: row.driver,
  }
}

/** Undefined for an id that no list of the vendor's products has. */
export function productOf(deviceId: string, products: BusMatch['products']): string | undefined {
  return Object.entries(products).find(([, ids]) => ids.split(' ').includes(deviceId))?.[0]
}

function rowsOf(text: string, { vendorIds, isDevice }: BusMatch): Reading<readonly BusRow[]> {
  const [head, ...lines] = boundedLines(text).filter((line) => line.trim() !== '')
  if (head !== 'pci') return unreadable(`pci: ${evidence(text, 150)}`)
  const slots = new Map<string, BusRow>()
  for (const line of lines) {
    const row = rowOf(line)
    if (row === undefined) return unreadable(`pci: ${evidence(line, 150)}`)
    const slot = row.address.slice(0, -2)
    if (vendorIds.includes(row.vendorId) && isDevice(row) && !slots.has(slot)) slots.set(slot, row)
  }
  return known([...slots.values()])
}

function rowOf(line: string): BusRow | undefined {
  const [address = '', vendor = '', id = '', deviceClass = '', driver = '-', numa = '', ...link] = wordsOf(line)
  const [vendorId, deviceId, classDigits] = [vendor, id, deviceClass].map(
    (word) => /^0x([0-9a-f]{4,6})$/.exec(word)?.[1],
  )
  const addressed = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/.test(address)
  if (!addressed || vendorId === undefined || deviceId === undefined || classDigits === undefined) return undefined
  return {
    ...{ address, vendorId, deviceId: deviceId.slice(-4), deviceClass: classDigits },
    driver: driver === '-' ? absent : known(evidence(driver, 60)),
    // -1 says that the board did not tell.
    numaNode: numberOf(numa),
    link: linkOf(link),
  }
}

function numberOf(word: string | undefined): Reading<number> {
  const value = wholeNumber(word)
  return value === undefined ? absent : known(value)
}

/** "16.0", "16", "32.0", "16": GT/s and lanes, now and at most. Width 255 and speed "Unknown" say nothing. */
function linkOf([speed, width, maxSpeed, maxWidth]: readonly string[]): Reading<PcieLink> {
  const speeds = [speed, maxSpeed].map((word) => (/^\d{1,3}(?:\.\d)?$/.test(word ?? '') ? Number(word) : undefined))
  const widths = [width, maxWidth].map(wholeNumber)
  const [speedNow, speedMost] = speeds
  const [widthNow, widthMost] = widths
  if (speedNow === undefined || speedMost === undefined || widthNow === undefined || widthMost === undefined)
    return absent
  if (widthMost === 0 || widthMost > 32) return absent
  return known({ speed: speedNow, width: widthNow, maxSpeed: speedMost, maxWidth: widthMost })
}

/** What the devices are where the vendor's tool is not installed: absent only if the bus has none. */
export function devicesWithoutTool(onBus: Reading<number>, tool: string): Reading<never> {
  if (onBus.state === 'absent' || (onBus.state === 'known' && onBus.value === 0)) return absent
  const hardware = onBus.state === 'known' ? `${onBus.value} on the PCI bus` : 'the PCI bus could not be read'
  return unreadable(`${hardware}, but ${tool} is not there`)
}
