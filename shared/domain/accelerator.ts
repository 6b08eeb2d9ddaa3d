// One GPU or NPU as every vendor's reader reports it. Memory in bytes, power in watts, temperature
// in degrees Celsius, utilization in percent of the compute engine (0 to 100).
import * as z from 'zod'
import { readingOf } from './reading.ts'

export const vendor = z.enum(['nvidia', 'ascend'])
export type Vendor = z.infer<typeof vendor>

export const accelerator = z.strictObject({
  vendor,
  kind: z.enum(['gpu', 'npu']),
  /** The vendor tool's own index or id; not dense, never a list position. */
  index: z.int().nonnegative(),
  /** Chip (die) number inside the card: 0 unless one card holds several. */
  chip: z.int().nonnegative(),
  product: readingOf(z.string()),
  uuid: readingOf(z.string()),
  /** Normalised PCI address, lower case with a 4-digit domain: "0000:c1:00.0". */
  pciAddress: readingOf(z.string()),
  memoryTotalBytes: readingOf(z.int().nonnegative()),
  memoryUsedBytes: readingOf(z.int().nonnegative()),
  utilizationPercent: readingOf(z.number().min(0).max(100)),
  temperatureCelsius: readingOf(z.number()),
  powerWatts: readingOf(z.number().nonnegative()),
  powerLimitWatts: readingOf(z.number().nonnegative()),
  health: readingOf(z.enum(['ok', 'warning', 'alarm', 'critical'])),
})
export type Accelerator = z.infer<typeof accelerator>

/** What one vendor's probes found: hardware on the bus, driver, tool, devices are separate facts. */
export const acceleratorReport = z.strictObject({
  vendor,
  /** Devices of this vendor on the PCI bus, by sysfs: present even when no tool or driver is. */
  pciCount: readingOf(z.int().nonnegative()),
  driverVersion: readingOf(z.string()),
  devices: readingOf(z.array(accelerator)),
  /** What the tool said beside its rows, for people: a lost device, a row that could not be read. */
  notes: z.array(z.string().max(300)).optional(),
})
export type AcceleratorReport = z.infer<typeof acceleratorReport>
