// What a vendor brings to the facts: how its hardware is told on the bus, its probes and one reader of their answers,
// the same for the sampler, and how a container gets its devices. Adding a vendor is one file of this shape:
// all.ts is written from the names of the files (`npm run vendors`).
import type { Accelerator, AcceleratorReport, ContainerAccess, Vendor } from '../../domain/accelerator.ts'
import type { Reading } from '../../domain/reading.ts'
import type { Answers, Probe, ProbeAnswer } from '../probe.ts'
import type { BusMatch } from './pci.ts'

export type VendorReader = {
  readonly vendor: Vendor
  readonly kind: Accelerator['kind']
  readonly bus: BusMatch
  /** sh globs of the nodes that stand for one device each: "/dev/davinci[0-9]*". */
  readonly nodeGlobs: readonly string[]
  /** Nodes that devices of other vendors use as well: looked for inside containers, and never counted. */
  readonly sharedNodeGlobs?: readonly string[]
  /** The vendor's own container runtimes: how their names begin, and the variable that names a container's devices. */
  readonly runtime?: { readonly name: string; readonly variable: string }
  /** Names of what has to be installed when the driver, or the tool, is not there. */
  readonly brings: { readonly driver: string; readonly tool: string }
  readonly probes: readonly Probe[]
  /** Total: every answer, also none, gives findings. `onBus` is how many devices the bus shows. */
  readonly read: (answers: Answers, onBus: Reading<number>) => VendorFindings
  /** What a container needs besides: nodes of the driver as a whole, libraries, the tool. Only what is there is given. */
  readonly accessPaths?: readonly string[]
  /** How a container gets these devices, whatever image it runs; `there` is what there is of nodes and accessPaths. */
  readonly container: (devices: readonly Accelerator[], there: readonly string[]) => ContainerAccess
  /** One tool call that may be made once a second. Same id as the facts' own: a tool that hangs is known to both. */
  readonly sampleProbe: Probe
  readonly readSample: (answer: ProbeAnswer) => VendorSample
  /** A pattern of sh's `case` for the one line of a device in that call's answer. Missing: the bus alone tells of them. */
  readonly deviceRow?: string
}

export type VendorFindings = Pick<AcceleratorReport, 'driverVersion' | 'toolkit' | 'toolkitLimit' | 'devices' | 'notes'>

export type VendorSample = {
  /** Absent where the tool is not installed. */
  readonly devices: Reading<readonly Accelerator[]>
  /** What the tool said beside its rows: a lost device, a row that could not be read. */
  readonly notes: readonly string[]
}
