// The lines that charts draw, by name, and how a sample becomes one value for each of them.
import { type Reading, valueOr } from '../../../shared/domain/reading.ts'
import { type AcceleratorSample, acceleratorKey, type Sample } from '../../../shared/domain/sample.ts'
import { hostLine, hostQuantities, hostReading } from './host-quantities.ts'
import type { RingRow } from './sample-ring.ts'

export function utilizationLine(accelerator: string): string {
  return `utilization ${accelerator}`
}

export function memoryLine(accelerator: string): string {
  return `memory ${accelerator}`
}

export function rowOf(sample: Sample): RingRow {
  const { atMs, sequence, everySeconds, accelerators } = sample
  const values = new Map<string, number>()
  for (const quantity of hostQuantities) put(values, hostLine(quantity), hostReading(quantity)(sample))
  for (const accelerator of accelerators) {
    const key = acceleratorKey(accelerator)
    put(values, utilizationLine(key), accelerator.utilizationPercent)
    put(values, memoryLine(key), accelerator.memoryUsedBytes)
  }
  return { atMs, sequence, ...(everySeconds !== undefined && { everySeconds }), values }
}

function put(values: Map<string, number>, line: string, reading: Reading<number>): void {
  const value = valueOr(reading, undefined)
  if (value !== undefined) values.set(line, value)
}

export type AcceleratorId = Pick<AcceleratorSample, 'vendor' | 'kind' | 'index' | 'chip'>

/** Every accelerator ever seen keeps its place: one that vanishes is missed, not forgotten. */
export function withSeen(
  seen: readonly AcceleratorId[],
  accelerators: readonly AcceleratorSample[],
): readonly AcceleratorId[] {
  const keys = new Set(seen.map(acceleratorKey))
  const fresh = accelerators.filter((one) => !keys.has(acceleratorKey(one)))
  if (fresh.length === 0) return seen
  return [...seen, ...fresh.map(({ vendor, kind, index, chip }) => ({ vendor, kind, index, chip }))].sort(byPlace)
}

function byPlace(a: AcceleratorId, b: AcceleratorId): number {
  return a.vendor.localeCompare(b.vendor) || a.index - b.index || a.chip - b.chip
}
