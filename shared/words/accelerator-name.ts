// What a person calls one accelerator: the kind its vendor sells and the tool's own number. The same in every
// language: "NPU 3", "NPU 3.1" for the second chip of a card.
import type { Vendor } from '../domain/accelerator.ts'

export const acceleratorKinds: { readonly [V in Vendor]: string } = { nvidia: 'GPU', ascend: 'NPU' }

export function acceleratorName(one: {
  readonly vendor: Vendor
  readonly index: number
  readonly chip: number
}): string {
  return `${acceleratorKinds[one.vendor]} ${one.index}${one.chip === 0 ? '' : `.${one.chip}`}`
}
