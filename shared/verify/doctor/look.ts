// How rules look at facts: devices, what their tools said, and what the kernel said. Unknown is never a finding: every
// look gives nothing where a reading is not known.
import type { Accelerator, AcceleratorReport, BusDevice, Vendor } from '../../domain/accelerator.ts'
import type { Facts } from '../../domain/facts.ts'
import type { Reading } from '../../domain/reading.ts'
import type { Stack } from '../../domain/stack.ts'

/** The value where it is known. */
export function knownOf<T>(reading: Reading<T> | undefined): T | undefined {
  return reading?.state === 'known' ? reading.value : undefined
}

/** Words of our own readers for what nobody asked, and for what a recording lacks or this computer's system cannot tell. */
const neverAsked = /(?:^|: )no answer came back$|^not read on \S{1,20}$/

/** Why it cannot be read, where somebody tried to. */
export function whyOf(reading: Reading<unknown> | undefined): string | undefined {
  return reading?.state === 'unreadable' && !neverAsked.test(reading.why) ? reading.why : undefined
}

type Known<R> = R extends { readonly state: 'known'; readonly value: infer T } ? T : never

/** A fact of the stack, where it was asked for and is known. */
export function stackOf<K extends keyof Stack>({ stack }: Facts, name: K): Known<Stack[K]> | undefined {
  return knownOf(stack?.[name] as Reading<Known<Stack[K]>> | undefined)
}

export function devicesOf(facts: Facts, vendor?: Vendor): readonly Accelerator[] {
  return facts.accelerators
    .filter((report) => vendor === undefined || report.vendor === vendor)
    .flatMap((report) => knownOf(report.devices) ?? [])
}

/** Reports of vendors whose hardware is certainly there: on the bus, named by the tool, or with a node. */
export function reportsThere({ accelerators }: Facts): readonly AcceleratorReport[] {
  return accelerators.filter(({ pciCount, devices, nodes = [] }) =>
    [knownOf(pciCount), knownOf(devices)?.length, nodes.length].some((count = 0) => count > 0),
  )
}

export function isThere(facts: Facts, vendor: Vendor): boolean {
  return reportsThere(facts).some((report) => report.vendor === vendor)
}

/** "nvidia GPU 3 (0000:44:00.0)" */
export function nameOf({ vendor, kind, index, chip, pciAddress }: Accelerator): string {
  const place = pciAddress.state === 'known' ? ` (${pciAddress.value})` : ''
  return `${vendor} ${kind.toUpperCase()} ${index}${chip === 0 ? '' : `.${chip}`}${place}`
}

/** A line for each device of which `say` has something to say. */
export function ofDevices(facts: Facts, say: (device: Accelerator) => string | undefined): readonly string[] {
  return devicesOf(facts).flatMap((device) => {
    const text = say(device)
    return text === undefined ? [] : [`${nameOf(device)}: ${text}`]
  })
}

/** A line for each device on the bus that `is` one of those; "nvidia 0000:44:00.0 (10de:2329, H20)" without its maker's id. */
export function ofBus(
  facts: Facts,
  is: (device: BusDevice, report: AcceleratorReport) => boolean,
): readonly { readonly report: AcceleratorReport; readonly device: BusDevice; readonly text: string }[] {
  return facts.accelerators.flatMap((report) =>
    (report.bus ?? [])
      .filter((device) => is(device, report))
      .map((device) => {
        const product = knownOf(device.product)
        const what = product === undefined ? device.deviceId : `${device.deviceId}, ${product}`
        return { report, device, text: `${report.vendor} ${device.pciAddress} (${what})` }
      }),
  )
}

/**
 * Accelerators that no driver drives. One that its tool lists has a driver, whatever the bus shows: by address, or by
 * number where the tool gives none. What the tool was not asked is not known.
 */
export function undriven(facts: Facts): readonly string[] {
  return ofBus(facts, ({ driver, pciAddress }, { devices, bus = [] }) => {
    if (driver.state !== 'absent' || (devices.state === 'unreadable' && whyOf(devices) === undefined)) return false
    const listed = (knownOf(devices) ?? []).map((device) => knownOf(device.pciAddress))
    return !listed.includes(pciAddress) && !(listed.includes(undefined) && listed.length >= bus.length)
  }).map(({ text }) => text)
}

/** Vendors whose devices cannot be read, with the reason, where it matches. Of partial facts no vendor was asked. */
export function unreadBecause({ accelerators, partial }: Facts, pattern: RegExp): readonly string[] {
  if (partial !== undefined) return []
  return accelerators.flatMap(({ vendor, devices }) => {
    const why = whyOf(devices)
    return why !== undefined && pattern.test(why) ? [`${vendor}: ${why}`] : []
  })
}

/** Lines of the kernel's log that match, with their time. */
export function logLines(facts: Facts, pattern: RegExp): readonly string[] {
  return (stackOf(facts, 'kernelLog') ?? []).flatMap(({ at, text }) =>
    pattern.test(text) ? [at === '' ? text : `${at} ${text}`] : [],
  )
}

export function hasProgram(facts: Facts, names: readonly string[]): boolean {
  return (stackOf(facts, 'programs') ?? []).some((name) => names.includes(name))
}

export function gibibytes(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`
}
