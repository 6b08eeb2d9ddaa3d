// The accelerators of one vendor on an appliance, as far as they could be read.
import type { Accelerator, AcceleratorReport, Vendor } from '../domain/accelerator.ts'
import type { Facts } from '../domain/facts.ts'
import { valueOr } from '../domain/reading.ts'

type Reported = Pick<Facts, 'accelerators'>

export function reportOf(vendor: Vendor, { accelerators }: Reported): AcceleratorReport | undefined {
  return accelerators.find((one) => one.vendor === vendor)
}

export function devicesThere(vendor: Vendor, facts: Reported): readonly Accelerator[] {
  return valueOr(reportOf(vendor, facts)?.devices ?? { state: 'absent' }, [])
}

/** Each once; "unknown" for those that do not say theirs. */
export function productsThere(vendor: Vendor, facts: Reported): string[] {
  return [...new Set(devicesThere(vendor, facts).map(({ product }) => valueOr(product, 'unknown')))]
}
