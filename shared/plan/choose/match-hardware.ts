// What of an appliance stands against a variant's match. Everything that does is said, not only the first: who mends
// one of them wants to know what comes next.
import type { AcceleratorReport } from '../../domain/accelerator.ts'
import { familyOf } from '../../domain/accelerator-family.ts'
import type { Rejection } from '../../domain/choice.ts'
import type { AcceleratorMatch, HardwareMatch, VersionRange } from '../../domain/entry/hardware-match.ts'
import type { Facts } from '../../domain/facts.ts'
import { type Reading, valueOr } from '../../domain/reading.ts'
import { productsThere, reportOf } from '../devices-there.ts'
import { isInRange } from './versions.ts'

export function matchRejections({ systems, kernel, accelerator }: HardwareMatch, facts: Facts): Rejection[] {
  return [
    ...systemRejections(systems, facts),
    ...kernelRejections(kernel, facts),
    ...(accelerator === undefined ? [] : acceleratorRejections(accelerator, facts)),
  ]
}

function systemRejections(systems: HardwareMatch['systems'], facts: Facts): Rejection[] {
  const against = systems === undefined ? undefined : otherSystem(systems, facts)
  return against === undefined ? [] : [{ reason: 'system-differs', ...against }]
}

/** What the system would have to be and what it is, where it is none of these. */
export function otherSystem(
  systems: NonNullable<HardwareMatch['systems']>,
  { os }: Pick<Facts, 'os'>,
): { readonly needs: string; readonly has: string } | undefined {
  const { id, versionId } = valueOr(os, { id: '?', versionId: '' })
  if (systems.some((one) => one.id === id && (one.versions?.includes(versionId) ?? true))) return undefined
  const needs = systems.map((one) => [one.id, ...(one.versions ?? [])].join(' ')).join(', ')
  return { needs: needs.slice(0, 400), has: `${id} ${versionId}`.trim() }
}

function kernelRejections(range: VersionRange | undefined, { kernel }: Facts): Rejection[] {
  const has = versionIn(kernel)
  return range === undefined || isInRange(has, range)
    ? []
    : [{ reason: 'kernel-differs', needs: range, has: named(has) }]
}

function acceleratorRejections(match: AcceleratorMatch, facts: Facts): Rejection[] {
  const { vendor } = match
  const report = reportOf(vendor, facts)
  if (report === undefined || report.devices.state === 'absent') return [{ reason: 'accelerator-absent', vendor }]
  if (report.devices.state === 'unreadable') {
    return [{ reason: 'accelerator-unreadable', vendor, why: report.devices.why }]
  }
  const has = report.devices.value.length
  if (has === 0) return [{ reason: 'accelerator-absent', vendor }]
  return [
    ...(has < match.countAtLeast
      ? [{ reason: 'too-few-accelerators', vendor, needs: match.countAtLeast, has } as const]
      : []),
    ...familyRejections(match, facts),
    ...deviceMemoryRejections(match, report),
    ...versionRejections(match, report),
  ]
}

function familyRejections({ vendor, families }: AcceleratorMatch, facts: Facts): Rejection[] {
  if (families === undefined) return []
  const others = productsThere(vendor, facts).filter(
    (product) => !families.some((one) => one === familyOf(vendor, product)),
  )
  if (others.length === 0) return []
  return [{ reason: 'family-differs', vendor, needs: families.join(', '), has: others.join(', ').slice(0, 400) }]
}

/** Of the smallest; of one that shares the host's memory or does not say it, nothing is known. */
function deviceMemoryRejections(match: AcceleratorMatch, { devices }: AcceleratorReport): Rejection[] {
  const { vendor, memoryAtLeastBytes: needBytes } = match
  if (needBytes === undefined) return []
  const totals = valueOr(devices, []).flatMap(({ memoryTotalBytes }) =>
    memoryTotalBytes.state === 'known' ? [memoryTotalBytes.value] : [],
  )
  const hasBytes = totals.length === 0 ? undefined : Math.min(...totals)
  if (hasBytes === undefined || hasBytes >= needBytes) return []
  return [{ reason: 'device-memory-too-small', vendor, needBytes, hasBytes }]
}

function versionRejections(match: AcceleratorMatch, report: AcceleratorReport): Rejection[] {
  const { vendor, driver, firmware, toolkit } = match
  const found: Rejection[] = []
  const against = (
    reason: 'driver-differs' | 'firmware-differs' | 'toolkit-differs',
    range: VersionRange | undefined,
    has: string,
  ) => {
    if (range === undefined || isInRange(has, range)) return
    found.push({ reason, vendor, needs: range, has: named(has) })
  }
  against('driver-differs', driver, versionIn(report.driverVersion))
  against('firmware-differs', firmware, firmwareOf(report))
  against('toolkit-differs', toolkit, versionIn(report.toolkitLimit ?? { state: 'absent' }))
  return found
}

/** That of the first device that says it; they come from one package. */
function firmwareOf({ devices }: AcceleratorReport): string {
  const said = valueOr(devices, []).map(({ detail }) => versionIn(detail?.firmware ?? { state: 'absent' }))
  return said.find((one) => one !== '') ?? ''
}

/** "CUDA 12.8" is 12.8. */
function versionIn(reading: Reading<string>): string {
  return valueOr(reading, '').replace(/^[A-Za-z ]+(?=\d)/, '')
}

function named(version: string): string {
  return version === '' ? 'unknown' : version
}
