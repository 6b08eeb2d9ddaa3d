// Accelerators on the PCI bus by sysfs: needs no tool, no driver and no root, so it answers "is there
// hardware?" when nothing else does. Shared by all vendors. accelerators.md section 14.
import { evidence } from '../../domain/failure.ts'
import { absent, known, type Reading, unreadable } from '../../domain/reading.ts'
import { boundedLines, wordsOf } from '../lines.ts'
import { type Answers, answerText, type Probe } from '../probe.ts'

// No process per device: a server has hundreds. Virtual functions (physfn) are not devices.
const pciShell = `[ -d /sys/bus/pci/devices ] || exit 127
echo pci
for device in /sys/bus/pci/devices/*; do
  { read -r class <"$device/class" && read -r vendor <"$device/vendor" && read -r id <"$device/device"; } 2>/dev/null || continue
  case $class in 0x03* | 0x12*) ;; *) continue ;; esac
  [ -e "$device/physfn" ] && continue
  printf '%s %s %s %s\\n' "\${device##*/}" "$vendor" "$id" "$class"
done
exit 0`

export const pciProbe: Probe = { id: 'pci', shell: pciShell, deadlineSeconds: 5 }

export type PciFilter = {
  /** Four hex digits. */
  readonly vendorId: string
  /** First four digits of the class: "0300" VGA, "0302" 3D controller, "1200" processing accelerator. */
  readonly classes: readonly string[]
}

/** Devices of one vendor, counted by slot: an Ascend card shows two functions. Absent without a PCI bus. */
export function readPciCount(answers: Answers, filter: PciFilter): Reading<number> {
  const text = answerText(answers, pciProbe.id)
  return text.state === 'known' ? countPciText(text.value, filter) : text
}

function countPciText(text: string, filter: PciFilter): Reading<number> {
  const [head, ...rows] = boundedLines(text).filter((line) => line.trim() !== '')
  if (head !== 'pci') return unreadable(`pci: ${evidence(text, 150)}`)
  const slots = new Set<string>()
  for (const row of rows) {
    const [address = '', vendor = '', , deviceClass = ''] = wordsOf(row)
    if (!/^[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]$/.test(address)) return unreadable(`pci: ${evidence(row, 150)}`)
    if (vendor === `0x${filter.vendorId}` && filter.classes.includes(deviceClass.slice(2, 6)))
      slots.add(address.slice(0, -2))
  }
  return known(slots.size)
}

/** What the devices are where the vendor's tool is not installed: absent only if the bus has none. */
export function devicesWithoutTool(pciCount: Reading<number>, tool: string): Reading<never> {
  if (pciCount.state === 'absent' || (pciCount.state === 'known' && pciCount.value === 0)) return absent
  const hardware = pciCount.state === 'known' ? `${pciCount.value} on the PCI bus` : 'the PCI bus could not be read'
  return unreadable(`${hardware}, but ${tool} is not there`)
}
