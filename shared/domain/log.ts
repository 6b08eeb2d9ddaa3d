// What a container of an appliance wrote: its lines as they are shown, and where in its log a reader has come to, so that
// whoever lost the way goes on there without a line twice.
import * as z from 'zod'
import { failure } from './failure.ts'

/** As Docker allows them, and so short that they go into any list. */
export const containerNameShape = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/)

/** Of one line; what comes beyond is counted and not kept. */
export const longestLineBytes = 8192
/** Lines from before, which a reader may ask for. */
export const mostTailLines = 10_000
export const usualTailLines = 200
export const longestSinceSeconds = 366 * 86_400
/** Of one item: so much travels at once. */
export const mostLinesOfItem = 500

const logStream = z.enum(['stdout', 'stderr'])
export type LogStream = z.infer<typeof logStream>

/**
 * `text`: safe to show, as shownLine makes it. `atMs`: by the appliance's own clock; null where it did not say. `cutBytes`:
 * so many more were in the line and were not kept.
 */
export const logLine = z.strictObject({
  atMs: z.int().nullable(),
  stream: logStream,
  text: z.string().max(longestLineBytes),
  cutBytes: z.int().positive().optional(),
})
export type LogLine = z.infer<typeof logLine>

/** Up to that many messages of this very moment (UTC, to the nanosecond) were read. */
export const logPlace = z.strictObject({
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/),
  messages: z.int().positive(),
})
export type LogPlace = z.infer<typeof logPlace>

export const logSource = z.strictObject({
  container: containerNameShape,
  deployment: z.string().max(63),
  isUp: z.boolean(),
})
export type LogSource = z.infer<typeof logSource>

export const logEvent = z.discriminatedUnion('event', [
  /** From here on it is read, first and after each time that it was lost or had stopped. */
  z.strictObject({ event: z.literal('open') }),
  /** `place`: a reader that asks anew begins behind these lines; missing where the engine told no times. */
  z.strictObject({
    event: z.literal('lines'),
    lines: z.array(logLine).max(mostLinesOfItem),
    place: logPlace.optional(),
  }),
  /** The way there is gone for now; it is tried again. */
  z.strictObject({ event: z.literal('lost'), failure }),
  /** The container does not run; when it runs again its log goes on. */
  z.strictObject({ event: z.literal('stopped') }),
])
export type LogEvent = z.infer<typeof logEvent>
