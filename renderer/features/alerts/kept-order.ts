// A list that changes by itself keeps its order while it is read: what is new comes last, what is gone leaves, and the
// reader may ask for the right order.
import { useState } from 'react'

/** `ids` in the order that would be right now. */
export function keptOrder(shown: readonly string[], ids: readonly string[]): readonly string[] {
  const there = new Set(ids)
  const kept = shown.filter((id) => there.has(id))
  const known = new Set(kept)
  return [...kept, ...ids.filter((id) => !known.has(id))]
}

export type KeptOrder = {
  readonly order: readonly string[]
  /** It is not the right order any more. */
  readonly moved: boolean
  readonly sortAgain: () => void
}

export function useKeptOrder(ids: readonly string[]): KeptOrder {
  const [shown, setShown] = useState<readonly string[]>(ids)
  const order = keptOrder(shown, ids)
  if (order.join(' ') !== shown.join(' ')) setShown(order)
  return { order, moved: order.join(' ') !== ids.join(' '), sortAgain: () => setShown(ids) }
}
