// Which variant of an entry fits this appliance: the first in the entry's order against which nothing
// stands. Every variant passed over keeps its exact reasons, because "why not the GPU?" is the next question.
import type { Vendor } from '../domain/accelerator.ts'
import type { Rejection } from '../domain/choice.ts'
import type { Variant, VariantMatch } from '../domain/entry.ts'
import type { Facts } from '../domain/facts.ts'
import { fail, ok, type Result } from '../domain/failure.ts'
import { valueOr } from '../domain/reading.ts'
import { type Catalog, findArtifact } from './catalog.ts'

export type Chosen = {
  readonly variant: Variant
  readonly rejected: readonly { variant: string; rejections: Rejection[] }[]
}

export function chooseVariant(
  entry: { readonly id: string; readonly variants: readonly Variant[] },
  facts: Facts,
  catalog: Catalog,
): Result<Chosen> {
  const rejected: { variant: string; rejections: Rejection[] }[] = []
  for (const variant of entry.variants) {
    const rejections = [...matchRejections(variant.match, facts), ...imageRejections(variant, catalog)]
    if (rejections.length === 0) return ok({ variant, rejected })
    rejected.push({ variant: variant.id, rejections })
  }
  return fail({ kind: 'no-variant-fits', entry: entry.id, rejected })
}

function matchRejections(match: VariantMatch, facts: Facts): Rejection[] {
  const rejections: Rejection[] = []
  const has = valueOr(facts.architecture, 'unknown')
  if (has !== match.architecture) {
    rejections.push({ reason: 'architecture-differs', needs: match.architecture, has })
  }
  if (match.accelerator !== undefined) rejections.push(...acceleratorRejections(match.accelerator, facts))
  return rejections
}

type AcceleratorMatch = NonNullable<VariantMatch['accelerator']>

function acceleratorRejections(match: AcceleratorMatch, facts: Facts): Rejection[] {
  const { vendor } = match
  const report = facts.accelerators.find((r) => r.vendor === vendor)
  if (report === undefined || report.devices.state === 'absent') return [{ reason: 'accelerator-absent', vendor }]
  if (report.devices.state === 'unreadable') {
    return [{ reason: 'accelerator-unreadable', vendor, why: report.devices.why }]
  }
  const has = report.devices.value.length
  if (has === 0) return [{ reason: 'accelerator-absent', vendor }]
  if (has < match.countAtLeast) {
    return [{ reason: 'too-few-accelerators', vendor, needs: match.countAtLeast, has }]
  }
  return driverRejections(match, vendor, valueOr(report.driverVersion, ''))
}

function driverRejections(match: AcceleratorMatch, vendor: Vendor, has: string): Rejection[] {
  const needs = match.driverAtLeast
  if (needs === undefined || compareVersions(has, needs) >= 0) return []
  return [{ reason: 'driver-too-old', vendor, needs, has: has === '' ? 'unknown' : has }]
}

function imageRejections(variant: Variant, catalog: Catalog): Rejection[] {
  const artifact = findArtifact(catalog, variant.image)
  if (artifact === undefined || artifact.kind !== 'image') {
    return [{ reason: 'artifact-not-in-bundle', artifact: variant.image }]
  }
  const has = artifact.image.platform.architecture
  const needs = variant.match.architecture
  return has === needs ? [] : [{ reason: 'image-for-other-platform', needs, has }]
}

/**
 * Compares dotted numbers ("525.60.13", "25.2.0") part by part; a missing part counts as 0. An empty or
 * non-numeric version sorts before everything, so an unknown driver never passes as new enough.
 */
export function compareVersions(a: string, b: string): number {
  const parts = (version: string) => version.split('.').map((p) => Number.parseInt(p, 10))
  const [left, right] = [parts(a), parts(b)]
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [l, r] = [left[i] ?? 0, right[i] ?? 0]
    if (Number.isNaN(l) || Number.isNaN(r)) return Number.isNaN(l) && Number.isNaN(r) ? 0 : Number.isNaN(l) ? -1 : 1
    if (l !== r) return l - r
  }
  return 0
}
