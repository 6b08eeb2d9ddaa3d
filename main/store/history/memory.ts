// What was measured and is in no chunk yet: a block that is being filled for each 64 series of an appliance, and
// those that are full and wait to be packed. Nothing here knows a disk, but for what it is asked about an appliance.
import { type ApplianceSeries, placeOf, placesOfBlock } from './appliance-series.ts'
import {
  type Block,
  beginRow,
  blockColumns,
  fullRows,
  isFull,
  longestBlockMs,
  newBlock,
  newestIn,
  setValue,
} from './block.ts'
import type { InMemory } from './read.ts'

/** A block and the places of its columns among the series of its appliance. */
export type Held = { readonly appliance: ApplianceSeries; readonly places: readonly number[]; readonly block: Block }

/** Where the numbers of one kind of measurement go: made once for the same names. */
export type Layout = {
  readonly appliance: ApplianceSeries
  /** For each block which of the numbers belong there, and their columns in it. */
  readonly parts: readonly {
    readonly block: number
    readonly of: readonly number[]
    readonly columns: readonly number[]
  }[]
}

export type Memory = {
  readonly appliances: Map<string, ApplianceSeries>
  /** Full ones, the oldest first. */
  readonly sealed: Held[]
  open(): Held[]
  applianceOf(key: string): ApplianceSeries
  layout(key: string, names: readonly string[]): Layout
  add(layout: Layout, atMs: number, values: ArrayLike<number>): void
  /** Those that got nothing since then are sealed as they are. */
  sealIdle(sinceMs: number): void
  /** What was in the tail of the database; it has a tag already. */
  restore(held: Held): void
  holding(appliance: ApplianceSeries, place: number): InMemory[]
}

export function historyMemory(read: (key: string) => ApplianceSeries): Memory {
  const appliances = new Map<string, ApplianceSeries>()
  const sealed: Held[] = []
  let nextTag = 1

  function seal(appliance: ApplianceSeries, number: number): void {
    const block = appliance.open[number]
    appliance.open[number] = undefined
    if (block !== undefined && block.rows > 0) sealed.push({ appliance, places: placesOfBlock(number), block })
  }

  function blockFor(appliance: ApplianceSeries, number: number, atMs: number): Block {
    const block = appliance.open[number]
    const isOver = block !== undefined && (newestIn(block) > atMs || atMs - (block.times[0] ?? 0) >= longestBlockMs)
    if (block !== undefined && !isOver) return block
    seal(appliance, number)
    const made = newBlock(nextTag, lengthOf(nextTag))
    nextTag += 1
    appliance.open[number] = made
    return made
  }

  function open(): Held[] {
    return [...appliances.values()].flatMap((appliance) =>
      appliance.open.flatMap((block, number) =>
        block === undefined ? [] : [{ appliance, places: placesOfBlock(number), block }],
      ),
    )
  }

  function applianceOf(key: string): ApplianceSeries {
    const known = appliances.get(key) ?? read(key)
    appliances.set(key, known)
    return known
  }

  return {
    ...{ appliances, sealed, open, applianceOf },
    layout: (key, names) => layoutOf(applianceOf(key), names),
    add({ appliance, parts }, atMs, values) {
      for (const { block: number, of, columns } of parts) {
        const block = blockFor(appliance, number, atMs)
        const row = beginRow(block, atMs)
        for (let one = 0; row !== undefined && one < of.length; one++) {
          const value = values[of[one] ?? 0] ?? Number.NaN
          if (Number.isFinite(value)) setValue(block, row, columns[one] ?? 0, value)
        }
        if (isFull(block)) seal(appliance, number)
      }
    },
    sealIdle(sinceMs) {
      for (const appliance of appliances.values()) {
        for (const [number, block] of appliance.open.entries()) {
          if (block !== undefined && newestIn(block) < sinceMs) seal(appliance, number)
        }
      }
    },
    restore(held) {
      nextTag = Math.max(nextTag, held.block.tag + 1)
      sealed.push(held)
    },
    holding(appliance, place) {
      const filling = appliance.open[Math.floor(place / blockColumns)]
      const waiting = sealed.flatMap(({ appliance: other, places, block }) =>
        other === appliance && places.includes(place) ? [{ block, column: places.indexOf(place) }] : [],
      )
      return filling === undefined ? waiting : [...waiting, { block: filling, column: place % blockColumns }]
    },
  }
}

/** The first ones are shorter by different lengths: appliances that begin together are not full together for ever. */
function lengthOf(tag: number): number {
  return tag <= 1000 ? fullRows - ((tag * 37) % 120) : fullRows
}

function layoutOf(appliance: ApplianceSeries, names: readonly string[]): Layout {
  const parts = new Map<number, { of: number[]; columns: number[] }>()
  for (const [index, name] of names.entries()) {
    const place = placeOf(appliance, name)
    if (place === undefined) continue
    const block = Math.floor(place / blockColumns)
    const part = parts.get(block) ?? { of: [], columns: [] }
    parts.set(block, part)
    part.of.push(index)
    part.columns.push(place % blockColumns)
  }
  return { appliance, parts: [...parts].map(([block, part]) => ({ block, ...part })) }
}
