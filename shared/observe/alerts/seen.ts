// What a sample, facts, verdicts and findings say, under the names that the rules look at. What is unreadable is left
// out: it is a gap, never a zero.
import type { Accelerator } from '../../domain/accelerator.ts'
import { certificateDaysLeft } from '../../domain/certificate.ts'
import type { Facts } from '../../domain/facts.ts'
import type { Examination } from '../../domain/finding.ts'
import type { Reading } from '../../domain/reading.ts'
import { type AcceleratorSample, acceleratorKey, type HostSample, type Sample } from '../../domain/sample.ts'
import type { ServedCertificate } from '../../domain/served-certificate.ts'
import type { ApplianceVerdict, DeploymentVerdict } from '../../domain/verdict.ts'
import type { NamedNumber } from './observation.ts'

const healthNumbers = { ok: 0, warning: 1, alarm: 2, critical: 3 } as const

/** When each device of an appliance was last there, by its key. */
export type KnownDevices = ReadonlyMap<string, number>

/** A card that was taken out is not missed for longer. */
const missedForMs = 7 * 24 * 3_600_000

/** `known`: with the devices of this sample. Those of a tool that says nothing are not known to be lost. */
export function seenInSample(
  { atMs, host, accelerators, silent }: Sample,
  known: KnownDevices,
): { readonly values: NamedNumber[]; readonly known: KnownDevices } {
  const values: NamedNumber[] = []
  put(values, 'host/cpu', host.cpuPercent)
  put(values, 'host/memory-used', host.memoryUsedBytes)
  put(values, 'host/memory-total', host.memoryTotalBytes)
  putHost(values, host)
  for (const one of accelerators) putDevice(values, one)
  const there = accelerators.map(acceleratorKey)
  const devices = withDevices(known, there, atMs)
  const hanging = silent.flatMap(({ silence, vendor }) => (silence === 'no-answer' ? [`${vendor} `] : []))
  for (const key of devices.keys()) {
    if (hanging.some((vendor) => key.startsWith(vendor))) continue
    values.push({ name: `accelerator/${key}/lost`, value: there.includes(key) ? 0 : 1 })
  }
  for (const { vendor } of silent.filter(({ silence }) => silence === 'no-answer')) {
    values.push({ name: `accelerator/${vendor}/lost`, value: 1 })
  }
  for (const vendor of new Set(accelerators.map((one) => one.vendor))) {
    values.push({ name: `accelerator/${vendor}/lost`, value: 0 })
  }
  return { values, known: devices }
}

/** Wanted: in memory and in swap. A server without swap wants what it has. */
function putHost(values: NamedNumber[], { memoryUsedBytes, swapUsedBytes, temperatureCelsius }: HostSample): void {
  if (memoryUsedBytes.state === 'known' && swapUsedBytes?.state === 'known') {
    values.push({ name: 'host/memory-wanted', value: memoryUsedBytes.value + swapUsedBytes.value })
  }
  if (temperatureCelsius !== undefined) put(values, 'host/temperature', temperatureCelsius)
}

/** The very same map while the same devices are there, but for a time that is written down each hour. */
function withDevices(known: KnownDevices, there: readonly string[], atMs: number): KnownDevices {
  const isOld = (seenMs: number | undefined) => seenMs === undefined || Math.abs(atMs - seenMs) > 3_600_000
  const gone = [...known].filter(([key, seenMs]) => !there.includes(key) && atMs - seenMs > missedForMs)
  if (gone.length === 0 && !there.some((key) => isOld(known.get(key)))) return known
  const next = new Map(known)
  for (const [key] of gone) next.delete(key)
  for (const key of there) next.set(key, atMs)
  return next
}

function putDevice(values: NamedNumber[], device: AcceleratorSample): void {
  const base = `accelerator/${acceleratorKey(device)}`
  put(values, `${base}/memory-used`, device.memoryUsedBytes)
  put(values, `${base}/memory-total`, device.memoryTotalBytes)
  put(values, `${base}/temperature`, device.temperatureCelsius)
  if (device.health.state === 'known') {
    values.push({ name: `${base}/health`, value: healthNumbers[device.health.value] })
  }
}

/** Disks, memory errors and the clock. The offset counts both clocks, and the time the question took. */
export function seenInFacts(facts: Facts): NamedNumber[] {
  const values: NamedNumber[] = []
  const { spaces, stack, accelerators, takenAt } = facts
  const folders = spaces.state === 'known' ? Object.values(spaces.value) : []
  for (const { path, totalBytes, freeBytes } of folders) {
    values.push({ name: `disk/${path}/free`, value: freeBytes })
    values.push({ name: `disk/${path}/used`, value: totalBytes - freeBytes })
    values.push({ name: `disk/${path}/total`, value: totalBytes })
  }
  for (const { devices } of accelerators) {
    for (const device of devices.state === 'known' ? devices.value : []) putErrors(values, device)
  }
  const clock = stack?.clockSeconds
  if (clock?.state === 'known') {
    values.push({ name: 'clock/off-seconds', value: Math.abs(clock.value - Date.parse(takenAt) / 1000) })
  }
  return values
}

function putErrors(values: NamedNumber[], device: Accelerator): void {
  const errors = device.detail?.uncorrectedMemoryErrors
  if (errors !== undefined) put(values, `accelerator/${acceleratorKey(device)}/uncorrected-errors`, errors)
}

const looked = ['thermal-throttling', 'power-throttling'] as const

/** Nothing found says nothing where not all could be looked at. */
export function seenInExamination({ findings, unread }: Examination): NamedNumber[] {
  return looked.flatMap((rule) => {
    const isFound = findings.some((one) => one.rule === rule)
    return isFound || unread.length === 0 ? [{ name: `finding/${rule}`, value: isFound ? 1 : 0 }] : []
  })
}

/** All deployments there are. What nobody could look at is no fault and no all-clear. */
export function seenInVerdict({ deployments }: ApplianceVerdict): NamedNumber[] {
  return deployments.flatMap((one) => [
    ...stateOf(one),
    { name: `deployment/${one.deployment}/taken-back`, value: (one.takenBack ?? []).length > 0 ? 1 : 0 },
  ])
}

function stateOf({ deployment, state, reason, proof, canary }: DeploymentVerdict): NamedNumber[] {
  if (state === 'unknown' || state === 'stale' || reason === 'starting') return []
  return [
    { name: `deployment/${deployment}/down`, value: state === 'down' ? 1 : 0 },
    // What a canary said has a rule of its own.
    { name: `deployment/${deployment}/degraded`, value: state === 'degraded' && reason !== 'canary-failed' ? 1 : 0 },
    { name: `deployment/${deployment}/canary-failed`, value: canary?.verdict === 'failed' ? 1 : 0 },
    ...(proof === undefined ? [] : [{ name: `deployment/${deployment}/first-token`, value: proof.ttftMs / 1000 }]),
  ]
}

/** Of ways in; all that there are. `now`: UTC. */
export function seenOfCertificates(served: readonly ServedCertificate[], now: string): NamedNumber[] {
  return served.map((one) => ({
    name: `certificate/${one.deployment}/days-left`,
    value: certificateDaysLeft(one, now),
  }))
}

/** `until`: UTC, ISO 8601; what it is of, by name. */
export function seenOfExpiry(
  expiring: readonly { readonly name: string; readonly until: string }[],
  nowMs: number,
): NamedNumber[] {
  return expiring.flatMap(({ name, until }) => {
    const days = (Date.parse(until) - nowMs) / (24 * 3_600_000)
    return Number.isNaN(days) ? [] : [{ name: `expiry/${name}/days-left`, value: days }]
  })
}

function put(values: NamedNumber[], name: string, reading: Reading<number>): void {
  if (reading.state === 'known') values.push({ name, value: reading.value })
}
