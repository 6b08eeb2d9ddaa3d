// One GPU or NPU as every vendor's reader reports it. Memory in bytes, power in watts, temperature
// in degrees Celsius, utilization in percent of the compute engine (0 to 100).
import * as z from 'zod'
import { readingOf } from './reading.ts'

/** The reader's own word for its maker: "nvidia", "ascend". Open, because a vendor is one file of shared/facts/accelerators. */
export const vendor = z.string().regex(/^[a-z]{2,20}$/)
export type Vendor = z.infer<typeof vendor>
/** What its maker sells it as: "gpu", "npu", "dcu", "mlu", "xpu". */
export const acceleratorKind = z.string().regex(/^[a-z]{2,5}$/)

const count = z.int().nonnegative()

/** A process of the appliance that holds memory of a device. */
const deviceProcess = z.strictObject({
  pid: z.int().positive(),
  name: z.string().max(200),
  memoryBytes: readingOf(count),
})

/** A part of a device that is handed out on its own: a MIG instance, a virtual NPU. */
const partition = z.strictObject({
  id: z.string().max(100),
  name: z.string().max(200),
  memoryTotalBytes: readingOf(count),
  memoryUsedBytes: readingOf(count),
})

/** A fault that tool or driver name themselves; `code` as the vendor writes it, `class` where its list has one. */
const deviceFault = z.strictObject({
  code: z.string().max(60),
  text: z.string().max(300),
  class: z.string().max(40).optional(),
})
export type DeviceFault = z.infer<typeof deviceFault>

/** Of the slot's link now, and what device and slot can do: transfers in GT/s, lanes. */
export const pcieLink = z.strictObject({
  speed: z.number().nonnegative(),
  width: count,
  maxSpeed: z.number().nonnegative(),
  maxWidth: count,
})
export type PcieLink = z.infer<typeof pcieLink>

/** What only some tools say. A key that is missing was not asked for. */
const acceleratorDetail = z
  .strictObject({
    serial: readingOf(z.string()),
    firmware: readingOf(z.string()),
    /** The node a container needs: "/dev/davinci3". */
    node: readingOf(z.string()),
    numaNode: readingOf(count),
    link: readingOf(pcieLink),
    coreClockMegahertz: readingOf(z.number().nonnegative()),
    memoryClockMegahertz: readingOf(z.number().nonnegative()),
    /** Since the driver was loaded. */
    correctedMemoryErrors: readingOf(count),
    uncorrectedMemoryErrors: readingOf(count),
    /** Pages or rows that are only taken out of use by the next reset. */
    pendingRetirements: readingOf(count),
    /** Why it runs slower than it could, in the vendor's words; empty when it does not. */
    slowdowns: readingOf(z.array(z.string().max(100))),
    faults: readingOf(z.array(deviceFault)),
    processes: readingOf(z.array(deviceProcess)),
    partitions: readingOf(z.array(partition)),
    persistence: readingOf(z.boolean()),
    /** How a hypervisor gives it out, in the vendor's words ("Pass-Through", "VGPU"); missing on bare metal. */
    virtualization: readingOf(z.string().max(60)),
    /** Of the chip's own network port (RoCE); absent where it has none. */
    networkLink: readingOf(z.enum(['up', 'down'])),
    /** True where its memory is the host's own: totals are the host's then. */
    sharesHostMemory: readingOf(z.boolean()),
  })
  .partial()
export type AcceleratorDetail = z.infer<typeof acceleratorDetail>
export const accelerator = z.strictObject({
  vendor,
  kind: acceleratorKind,
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
  detail: acceleratorDetail.optional(),
})
export type Accelerator = z.infer<typeof accelerator>

/** A device of the vendor as the bus shows it: there without any tool or driver. */
export const busDevice = z.strictObject({
  pciAddress: z.string().max(20),
  /** Four hex digits. */
  deviceId: z.string().regex(/^[0-9a-f]{4}$/),
  /** The vendor's name for this id; absent where nobody published one. */
  product: readingOf(z.string()),
  /** The kernel module that drives it; absent when none does. */
  driver: readingOf(z.string()),
})
export type BusDevice = z.infer<typeof busDevice>

/** How a container is given devices: what its engine is told besides the image. */
export const containerAccess = z.strictObject({
  /** Of `docker run --gpus`. */
  gpus: z.string().max(4000).optional(),
  runtime: z.string().max(60).optional(),
  /** Paths of nodes, or names of the container device interface. */
  devices: z.array(z.string().max(200)).max(200),
  groups: z.array(z.string().max(60)).max(8),
  securityOptions: z.array(z.string().max(60)).max(4),
  environment: z.record(z.string().max(60), z.string().max(400)),
  /** Read-only, at the same place inside. */
  mounts: z.array(z.string().max(200)).max(20),
})
export type ContainerAccess = z.infer<typeof containerAccess>
export const noAccess: ContainerAccess = { devices: [], groups: [], securityOptions: [], environment: {}, mounts: [] }

/** What one vendor's probes found: hardware on the bus, driver, tool, devices are separate facts. */
export const acceleratorReport = z.strictObject({
  vendor,
  kind: acceleratorKind,
  /** Devices of this vendor on the PCI bus, by sysfs: present even when no tool or driver is. */
  pciCount: readingOf(z.int().nonnegative()),
  /** The same one by one, by slot; at most 64. */
  bus: z.array(busDevice).max(64).optional(),
  /** Chips on the bus that join devices and are none (NVSwitch); missing where there is none. */
  switches: z.int().positive().optional(),
  /** Device nodes under /dev, which is what a container can be given; at most 64. */
  nodes: z.array(z.string().max(100)).max(64).optional(),
  driverVersion: readingOf(z.string()),
  /** The toolkit on the host (CUDA, CANN, DTK ...), with its version; not asked for where the vendor has none. */
  toolkit: readingOf(z.string()).optional(),
  /** The newest toolkit that the driver can run, which says of none that it is installed. */
  toolkitLimit: readingOf(z.string()).optional(),
  devices: readingOf(z.array(accelerator)),
  /** What the vendor calls the packages that bring driver and tool; where hardware is there and one is not. */
  packages: z.strictObject({ driver: z.string().max(100), tool: z.string().max(100) }).optional(),
  /** What the tool said beside its rows, for people: a lost device, a row that could not be read. */
  notes: z.array(z.string().max(300)).optional(),
  /** Known with the devices. */
  container: containerAccess.optional(),
})
export type AcceleratorReport = z.infer<typeof acceleratorReport>
