// What stands against a variant, in words: a reason without a sentence does not compile.
import type { RejectedVariant, Rejection } from '../domain/choice.ts'

export type RejectionWords = {
  readonly [K in Rejection['reason']]: (rejection: Extract<Rejection, { reason: K }>) => string
} & {
  /** Variants that are only counted. */
  readonly others: (count: number) => string
}

/** "cuda13 · w8a8": the variant, and the form of the weights where that is what something stands against. */
export function rejectedName({ variant, model }: RejectedVariant): string {
  return model === undefined ? variant : `${variant} · ${model}`
}

export function rejectionText(rejection: Rejection, words: RejectionWords): string {
  return (words[rejection.reason] as (r: Rejection) => string)(rejection)
}
