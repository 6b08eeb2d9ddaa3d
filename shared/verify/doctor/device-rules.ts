// What single accelerators say of themselves: lost, ill, hot, slowed down, or with memory that fails.
import type { Accelerator } from '../../domain/accelerator.ts'
import type { Facts } from '../../domain/facts.ts'
import { xidOfFault } from '../../domain/nvidia-xid.ts'
import { devicesOf, isThere, knownOf, nameOf, ofDevices, reportsThere, stackOf, unreadBecause, whyOf } from './look.ts'
import type { Rule } from './rule.ts'

const lost = /fallen off the bus|GPU is lost|unable to determine the device handle/i
const needsReset = /requires? (?:a )?reset/i

/** Above this every maker's cards slow down or are about to. */
const hotCelsius = 90

export const deviceRules: readonly Rule[] = [
  {
    id: 'device-lost',
    severity: 'error',
    match: (facts) => [...unreadBecause(facts, lost), ...notesThat(facts, lost)],
  },
  {
    id: 'device-needs-reset',
    severity: 'error',
    match: (facts) => [
      ...ofDevices(facts, (device) => unreadValue(device, needsReset)),
      ...notesThat(facts, needsReset),
    ],
  },
  { id: 'device-critical', severity: 'error', match: (facts) => ofDevices(facts, healthIs('critical')) },
  { id: 'device-alarm', severity: 'error', match: (facts) => ofDevices(facts, healthIs('alarm')) },
  { id: 'device-warning', severity: 'warning', match: (facts) => ofDevices(facts, healthIs('warning')) },
  {
    id: 'device-faults',
    severity: 'error',
    match: (facts) =>
      devicesOf(facts).flatMap((device) =>
        (knownOf(device.detail?.faults) ?? [])
          // These have rules of their own, by what each means.
          .filter(({ code }) => xidOfFault(code) === undefined)
          .map(({ code, text }) => `${nameOf(device)}: ${code} ${text}`),
      ),
  },
  {
    id: 'device-hot',
    severity: 'warning',
    match: (facts) =>
      ofDevices(facts, ({ temperatureCelsius }) => {
        const celsius = knownOf(temperatureCelsius)
        return celsius !== undefined && celsius >= hotCelsius ? `${celsius} °C` : undefined
      }),
  },
  { id: 'thermal-throttling', severity: 'warning', match: (facts) => ofDevices(facts, slowedBy(/therm|temperature/i)) },
  // A power cap at full load is how these cards work; the brake is pulled by the server's power supply.
  {
    id: 'power-throttling',
    severity: 'warning',
    match: (facts) => ofDevices(facts, brakedByPower),
  },
  {
    id: 'ecc-uncorrected',
    severity: 'error',
    match: (facts) => ofDevices(facts, ({ detail }) => positive(knownOf(detail?.uncorrectedMemoryErrors))),
  },
  {
    id: 'ecc-pending',
    severity: 'warning',
    match: (facts) => ofDevices(facts, ({ detail }) => positive(knownOf(detail?.pendingRetirements))),
  },
  {
    id: 'pcie-narrow',
    severity: 'warning',
    match: (facts) =>
      ofDevices(facts, ({ detail }) => {
        const link = knownOf(detail?.link)
        // A width of 0 is a virtual machine's.
        return link !== undefined && link.width > 0 && link.width < link.maxWidth
          ? `x${link.width} < x${link.maxWidth}`
          : undefined
      }),
  },
  { id: 'pcie-slow', severity: 'hint', match: (facts) => ofDevices(facts, slowLink) },
  {
    id: 'persistence-off',
    severity: 'warning',
    // MetaX has a switch of this name, and neither NVIDIA's cause nor its remedy.
    match: (facts) =>
      ofDevices(facts, ({ vendor, detail }) =>
        vendor === 'nvidia' && knownOf(detail?.persistence) === false ? 'off' : undefined,
      ),
  },
  { id: 'ascend-firmware-mismatch', severity: 'error', match: firmwareOutside },
  { id: 'ascend-link-down', severity: 'warning', match: someLinksDown },
  { id: 'toolkit-newer-than-driver', severity: 'warning', match: toolkitTooNew },
  { id: 'fabric-manager-down', severity: 'error', match: withoutFabricManager },
]

/** Wanted where there is something to manage, or where somebody switched it on. A unit that is not installed is not listed. */
function withoutFabricManager(facts: Facts): readonly string[] {
  const services = stackOf(facts, 'services')
  const unit = services?.find(({ name }) => name === 'nvidia-fabricmanager')
  const { switches = 0 } = facts.accelerators.find(({ vendor }) => vendor === 'nvidia') ?? {}
  const isSwitchedOn = unit !== undefined && (unit.active === 'failed' || unit.starts === 'enabled')
  const isWanted = switches > 0 || (isSwitchedOn && isThere(facts, 'nvidia'))
  if (services === undefined || !isWanted || unit?.active === 'active') return []
  return [...(switches > 0 ? [`NVSwitch: ${switches}`] : []), `nvidia-fabricmanager: ${unit?.active ?? '-'}`]
}

/** A server that stands alone has no cable in any of its ports. */
function someLinksDown(facts: Facts): readonly string[] {
  const isUp = (device: Accelerator) => knownOf(device.detail?.networkLink) === 'up'
  if (!devicesOf(facts, 'ascend').some(isUp)) return []
  return ofDevices(facts, ({ detail }) => (knownOf(detail?.networkLink) === 'down' ? 'link status: DOWN' : undefined))
}

/** Programs of a newer minor release still run on an older driver; of a newer major release they do not. */
function toolkitTooNew(facts: Facts): readonly string[] {
  return reportsThere(facts).flatMap(({ vendor, toolkit, toolkitLimit }) => {
    const [installed, limit] = [knownOf(toolkit), knownOf(toolkitLimit)]
    const major = (name: string | undefined) => Number(/^CUDA (\d{1,4})\b/.exec(name ?? '')?.[1] ?? Number.NaN)
    return major(installed) > major(limit) ? [`${vendor}: ${installed} > ${limit}`] : []
  })
}

function notesThat(facts: Facts, pattern: RegExp): readonly string[] {
  return facts.accelerators.flatMap(({ vendor, notes = [] }) =>
    notes.filter((note) => pattern.test(note)).map((note) => `${vendor}: ${note}`),
  )
}

function unreadValue(device: Accelerator, pattern: RegExp): string | undefined {
  const { memoryTotalBytes, memoryUsedBytes, utilizationPercent, temperatureCelsius, powerWatts, health } = device
  const readings = [memoryTotalBytes, memoryUsedBytes, utilizationPercent, temperatureCelsius, powerWatts, health]
  return readings.map(whyOf).find((why) => why !== undefined && pattern.test(why))
}

function healthIs(word: string): (device: Accelerator) => string | undefined {
  return ({ health }) => (knownOf(health) === word ? word : undefined)
}

/** The general flag of the hardware is up with every reason of it: on its own, and only then, it is the power brake. */
function brakedByPower(device: Accelerator): string | undefined {
  const hot = slowedBy(/therm|temperature/i)(device) !== undefined
  return slowedBy(hot ? /power.?brake/i : /power.?brake|^hw.?slowdown$/i)(device)
}

function slowedBy(pattern: RegExp): (device: Accelerator) => string | undefined {
  return ({ detail }) => {
    const words = (knownOf(detail?.slowdowns) ?? []).filter((word) => pattern.test(word))
    return words.length > 0 ? words.join(', ') : undefined
  }
}

function positive(count: number | undefined): string | undefined {
  return count !== undefined && count > 0 ? String(count) : undefined
}

/** An idle card slows its link down to save power: only one at work counts. */
function slowLink({ detail, utilizationPercent }: Accelerator): string | undefined {
  const link = knownOf(detail?.link)
  const busy = (knownOf(utilizationPercent) ?? 0) >= 50
  return link !== undefined && busy && link.speed > 0 && link.speed < link.maxSpeed
    ? `${link.speed} GT/s < ${link.maxSpeed} GT/s`
    : undefined
}

/** The driver's own file says from which to which firmware it works (compatible_version_fw). */
function firmwareOutside(facts: Facts): readonly string[] {
  const told = stackOf(facts, 'ascendFirmware')
  if (told === undefined) return []
  const { version, lowest, highest } = told
  const below = comparedTo(version, lowest)
  const above = comparedTo(version, highest)
  const outside = (below !== undefined && below < 0) || (above !== undefined && above > 0)
  return outside ? [`firmware ${version}; compatible_version_fw=[${lowest},${highest}]`] : []
}

/** By as many parts as the bound has; undefined where a part is no number. */
function comparedTo(version: string, bound: string): number | undefined {
  const parts = version.split('.')
  for (const [place, word] of bound.split('.').entries()) {
    const own = parts[place] ?? '0'
    if (!/^\d{1,9}$/.test(own) || !/^\d{1,9}$/.test(word)) return undefined
    if (Number(own) !== Number(word)) return Number(own) - Number(word)
  }
  return 0
}
