// What this console has measured, kept: in memory for seconds, in the database from then on. Whoever measures adds
// numbers to series; now and then a call does a little of the work that is due, never much.
import type { HistoryAnswer, HistoryState } from '../../../shared/domain/history.ts'
import { ensureStored, placeOf, readAppliance } from './appliance-series.ts'
import type { Sql } from './database.ts'
import { type LateSamples, storeLate } from './late.ts'
import { historyMemory, type Layout, type Memory } from './memory.ts'
import { asHistory, bucketing, slotsBetween } from './read.ts'
import { bytesUsed } from './retention.ts'
import { historyStore, type Store } from './store.ts'
import { readTail } from './tail.ts'
import { historyUpkeep } from './upkeep.ts'

export type HistoryOptions = {
  readonly folder: string
  /** The console's clock in milliseconds since 1970. */
  readonly nowMs: () => number
  /** Milliseconds of a clock that only runs forward. */
  readonly clock: () => number
  readonly limitBytes?: number
}

export type { Layout } from './memory.ts'

export type Question = {
  readonly appliance: string
  readonly series: readonly string[]
  readonly fromMs: number
  readonly toMs: number
  /** In pixels. */
  readonly width: number
}

export type History = {
  layout(appliance: string, names: readonly string[]): Layout
  /** `values` in the order of the layout's names; not a number where there is none. A fault of the disk is no concern of the caller. */
  add(layout: Layout, atMs: number, values: ArrayLike<number>): void
  /** Samples of an appliance's own recorder, whose clock is `aheadMs` before ours. How many were new. */
  addLate(appliance: string, series: string, samples: LateSamples & { readonly aheadMs: number }): number
  /** What is in memory only is on the disk afterwards, as far as the disk takes it. */
  commit(): void
  seriesOf(appliance: string): readonly string[]
  ask(question: Question): HistoryAnswer
  /** The same appliance has another key from now on; one that has a history already keeps its own. */
  move(from: string, to: string): void
  state(): Promise<HistoryState>
  close(): void
}

const usualLimitBytes = 8 * 1024 ** 3

export function openHistory({ folder, nowMs, clock, limitBytes = usualLimitBytes }: HistoryOptions): History {
  const memory: Memory = historyMemory((key) =>
    store.read((sql) => readAppliance(sql, key), readAppliance(undefined, key)),
  )
  const store: Store = historyStore({ folder, nowMs, onNew: () => forgetNumbers(memory) })
  const upkeep = historyUpkeep({ store, memory, clock, openedAtMs: nowMs(), limitBytes })
  restoreTail(store, memory)
  return {
    layout: memory.layout,
    add(layout, atMs, values) {
      memory.add(layout, atMs, values)
      upkeep.workALittle()
    },
    addLate: (key, series, late) => addLate({ store, memory, nowMs: nowMs() }, key, series, late),
    commit: upkeep.commit,
    seriesOf: (key) => memory.applianceOf(key).names,
    ask: (question) => answer({ store, memory, nowMs: nowMs() }, upkeep.share(), question),
    move: (from, to) => move(store, memory, { from, to }),
    state: () => stateNow(store, { limitBytes, lost: upkeep.lost() }),
    close() {
      upkeep.commit()
      store.close()
    },
  }
}

function restoreTail(store: Store, memory: Memory): void {
  const [blocks, keys] = store.read((sql) => [readTail(sql), keysById(sql)], [[], new Map<number, string>()])
  for (const { appliance: id, block, seriesIds } of blocks) {
    const key = keys.get(id)
    if (key === undefined) continue
    const appliance = memory.applianceOf(key)
    memory.restore({ appliance, places: seriesIds.map((series) => appliance.ids.indexOf(series)), block })
  }
}

function keysById(sql: Sql): Map<number, string> {
  return new Map(sql.all('SELECT id, key FROM appliance ORDER BY key').map(([id, key]) => [Number(id), String(key)]))
}

/** A new database has no numbers of the old one; what is in memory goes there whole. */
function forgetNumbers(memory: Memory): void {
  for (const { block } of [...memory.sealed, ...memory.open()]) block.committed = 0
  for (const appliance of memory.appliances.values()) {
    appliance.id = undefined
    appliance.ids.length = 0
  }
}

type Now = { readonly store: Store; readonly memory: Memory; readonly nowMs: number }

function addLate(
  { store, memory, nowMs }: Now,
  key: string,
  series: string,
  { times, values, everyMs, aheadMs }: LateSamples & { readonly aheadMs: number },
): number {
  const appliance = memory.applianceOf(key)
  const place = placeOf(appliance, series)
  if (place === undefined || times.length === 0) return 0
  const samples = { times: times.map((at) => at - aheadMs), values, everyMs }
  let stored = 0
  const isStored = store.write((sql) => {
    ensureStored(sql, appliance)
    stored = storeLate(sql, Number(appliance.ids[place]), memory.holding(appliance, place), { samples, nowMs })
  })
  return isStored ? stored : 0
}

function answer(
  { store, memory, nowMs }: Now,
  share: number,
  { appliance: key, series, ...asked }: Question,
): HistoryAnswer {
  const appliance = memory.applianceOf(key)
  const range = bucketing(asked, asked.width, { nowMs, share })
  const answers = series.flatMap((name) => {
    const place = appliance.places.get(name)
    if (place === undefined) return []
    const inMemory = memory.holding(appliance, place)
    const slots =
      store.read((sql) => slotsBetween(sql, appliance.ids[place], inMemory, range), undefined) ??
      slotsBetween(undefined, undefined, inMemory, range)
    return [asHistory(name, slots, range)]
  })
  return { fromMs: range.fromMs, toMs: range.toMs, stepMs: range.stepMs, series: answers }
}

function move(store: Store, memory: Memory, { from, to }: { readonly from: string; readonly to: string }): void {
  const isTaken = (sql: Sql) => sql.all('SELECT id FROM appliance WHERE key = ?', to).length > 0
  if (from === to || memory.appliances.has(to) || store.read(isTaken, true)) return
  store.change((sql) => sql.run('UPDATE appliance SET key = ? WHERE key = ?', to, from), 0)
  const appliance = memory.appliances.get(from)
  if (appliance === undefined) return
  memory.appliances.delete(from)
  appliance.key = to
  memory.appliances.set(to, appliance)
}

async function stateNow(
  store: Store,
  { limitBytes, lost }: { readonly limitBytes: number; readonly lost: number },
): Promise<HistoryState> {
  const appliances: HistoryState['appliances'] = []
  for (const [id, appliance] of store.read(keysById, new Map<number, string>())) {
    // One at a time: those of a large console together would hold it up.
    await new Promise((resolve) => setImmediate(resolve))
    const [series = 0, bytes = 0] = store.read((sql) => sql.all(sizeOfAppliance, id)[0] ?? [], [])
    appliances.push({ appliance, bytes: Number(bytes), series: Number(series) })
  }
  const trouble = store.trouble()
  return { bytes: store.read(bytesUsed, 0), limitBytes, lost, appliances, ...(trouble !== undefined && { trouble }) }
}

const sizeOfAppliance = `SELECT count(DISTINCT series.id), coalesce(sum(chunk.bytes), 0)
  FROM series LEFT JOIN chunk ON chunk.series = series.id WHERE series.appliance = ?`
