// The work that keeps the history on the disk and small: every few seconds what is new goes into the tail, full blocks
// become chunks, and what is too old goes. One piece of it at a time.
import { ensureStored } from './appliance-series.ts'
import { storeBlock } from './chunks.ts'
import type { Held, Memory } from './memory.ts'
import { bytesUsed, retainSlice, shareFor } from './retention.ts'
import type { Store } from './store.ts'
import { storeTail } from './tail.ts'

export type Upkeep = {
  /** One piece of what is due, if anything is. */
  workALittle(): void
  commit(): void
  /** Samples that found no place while nothing could be stored. */
  lost(): number
  /** Of the usual times so much is kept: 1, and less where the disk has no room for all of it. */
  share(): number
}

export type UpkeepOptions = {
  readonly store: Store
  readonly memory: Memory
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  /** When it was opened, in milliseconds since 1970. */
  readonly openedAtMs: number
  readonly limitBytes: number
}

const commitEveryMs = 5000
const blocksOfSlice = 32
const workEveryMs = 40
const retainEveryMs = 60_000
/** A block that got nothing for so long is packed as it is. */
const idleMs = 15 * 60_000
/** Blocks that wait for a disk that takes nothing; two of each appliance. */
const mostWaiting = (memory: Memory) => 2 * memory.appliances.size + 2

export function historyUpkeep({ store, memory, clock, openedAtMs, limitBytes }: UpkeepOptions): Upkeep {
  const openedAt = clock()
  let [committedAt, workedAt, retainedAt] = [openedAt, openedAt, openedAt]
  let [share, lost, isRetaining] = [1, 0, false]
  /** Until the next commit nothing else is tried. */
  let isRefused = false
  let isCommitting = false
  /** Goes on with the clock that only runs forward: one that is set ahead by years makes nothing old. */
  const wallMs = () => openedAtMs + clock() - openedAt

  /** In slices: the new rows of a hundred appliances at once would be a stutter. */
  function commitSome(most: number): void {
    const pending = [...memory.sealed, ...memory.open()].filter(({ block }) => block.committed < block.rows)
    const some = pending.slice(0, most)
    isCommitting = pending.length > some.length
    if (!isCommitting) committedAt = clock()
    if (some.length === 0 && !isRefused) return
    const isStored = store.write((sql) => {
      for (const held of some) {
        const appliance = ensureStored(sql, held.appliance)
        storeTail(sql, held.block, { appliance, seriesIds: idsOf(held) })
      }
    })
    if (isStored) for (const { block } of some) block.committed = block.rows
    else [isCommitting, committedAt] = [false, clock()]
    isRefused = !isStored
    while (isRefused && memory.sealed.length > mostWaiting(memory)) lost += memory.sealed.shift()?.block.rows ?? 0
  }

  function packOne(held: Held): void {
    const isStored = store.write((sql) => {
      ensureStored(sql, held.appliance)
      storeBlock(sql, held.block, idsOf(held))
    })
    if (isStored) memory.sealed.shift()
    isRefused = !isStored
  }

  function retain(): void {
    retainedAt = clock()
    memory.sealIdle(wallMs() - idleMs)
    isRetaining = store.change((sql) => retainSlice(sql, wallMs(), share), false)
    if (isRetaining) return
    const shareNow = shareFor(share, store.read(bytesUsed, 0), limitBytes)
    isRetaining = shareNow < share
    share = shareNow
  }

  return {
    workALittle() {
      const now = clock()
      if (isCommitting || now - committedAt >= commitEveryMs) commitSome(blocksOfSlice)
      else if (now - workedAt >= workEveryMs && !isRefused) {
        workedAt = now
        const [full] = memory.sealed
        if (full !== undefined) packOne(full)
        else if (isRetaining || now - retainedAt >= retainEveryMs) retain()
      }
    },
    commit: () => commitSome(Number.POSITIVE_INFINITY),
    lost: () => lost,
    share: () => share,
  }
}

function idsOf({ appliance, places }: Held): (number | undefined)[] {
  return places.map((place) => appliance.ids[place])
}
