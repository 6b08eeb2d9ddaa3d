// What was found, by kind: the kind with the best find first, six of each, and how many more there are. What comes later
// than the rest goes below it: nothing that is shown moves.
import { type Match, matchOf, type Searchable, typedWords } from './match.ts'

export const findKinds = [
  ...(['appliance', 'page', 'tab', 'deployment', 'alert', 'run', 'solution', 'entry', 'command'] as const),
] as const
export type FindKind = (typeof findKinds)[number]

export type FindItem = Searchable & {
  /** The same thing has the same one, whenever it is searched for. */
  readonly id: string
  readonly kind: FindKind
  /** A simulated appliance, or on one. */
  readonly demo?: boolean
  readonly go: () => void
}

export type Found = { readonly item: FindItem; readonly match: Match }
/** `next`: the first of those that are not shown. */
export type FoundGroup = {
  readonly kind: FindKind
  readonly shown: readonly Found[]
  readonly more: number
  readonly next?: string
}

const shownAtMost = 6

type Showing = {
  readonly typed: string
  /** Of kinds that are shown for these words already. */
  readonly order: readonly FindKind[]
  /** Kinds of which all is shown. */
  readonly whole: readonly FindKind[]
}

export function foundGroups(items: readonly FindItem[], { typed, order, whole }: Showing): readonly FoundGroup[] {
  const words = typedWords(typed)
  const byKind = new Map<FindKind, Found[]>()
  for (const item of items) {
    const match = matchOf(item, words)
    if (match !== undefined) byKind.set(item.kind, [...(byKind.get(item.kind) ?? []), { item, match }])
  }
  const groups = [...byKind].map(([kind, found]) => {
    const ranked = found.sort((a, b) => a.match.rank - b.match.rank)
    const shown = whole.includes(kind) ? ranked : ranked.slice(0, shownAtMost)
    const next = ranked[shown.length]?.item.id
    const group = { kind, shown, more: ranked.length - shown.length, ...(next !== undefined && { next }) }
    return { group, best: ranked[0]?.match.rank ?? 2 }
  })
  const place = (kind: FindKind) => (order.includes(kind) ? order.indexOf(kind) : order.length)
  const usual = (kind: FindKind) => findKinds.indexOf(kind)
  return groups
    .sort(
      ({ group: a, best }, { group: b, best: other }) =>
        place(a.kind) - place(b.kind) || best - other || usual(a.kind) - usual(b.kind),
    )
    .map(({ group }) => group)
}
