// What lies between the hardware and the engine on an appliance: kernel, firmware switches, clock, disks, network
// cards, container runtimes, and what the kernel said. Read for the doctor; no plan is made from it.
import * as z from 'zod'
import { vendor } from './accelerator.ts'
import { readingOf } from './reading.ts'

const word = z.string().max(200)
const count = z.int().nonnegative()

/** The engine's own words about how it starts containers. */
const runtimes = z.strictObject({
  names: z.array(word).max(40),
  standard: word,
  /** "systemd" or "cgroupfs". */
  cgroupDriver: word,
  /** Where it looks for specs of the container device interface; none where it does not, or does not say. */
  cdiFolders: z.array(word).max(10),
  rootless: z.boolean(),
})

/** A file of the container device interface, and whose devices it names: "nvidia.com/gpu". */
const cdiSpec = z.strictObject({ file: word, kind: readingOf(word) })

/** A unit of systemd that is installed. `starts`: its state at boot ("enabled", "disabled", "static", ...). */
const service = z.strictObject({ name: word, active: word, starts: word })

/** A loaded kernel module; `taints` as the kernel writes them: "POE", "" for none. */
const kernelModule = z.strictObject({ name: word, taints: z.string().max(20) })

const blockDevice = z.strictObject({ name: word, rotating: z.boolean(), bytes: count })

/** A network card. `megabits` per second; absent where the link is down or the card does not say. */
const networkCard = z.strictObject({ name: word, up: z.boolean(), megabits: readingOf(count) })

/** `at` as the log wrote it: a date, or the seconds since boot. */
const kernelLine = z.strictObject({ at: z.string().max(60), text: z.string().max(400) })
export type KernelLine = z.infer<typeof kernelLine>

/** What a container's engine was asked to give it. A node by its path inside; a name as its vendor counts or calls it. */
const deviceRequest = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('node'), node: word }),
  z.strictObject({ by: z.literal('all'), vendor }),
  z.strictObject({ by: z.literal('count'), vendor, count }),
  z.strictObject({ by: z.literal('name'), vendor: vendor.optional(), name: word }),
])
export type DeviceRequest = z.infer<typeof deviceRequest>

/** A running container that was given accelerators. */
const deviceContainer = z.strictObject({
  name: word,
  /** Absent where it is not one of Rackside's. */
  deployment: readingOf(word),
  given: z.array(deviceRequest).min(1).max(64),
  /**
   * What is found inside it: "/dev/davinci0"; of NVIDIA the ids that its tool lists there, "GPU-...", "MIG-...".
   * Unreadable too where the tool there says that it cannot reach its driver.
   */
  sees: readingOf(z.array(word).max(256)),
})
export type DeviceContainer = z.infer<typeof deviceContainer>

export const stack = z.strictObject({
  runtimes: readingOf(runtimes),
  cdiSpecs: readingOf(z.array(cdiSpec).max(40)),
  /** Those that are installed, of the ones that are looked for. */
  programs: readingOf(z.array(word).max(40)),
  services: readingOf(z.array(service).max(40)),
  /** Headers for the kernel that runs, without which no driver can be built for it. */
  kernelHeaders: readingOf(z.boolean()),
  /** Absent without UEFI. */
  secureBoot: readingOf(z.boolean()),
  modules: readingOf(z.array(kernelModule).max(100)),
  /** Of the kernel's command line, what is about devices and memory. */
  kernelOptions: readingOf(z.array(word).max(60)),
  /** `on`: the kernel does not say which of the two. */
  iommu: readingOf(z.enum(['off', 'on', 'translated', 'passthrough'])),
  hugePages: readingOf(z.strictObject({ count, pageBytes: count, transparent: readingOf(word) })),
  numa: readingOf(z.strictObject({ nodes: count, balancing: readingOf(z.boolean()) })),
  selinux: readingOf(z.enum(['enforcing', 'permissive'])),
  appArmor: readingOf(z.boolean()),
  /** Absent where the distribution does not say. */
  rebootWanted: readingOf(z.boolean()),
  /** By a server of the time. */
  clockSynchronised: readingOf(z.boolean()),
  /** The appliance's own clock, in seconds since 1970. */
  clockSeconds: readingOf(count),
  disks: readingOf(z.array(blockDevice).max(200)),
  /** Name of the disk or volume under each of the facts' spaces, where it is a local one. */
  diskUnder: readingOf(z.record(z.string(), word)),
  networkCards: readingOf(z.array(networkCard).max(100)),
  /** Firmware of Ascend cards as its package says it, and the lowest and highest that the driver takes. */
  ascendFirmware: readingOf(z.strictObject({ version: word, lowest: word, highest: word })),
  /** Asked from inside. Absent without Docker; missing in facts that were taken before it was asked. */
  containerDevices: readingOf(z.array(deviceContainer).max(40)).optional(),
  /** Newest last, at most 200: only lines about devices, memory and disks. */
  kernelLog: readingOf(z.array(kernelLine).max(200)),
})
export type Stack = z.infer<typeof stack>

/** How many devices these are: parts of a GPU, and nodes of a driver as a whole, are none of their own. */
export function countSeen(sees: readonly string[]): number {
  return sees.filter((one) => one.startsWith('GPU-') || /^\/dev\/.*\d$/.test(one)).length
}
