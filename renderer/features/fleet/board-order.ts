// The order of the cards: who needs somebody first, found once when every appliance was looked at, and then
// kept while it is read. What would stand elsewhere now is counted and offered, never moved by itself.
import { useState } from 'react'
import type { Condition } from '../../console/condition.ts'
import { orderByNeed } from './card-kind.ts'

type NamedCard = { readonly name: string; readonly condition: Condition }

/** The kept order with those that are gone left out and those that are new at the end. */
export function keptOrder(kept: readonly string[], names: readonly string[]): readonly string[] {
  const still = kept.filter((name) => names.includes(name))
  return [...still, ...names.filter((name) => !kept.includes(name))]
}

export function movedCount(shown: readonly string[], wanted: readonly string[]): number {
  return shown.filter((name, place) => wanted[place] !== name).length
}

export function useBoardOrder(cards: readonly NamedCard[]): {
  readonly order: readonly string[]
  readonly moved: number
  readonly sortAgain: () => void
} {
  const [kept, setKept] = useState<readonly string[] | undefined>(undefined)
  const names = cards.map(({ name }) => name)
  const wanted = orderByNeed(cards)
  const looked = cards.length > 0 && cards.every(({ condition }) => condition.is !== 'looking')
  if (kept === undefined && looked) setKept(wanted)
  const order = kept === undefined ? names : keptOrder(kept, names)
  return { order, moved: looked ? movedCount(order, wanted) : 0, sortAgain: () => setKept(wanted) }
}
