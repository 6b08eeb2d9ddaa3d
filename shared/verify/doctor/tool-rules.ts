// Hardware on the bus, its driver, and its vendor's tool: where the way from one to the next is broken. The texts are
// those of the tools themselves (accelerators.md sections 1 and 2) and of our own readers.
import type { Facts } from '../../domain/facts.ts'
import { isThere, knownOf, logLines, ofBus, reportsThere, stackOf, undriven, unreadBecause, whyOf } from './look.ts'
import type { Rule } from './rule.ts'

/** Why devices cannot be read, by the rule that says so. Others are `devices-unreadable`. */
const reasons = {
  'tool-missing': /^(?:\d+ on the PCI bus|\/dev\/\S.* is there), but \S+ is not(?: there)?$/,
  'tool-hung': /it has hung since|an earlier call of it still hangs/,
  'tool-timed-out': /did not answer in time/,
  'nvml-mismatch': /driver\/library version mismatch/i,
  'nvidia-driver-silent': /couldn.t communicate with the NVIDIA driver/i,
  'nvidia-no-devices': /No devices were found/i,
  'dcmi-no-access': /-8005\b/,
  'dcmi-device-used': /-8020\b/,
  'dcmi-failed': /dcmi.{0,40}initiali[sz]ed? failed(?!.*-80(?:05|20)\b)/i,
  'tool-libraries-missing':
    /error while loading shared libraries|cannot open shared object|couldn.t find libnvidia-ml|Shared Library Not Found/i,
  'tool-permission': /permission denied|insufficient permissions|operation not permitted/i,
  'device-lost': /fallen off the bus|GPU is lost|unable to determine the device handle/i,
} as const

function because(id: Exclude<keyof typeof reasons, 'device-lost' | 'tool-missing' | 'tool-timed-out'>): Rule {
  return { id, severity: 'error', match: (facts) => unreadBecause(facts, reasons[id]) }
}

/** What was found, and what its vendors' packages are called. */
function withPackages(facts: Facts, part: 'driver' | 'tool', found: readonly string[]): readonly string[] {
  const packages = facts.accelerators.flatMap(({ vendor, packages }) =>
    packages !== undefined && found.some((text) => text.startsWith(vendor)) ? [`${vendor}: ${packages[part]}`] : [],
  )
  return [...found, ...packages]
}

export const toolRules: readonly Rule[] = [
  {
    id: 'tool-missing',
    severity: 'error',
    match: (facts) => withPackages(facts, 'tool', unreadBecause(facts, reasons['tool-missing'])),
  },
  because('tool-hung'),
  {
    // Without its hardware a tool may search for long: that is nobody's trouble.
    id: 'tool-timed-out',
    severity: 'warning',
    match: (facts) => unreadBecause({ ...facts, accelerators: [...reportsThere(facts)] }, reasons['tool-timed-out']),
  },
  because('tool-libraries-missing'),
  because('tool-permission'),
  {
    id: 'nvml-mismatch',
    severity: 'error',
    match: (facts) => {
      // The log keeps such a line after the mismatch is mended.
      const isSilent = facts.accelerators.some(
        ({ vendor, devices }) => vendor === 'nvidia' && whyOf(devices) !== undefined,
      )
      const logged = isSilent ? logLines(facts, /NVRM: API mismatch/) : []
      return [...unreadBecause(facts, reasons['nvml-mismatch']), ...logged]
    },
  },
  because('nvidia-driver-silent'),
  because('nvidia-no-devices'),
  because('dcmi-no-access'),
  because('dcmi-device-used'),
  because('dcmi-failed'),
  { id: 'devices-unreadable', severity: 'error', match: unreadForAnotherReason },
  {
    id: 'driver-not-bound',
    severity: 'error',
    match: (facts) => withPackages(facts, 'driver', undriven(facts)),
  },
  {
    id: 'vfio-bound',
    severity: 'warning',
    match: (facts) => boundTo(facts, ['vfio-pci', 'pci-stub', 'xen-pciback']),
  },
  { id: 'nouveau-bound', severity: 'error', match: (facts) => boundTo(facts, ['nouveau']) },
  {
    id: 'nouveau-loaded',
    severity: 'warning',
    match: (facts) => {
      const loaded = stackOf(facts, 'modules')?.some(({ name }) => name === 'nouveau') === true
      return loaded && isThere(facts, 'nvidia') && boundTo(facts, ['nouveau']).length === 0 ? ['module nouveau'] : []
    },
  },
  { id: 'fewer-devices-than-bus', severity: 'error', match: notListed },
  { id: 'node-missing', severity: 'error', match: withoutNodes },
]

function unreadForAnotherReason(facts: Facts): readonly string[] {
  return reportsThere(facts).flatMap(({ vendor, devices }) => {
    const why = whyOf(devices)
    const named = why === undefined || Object.values(reasons).some((reason) => reason.test(why))
    return named ? [] : [`${vendor}: ${why}`]
  })
}

function boundTo(facts: Facts, drivers: readonly string[]): readonly string[] {
  return ofBus(facts, ({ driver }) => driver.state === 'known' && drivers.includes(driver.value)).map(
    ({ text, device }) => `${text}: ${knownOf(device.driver)}`,
  )
}

const otherOwners = ['vfio-pci', 'pci-stub', 'xen-pciback', 'nouveau']

/**
 * Devices with a driver of their own that the tool does not list, by address; by number where the tool gives none, or
 * one for two dies of a card. More than the bus shows is no fault: a card with two dies is listed twice.
 */
function notListed(facts: Facts): readonly string[] {
  return facts.accelerators.flatMap((report) => {
    const devices = knownOf(report.devices)
    const owned = ofBus({ ...facts, accelerators: [report] }, ({ driver }) => {
      const name = knownOf(driver)
      return name !== undefined && !otherOwners.includes(name)
    })
    if (devices === undefined || owned.length === 0) return []
    const listed = devices.map((device) => knownOf(device.pciAddress))
    if (listed.includes(undefined) || new Set(listed).size < listed.length) {
      return devices.length < owned.length ? [`${report.vendor}: ${devices.length} < ${owned.length}`] : []
    }
    return owned.filter(({ device }) => !listed.includes(device.pciAddress)).map(({ text }) => text)
  })
}

/** Makers whose cards have a node each as soon as their driver is loaded. */
const makersOfNodes = ['nvidia', 'ascend']

function withoutNodes(facts: Facts): readonly string[] {
  const looked = facts.probes.some(({ id, state }) => id === 'accelerator-nodes' && state === 'answered')
  if (!looked) return []
  return facts.accelerators.flatMap(({ vendor, pciCount, driverVersion, nodes = [] }) =>
    makersOfNodes.includes(vendor) &&
    (knownOf(pciCount) ?? 0) > 0 &&
    driverVersion.state === 'known' &&
    nodes.length === 0
      ? [`${vendor}: ${knownOf(pciCount)}; /dev: 0`]
      : [],
  )
}
