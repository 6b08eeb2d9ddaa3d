// A person's own shell on an appliance, as a window shows it, and the record of what was shown there. What was typed is in
// none of these: a password that a program asks for is typed, and never shown.
import * as z from 'zod'
import { failure } from './failure.ts'
import { sha256Hex } from './sha256.ts'

/** Whoever opened it is told its id, and nobody else: it is what typing into it takes. */
export const terminalId = z.string().regex(/^terminal-[0-9a-f]{16}$/)
export const recordingId = z.string().regex(/^recorded-[0-9a-f]{16}$/)

export const mostTerminals = { ofAppliance: 2, inAll: 4 } as const
export const idleMinutes = 15
export const longestHours = 8
export const mostRecordedBytes = 50 * 1024 * 1024
export const keptDays = 90
export const mostKeptBytes = 500 * 1024 * 1024

/** Of one message; what is pasted goes in several. */
export const mostKeys = 16 * 1024
/** Of one message of what is shown. */
export const mostShownCharacters = 32 * 1024
/** Of one piece of a recording. */
export const mostPieceBytes = 256 * 1024

/** In characters. */
export const terminalSize = z.strictObject({
  columns: z.int().min(2).max(500),
  rows: z.int().min(1).max(300),
})
export type TerminalSize = z.infer<typeof terminalSize>

/** `exited`: the shell itself; `closed`: the person; `left`: the window that had it is gone. */
export const terminalEndReasons = [
  ...(['exited', 'closed', 'left', 'idle', 'too-long', 'link-lost'] as const),
  ...(['record-full', 'record-failed', 'console-ended'] as const),
] as const
export type TerminalEndReason = (typeof terminalEndReasons)[number]

const terminalEnd = z.strictObject({
  reason: z.enum(terminalEndReasons),
  /** Of the shell, where it ended by itself. */
  exitCode: z.int().optional(),
  seconds: z.int().nonnegative(),
})
export type TerminalEnd = z.infer<typeof terminalEnd>

export const terminalEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('open'), terminalId, recordingId, user: z.string() }),
  /** As it came: only what draws a terminal may read it, and it does nothing but draw. */
  z.strictObject({ event: z.literal('shown'), text: z.string().max(mostShownCharacters) }),
  /** The last one. `failure`: why it could not be recorded any more. */
  z.strictObject({ event: z.literal('end'), end: terminalEnd, failure: failure.optional() }),
])
export type TerminalEvent = z.infer<typeof terminalEvent>

/** What is kept beside a recording. `end` null: it goes on, or its console was killed and nobody said how it ended. */
export const terminalRecord = z.strictObject({
  recordingId,
  who: z.string(),
  /** As the person called it: a saved name, or its address. */
  appliance: z.string(),
  host: z.string(),
  port: z.int(),
  user: z.string(),
  machineId: z.string().nullable(),
  demo: z.literal(true).optional(),
  startedAt: z.string(),
  end: z.strictObject({ ...terminalEnd.shape, bytes: z.int().nonnegative(), digest: sha256Hex }).nullable(),
})
export type TerminalRecord = z.infer<typeof terminalRecord>

/** `whole`: its bytes are those that were recorded; `broken`: they are not; `unproven`: nobody wrote what they were. */
export const recordingState = z.enum(['going', 'whole', 'broken', 'missing', 'unproven'])
export type RecordingState = z.infer<typeof recordingState>

export const listedRecording = z.strictObject({
  ...terminalRecord.shape,
  state: recordingState,
  /** Of the file that is there. */
  storedBytes: z.int().nonnegative(),
})
export type ListedRecording = z.infer<typeof listedRecording>

/** Whole lines of the file (asciicast v2), as UTF-8. `next`: where the piece behind it begins; null at the end. */
export const recordingPiece = z.strictObject({
  text: z.string().max(mostPieceBytes),
  next: z.int().positive().nullable(),
})
export type RecordingPiece = z.infer<typeof recordingPiece>
