// What a person calls an accelerator and its maker: "NVIDIA", "NPU 3", "NPU 3.1" for the second chip of a card. The
// same in every language. A maker that is not listed is called by its reader's own word.
import type { Accelerator, Vendor } from '../domain/accelerator.ts'

const written = new Map<Vendor, string>([
  ['nvidia', 'NVIDIA'],
  ['amd', 'AMD'],
  ['metax', 'MetaX'],
  ['mthreads', 'Moore Threads'],
  ['thead', 'T-Head'],
])

export function vendorName(vendor: Vendor): string {
  return written.get(vendor) ?? `${vendor.slice(0, 1).toUpperCase()}${vendor.slice(1)}`
}

/** Vendors' tools say "NVIDIA H20" or "910B4": the vendor is named once. */
export function productName(vendor: Vendor, product: string): string {
  const name = vendorName(vendor)
  return product.toLowerCase().startsWith(name.toLowerCase()) ? product : `${name} ${product}`.trim()
}

export function kindName(kind: Accelerator['kind']): string {
  return kind.toUpperCase()
}

export function acceleratorName({ kind, index, chip }: Pick<Accelerator, 'kind' | 'index' | 'chip'>): string {
  return `${kindName(kind)} ${index}${chip === 0 ? '' : `.${chip}`}`
}
