// The newest lines of a log in this page, and what became of the way there between them. Bounded: what is too much leaves
// at the beginning and is counted. Lines do not pass through React one by one: who shows them is told once a frame.
import type { Failure } from '../../../shared/domain/failure.ts'
import type { LogEvent, LogLine, LogPlace } from '../../../shared/domain/log.ts'

export const mostRows = 10_000
const mostCharacters = 4_000_000

/** `lost`: without a failure it is this page that lost its console. */
export type LogMark = {
  readonly kind: 'lost' | 'back' | 'stopped'
  readonly atMs: number
  readonly failure?: Failure | undefined
}
export type LogRow = { readonly id: number; readonly line?: LogLine; readonly mark?: LogMark }
export type LogShown = { readonly rows: readonly LogRow[]; readonly olderRows: number }

export type LogStore = {
  hear(event: LogEvent, nowMs: number): void
  /** The page lost its console. Said again while it is lost, it is one mark. */
  pageLost(nowMs: number): void
  /** Where to go on. */
  place(): LogPlace | undefined
  /** The same object until it changes. */
  shown(): LogShown
  onChange(listener: () => void): () => void
}

/** `soon` calls back once, in the next frame. */
export function logStore(soon: (flush: () => void) => void): LogStore {
  const listeners = new Set<() => void>()
  let rows: LogRow[] = []
  let shown: LogShown = { rows: [], olderRows: 0 }
  let older = 0
  let characters = 0
  let nextId = 0
  let place: LogPlace | undefined
  let isLost = false
  let isWaiting = false

  function changed(): void {
    if (isWaiting) return
    isWaiting = true
    soon(() => {
      isWaiting = false
      shown = { rows: [...rows], olderRows: older }
      for (const listener of listeners) listener()
    })
  }

  function add(row: Omit<LogRow, 'id'>): void {
    rows.push({ ...row, id: nextId })
    nextId += 1
    characters += row.line?.text.length ?? 0
  }

  function trim(): void {
    let dropped = 0
    while (rows.length - dropped > mostRows || characters > mostCharacters) {
      characters -= rows[dropped]?.line?.text.length ?? 0
      dropped += 1
    }
    if (dropped > 0) rows = rows.slice(dropped)
    older += dropped
  }

  function mark(kind: LogMark['kind'], atMs: number, failure?: Failure): void {
    if (kind === 'lost' && isLost) return
    const wasInterrupted = isLost || rows.at(-1)?.mark?.kind === 'stopped'
    isLost = kind === 'lost'
    // What was never read is not back.
    if (kind !== 'back' || wasInterrupted) add({ mark: { kind, atMs, failure } })
  }

  return {
    hear(event, nowMs) {
      if (event.event === 'lines') {
        for (const line of event.lines) add({ line })
        place = event.place ?? place
      } else if (event.event === 'open') mark('back', nowMs)
      else mark(event.event, nowMs, event.event === 'lost' ? event.failure : undefined)
      trim()
      changed()
    },
    pageLost(nowMs) {
      mark('lost', nowMs)
      changed()
    },
    place: () => place,
    shown: () => shown,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
