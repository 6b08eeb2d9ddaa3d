// The list of what happened, by day, and with a burst of the same kind as one line: twenty alerts of one cut cable are one
// thing to a person.
import type { Notification } from '../../../shared/domain/notification.ts'

/** So many of one kind, each so soon after the other. */
const burstFrom = 5
const burstGapMs = 5 * 60_000

/** Newest first; more than one: a burst. */
export type NoteGroup = readonly [Notification, ...Notification[]]
export type NoteDay = { readonly startMs: number; readonly groups: readonly NoteGroup[] }

/** `dayOf`: when the day of a time began, where the reader is. */
export function notesByDay(notes: readonly Notification[], dayOf: (ms: number) => number): readonly NoteDay[] {
  const days = new Map<number, Notification[]>()
  for (const note of notes) {
    const startMs = dayOf(note.atMs)
    const day = days.get(startMs) ?? []
    day.push(note)
    days.set(startMs, day)
  }
  return [...days].map(([startMs, day]) => ({ startMs, groups: withBursts(day) }))
}

function withBursts(notes: readonly Notification[]): readonly NoteGroup[] {
  const rows: [Notification, ...Notification[]][] = []
  for (const note of notes) {
    const row = rows.at(-1)
    const last = row?.at(-1)
    const isNext = last !== undefined && last.about.kind === note.about.kind && last.atMs - note.atMs <= burstGapMs
    if (row !== undefined && isNext) row.push(note)
    else rows.push([note])
  }
  return rows.flatMap((row): NoteGroup[] => (row.length >= burstFrom ? [row] : row.map((one) => [one])))
}

/** Of the day that a time is in. */
export function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0)
}
