// What is wrong with the accelerators of an appliance, from the facts alone: an ill device, one that cannot be
// read, and devices on the bus that nobody can read. A verdict carries these, so that it can name them.
import * as z from 'zod'
import { type Accelerator, type AcceleratorReport, acceleratorKind, vendor } from './accelerator.ts'

export const acceleratorTrouble = z.discriminatedUnion('trouble', [
  z.strictObject({
    trouble: z.enum(['alarm', 'critical', 'unreadable']),
    vendor,
    kind: acceleratorKind,
    index: z.int().nonnegative(),
    chip: z.int().nonnegative(),
  }),
  /** Of these no row was read: how many there are is left out where it is not known. */
  z.strictObject({ trouble: z.literal('unread'), vendor, kind: acceleratorKind, count: z.int().positive().optional() }),
])
export type AcceleratorTrouble = z.infer<typeof acceleratorTrouble>

export function acceleratorTroubles(reports: readonly AcceleratorReport[]): AcceleratorTrouble[] {
  return reports.flatMap((report) => [...troublesOfDevices(report), ...unreadOf(report)])
}

function troublesOfDevices({ devices }: AcceleratorReport): AcceleratorTrouble[] {
  if (devices.state !== 'known') return []
  return devices.value.flatMap((device): AcceleratorTrouble[] => {
    const trouble = troubleOf(device.health)
    const { vendor, kind, index, chip } = device
    return trouble === undefined ? [] : [{ trouble, vendor, kind, index, chip }]
  })
}

function troubleOf(health: Accelerator['health']): 'alarm' | 'critical' | 'unreadable' | undefined {
  if (health.state === 'unreadable') return 'unreadable'
  if (health.state !== 'known') return undefined
  return health.value === 'alarm' || health.value === 'critical' ? health.value : undefined
}

/**
 * Without a bus, or with nothing of the vendor on it, a tool that cannot read proves no hardware. Fewer rows than
 * devices on the bus count only beside a complaint of the tool: a card may also be passed through to a guest.
 */
function unreadOf({ vendor, kind, pciCount, devices, notes = [] }: AcceleratorReport): AcceleratorTrouble[] {
  if (pciCount.state === 'unreadable')
    return devices.state === 'unreadable' ? [{ trouble: 'unread', vendor, kind }] : []
  if (pciCount.state !== 'known' || pciCount.value === 0) return []
  if (devices.state !== 'known') return [{ trouble: 'unread', vendor, kind, count: pciCount.value }]
  const count = pciCount.value - devices.value.length
  return count > 0 && notes.length > 0 ? [{ trouble: 'unread', vendor, kind, count }] : []
}
