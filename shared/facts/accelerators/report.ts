// A vendor's report: what its tool says, joined with what the bus and /dev say about the same devices. The same for
// every vendor, so that no reader has to.
import type { Accelerator, AcceleratorReport } from '../../domain/accelerator.ts'
import { known, type Reading } from '../../domain/reading.ts'
import { boundedLines } from '../lines.ts'
import { type Answers, answerText, filesGroup, type Probe } from '../probe.ts'
import { readHostMemory } from '../system.ts'
import { hostMemoryOf, withHostMemory } from './host-memory.ts'
import { type BusRow, busDevice, readBus, switchesOnBus } from './pci.ts'
import type { VendorReader } from './vendor.ts'

const shownLimit = 64

/** Which device nodes there are, by the shell's own globs, and which of the paths that a container needs. */
export function nodeProbe(readers: readonly VendorReader[]): Probe {
  const lists = readers.flatMap(({ vendor, nodeGlobs, accessPaths = [] }) => [
    ...(nodeGlobs.length > 0 ? [`list "${vendor} node" ${nodeGlobs.join(' ')}`] : []),
    ...(accessPaths.length > 0 ? [`list "${vendor} path" ${accessPaths.join(' ')}`] : []),
  ])
  const shell = [
    'list() {',
    '  who=$1',
    '  shift',
    '  for node in "$@"; do [ ! -e "$node" ] || echo "$who $node"; done',
    '}',
    'echo nodes',
    ...lists,
  ]
  return { id: 'accelerator-nodes', shell: shell.join('\n'), deadlineSeconds: 5, group: filesGroup }
}

/** Total: every answer, also none, gives a report. */
export function reportOf(reader: VendorReader, answers: Answers): AcceleratorReport {
  const { vendor, kind, bus: match } = reader
  const bus = readBus(answers, match)
  const pciCount: Reading<number> = bus.state === 'known' ? known(bus.value.length) : bus
  const rows = bus.state === 'known' ? bus.value : []
  const switches = switchesOnBus(answers, match)
  const found = reader.read(answers, pciCount)
  const nodes = nodesOf(answers, vendor)
  const there = [...nodes, ...pathsOf(answers, `${vendor} path`)]
  const host = hostMemoryOf(readHostMemory(answers))
  const devices: AcceleratorReport['devices'] =
    found.devices.state === 'known'
      ? known(found.devices.value.map((device) => withHostMemory(withBus(device, rows), host)))
      : found.devices
  return {
    ...{ vendor, kind, pciCount },
    ...(rows.length > 0 ? { bus: rows.slice(0, shownLimit).map((row) => busDevice(row, match)) } : {}),
    ...(switches > 0 ? { switches } : {}),
    ...(nodes.length > 0 ? { nodes } : {}),
    ...found,
    devices,
    ...(devices.state !== 'known' && lacksPart(reader, rows, answers) ? { packages: reader.brings } : {}),
    ...(devices.state === 'known' ? { container: reader.container(devices.value, there) } : {}),
  }
}

/** Hardware is there, and its driver or its tool is not. */
function lacksPart({ sampleProbe }: VendorReader, rows: readonly BusRow[], answers: Answers): boolean {
  const toolMissing = answers.get(sampleProbe.id)?.state === 'missing'
  return rows.length > 0 && (toolMissing || rows.some(({ driver }) => driver.state === 'absent'))
}

/** Node and link of the slot that the tool names. */
function withBus(device: Accelerator, rows: readonly BusRow[]): Accelerator {
  const { pciAddress, detail } = device
  const row = pciAddress.state === 'known' ? rows.find((one) => one.address === pciAddress.value) : undefined
  if (row === undefined) return device
  const told = Object.entries({ numaNode: row.numaNode, link: row.link }).filter(([, one]) => one.state !== 'absent')
  return told.length === 0 ? device : { ...device, detail: { ...Object.fromEntries(told), ...detail } }
}

/** The nodes of one vendor, as the appliance's shell found them. */
export function nodesOf(answers: Answers, vendor: string): string[] {
  return pathsOf(answers, `${vendor} node`)
}

function pathsOf(answers: Answers, which: string): string[] {
  const text = answerText(answers, 'accelerator-nodes')
  if (text.state !== 'known') return []
  const own = boundedLines(text.value).flatMap((line) => {
    const path = line.startsWith(`${which} /`) ? line.slice(which.length + 1) : ''
    return /^\/[A-Za-z0-9._/-]{1,99}$/.test(path) ? [path] : []
  })
  return own.slice(0, shownLimit)
}
