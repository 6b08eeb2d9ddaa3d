// Which variant of an entry fits an appliance: the first in the entry's order against which nothing stands. Every
// variant passed over keeps its exact reasons, because "why not the GPU?" is the next question.
import type { RejectedVariant, Rejection } from '../../domain/choice.ts'
import type { Part } from '../../domain/entry/part.ts'
import { type Architecture, architecturesOf, type ContainerVariant } from '../../domain/entry/variant.ts'
import type { Facts } from '../../domain/facts.ts'
import { fail, ok, type Result } from '../../domain/failure.ts'
import { valueOr } from '../../domain/reading.ts'
import { matchRejections } from './match-hardware.ts'
import type { Stock } from './stock.ts'

export type ChosenVariant = {
  readonly variant: ContainerVariant
  readonly architecture: Architecture
  readonly rejected: readonly RejectedVariant[]
}

export function chooseVariant(
  entry: {
    readonly id: string
    readonly variants: readonly ContainerVariant[]
    readonly parts?: readonly Part[] | undefined
  },
  facts: Facts,
  stock: Stock,
): Result<ChosenVariant> {
  const rejected: RejectedVariant[] = []
  for (const variant of entry.variants) {
    const usable = usableOn(variant, facts, stock, entry.parts)
    if (usable.ok) return ok({ variant, architecture: usable.architecture, rejected })
    rejected.push({ entry: entry.id, variant: variant.id, rejections: [...usable.against] })
  }
  return fail({ kind: 'no-variant-fits', entry: entry.id, rejected })
}

export type Usable =
  | { readonly ok: true; readonly architecture: Architecture }
  | { readonly ok: false; readonly against: readonly Rejection[] }

/** Everything that the variant asks of the machine, and then its image: bytes that are not there can be brought. */
export function usableOn(variant: ContainerVariant, facts: Facts, stock: Stock, parts: readonly Part[] = []): Usable {
  const has = valueOr(facts.architecture, 'unknown')
  const architecture = architecturesOf(variant).find((one) => one === has)
  const needs = architecturesOf(variant).join(', ')
  const against: Rejection[] = [
    ...(architecture === undefined ? [{ reason: 'architecture-differs', needs, has } as const] : []),
    ...matchRejections(variant.match, facts),
  ]
  if (architecture === undefined) return { ok: false, against }
  const image = stock.againstImage(variant, architecture)
  if (image !== undefined) against.push(image)
  against.push(...parts.flatMap((part) => againstPart(part, architecture, stock) ?? []))
  return against.length === 0 ? { ok: true, architecture } : { ok: false, against }
}

/** A part has one way to run, by the architecture alone. */
function againstPart(part: Part, architecture: Architecture, stock: Stock): Rejection | undefined {
  if (part.images[architecture] !== undefined) return stock.againstImage(part, architecture)
  return { reason: 'architecture-differs', needs: architecturesOf(part).join(', '), has: architecture }
}
